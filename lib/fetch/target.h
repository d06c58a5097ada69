/* lib/fetch/target.h: what was asked for, checked, with the defaults set. */
#ifndef CHK_FETCH_TARGET_H
#define CHK_FETCH_TARGET_H

#include <gnutls/gnutls.h>

#include <chaincheck/fetch.h>

#include "base/arena.h"
#include "base/error.h"
#include "fetch/protocol.h"
#include "fetch/proxy.h"

#define CHK_ADDRESSES_MAX 16 /* of one name; more are not tried */

/* struct chk_route is a target ready to go; names are in A-labels. */
struct chk_route {
	const char *host;
	uint16_t port;
	const char *server_name;  /* to send as SNI; NULL: none */
	const char *connect_host; /* where to go; `host` by default */
	uint16_t connect_port;
	const char *const *addresses; /* NULL-ended; NULL: ask the resolver */
	enum chk_family family;
	enum chk_protocol_id protocol; /* spoken before TLS */
	int64_t resolve_ms, connect_ms, handshake_ms, total_ms;
	const struct chk_proxy *proxy; /* NULL: none */
	gnutls_priority_t priorities; /* owned */
	const struct chk_io *io;
	const struct chk_credential *const *credentials;
	size_t credential_count;
};

/*
 * chk_route_init checks `target` and fills `route`.
 * Ownership: texts are in `arena` or the target's; chk_route_clear.
 * Errors: CHK_ERROR_ARGUMENT (`where` is the value), CHK_ERROR_MEMORY,
 * CHK_ERROR_CRYPTO. The route needs no clearing then.
 * See: RFC 6066 section 3 (SNI), RFC 5891 (A-labels).
 */
bool chk_route_init(struct chk_route *route, const struct chk_target *target,
		    struct chk_arena *arena, struct chk_error *error);
void chk_route_clear(struct chk_route *route);

/*
 * What is offered where the target has no priorities of its own, as GnuTLS's
 * priority string; more may be put behind it. NULL: no memory.
 */
const char *chk_target_offer(const struct chk_target *target,
			     struct chk_arena *arena);

/* "unix:/path" of a socket. */
bool chk_is_socket(const char *text);
/* An IPv4 address or an IPv6 one, with or without a scope ("fe80::1%eth0"). */
bool chk_is_ipv4(const char *text);
bool chk_is_ipv6(const char *text);

#endif
