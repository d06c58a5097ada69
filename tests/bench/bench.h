/* tests/bench/bench.h: figures in pairs, so that a machine's drift cancels. */
#ifndef CHK_BENCH_H
#define CHK_BENCH_H

#include <stddef.h>
#include <stdint.h>

#define BENCH_ROUNDS_MAX 201

/* One side's figures: seconds a round, and kilobytes at the peak. */
struct bench_side {
	const char *name;
	double seconds[BENCH_ROUNDS_MAX];
	long peak_kib;
};

double bench_now(void);
double bench_median(const double *values, size_t count);
/* The median of a/b round by round. */
double bench_ratio(const struct bench_side *a, const struct bench_side *b,
		   size_t rounds);
/*
 * Prints "NAME ratio (goal)". Gives 1 when the goal is missed, 0 otherwise;
 * a goal of 0 is none.
 */
int bench_tell(const char *what, double ratio, double goal);

#endif
