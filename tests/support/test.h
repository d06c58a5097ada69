/* tests/support/test.h: cmocka, and what it wants before it. */
#ifndef CHK_TEST_H
#define CHK_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/bytes.h"

/* The bytes of a string literal, embedded NULs included. */
#define BYTES(literal) chk_bytes_of((literal), sizeof(literal) - 1)

#endif
