/* lib/diagnosis/probes.c: each address of a name, asked in several ways. */
#include "diagnosis/probes.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "diagnosis/probe_differences.h"
#include "diagnosis/probe_keys.h"
#include "diagnosis/sources.h"
#include "diagnosis/words.h"
#include "fetch/connect.h"

/* One that does not answer leaves at least so much to the next. */
#define SHARE_MIN_MS 2000

CHK_CLEANUP_FUNCTION(cleanup_probes, struct chk_probes *, chk_probes_free);

struct asking {
	const struct chk_target *target;
	struct chk_route route;
	struct chk_probes *probes;
	int64_t end;
	size_t left; /* probes to come */
};

void chk_probes_free(struct chk_probes *probes)
{
	if (!probes)
		return;
	for (size_t i = 0; i < probes->address_count; i++) {
		for (size_t j = 0; j < CHK_PROBE_KINDS; j++)
			chk_presented_free(
				probes->addresses[i].probes[j].presented);
	}
	chk_presented_free(probes->found);
	chk_arena_clear(&probes->arena);
	free(probes);
}

const struct chk_probed *chk_probes_first(const struct chk_probes *probes)
{
	for (size_t i = 0; i < probes->address_count; i++) {
		if (chk_probe_answered(
			    &probes->addresses[i].probes[CHK_PROBE_WHOLE]))
			return &probes->addresses[i];
	}
	return NULL;
}

static enum chk_tls_version version_of(enum chk_probe_kind kind)
{
	static const enum chk_tls_version VERSIONS[CHK_PROBE_KINDS] = {
		[CHK_PROBE_TLS_1_2] = CHK_TLS_1_2,
		[CHK_PROBE_TLS_1_3] = CHK_TLS_1_3,
	};

	return VERSIONS[kind];
}

/* Does the change leave what the caller wants, and change anything? */
static bool applies(const struct asking *asking, enum chk_probe_kind kind)
{
	const struct chk_target *target = asking->target;
	enum chk_tls_version version = version_of(kind);
	enum chk_tls_version max = target->tls_max ? target->tls_max :
						     CHK_TLS_1_3;

	if (kind == CHK_PROBE_NO_NAME)
		return asking->route.server_name;
	if (!version)
		return !chk_probe_key_priority(kind) || !target->priority;
	return !target->priority && target->tls_min != max &&
	       version >= target->tls_min && version <= max;
}

/* An equal share of what is left, where that is enough to be of use. */
static int64_t share(const struct asking *asking)
{
	const struct chk_io *io = asking->route.io;
	int64_t left = asking->end - io->now(io->self);
	int64_t part = left / (int64_t)(asking->left ? asking->left : 1);

	if (part < SHARE_MIN_MS)
		part = left < SHARE_MIN_MS ? left : SHARE_MIN_MS;
	return part;
}

/*
 * Of these only what certificate is sent is of interest, and with the
 * signatures that are left the client's own may not sign.
 */
static bool limit_keys(struct asking *asking, struct chk_target *target,
		       enum chk_probe_kind kind)
{
	struct chk_arena *arena = &asking->probes->arena;
	const char *offer = chk_target_offer(target, arena);

	target->credential_count = 0;
	if (offer)
		target->priority = chk_arena_format(
			arena, "%s%s", offer, chk_probe_key_priority(kind));
	return target->priority != NULL;
}

static bool fetch(struct asking *asking, const char *address,
		  enum chk_probe_kind kind, struct chk_probe *probe,
		  struct chk_error *error)
{
	const char *const addresses[] = { address, NULL };
	enum chk_tls_version version = version_of(kind);
	struct chk_target target = *asking->target;
	int64_t time = share(asking);

	asking->left -= asking->left > 0;
	if (time <= 0) {
		probe->no_time = true;
		return true;
	}
	target.addresses = addresses;
	target.total_timeout_ms = (uint32_t)time;
	if (kind == CHK_PROBE_NO_NAME) {
		target.server_name = NULL;
		target.no_server_name = true;
	}
	if (version)
		target.tls_min = target.tls_max = version;
	if (chk_probe_key_priority(kind) && !limit_keys(asking, &target, kind))
		return chk_error_memory(error);
	if (!chk_fetch(&target, &probe->presented, error))
		return false;
	probe->code = chk_network_code(probe->presented);
	return true;
}

/*
 * Where nothing listens no other question is put, and none about the kind of
 * key that came unasked.
 */
static bool is_spared(const struct chk_probed *probed,
		      enum chk_probe_kind kind)
{
	const struct chk_probe *whole = &probed->probes[CHK_PROBE_WHOLE];

	return kind != CHK_PROBE_WHOLE &&
	       (!chk_probe_answered(whole) ||
		(chk_probe_key(kind) &&
		 chk_probe_sent_key(whole, chk_probe_key(kind))));
}

static bool ask_address(struct asking *asking, struct chk_probed *probed,
			struct chk_error *error)
{
	for (enum chk_probe_kind kind = CHK_PROBE_WHOLE;
	     kind < CHK_PROBE_KINDS; kind++) {
		if (!applies(asking, kind))
			continue;
		if (is_spared(probed, kind)) {
			asking->left -= asking->left > 0;
			continue;
		}
		if (!fetch(asking, probed->address, kind,
			   &probed->probes[kind], error))
			return false;
	}
	return true;
}

static bool ask_all(struct asking *asking,
		    const struct chk_addresses *addresses,
		    struct chk_error *error)
{
	struct chk_probes *probes = asking->probes;

	probes->addresses = chk_arena_array(&probes->arena, addresses->count,
					    sizeof(*probes->addresses));
	if (!probes->addresses)
		return chk_error_memory(error);
	for (size_t i = 0; i < addresses->count; i++)
		probes->addresses[i].address = chk_words_escape(
			&probes->arena, addresses->item[i]);
	probes->address_count = addresses->count;
	for (enum chk_probe_kind kind = CHK_PROBE_WHOLE;
	     kind < CHK_PROBE_KINDS; kind++)
		asking->left += applies(asking, kind) ? addresses->count : 0;
	for (size_t i = 0; i < addresses->count; i++) {
		if (!ask_address(asking, &probes->addresses[i], error))
			return false;
	}
	return true;
}

static bool ask(struct asking *asking, struct chk_error *error)
{
	struct chk_addresses addresses = { .count = 0 };
	const struct chk_route *route = &asking->route;
	struct chk_probes *probes = asking->probes;
	const char *host = chk_words_escape(&probes->arena, route->host);

	probes->peer = chk_words(&probes->arena, "%s",
				 chk_peer_text(&probes->arena, host,
					       route->port));
	asking->end = route->io->now(route->io->self) + route->total_ms;
	chk_connect_addresses(route, asking->end, &addresses, probes->found);
	if (addresses.count && !ask_all(asking, &addresses, error))
		return false;
	chk_probes_judge(probes);
	return (!probes->arena.failed && !probes->found->arena.failed) ||
	       chk_error_memory(error);
}

bool chk_probes_ask(const struct chk_target *target,
		    struct chk_probes **probes, struct chk_error *error)
{
	CHK_CLEANUP(cleanup_probes)
	struct chk_probes *made = calloc(1, sizeof(*made));
	struct asking asking = { .target = target, .probes = made };
	bool done;

	*probes = NULL;
	if (made)
		made->found = chk_presented_new();
	if (!made || !made->found)
		return chk_error_memory(error);
	if (!chk_route_init(&asking.route, target, &made->arena, error))
		return false;
	done = ask(&asking, error);
	chk_route_clear(&asking.route);
	if (done)
		*probes = chk_steal(&made);
	return done;
}

enum chk_probes_outcome chk_probes_outcome(const struct chk_probes *probes)
{
	return probes->outcome;
}

size_t chk_probes_step_count(const struct chk_probes *probes)
{
	return probes->step_count;
}

const struct chk_probes_step *
chk_probes_step(const struct chk_probes *probes, size_t i)
{
	return i < probes->step_count ? &probes->steps[i] : NULL;
}

size_t chk_probes_difference_count(const struct chk_probes *probes)
{
	return probes->difference_count;
}

const char *chk_probes_difference(const struct chk_probes *probes, size_t i)
{
	return i < probes->difference_count ? probes->differences[i] : NULL;
}
