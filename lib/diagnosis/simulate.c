/* lib/diagnosis/simulate.c: each client asks, takes the answer, and trusts. */
#include "diagnosis/simulation.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "client/machine_clients.h"
#include "diagnosis/words.h"
#include "fetch/presented.h"

CHK_CLEANUP_FUNCTION(cleanup_simulation, struct chk_simulation *,
		     chk_simulation_free);

void chk_simulation_free(struct chk_simulation *simulation)
{
	if (!simulation)
		return;
	for (size_t i = 0; i < simulation->judged_count; i++)
		chk_report_free(simulation->judged[i].report);
	for (size_t i = 0; i < simulation->served_count; i++)
		chk_presented_free(simulation->served[i].presented);
	for (size_t i = 0; i < simulation->store_count; i++)
		chk_store_free(simulation->stores[i].store);
	for (size_t i = 0; i < simulation->asked_count; i++)
		chk_answer_clear(&simulation->asked[i].answer);
	chk_memory_free(simulation->memory);
	chk_arena_clear(&simulation->arena);
	free(simulation);
}

static size_t count_clients(void)
{
	size_t count = 0;

	while (chk_client_at(count))
		count++;
	return count;
}

static void add(struct chk_simulation *simulation,
		const struct chk_client *client)
{
	for (size_t i = 0; i < simulation->count; i++) {
		if (simulation->clients[i] == client)
			return;
	}
	simulation->clients[simulation->count++] = client;
}

/* "here" is all of this machine's, "here:java" one of them. */
static bool add_here(struct chk_simulation *simulation,
		     const struct chk_machine_clients *here, const char *name)
{
	size_t before = simulation->count;

	for (size_t i = 0; here && i < here->count; i++) {
		const struct chk_client *client = &here->items[i].client;

		if (strcmp(name, "here") == 0 || strcmp(name, client->id) == 0)
			add(simulation, client);
	}
	return simulation->count > before;
}

static bool choose(struct chk_simulation *simulation,
		   const char *const *names,
		   const struct chk_machine_clients *here,
		   struct chk_error *error)
{
	const struct chk_client *client;

	for (; *names; names++) {
		if (strcmp(*names, "all") == 0) {
			simulation->all = true;
			for (size_t i = 0; (client = chk_client_at(i)); i++)
				add(simulation, client);
			continue;
		}
		if (add_here(simulation, here, *names))
			continue;
		client = chk_client_find(*names);
		if (!client)
			return chk_error_set(error, CHK_ERROR_ARGUMENT, *names,
					     "no such client; `chaincheck "
					     "handshake --client list` has "
					     "them");
		add(simulation, client);
	}
	return true;
}

static bool make_room(struct chk_simulation *simulation,
		      const struct chk_machine_clients *here,
		      struct chk_error *error)
{
	struct chk_arena *arena = &simulation->arena;
	size_t count = count_clients() + (here ? here->count : 0);

	simulation->memory = chk_memory_new(0);
#define ROOM(member) \
	(simulation->member = chk_arena_array(arena, count, \
					      sizeof(*simulation->member)))
	if (simulation->memory && ROOM(clients) && ROOM(answers) &&
	    ROOM(asked) && ROOM(asked_by) && ROOM(served) &&
	    ROOM(judged) && ROOM(stores))
		return true;
#undef ROOM
	return chk_error_memory(error);
}

/* One that could not be reached says nothing of the client. */
static bool judge(struct chk_simulating *simulating, size_t i,
		  struct chk_error *error)
{
	struct chk_simulation *simulation = simulating->simulation;
	const struct chk_client *client = simulation->clients[i];
	struct chk_simulated *answer = &simulation->answers[i];
	const struct chk_answer *got;
	const struct chk_served *served;

	*answer = (struct chk_simulated){ .client = client->id,
					  .label = client->label,
					  .verdict = CHK_VERDICT_UNDECIDED };
	if (client->stops) {
		answer->verdict = CHK_VERDICT_UNTRUSTED;
		answer->code = "tls.handshake";
		answer->why = chk_words(&simulation->arena,
					"nothing is sent: %s", client->stops);
		return true;
	}
	if (!simulation->asked_by[i]) {
		answer->why = "not simulated: what it offers is not known";
		return true;
	}
	got = &simulation->asked_by[i]->answer;
	answer->why = chk_simulated_why(&simulation->arena, client, got,
					&answer->code);
	if (got->end == CHK_ANSWER_HELLO || got->end == CHK_ANSWER_RETRY)
		chk_simulated_agree(&simulation->arena, got, answer);
	if (got->end == CHK_ANSWER_UNCONNECTED || got->end == CHK_ANSWER_NONE)
		return true;
	answer->verdict = CHK_VERDICT_UNTRUSTED;
	/* It takes up to forty connections: of one client, not of many. */
	if (answer->why)
		return simulation->count > 1 ||
		       chk_simulate_explain(simulating, i, error);
	return chk_simulate_serve(simulating, i, &served, error) &&
	       chk_simulate_trust(simulating, i, served, error);
}

static size_t count_of(const struct chk_simulation *simulation,
		       enum chk_verdict verdict)
{
	size_t count = 0;

	for (size_t i = 0; i < simulation->count; i++)
		count += simulation->answers[i].verdict == verdict;
	return count;
}

/* Of all of them, those that cannot be simulated are told and left out. */
static void conclude(struct chk_simulation *simulation)
{
	struct chk_arena *arena = &simulation->arena;
	size_t good = count_of(simulation, CHK_VERDICT_TRUSTED);
	size_t bad = count_of(simulation, CHK_VERDICT_UNTRUSTED);
	size_t open = count_of(simulation, CHK_VERDICT_UNDECIDED);
	const struct chk_simulated *only = &simulation->answers[0];

	if (bad)
		simulation->verdict = CHK_VERDICT_UNTRUSTED;
	else if (!good || (open && !simulation->all))
		simulation->verdict = CHK_VERDICT_UNDECIDED;
	else
		simulation->verdict = CHK_VERDICT_TRUSTED;
	if (simulation->count == 1 && only->why && open)
		simulation->summary = chk_words(
			arena, "it is not known whether %s connects to %s and "
			"trusts it", only->label, simulation->peer);
	else if (simulation->count == 1 && only->why)
		simulation->summary = chk_words(
			arena, only->store ? "%s connects to %s and does not "
				"trust it" : "%s does not connect to %s",
			only->label, simulation->peer);
	else
		simulation->summary = chk_words(
			arena, "%zu of %zu client%s %s to %s and trust%s it%s",
			good, simulation->count,
			simulation->count == 1 ? "" : "s",
			good == 1 ? "connects" : "connect", simulation->peer,
			good == 1 ? "s" : "",
			open ? chk_words(arena, "; of %zu it is not known",
					 open) : "");
}

static bool simulate(struct chk_simulating *simulating,
		     struct chk_error *error)
{
	struct chk_simulation *simulation = simulating->simulation;
	const struct chk_route *route = &simulating->route;
	const struct chk_io *io = route->io;

	simulation->peer = chk_words_escape(
		&simulation->arena, chk_peer_text(&simulation->arena,
						  route->host, route->port));
	simulating->end = io->now(io->self) + route->total_ms;
	if (!chk_simulate_ask(simulating, error))
		return false;
	for (size_t i = 0; i < simulation->count; i++) {
		if (!judge(simulating, i, error))
			return false;
	}
	conclude(simulation);
	return !simulation->arena.failed || chk_error_memory(error);
}

bool chk_simulate(const struct chk_target *target,
		  const struct chk_question *question,
		  const char *const *clients,
		  const struct chk_machine_clients *here, bool own_stores,
		  struct chk_simulation **simulation, struct chk_error *error)
{
	CHK_CLEANUP(cleanup_simulation)
	struct chk_simulation *made = calloc(1, sizeof(*made));
	struct chk_simulating simulating = {
		.target = target, .question = question,
		.own_stores = own_stores, .simulation = made,
	};
	bool done;

	*simulation = NULL;
	if (!made)
		return chk_error_memory(error);
	if (!make_room(made, here, error) ||
	    !choose(made, clients, here, error) ||
	    !chk_route_init(&simulating.route, target, &made->arena, error))
		return false;
	done = simulate(&simulating, error);
	chk_route_clear(&simulating.route);
	if (done)
		*simulation = chk_steal(&made);
	return done;
}

enum chk_verdict
chk_simulation_verdict(const struct chk_simulation *simulation)
{
	return simulation->verdict;
}

size_t chk_simulation_count(const struct chk_simulation *simulation)
{
	return simulation->count;
}

const struct chk_simulated *
chk_simulation_get(const struct chk_simulation *simulation, size_t i)
{
	return i < simulation->count ? &simulation->answers[i] : NULL;
}
