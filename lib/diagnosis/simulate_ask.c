/* lib/diagnosis/simulate_ask.c: the hellos of the clients, each kind once. */
#include "diagnosis/simulation.h"

#include "base/error.h"

bool chk_simulated_sends_name(const struct chk_simulating *simulating,
			      const struct chk_client *client)
{
	return chk_client_name(client, simulating->route.server_name);
}

static bool are_equal(struct chk_ids a, struct chk_ids b)
{
	return a.count == b.count &&
	       (!a.count || memcmp(a.items, b.items,
				   a.count * sizeof(*a.items)) == 0);
}

static bool have_equal_alpn(const char *const *a, const char *const *b)
{
	size_t i = 0;

	if (!a || !b)
		return a == b;
	while (a[i] && b[i] && strcmp(a[i], b[i]) == 0)
		i++;
	return !a[i] && !b[i];
}

static bool are_equal_hellos(const struct chk_hello *a,
			     const struct chk_hello *b)
{
	return a->version == b->version &&
	       a->record_version == b->record_version &&
	       a->sslv2_form == b->sslv2_form && a->grease == b->grease &&
	       a->size == b->size && a->split == b->split &&
	       a->server_name == b->server_name &&
	       are_equal(a->versions, b->versions) &&
	       are_equal(a->suites, b->suites) &&
	       are_equal(a->groups, b->groups) &&
	       are_equal(a->signatures, b->signatures) &&
	       are_equal(a->signatures_cert, b->signatures_cert) &&
	       are_equal(a->key_shares, b->key_shares) &&
	       are_equal(a->extensions, b->extensions) &&
	       have_equal_alpn(a->alpn, b->alpn);
}

static struct chk_asked *find(struct chk_simulation *simulation,
			      const struct chk_hello *hello)
{
	for (size_t i = 0; i < simulation->asked_count; i++) {
		if (are_equal_hellos(&simulation->asked[i].hello, hello))
			return &simulation->asked[i];
	}
	simulation->asked[simulation->asked_count].hello = *hello;
	return &simulation->asked[simulation->asked_count++];
}

bool chk_simulate_ask(struct chk_simulating *simulating,
		      struct chk_error *error)
{
	struct chk_simulation *simulation = simulating->simulation;

	for (size_t i = 0; i < simulation->count; i++) {
		const struct chk_client *client = simulation->clients[i];
		struct chk_hello hello = client->hello;

		if (client->stops || !chk_client_is_known(client))
			continue;
		if (chk_simulated_sends_name(simulating, client))
			hello.server_name = simulating->route.server_name;
		simulation->asked_by[i] = find(simulation, &hello);
	}
	return chk_ask(&simulating->route, simulation->asked,
		       simulation->asked_count, simulating->end, error);
}
