/*
 * tests/bench/keystore.c: load a keystore of Java in this process, beside
 * keytool, which lists it in a JVM of its own.
 *
 * bench/keystore KEYSTORE
 */
#include <stdio.h>
#include <stdlib.h>

#include <chaincheck/store.h>

#include "bench/bench.h"

#define ROUNDS 61 /* after one that is not counted */
#define LISTS 3   /* of keytool, which takes its time */
#define GOAL 2e-3 /* seconds, for 144 entries */

static void load(struct bench_side *side, const char *path, size_t round)
{
	double start = bench_now();
	struct chk_store *store;
	struct chk_error error;

	if (!chk_store_open(path, NULL, &store, &error)) {
		printf("%s: %s\n", error.where, error.what);
		exit(1);
	}
	chk_store_free(store);
	side->seconds[round] = bench_now() - start;
}

/* False: there is no keytool, or it does not like the file. */
static bool list(struct bench_side *side, const char *path)
{
	char command[4096];

	snprintf(command, sizeof(command), "keytool -list -keystore '%s' "
		 "-storepass changeit >/dev/null 2>&1", path);
	for (size_t i = 0; i < LISTS; i++) {
		double start = bench_now();

		if (system(command) != 0)
			return false;
		side->seconds[i] = bench_now() - start;
	}
	return true;
}

int main(int argc, char **argv)
{
	struct bench_side ours = { .name = "keystore" };
	struct bench_side keytool = { .name = "keytool -list" };
	double seconds;

	if (argc != 2)
		return 2;
	for (size_t i = 0; i <= ROUNDS; i++)
		load(&ours, argv[1], i ? i - 1 : 0);
	seconds = bench_median(ours.seconds, ROUNDS);
	printf("%-58s %6.2f ms\n", "load a keystore", seconds * 1e3);
	if (list(&keytool, argv[1]))
		printf("%-58s %6.2f ms, %.0f times as long\n", keytool.name,
		       bench_median(keytool.seconds, LISTS) * 1e3,
		       bench_median(keytool.seconds, LISTS) / seconds);
	return bench_tell("load a keystore / 2 ms", seconds / GOAL,
			  BENCH_AT_MOST, 1.0);
}
