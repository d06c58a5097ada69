/*
 * tests/bench/growth.c: what a validation takes as there is more to choose
 * from: candidates of one name, anchors in the store, CAs that cross-sign each
 * other. Keys are P-256.
 */
#include "bench/bench.h"
#include "bench/ours.h"
#include "bench/pile.h"
#include "bench/race.h"

#define ROUNDS 7
#define TURNS 31 /* of the largest two in turn, each as short as can be */

static const struct curve {
	const char *name;
	enum bench_pile_kind kind;
	size_t counts[5]; /* 0: no more */
	/* Time may grow as the number does, a fifth more; else not at all. */
	bool grows;
} CURVES[] = {
	{ "candidates sent, key ids tell", BENCH_SENT_TOLD,
	  { 1, 10, 100, 1000 }, true },
	{ "candidates sent, no key ids", BENCH_SENT_SILENT,
	  { 1, 10, 100, 1000 }, true },
	{ "candidates trusted, key ids tell", BENCH_TRUSTED_TOLD,
	  { 1, 10, 100, 1000 }, true },
	{ "candidates trusted, no key ids", BENCH_TRUSTED_SILENT,
	  { 1, 10, 100, 1000 }, true },
	{ "roots of other names", BENCH_ROOTS,
	  { 1, 10, 100, 1000, 10000 }, false },
};

static const size_t CROSS_SIGNED[] = { 3, 10, 30 };

/* Who says no to what is to be trusted has found no path. */
static void print_time(const struct bench_race *race,
		       enum bench_peer_name name)
{
	static const char *const WORDS[] = {
		[BENCH_ABSENT] = "-",
		[BENCH_REFUSED] = "no",
		[BENCH_TOO_SLOW] = "slow",
	};

	if (race->fates[name] == BENCH_RAN)
		printf(" %9.1f", bench_race_time(race, name));
	else
		printf(" %9s", WORDS[race->fates[name]]);
}

/* Signatures asked of GnuTLS, and those there are. 1: it asked for more. */
static int print_counts(const struct bench_input *input)
{
	struct bench_ours *ours = bench_ours_new(input);
	size_t edges = bench_pile_edges(input);
	struct bench_counts counts;

	bench_ours_search(ours, &counts);
	bench_ours_free(ours);
	printf(" %6u %6zu %6u", counts.checks, edges, counts.steps);
	return counts.checks > edges;
}

static int run_point(const struct curve *curve, size_t count)
{
	static const struct bench_terms terms = {
		.no_raw = true, .rounds = ROUNDS, .threads = 1,
		.slice = 0.003, .longest = 1,
	};
	static struct bench_race race;
	struct bench_input *input = bench_pile(curve->kind, count);
	int missed;

	bench_race(input, &terms, &race);
	printf("%-34s %6zu", curve->name, count);
	missed = print_counts(input);
	for (size_t i = BENCH_SEARCH; i < BENCH_PEERS; i++)
		print_time(&race, (enum bench_peer_name)i);
	printf("\n");
	fflush(stdout);
	bench_pile_free(input);
	return missed;
}

static double time_search(const struct bench_ours *ours, size_t repeats)
{
	double start = bench_cpu();

	for (size_t i = 0; i < repeats; i++)
		BENCH_CHECK(bench_ours_search(ours, NULL));
	return (bench_cpu() - start) / (double)repeats;
}

/* The same curve at 1000 and at 100, in turn. */
static int tell_growth(const struct curve *curve)
{
	struct bench_input *inputs[] = {
		bench_pile(curve->kind, 1000), bench_pile(curve->kind, 100),
	};
	struct bench_ours *ours[] = {
		bench_ours_new(inputs[0]), bench_ours_new(inputs[1]),
	};
	struct bench_side many = { 0 }, few = { 0 };
	char what[80];

	for (size_t i = 0; i < TURNS; i++) {
		many.seconds[i] = time_search(ours[0], curve->grows ? 1 : 10);
		few.seconds[i] = time_search(ours[1], 10);
	}
	for (size_t i = 0; i < CHK_COUNT(inputs); i++) {
		bench_ours_free(ours[i]);
		bench_pile_free(inputs[i]);
	}
	snprintf(what, sizeof(what), "%s: 1000 / 100", curve->name);
	return bench_tell(what, bench_ratio(&many, &few, TURNS),
			  BENCH_AT_MOST, curve->grows ? 12 : 1.2);
}

static int run_cross_signed(size_t count)
{
	struct bench_input *input = bench_pile(BENCH_CROSS_SIGNED, count);
	struct bench_ours *ours = bench_ours_new(input);
	double start = bench_cpu();
	int missed;

	BENCH_CHECK(!bench_ours_search(ours, NULL));
	start = bench_cpu() - start;
	printf("%-34s %6zu", "CAs that cross-sign each other", count);
	missed = print_counts(input);
	printf(" %9.1f\n", start * 1e6);
	bench_ours_free(ours);
	bench_pile_free(input);
	return missed;
}

int main(void)
{
	int missed = 0, more = 0;

	bench_tell_absent();
	printf("%-34s %6s %6s %6s %6s", "", "number", "asked", "edges",
	       "steps");
	printf(" %9s %9s %9s %9s %9s\n", "ours us", "report", "GnuTLS",
	       "OpenSSL", "mbedTLS");
	for (size_t i = 0; i < CHK_COUNT(CURVES); i++) {
		for (size_t j = 0; j < CHK_COUNT(CURVES[i].counts) &&
				   CURVES[i].counts[j]; j++)
			more += run_point(&CURVES[i], CURVES[i].counts[j]);
	}
	for (size_t i = 0; i < CHK_COUNT(CROSS_SIGNED); i++)
		more += run_cross_signed(CROSS_SIGNED[i]);
	missed += bench_tell_that("no more signatures asked than edges",
				  more == 0);
	for (size_t i = 0; i < CHK_COUNT(CURVES); i++)
		missed += tell_growth(&CURVES[i]);
	return missed > 0;
}
