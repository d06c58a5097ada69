/* tests/bench/race.h: all that validate, on one input, round by round. */
#ifndef CHK_BENCH_RACE_H
#define CHK_BENCH_RACE_H

#include "bench/bench.h"
#include "bench/peer.h"

/* How it went. */
enum bench_fate {
	BENCH_ABSENT, /* not there, or not asked for */
	BENCH_REFUSED, /* it does not trust what it should */
	BENCH_TOO_SLOW,
	BENCH_RAN,
};

struct bench_race {
	/*
	 * Seconds for one validation: of the processor in one thread; on the
	 * wall, over their number, in several
	 */
	struct bench_side sides[BENCH_PEERS];
	enum bench_fate fates[BENCH_PEERS];
	size_t rounds;
};

struct bench_terms {
	bool no_raw;    /* what was sent is no chain, each issued by the next */
	size_t rounds;  /* up to BENCH_ROUNDS_MAX */
	size_t threads; /* up to BENCH_THREADS_MAX */
	double slice;   /* seconds that each has a round, about */
	double longest; /* seconds; who takes longer once does not run */
};
#define BENCH_THREADS_MAX 16

void bench_race(const struct bench_input *input,
		const struct bench_terms *terms, struct bench_race *race);
/* Microseconds; 0: it did not run. */
double bench_race_time(const struct bench_race *race,
		       enum bench_peer_name name);
/* The median of a/b; 0: one of them did not run. */
double bench_race_ratio(const struct bench_race *race, enum bench_peer_name a,
			enum bench_peer_name b);

#endif
