/* lib/fetch/fetch.c: the order in which a fetch goes. */
#include "fetch/connect.h"
#include "fetch/handshake.h"
#include "fetch/offer.h"

#include "base/cleanup.h"

CHK_CLEANUP_FUNCTION(cleanup_presented, struct chk_presented *,
		     chk_presented_free);

static bool go(const struct chk_route *route, struct chk_presented *presented,
	       struct chk_error *error)
{
	const struct chk_io *io = route->io;
	int64_t end = io->now(io->self) + route->total_ms;
	int handle = chk_connect(route, end, presented);
	bool ok = true;

	presented->end = end;

	if (handle >= 0) {
		presented->server_name = route->server_name;
		presented->offered = chk_offer_text(route->priorities,
						    &presented->arena);
		ok = chk_handshake(route, handle, end, presented, error);
		io->close(io->self, handle);
	}
	return ok;
}

bool chk_fetch(const struct chk_target *target,
	       struct chk_presented **presented, struct chk_error *error)
{
	CHK_CLEANUP(cleanup_presented)
	struct chk_presented *made = chk_presented_new();
	CHK_CLEANUP(chk_route_clear) struct chk_route route = { 0 };

	*presented = NULL;
	if (!made)
		return chk_error_memory(error);
	if (!chk_route_init(&route, target, &made->arena, error) ||
	    !go(&route, made, error))
		return false;
	if (made->arena.failed)
		return chk_error_memory(error);
	*presented = chk_steal(&made);
	return true;
}
