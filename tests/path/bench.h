/*
 * tests/path/bench.h: a search to be filled with made certificates, for the
 * tests of search.c and ends.c. tests/support/test.h comes before it.
 */
#ifndef CHK_TEST_BENCH_H
#define CHK_TEST_BENCH_H

#include <stdlib.h>

#include "path/candidates.h"
#include "path/search.h"
#include "support/made.h"

#define MAX_CERTS 40

/* What a search needs, and what came of it. */
struct bench {
	struct chk_arena arena;
	struct chk_supply supply;
	struct chk_store *store;
	const struct chk_store *stores[1];
	struct chk_memory *memory;
	struct chk_identity identity;
	struct chk_search search;
	struct chk_outcome outcome;
	struct chk_cert *certs[MAX_CERTS];
	size_t count;
};

static inline int lay(void **state)
{
	struct bench *bench = calloc(1, sizeof(*bench));

	if (!bench)
		return -1;
	bench->store = chk_store_new("store");
	bench->stores[0] = bench->store;
	bench->memory = chk_memory_new(0);
	bench->search = (struct chk_search){
		.supply = &bench->supply,
		.stores = bench->stores, .store_count = 1,
		.identity = &bench->identity, .at = MADE_NOW, .max_depth = 16,
		.strength = chk_strength_find("medium"),
		.budget = { 1000, 100, 1000, CHK_POLICY_MAX_NODES },
		.max_paths = 8,
		.memory = bench->memory,
	};
	*state = bench;
	return 0;
}

/* All signatures are asked of GnuTLS again. */
static inline void forget_signatures(struct bench *bench)
{
	chk_memory_free(bench->memory);
	bench->memory = bench->search.memory = chk_memory_new(0);
}

static inline int clear(void **state)
{
	struct bench *bench = *state;

	chk_memory_free(bench->memory);
	chk_supply_clear(&bench->supply);
	chk_store_free(bench->store);
	chk_arena_clear(&bench->arena);
	for (size_t i = 0; i < bench->count; i++)
		chk_cert_unref(bench->certs[i]);
	free(bench);
	return 0;
}

static inline const struct chk_cert *make(struct bench *bench,
					  struct recipe recipe)
{
	assert_true(bench->count < MAX_CERTS);
	bench->certs[bench->count] = make_cert(&recipe);
	return bench->certs[bench->count++];
}

static inline const struct chk_cert *ca(struct bench *bench,
					const char *subject, int key,
					const char *issuer, int issuer_key)
{
	return make(bench, (struct recipe){ .subject = subject, .key = key,
					    .issuer = issuer,
					    .issuer_key = issuer_key,
					    .ca = true });
}

static inline void set_leaf(struct bench *bench, const char *issuer,
			    int issuer_key)
{
	bench->search.leaf = make(bench, (struct recipe){
		.subject = "leaf", .key = 15, .issuer = issuer,
		.issuer_key = issuer_key, .dns = "www.example.test" });
}

static inline void send(struct bench *bench, const struct chk_cert *cert)
{
	assert_true(chk_supply_add(&bench->supply, cert, CHK_ORIGIN_PRESENTED,
				   (uint32_t)bench->supply.count + 1, "sent"));
}

static inline void trust(struct bench *bench, const struct chk_cert *cert)
{
	assert_true(chk_store_add(bench->store, cert, CHK_PURPOSE_ANY,
				  CHK_TRUST_TRUSTED, "store", NULL));
}

static inline const struct chk_path *run(struct bench *bench)
{
	assert_true(chk_search_run(&bench->search, &bench->arena,
				   &bench->outcome));
	return bench->outcome.count ? &bench->outcome.paths[0] : NULL;
}

static inline bool is_trusted(struct bench *bench)
{
	const struct chk_path *path = run(bench);

	return path && chk_path_is_valid(path);
}

static inline enum chk_rule only_rule(const struct chk_path *path)
{
	assert_non_null(path);
	assert_non_null(path->defects);
	assert_null(path->defects->next);
	return path->defects->defect.rule;
}

#endif
