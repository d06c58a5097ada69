/* lib/fetch/proxy.h: a connection that an HTTP or SOCKS proxy makes. */
#ifndef CHK_FETCH_PROXY_H
#define CHK_FETCH_PROXY_H

#include "base/arena.h"
#include "base/error.h"

struct chk_curl;

/* Who must act where no connection is made. */
enum chk_proxy_fault {
	CHK_PROXY_FINE,
	CHK_PROXY_ABSENT,    /* nothing answers where it should be */
	CHK_PROXY_LOGIN,     /* it wants a name and a password, or others */
	CHK_PROXY_FORBIDDEN, /* it does not want to connect there */
	CHK_PROXY_UNREACHED, /* it tried, and could not */
	CHK_PROXY_OTHER,
};

struct chk_proxy {
	const struct chk_curl *curl;
	const char *url;   /* "socks5h://127.0.0.1:1080", nothing secret */
	const char *shown; /* "127.0.0.1:1080", escaped */
	const char *user, *password; /* NULL: none; never shown */
};

/*
 * chk_proxy_init reads `text` as curl's --proxy has it: [http|socks4|socks4a|
 * socks5|socks5h://][USER[:PASSWORD]@]HOST[:PORT], http and 1080 where nothing
 * is said. `user`, "USER:PASSWORD", counts before what is in it.
 * Ownership: the texts are the arena's.
 * Errors: CHK_ERROR_ARGUMENT (`where` names no password), CHK_ERROR_MEMORY,
 * CHK_ERROR_UNSUPPORTED (there is no libcurl).
 */
bool chk_proxy_init(struct chk_proxy *proxy, const char *text,
		    const char *user, struct chk_arena *arena,
		    struct chk_error *error);

/*
 * chk_proxy_connect has the proxy connect to `host`, a name or an address, by
 * `deadline` on the clock of chk_io_system, whose handle it gives. -1: `fault`
 * says why, and `*why` (the arena's) in words, escaped.
 * See: RFC 9110 section 9.3.6 (CONNECT), RFC 1928 (SOCKS).
 */
int chk_proxy_connect(const struct chk_proxy *proxy, const char *host,
		      uint16_t port, int64_t deadline, struct chk_arena *arena,
		      enum chk_proxy_fault *fault, const char **why);

#endif
