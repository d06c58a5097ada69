/* lib/fetch/no_proxy.h: which hosts are asked without the proxy. */
#ifndef CHK_FETCH_NO_PROXY_H
#define CHK_FETCH_NO_PROXY_H

#include "fetch/address.h"

/*
 * Does a list, as curl has it in no_proxy, hold this host? Its entries stand
 * between commas or blanks: "*" for all, a domain for itself and what is below
 * it (a dot before it says the same), an address, a network (10.0.0.0/8).
 * `address` is the host's where the host is one as it is written, or NULL: no
 * name is looked up for this.
 */
bool chk_no_proxy_has(const char *list, const char *host,
		      const struct sockaddr *address);

#endif
