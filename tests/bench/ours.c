/* tests/bench/ours.c: one search of chaincheck. */
#include "bench/ours.h"

#include <time.h>

#include "bench/bench.h"
#include "bench/issue.h"

/* No signature is refused for its cost: the curves are about just that. */
static const struct chk_budget BUDGET = {
	.steps = 10000, .signatures = 1000000, .comparisons = 1000000,
	.policies = CHK_POLICY_MAX_NODES,
};

static void load_trusted(struct bench_ours *ours)
{
	for (size_t i = 0; i < ours->input->trusted_count; i++) {
		struct chk_cert *cert;

		BENCH_CHECK(chk_cert_parse(ours->input->trusted[i], &cert,
					   NULL));
		BENCH_CHECK(chk_store_add(ours->store, cert, CHK_PURPOSE_ANY,
					  CHK_TRUST_TRUSTED, "bench", NULL));
		chk_cert_unref(cert);
	}
}

struct bench_ours *bench_ours_new(const struct bench_input *input)
{
	struct bench_ours *ours = calloc(1, sizeof(*ours));

	BENCH_CHECK(ours);
	ours->input = input;
	ours->store = chk_store_new("bench");
	BENCH_CHECK(ours->store);
	load_trusted(ours);
	ours->stores[0] = ours->store;
	BENCH_CHECK(chk_identity_set(&ours->identity, BENCH_HOST, NULL));
	ours->search = (struct chk_search){
		.stores = ours->stores, .store_count = 1,
		.identity = &ours->identity, .at = time(NULL),
		.purpose = CHK_PURPOSE_TLS_SERVER, .max_depth = 16,
		.strength = chk_strength_find("medium"), .no_dsa = true,
		.budget = BUDGET, .max_paths = 1,
	};
	return ours;
}

static void supply_sent(const struct bench_input *input,
			struct chk_supply *supply)
{
	for (size_t i = 0; i < input->sent_count; i++) {
		struct chk_cert *cert;

		BENCH_CHECK(chk_cert_parse(input->sent[i], &cert, NULL));
		BENCH_CHECK(chk_supply_add(supply, cert, CHK_ORIGIN_PRESENTED,
					   (uint32_t)i, "sent"));
	}
}

/* The supply borrows its certificates; here they are its own. */
static void clear_supply(struct chk_supply *supply)
{
	union {
		const struct chk_cert *in;
		struct chk_cert *out;
	} cert;

	for (size_t i = 0; i < supply->count; i++) {
		cert.in = supply->items[i].cert;
		chk_cert_unref(cert.out);
	}
	chk_supply_clear(supply);
}

bool bench_ours_search(const struct bench_ours *ours,
		       struct bench_counts *counts)
{
	struct chk_supply supply = { 0 };
	struct chk_arena arena = { 0 };
	struct chk_search search = ours->search;
	struct chk_outcome outcome;
	struct chk_memory *memory = ours->memory;
	bool trusted;

	if (!memory)
		memory = chk_memory_new(0);
	BENCH_CHECK(memory);
	supply_sent(ours->input, &supply);
	search.supply = &supply;
	search.leaf = supply.items[0].cert;
	search.memory = memory;
	BENCH_CHECK(chk_search_run(&search, &arena, &outcome));
	trusted = outcome.count > 0 && chk_path_is_valid(&outcome.paths[0]);
	if (counts)
		*counts = (struct bench_counts){
			.checks = outcome.used.signatures,
			.steps = outcome.used.steps,
			.spent = outcome.spent,
		};
	if (!ours->memory)
		chk_memory_free(memory);
	chk_arena_clear(&arena);
	clear_supply(&supply);
	return trusted;
}

void bench_ours_free(struct bench_ours *ours)
{
	chk_store_free(ours->store);
	free(ours);
}
