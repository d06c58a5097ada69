/*
 * lib/fetch/http.h: one URL that a stranger wrote, had over HTTP and nothing
 * else, by libcurl.
 */
#ifndef CHK_FETCH_HTTP_H
#define CHK_FETCH_HTTP_H

#include "fetch/address.h"
#include "fetch/curl.h"

struct chk_http {
	const struct chk_curl *curl;
	const char *proxy;    /* NULL: none */
	const char *no_proxy; /* hosts asked without it; NULL: none */
	uint32_t connect_timeout_ms, timeout_ms;
	int64_t end; /* of it all, by chk_io_now; 0: none */
	/* What may be contacted besides public addresses. */
	const struct chk_network *allowed;
	size_t allowed_count;
};

/*
 * chk_http_get writes what `url` gives with status 200 to `bytes`, `*size` of
 * `room`. Up to three redirects are followed, each looked at like the first:
 * http and nothing else, no name and no password in it, no connection to an
 * address that is neither public nor allowed. What connects is looked at, so
 * no name that means two addresses gets by. Where a proxy connects, addresses
 * in the URL alone can be looked at.
 * Errors: `where` is the URL, `what` the reason.
 */
bool chk_http_get(const struct chk_http *http, const char *url, uint8_t *bytes,
		  size_t room, size_t *size, struct chk_error *error);

#endif
