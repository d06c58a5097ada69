/* tests/bench/bench.h: figures in pairs, so that a machine's drift cancels. */
#ifndef CHK_BENCH_H
#define CHK_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define BENCH_ROUNDS_MAX 201

/* What a benchmark cannot go on without. */
#define BENCH_CHECK(call)                                          \
	do {                                                       \
		if (!(call)) {                                     \
			fprintf(stderr, "failed: %s\n", #call);    \
			exit(2);                                   \
		}                                                  \
	} while (0)

/* One side's figures: seconds a round, and kilobytes at the peak. */
struct bench_side {
	const char *name;
	double seconds[BENCH_ROUNDS_MAX];
	long peak_kib;
};

double bench_now(void);
/*
 * What this process has had of the processors: of one thread that waits for
 * nothing it is the time that it takes, whatever else runs here.
 */
double bench_cpu(void);
double bench_median(const double *values, size_t count);
/* The median of a/b round by round. */
double bench_ratio(const struct bench_side *a, const struct bench_side *b,
		   size_t rounds);
enum bench_goal {
	BENCH_AT_MOST,
	BENCH_AT_LEAST,
};
/* Prints the ratio beside its goal. Gives 1 when it is missed, 0 otherwise. */
int bench_tell(const char *what, double ratio, enum bench_goal goal,
	       double bound);
/* What must hold and is no ratio. */
int bench_tell_that(const char *what, bool holds);

#endif
