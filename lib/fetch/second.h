/* lib/fetch/second.h: a second connection, to tell what the first one met. */
#ifndef CHK_FETCH_SECOND_H
#define CHK_FETCH_SECOND_H

#include "fetch/presented.h"
#include "fetch/target.h"

/* So long it may take, within what is left of the whole. */
#define CHK_SECOND_MS 2000

/*
 * chk_second_is_tls says a ClientHello to the address that `presented` has
 * connected to: does TLS come back?
 */
bool chk_second_is_tls(const struct chk_route *route,
		       const struct chk_presented *presented, int64_t end);

/*
 * chk_second_needs looks, where what answered a ClientHello was no TLS, for
 * the protocol whose STARTTLS the port has: by what it said, or where it said
 * nothing by its number. Where it finds one that works, `needs` of `presented`
 * is it, and `said` what was said then.
 */
void chk_second_needs(const struct chk_route *route,
		      struct chk_presented *presented, int64_t end);

#endif
