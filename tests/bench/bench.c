/* tests/bench/bench.c: figures in pairs. */
#include "bench/bench.h"

#include <string.h>
#include <time.h>

static double read_clock(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

double bench_now(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

double bench_cpu(void)
{
	return read_clock(CLOCK_PROCESS_CPUTIME_ID);
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

int bench_tell(const char *what, double ratio, enum bench_goal goal,
	       double bound)
{
	bool reached = goal == BENCH_AT_MOST ? ratio <= bound : ratio >= bound;

	printf("%-58s %5.2f  at %s %.2f: %s\n", what, ratio,
	       goal == BENCH_AT_MOST ? "most" : "least", bound,
	       reached ? "yes" : "NO");
	return !reached;
}

int bench_tell_that(const char *what, bool holds)
{
	printf("%s: %s\n", what, holds ? "yes" : "NO");
	return !holds;
}
