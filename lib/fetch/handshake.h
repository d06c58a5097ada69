/* lib/fetch/handshake.h: a TLS handshake that keeps what it saw. */
#ifndef CHK_FETCH_HANDSHAKE_H
#define CHK_FETCH_HANDSHAKE_H

#include "fetch/presented.h"
#include "fetch/target.h"

/*
 * chk_handshake shakes hands as a client on the connection `handle`, which
 * stays the caller's, verifies nothing, sends a certificate of the route's
 * where it is asked for one, and says goodbye where it came to the end. `end`
 * is when the whole fetch is over. Fills the rest of `presented`; what the peer
 * does is no error.
 * Errors: CHK_ERROR_MEMORY, CHK_ERROR_CRYPTO.
 */
bool chk_handshake(const struct chk_route *route, int handle, int64_t end,
		   struct chk_presented *presented, struct chk_error *error);

#endif
