/* tests/support/two_roots.h: two CAs and a scratch directory, for readers. */
#ifndef CHK_TEST_TWO_ROOTS_H
#define CHK_TEST_TWO_ROOTS_H

#include "cert/cert.h"

/* CN=One and CN=Two, each of a key of its own. */
extern struct chk_cert *one, *two;

/* For cmocka's group set-up and tear-down. */
int two_roots_begin(void **state);
int two_roots_end(void **state);

#endif
