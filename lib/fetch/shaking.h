/* lib/fetch/shaking.h: one handshake on its way, and why it stopped. */
#ifndef CHK_FETCH_SHAKING_H
#define CHK_FETCH_SHAKING_H

#include "fetch/presented.h"
#include "fetch/target.h"
#include "fetch/tds.h"
#include "fetch/transport.h"

struct chk_shaking {
	const struct chk_route *route;
	struct chk_presented *presented;
	struct chk_transport transport;
	struct chk_tds tds;    /* under the transport, where TDS is spoken */
	int64_t limit_ms;      /* the handshake's, as it was at the start */
	int64_t round_trip_ms; /* of the connection, about */
	bool said_goodbye;     /* to hear what the server says to it */
	bool no_memory;
};

/* chk_shaking_alert remembers an alert of the peer. */
void chk_shaking_alert(struct chk_shaking *shaking, int alert);
/*
 * chk_shaking_fail says why the handshake ended with `status` of GnuTLS, from
 * what was seen on the wire first and from GnuTLS's word last. `alert` is the
 * last one received.
 */
void chk_shaking_fail(struct chk_shaking *shaking, int status, int alert);

#endif
