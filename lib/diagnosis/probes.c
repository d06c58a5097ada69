/* lib/diagnosis/probes.c: each address of a name, asked in several ways. */
#include "diagnosis/probes.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/thread.h"
#include "diagnosis/delta_server.h"
#include "diagnosis/probe_differences.h"
#include "diagnosis/sources.h"
#include "diagnosis/words.h"
#include "fetch/ask.h"
#include "fetch/connect.h"

/* One that does not answer leaves at least so much to the next. */
#define SHARE_MIN_MS 2000

CHK_CLEANUP_FUNCTION(cleanup_probes, struct chk_probes *, chk_probes_free);

/* One handshake to hold. */
struct errand {
	struct chk_probed *probed;
	enum chk_probe_kind kind;
	bool failed;            /* `error` says why it could not be asked */
	struct chk_error error;
};

struct asking {
	const struct chk_target *target;
	struct chk_route route;
	struct chk_probes *probes;
	int64_t end;
	size_t side_by_side;
	size_t changes;     /* that are tried with an address that answers */
	atomic_size_t left; /* probes to come */
	struct errand *errands;
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
	chk_delta_free(probes->delta);
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
		return true;
	return !target->priority && target->tls_min != max &&
	       version >= target->tls_min && version <= max;
}

/*
 * An equal share of what is left, where that is enough to be of use. Those
 * that are asked side by side use the same time.
 */
static int64_t share(const struct asking *asking, size_t left)
{
	const struct chk_io *io = asking->route.io;
	int64_t time = asking->end - io->now(io->self);
	size_t rounds = (left + asking->side_by_side - 1) /
			asking->side_by_side;
	int64_t part = time / (int64_t)(rounds ? rounds : 1);

	if (part < SHARE_MIN_MS)
		part = time < SHARE_MIN_MS ? time : SHARE_MIN_MS;
	return part;
}

static bool fetch(const struct asking *asking, const char *address,
		  enum chk_probe_kind kind, int64_t time,
		  struct chk_probe *probe, struct chk_error *error)
{
	const char *const addresses[] = { address, NULL };
	enum chk_tls_version version = version_of(kind);
	struct chk_target target = *asking->target;

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
	if (!chk_fetch(&target, &probe->presented, error))
		return false;
	probe->code = chk_network_code(probe->presented);
	return true;
}

/* Each writes to its own errand and probe; the rest is for all to read. */
static void run_errand(void *data, size_t i)
{
	struct asking *asking = data;
	struct errand *errand = &asking->errands[i];
	int64_t time = share(asking, atomic_fetch_sub(&asking->left, 1));

	errand->failed = !fetch(asking, errand->probed->address, errand->kind,
				time, &errand->probed->probes[errand->kind],
				&errand->error);
	/* What is not asked leaves its time to the others. */
	if (errand->kind == CHK_PROBE_WHOLE &&
	    !chk_probe_answered(&errand->probed->probes[CHK_PROBE_WHOLE]))
		atomic_fetch_sub(&asking->left, asking->changes);
}

static bool run_errands(struct asking *asking, size_t count,
			struct chk_error *error)
{
	chk_thread_each(count, asking->side_by_side, run_errand, asking);
	for (size_t i = 0; i < count; i++) {
		if (!asking->errands[i].failed)
			continue;
		if (error)
			*error = asking->errands[i].error;
		return false;
	}
	return true;
}

/* What is to be changed with the addresses that answered; gives how much. */
static size_t plan_changes(struct asking *asking)
{
	struct chk_probes *probes = asking->probes;
	size_t count = 0;

	for (size_t i = 0; i < probes->address_count; i++) {
		struct chk_probed *probed = &probes->addresses[i];

		if (!chk_probe_answered(&probed->probes[CHK_PROBE_WHOLE]))
			continue;
		for (enum chk_probe_kind kind = CHK_PROBE_WHOLE + 1;
		     kind < CHK_PROBE_KINDS; kind++) {
			if (applies(asking, kind))
				asking->errands[count++] = (struct errand){
					.probed = probed, .kind = kind };
		}
	}
	return count;
}

/* First each address as a whole: where nothing listens no more is asked. */
static bool ask_all(struct asking *asking, struct chk_error *error)
{
	struct chk_probes *probes = asking->probes;
	size_t count = probes->address_count;

	for (enum chk_probe_kind kind = CHK_PROBE_WHOLE + 1;
	     kind < CHK_PROBE_KINDS; kind++)
		asking->changes += applies(asking, kind);
	for (size_t i = 0; i < count; i++)
		asking->errands[i].probed = &probes->addresses[i];
	asking->left = count + count * asking->changes;
	if (!run_errands(asking, count, error))
		return false;
	count = plan_changes(asking);
	asking->left = count;
	return run_errands(asking, count, error);
}

static bool ask_addresses(struct asking *asking,
			  const struct chk_addresses *addresses,
			  struct chk_error *error)
{
	struct chk_probes *probes = asking->probes;

	probes->addresses = chk_arena_array(&probes->arena, addresses->count,
					    sizeof(*probes->addresses));
	asking->errands = chk_arena_array(&probes->arena,
					  addresses->count * CHK_PROBE_KINDS,
					  sizeof(*asking->errands));
	if (!probes->addresses || !asking->errands)
		return chk_error_memory(error);
	for (size_t i = 0; i < addresses->count; i++)
		probes->addresses[i].address = chk_words_escape(
			&probes->arena, addresses->item[i]);
	probes->address_count = addresses->count;
	return ask_all(asking, error);
}

/* Why the first address that answers does not shake hands. */
static bool explain(struct asking *asking, struct chk_error *error)
{
	const struct chk_probed *first = chk_probes_first(asking->probes);
	size_t made = asking->probes->address_count * CHK_PROBE_KINDS;
	struct chk_probes *probes = asking->probes;
	const struct chk_presented *presented;

	if (!first || asking->target->no_probes || made >= CHK_CONNECTIONS_MAX)
		return true;
	presented = first->probes[CHK_PROBE_WHOLE].presented;
	if (!chk_delta_is_wanted(presented))
		return true;
	if (!chk_delta_ask(asking->target, presented, NULL,
			   CHK_CONNECTIONS_MAX - made, asking->end,
			   &probes->delta, error))
		return false;
	probes->is_explained = probes->delta &&
			       chk_cause_find(probes->delta, probes->peer,
					      &probes->arena, &probes->cause);
	if (probes->delta)
		probes->facts = chk_cause_evidence(probes->delta,
						   &probes->arena,
						   &probes->fact_count);
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
	asking->side_by_side = chk_ask_side_by_side(route->io);
	chk_connect_addresses(route, asking->end, &addresses, probes->found);
	if (addresses.count && !ask_addresses(asking, &addresses, error))
		return false;
	if (!explain(asking, error))
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
