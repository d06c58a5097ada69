/* tests/bench/race.c: each in turn, so that all meet the same weather. */
#include "bench/race.h"

#include <pthread.h>

struct runner {
	const struct bench_peer *peer;
	void *prepared;
	size_t repeats; /* a round and thread */
};

static void *repeat(void *opaque)
{
	const struct runner *runner = opaque;

	for (size_t i = 0; i < runner->repeats; i++)
		BENCH_CHECK(runner->peer->verify(runner->prepared));
	return NULL;
}

/* Threads may wait for each other: there it is the clock on the wall. */
static double time_threads(struct runner *runner, size_t threads)
{
	pthread_t others[BENCH_THREADS_MAX];
	double start = bench_now();

	/* This thread is one of them. */
	for (size_t i = 1; i < threads; i++)
		BENCH_CHECK(pthread_create(&others[i], NULL, repeat,
					   runner) == 0);
	repeat(runner);
	for (size_t i = 1; i < threads; i++)
		BENCH_CHECK(pthread_join(others[i], NULL) == 0);
	return (bench_now() - start) / (double)(runner->repeats * threads);
}

static double time_round(struct runner *runner, size_t threads)
{
	double start = bench_cpu();

	if (threads > 1)
		return time_threads(runner, threads);
	repeat(runner);
	return (bench_cpu() - start) / (double)runner->repeats;
}

/* Warms up, and finds how often fits into a slice. */
static enum bench_fate start(struct runner *runner,
			     const struct bench_input *input,
			     const struct bench_terms *terms)
{
	double before, first, second;

	if (!runner->peer)
		return BENCH_ABSENT;
	runner->prepared = runner->peer->prepare(input);
	before = bench_cpu();
	if (!runner->peer->verify(runner->prepared))
		return BENCH_REFUSED;
	first = bench_cpu();
	if (first - before > terms->longest)
		return BENCH_TOO_SLOW;
	BENCH_CHECK(runner->peer->verify(runner->prepared));
	second = bench_cpu() - first;
	runner->repeats = second < terms->slice ?
				  (size_t)(terms->slice / second) : 1;
	return BENCH_RAN;
}

void bench_race(const struct bench_input *input,
		const struct bench_terms *terms, struct bench_race *race)
{
	struct runner runners[BENCH_PEERS] = { 0 };

	race->rounds = terms->rounds;
	for (size_t i = 0; i < BENCH_PEERS; i++) {
		if (i != BENCH_RAW || !terms->no_raw)
			runners[i].peer = bench_peer((enum bench_peer_name)i);
		race->fates[i] = start(&runners[i], input, terms);
	}
	for (size_t round = 0; round < terms->rounds; round++) {
		for (size_t i = 0; i < BENCH_PEERS; i++) {
			if (race->fates[i] == BENCH_RAN)
				race->sides[i].seconds[round] = time_round(
					&runners[i], terms->threads);
		}
	}
	for (size_t i = 0; i < BENCH_PEERS; i++) {
		if (runners[i].prepared)
			runners[i].peer->clear(runners[i].prepared);
	}
}

double bench_race_time(const struct bench_race *race,
		       enum bench_peer_name name)
{
	if (race->fates[name] != BENCH_RAN)
		return 0;
	return 1e6 * bench_median(race->sides[name].seconds, race->rounds);
}

double bench_race_ratio(const struct bench_race *race, enum bench_peer_name a,
			enum bench_peer_name b)
{
	if (race->fates[a] != BENCH_RAN || race->fates[b] != BENCH_RAN)
		return 0;
	return bench_ratio(&race->sides[a], &race->sides[b], race->rounds);
}
