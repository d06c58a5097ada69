/*
 * tests/bench/again.c: what a memory of signatures spares. Many leaves below
 * one intermediate, each from DER to the verdict: with nothing remembered, with
 * what the others left behind, and all of them once more.
 */
#include "bench/bench.h"
#include "bench/issue.h"
#include "bench/ours.h"

#define ROUNDS 31
#define LEAVES 40

struct corpus {
	struct chk_bytes sent[LEAVES][2]; /* the leaf and the intermediate */
	struct chk_bytes root;
	struct bench_input inputs[LEAVES];
	struct bench_ours *ours[LEAVES];
};

static void issue(struct corpus *corpus, gnutls_pk_algorithm_t algorithm)
{
	gnutls_x509_privkey_t root = bench_key(algorithm);
	gnutls_x509_privkey_t ca = bench_key(algorithm);
	gnutls_x509_privkey_t leaf = bench_key(algorithm);
	char name[16];

	corpus->root = bench_issue(&(struct bench_recipe){
		"Root", "Root", root, root, .ca = true });
	for (size_t i = 0; i < LEAVES; i++) {
		snprintf(name, sizeof(name), "Leaf %zu", i);
		corpus->sent[i][0] = bench_issue(&(struct bench_recipe){
			name, "Intermediate", leaf, ca, .ca = false });
		corpus->sent[i][1] = i ? corpus->sent[0][1] :
			bench_issue(&(struct bench_recipe){
				"Intermediate", "Root", ca, root, .ca = true });
		corpus->inputs[i] = (struct bench_input){
			corpus->sent[i], 2, &corpus->root, 1 };
		corpus->ours[i] = bench_ours_new(&corpus->inputs[i]);
	}
	gnutls_x509_privkey_deinit(root);
	gnutls_x509_privkey_deinit(ca);
	gnutls_x509_privkey_deinit(leaf);
}

static void forget(struct corpus *corpus)
{
	for (size_t i = 0; i < LEAVES; i++) {
		bench_ours_free(corpus->ours[i]);
		bench_bytes_free(corpus->sent[i][0]);
	}
	bench_bytes_free(corpus->sent[0][1]);
	bench_bytes_free(corpus->root);
}

/* Seconds for all of them; NULL: each has a memory of its own. */
static double walk(struct corpus *corpus, struct chk_memory *memory)
{
	double start = bench_cpu();

	for (size_t i = 0; i < LEAVES; i++) {
		corpus->ours[i]->memory = memory;
		BENCH_CHECK(bench_ours_search(corpus->ours[i], NULL));
	}
	return bench_cpu() - start;
}

static int race(const char *name, gnutls_pk_algorithm_t algorithm)
{
	static struct bench_side cold, shared, again;
	static struct corpus corpus;
	char what[64];
	int missed = 0;

	issue(&corpus, algorithm);
	for (size_t i = 0; i <= ROUNDS; i++) {
		struct chk_memory *memory = chk_memory_new(0);
		size_t round = i ? i - 1 : 0; /* the first warms up */

		BENCH_CHECK(memory);
		cold.seconds[round] = walk(&corpus, NULL);
		shared.seconds[round] = walk(&corpus, memory);
		again.seconds[round] = walk(&corpus, memory);
		chk_memory_free(memory);
	}
	forget(&corpus);
	snprintf(what, sizeof(what), "%s, intermediate proved / nothing", name);
	missed += bench_tell(what, bench_ratio(&shared, &cold, ROUNDS),
			     BENCH_AT_MOST, 0.65);
	snprintf(what, sizeof(what), "%s, all unchanged / nothing", name);
	missed += bench_tell(what, bench_ratio(&again, &cold, ROUNDS),
			     BENCH_AT_MOST, 0.05);
	return missed;
}

int main(void)
{
	int missed = race("RSA-2048", GNUTLS_PK_RSA);

	missed += race("P-256", GNUTLS_PK_ECDSA);
	return missed > 0;
}
