/*
 * tests/bench/start.c: start, load the system's roots, verify a chain of
 * three: whole processes in turn, chaincheck beside openssl and certtool.
 *
 * bench/start CHAINCHECK STORE CHAIN LEAF INTERMEDIATE CHAIN_WITH_ROOT
 */
#include "bench/command.h"

#define ROUNDS 61 /* after one that is not counted */

static void tell(const struct bench_side *side)
{
	printf("%-58s %6.2f ms, %5.1f MiB at the peak\n", side->name,
	       bench_median(side->seconds, ROUNDS) * 1e3,
	       (double)side->peak_kib / 1024);
}

int main(int argc, char **argv)
{
	struct bench_side ours = { .name = "chaincheck verify" };
	struct bench_side openssl = { .name = "openssl verify" };
	struct bench_side certtool = { .name = "certtool --verify" };
	int missed;

	if (argc != 7)
		return 2;
	{
		const char *a[] = { argv[1], "verify", argv[3], "--no-system",
				    "--cacert", argv[2], NULL };
		const char *b[] = { "openssl", "verify", "-CAfile", argv[2],
				    "-untrusted", argv[5], argv[4], NULL };
		const char *c[] = { "certtool", "--verify",
				    "--load-ca-certificate", argv[2],
				    "--infile", argv[6], NULL };

		for (size_t i = 0; i <= ROUNDS; i++) {
			size_t round = i ? i - 1 : 0; /* the first warms up */

			bench_run(&ours, a, round);
			bench_run(&openssl, b, round);
			bench_run(&certtool, c, round);
		}
	}
	tell(&ours);
	tell(&openssl);
	tell(&certtool);
	missed = bench_tell("start to end, chaincheck / openssl verify",
			    bench_ratio(&ours, &openssl, ROUNDS),
			    BENCH_AT_MOST, 0.20);
	missed += bench_tell("start to end, chaincheck / certtool --verify",
			     bench_ratio(&ours, &certtool, ROUNDS),
			     BENCH_AT_MOST, 0.35);
	return missed > 0;
}
