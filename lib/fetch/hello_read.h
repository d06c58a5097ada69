/* lib/fetch/hello_read.h: a ClientHello that was sent, as an offer. */
#ifndef CHK_FETCH_HELLO_READ_H
#define CHK_FETCH_HELLO_READ_H

#include "base/arena.h"
#include "fetch/hello.h"

/*
 * chk_hello_read reads the body of a ClientHello message, behind its type and
 * length, so that chk_hello_write says the same again. Randoms, keys and what
 * the session id holds are left out; numbers of RFC 8701 become `grease`.
 * Ownership: texts and lists are in `arena`.
 * Errors: false, it is malformed or there is no memory (arena->failed).
 * See: RFC 8446 section 4.1.2.
 */
bool chk_hello_read(struct chk_bytes body, struct chk_arena *arena,
		    struct chk_hello *hello);

#endif
