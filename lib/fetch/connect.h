/* lib/fetch/connect.h: from a name to a connection. */
#ifndef CHK_FETCH_CONNECT_H
#define CHK_FETCH_CONNECT_H

#include "fetch/presented.h"
#include "fetch/target.h"

/* The addresses of a name, in the order in which they are tried. */
struct chk_addresses {
	char item[CHK_ADDRESSES_MAX][CHK_ADDRESS_SIZE];
	size_t count;
};

/*
 * chk_connect_addresses finds them: those that the caller gave, the host
 * itself where it is one, else what the resolver says by `end`. Where there is
 * none the failure of `presented` says why.
 */
void chk_connect_addresses(const struct chk_route *route, int64_t end,
			   struct chk_addresses *addresses,
			   struct chk_presented *presented);

/*
 * chk_connect looks the name up and tries the addresses one after the other,
 * IPv6 and IPv4 in turn (RFC 8305 section 4, without the race); addresses
 * that the caller gave keep their order. Each gets an equal share of the time
 * that is left, so that one that does not answer leaves some to the others.
 * `end` is when the whole fetch is over, on the clock of the route's io.
 *
 * Fills step, attempts, address, port and timings of `presented`, and its
 * failure when it gives -1 instead of the handle.
 */
int chk_connect(const struct chk_route *route, int64_t end,
		struct chk_presented *presented);

/* What an errno of connect, read or write means for a connection. */
enum chk_failure chk_failure_of_errno(int cause);

#endif
