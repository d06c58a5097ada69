/* tests/bench/bench.c: figures in pairs. */
#include "bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

double bench_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double bench_median(const double *values, size_t count)
{
	double sorted[BENCH_ROUNDS_MAX];

	memcpy(sorted, values, count * sizeof(*values));
	qsort(sorted, count, sizeof(*sorted), compare);
	return sorted[count / 2];
}

double bench_ratio(const struct bench_side *a, const struct bench_side *b,
		   size_t rounds)
{
	double ratios[BENCH_ROUNDS_MAX];

	for (size_t i = 0; i < rounds; i++)
		ratios[i] = a->seconds[i] / b->seconds[i];
	return bench_median(ratios, rounds);
}

int bench_tell(const char *what, double ratio, double goal)
{
	if (goal == 0) {
		printf("%-58s %5.2f\n", what, ratio);
		return 0;
	}
	printf("%-58s %5.2f  at most %.2f: %s\n", what, ratio, goal,
	       ratio <= goal ? "yes" : "NO");
	return ratio > goal;
}
