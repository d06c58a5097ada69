/* tests/support/keystore.h: the keystores of tests/store/keystores. */
#ifndef CHK_TEST_KEYSTORE_H
#define CHK_TEST_KEYSTORE_H

#include "base/bytes.h"

/* The path of a file there; good until the next call. */
const char *keystore_path(const char *name);
/* Its bytes; free() `.data`. Fails the test where they cannot be read. */
struct chk_bytes keystore_read(const char *name);

#endif
