/* lib/fetch/fetch.c: the order in which a fetch goes. */
#include "fetch/connect.h"
#include "fetch/handshake.h"
#include "fetch/offer.h"
#include "fetch/second.h"

#include "base/cleanup.h"

CHK_CLEANUP_FUNCTION(cleanup_presented, struct chk_presented *,
		     chk_presented_free);

struct asking {
	const struct chk_route *route;
	const struct chk_presented *presented;
	int64_t end;
};

static bool is_tls(void *self)
{
	const struct asking *asking = self;

	return chk_second_is_tls(asking->route, asking->presented,
				 asking->end);
}

/* What comes before TLS. */
static bool begin(const struct chk_route *route, int handle, int64_t end,
		  struct chk_presented *presented)
{
	struct asking asking = { route, presented, end };
	const struct chk_spoken *said = &presented->spoken;

	presented->step = CHK_STEP_STARTTLS;
	if (chk_prelude_patient(route, handle, end, &presented->arena,
				&presented->spoken, is_tls, &asking))
		return true;
	chk_presented_fail(presented, said->failure, said->cause, "%s",
			   said->why);
	return false;
}

static bool go(const struct chk_route *route, struct chk_presented *presented,
	       struct chk_error *error)
{
	const struct chk_io *io = route->io;
	int64_t end = io->now(io->self) + route->total_ms;
	int handle = chk_connect(route, end, presented);
	bool ok = true;

	presented->end = end;
	if (handle < 0)
		return true;
	if (begin(route, handle, end, presented)) {
		presented->server_name = route->server_name;
		presented->credentials_given = route->credential_count;
		presented->offered = chk_offer_text(route->priorities,
						    &presented->arena);
		ok = chk_handshake(route, handle, end, presented, error);
	}
	io->close(io->self, handle);
	if (ok && !route->protocol)
		chk_second_needs(route, presented, end);
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
