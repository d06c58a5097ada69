/* lib/fetch/connect.c: look up, order, try one after the other. */
#include "fetch/connect.h"

#include <errno.h>
#include <stdio.h>

#include "base/buffer.h"
#include "base/text.h"

#define REASON_SIZE 256 /* of a resolver, bytes */

enum chk_failure chk_failure_of_errno(int cause)
{
	switch (cause) {
	case ECONNREFUSED:
		return CHK_FAILURE_REFUSED;
	case ETIMEDOUT:
		return CHK_FAILURE_TIMEOUT;
	case ECONNRESET:
	case ECONNABORTED:
	case EPIPE:
		return CHK_FAILURE_RESET;
	default:
		return CHK_FAILURE_UNREACHABLE;
	}
}

static int64_t sooner(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static const char *escaped(struct chk_arena *arena, const char *text)
{
	char room[REASON_SIZE];
	const char *copy;

	chk_text_escape_into(room, sizeof(room), text, strlen(text));
	copy = chk_arena_text(arena, room);
	return copy ? copy : "";
}

static void add_address(struct chk_addresses *addresses, const char *text)
{
	size_t size = strlen(text);

	if (addresses->count == CHK_ADDRESSES_MAX ||
	    size >= sizeof(addresses->item[0]))
		return;
	memcpy(addresses->item[addresses->count++], text, size + 1);
}

static bool is_of_family(const char *address, enum chk_family family)
{
	return family == CHK_FAMILY_ANY ||
	       (!chk_is_ipv4(address) && !chk_is_ipv6(address)) ||
	       chk_is_ipv6(address) == (family == CHK_FAMILY_IPV6);
}

/* In turn, the resolver's first family first (RFC 8305 section 4). */
static void alternate(struct chk_addresses *addresses)
{
	struct chk_addresses sorted = { .count = 0 };
	bool wanted = chk_is_ipv6(addresses->item[0]);
	bool used[CHK_ADDRESSES_MAX] = { false };

	while (sorted.count < addresses->count) {
		size_t next = 0, of_family = 0;

		while (used[next])
			next++;
		for (of_family = next; of_family < addresses->count;
		     of_family++) {
			if (!used[of_family] &&
			    chk_is_ipv6(addresses->item[of_family]) == wanted)
				break;
		}
		if (of_family < addresses->count)
			next = of_family;
		used[next] = true;
		add_address(&sorted, addresses->item[next]);
		wanted = !wanted;
	}
	*addresses = sorted;
}

static void fail_to_resolve(const struct chk_route *route, int cause,
			    const char *reason,
			    struct chk_presented *presented)
{
	struct chk_arena *arena = &presented->arena;

	if (cause == ETIMEDOUT)
		chk_presented_fail(presented, CHK_FAILURE_TIMEOUT, cause,
				   "the resolver gave no answer on %s within "
				   "%s", route->connect_host,
				   chk_millis_text(arena,
						   sooner(route->resolve_ms,
							  route->total_ms)));
	else
		chk_presented_fail(presented, CHK_FAILURE_RESOLVE, cause,
				   "no address is found for %s: %s",
				   route->connect_host,
				   escaped(arena, reason));
}

static void ask_resolver(const struct chk_route *route, int64_t end,
			 struct chk_addresses *addresses,
			 struct chk_presented *presented)
{
	const struct chk_io *io = route->io;
	int64_t begin = io->now(io->self);
	int64_t deadline = sooner(begin + route->resolve_ms, end);
	char found[CHK_ADDRESSES_MAX][64] = { "" };
	char reason[REASON_SIZE] = "";
	int count, cause;

	errno = 0;
	count = io->resolve(io->self, route->connect_host, route->family,
			    deadline, found, CHK_ADDRESSES_MAX, reason,
			    sizeof(reason));
	cause = errno;
	presented->resolve_micros = (io->now(io->self) - begin) * 1000;
	if (count <= 0) {
		fail_to_resolve(route, cause, reason[0] ? reason :
				"it has none", presented);
		return;
	}
	for (int i = 0; i < count && i < CHK_ADDRESSES_MAX; i++) {
		found[i][sizeof(found[i]) - 1] = '\0';
		add_address(addresses, found[i]);
	}
	alternate(addresses);
}

/* A proxy is told the name; libcurl looks it up where it must. */
static bool needs_no_look_up(const struct chk_route *route)
{
	const char *host = route->connect_host;

	return route->proxy || chk_is_ipv4(host) || chk_is_ipv6(host) ||
	       chk_is_socket(host);
}

void chk_connect_addresses(const struct chk_route *route, int64_t end,
			   struct chk_addresses *addresses,
			   struct chk_presented *presented)
{
	const char *literal[] = { route->connect_host, NULL };
	const char *const *known = route->addresses;

	presented->step = CHK_STEP_RESOLVE;
	if (!known && needs_no_look_up(route))
		known = literal;
	if (!known) {
		ask_resolver(route, end, addresses, presented);
		return;
	}
	for (; *known; known++) {
		if (is_of_family(*known, route->family))
			add_address(addresses, *known);
	}
	if (!addresses->count)
		chk_presented_fail(presented, CHK_FAILURE_RESOLVE, 0,
				   "no IPv%c address is given for %s",
				   route->family == CHK_FAMILY_IPV6 ? '6' :
								      '4',
				   route->connect_host);
}

/* One attempt; the handle or -1. */
static int attempt(const struct chk_route *route, const char *address,
		   int64_t deadline, struct chk_presented *presented)
{
	const struct chk_io *io = route->io;
	struct chk_attempt *made =
		&presented->attempts[presented->attempt_count++];
	int64_t begin = io->now(io->self);
	int handle = -1;

	*made = (struct chk_attempt){ .port = route->connect_port };
	snprintf(made->address, sizeof(made->address), "%s", address);
	errno = ETIMEDOUT;
	if (route->proxy)
		handle = chk_proxy_connect(route->proxy, address,
					   route->connect_port, deadline,
					   &presented->arena,
					   &made->proxy_fault,
					   &made->proxy_why);
	else if (begin < deadline)
		handle = io->connect(io->self, address, route->connect_port,
				     deadline);
	if (handle < 0) {
		made->cause = errno;
		made->failure = route->proxy ?
			CHK_FAILURE_PROXY : chk_failure_of_errno(made->cause);
	}
	made->micros = (io->now(io->self) - begin) * 1000;
	return handle;
}

/* The failure that tells most stands for all: it came from furthest off. */
static const struct chk_attempt *most_telling(
	const struct chk_presented *presented)
{
	static const enum chk_failure ORDER[] = {
		CHK_FAILURE_PROXY,
		CHK_FAILURE_REFUSED,
		CHK_FAILURE_RESET,
		CHK_FAILURE_TIMEOUT,
	};

	for (size_t i = 0; i < CHK_COUNT(ORDER); i++) {
		for (size_t j = 0; j < presented->attempt_count; j++) {
			if (presented->attempts[j].failure == ORDER[i])
				return &presented->attempts[j];
		}
	}
	return &presented->attempts[0];
}

static void tell_attempt(struct chk_buffer *text, struct chk_arena *arena,
			 const struct chk_attempt *made)
{
	const char *peer = escaped(
		arena, chk_peer_text(arena, made->address, made->port));

	if (made->proxy_why)
		chk_buffer_text(text, made->proxy_why);
	else if (made->failure == CHK_FAILURE_REFUSED)
		chk_buffer_format(text, "%s refused the connection", peer);
	else if (made->failure == CHK_FAILURE_RESET)
		chk_buffer_format(text, "%s reset the connection while it was "
				  "being made", peer);
	else if (made->failure == CHK_FAILURE_TIMEOUT)
		chk_buffer_format(text, "%s did not answer within %s", peer,
				  chk_millis_text(arena,
						  made->micros / 1000));
	else
		chk_buffer_format(text, "%s cannot be reached (%s)", peer,
				  strerror(made->cause));
}

static void fail_to_connect(struct chk_presented *presented)
{
	struct chk_arena *arena = &presented->arena;
	const struct chk_attempt *telling = most_telling(presented);
	struct chk_buffer text = { 0 };

	for (size_t i = 0; i < presented->attempt_count; i++) {
		chk_buffer_text(&text, i ? "; " : "");
		tell_attempt(&text, arena, &presented->attempts[i]);
	}
	if (text.failed)
		arena->failed = true;
	chk_presented_fail(presented, telling->failure, telling->cause, "%s",
			   text.failed ? "" : text.data);
	chk_buffer_clear(&text);
}

static int try_all(const struct chk_route *route,
		   const struct chk_addresses *addresses, int64_t end,
		   struct chk_presented *presented)
{
	const struct chk_io *io = route->io;
	int64_t begin = io->now(io->self);
	int64_t deadline = sooner(begin + route->connect_ms, end);
	int handle = -1;

	for (size_t i = 0; i < addresses->count && handle < 0; i++) {
		int64_t now = io->now(io->self);
		int64_t share = (deadline - now) /
				(int64_t)(addresses->count - i);

		handle = attempt(route, addresses->item[i], now + share,
				 presented);
	}
	presented->connect_micros = (io->now(io->self) - begin) * 1000;
	if (handle < 0)
		fail_to_connect(presented);
	return handle;
}

int chk_connect(const struct chk_route *route, int64_t end,
		struct chk_presented *presented)
{
	struct chk_addresses addresses = { .count = 0 };
	int handle;

	chk_connect_addresses(route, end, &addresses, presented);
	if (!addresses.count)
		return -1;
	presented->attempts = chk_arena_array(&presented->arena,
					      addresses.count,
					      sizeof(*presented->attempts));
	if (!presented->attempts)
		return -1;
	presented->step = CHK_STEP_CONNECT;
	presented->port = route->connect_port;
	if (route->proxy)
		presented->proxy = route->proxy->shown;
	handle = try_all(route, &addresses, end, presented);
	if (handle >= 0)
		presented->address =
			presented->attempts[presented->attempt_count - 1]
				.address;
	return handle;
}
