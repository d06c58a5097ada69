/*
 * tests/bench/validate.c: a chain of three from DER to the verdict, beside
 * the two signature checks that nobody can do without.
 *
 * bench/validate LEAF INTERMEDIATE ROOT (PEM files)
 */
#include <stdio.h>
#include <stdlib.h>

#include <gnutls/abstract.h>
#include <gnutls/x509.h>

#include "bench/bench.h"
#include "cert/cert.h"
#include "path/search.h"

#define ROUNDS 101
#define REPEATS 40 /* validations a round */

#define CHECK(call)                                    \
	do {                                           \
		if (!(call)) {                         \
			printf("failed: %s\n", #call); \
			exit(1);                       \
		}                                      \
	} while (0)

struct input {
	const struct chk_cert *certs[3];
	const struct chk_store *store;
	gnutls_pubkey_t keys[3]; /* loaded beforehand */
};

/* From bytes to the verdict, nothing kept from the time before. */
static void validate(const struct input *input)
{
	struct chk_identity identity = { .type = CHK_IDENTITY_NONE };
	struct chk_memory *memory = chk_memory_new(0);
	struct chk_arena arena = { 0 };
	struct chk_supply supply = { 0 };
	struct chk_cert *leaf, *intermediate;
	struct chk_outcome outcome;
	struct chk_search search = {
		.supply = &supply, .stores = &input->store, .store_count = 1,
		.identity = &identity, .max_depth = 16,
		.at = input->certs[0]->not_before,
		.strength = chk_strength_find("medium"),
		.budget = { 1000, 100, 1000 }, .max_paths = 1,
		.memory = memory,
	};

	CHECK(chk_cert_parse(input->certs[0]->der, &leaf, NULL));
	CHECK(chk_cert_parse(input->certs[1]->der, &intermediate, NULL));
	search.leaf = leaf;
	CHECK(chk_supply_add(&supply, leaf, CHK_ORIGIN_PRESENTED, 0, ""));
	CHECK(chk_supply_add(&supply, intermediate, CHK_ORIGIN_PRESENTED, 1, ""));
	CHECK(chk_search_run(&search, &arena, &outcome));
	CHECK(outcome.count == 1 && chk_path_is_valid(&outcome.paths[0]));
	chk_supply_clear(&supply);
	chk_memory_free(memory);
	chk_arena_clear(&arena);
	chk_cert_unref(leaf);
	chk_cert_unref(intermediate);
}

static gnutls_datum_t datum(struct chk_bytes bytes)
{
	union { const uint8_t *in; unsigned char *out; } data = { bytes.data };

	return (gnutls_datum_t){ data.out, (unsigned int)bytes.size };
}

static void verify_raw(const struct input *input)
{
	for (size_t i = 0; i < 2; i++) {
		const struct chk_cert *cert = input->certs[i];
		gnutls_datum_t tbs = datum(cert->tbs);
		gnutls_datum_t signature = datum(cert->signature);

		CHECK(gnutls_pubkey_verify_data2(input->keys[i + 1],
						 GNUTLS_SIGN_RSA_SHA256, 0,
						 &tbs, &signature) >= 0);
	}
}

static void time_round(struct bench_side *side, size_t round,
		       void (*work)(const struct input *),
		       const struct input *input)
{
	double start = bench_now();

	for (size_t i = 0; i < REPEATS; i++)
		work(input);
	side->seconds[round] = (bench_now() - start) / REPEATS;
}

int main(int argc, char **argv)
{
	struct bench_side ours = { .name = "DER to verdict" };
	struct bench_side raw = { .name = "two gnutls_pubkey_verify_data2" };
	struct chk_chain *chain = chk_chain_new();
	struct chk_store *store = chk_store_new("bench");
	struct input input = { .store = store };

	if (argc != 4)
		return 2;
	for (size_t i = 0; i < 3; i++) {
		gnutls_datum_t spki;

		CHECK(chk_chain_read(chain, argv[i + 1], NULL));
		input.certs[i] = chk_chain_get(chain, i);
		spki = datum(input.certs[i]->spki);
		CHECK(gnutls_pubkey_init(&input.keys[i]) >= 0);
		CHECK(gnutls_pubkey_import(input.keys[i], &spki,
					   GNUTLS_X509_FMT_DER) >= 0);
	}
	CHECK(chk_store_add(store, input.certs[2], CHK_PURPOSE_ANY,
			    CHK_TRUST_TRUSTED, NULL, NULL));
	for (size_t i = 0; i <= ROUNDS; i++) {
		size_t round = i ? i - 1 : 0; /* the first warms up */

		time_round(&ours, round, validate, &input);
		time_round(&raw, round, verify_raw, &input);
	}
	printf("%-58s %6.2f us\n", ours.name,
	       bench_median(ours.seconds, ROUNDS) * 1e6);
	printf("%-58s %6.2f us\n", raw.name,
	       bench_median(raw.seconds, ROUNDS) * 1e6);
	for (size_t i = 0; i < 3; i++)
		gnutls_pubkey_deinit(input.keys[i]);
	chk_chain_free(chain);
	chk_store_free(store);
	return bench_tell("DER to verdict / two signature checks",
			  bench_ratio(&ours, &raw, ROUNDS), 1.15);
}
