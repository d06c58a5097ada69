/*
 * tests/bench/start.c: start, load the system's roots, verify a chain of
 * three: whole processes in turn, chaincheck beside openssl and certtool.
 *
 * bench/start CHAINCHECK STORE CHAIN LEAF INTERMEDIATE CHAIN_WITH_ROOT
 */
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/bench.h"

#define ROUNDS 61 /* after one that is not counted */

extern char **environ;

/* Runs a command with its output thrown away; it must succeed. */
static void run(struct bench_side *side, const char **words, size_t round)
{
	/* exec does not write to its arguments, and says it might. */
	union {
		const char **in;
		char *const *out;
	} argv = { words };
	posix_spawn_file_actions_t actions;
	struct rusage usage;
	double start;
	int status;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	start = bench_now();
	if (posix_spawnp(&pid, words[0], &actions, NULL, argv.out,
			 environ) != 0) {
		printf("%s cannot be started\n", words[0]);
		exit(77);
	}
	wait4(pid, &status, 0, &usage);
	side->seconds[round] = bench_now() - start;
	posix_spawn_file_actions_destroy(&actions);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		printf("%s failed\n", words[0]);
		exit(1);
	}
	if (usage.ru_maxrss > side->peak_kib)
		side->peak_kib = usage.ru_maxrss;
}

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

			run(&ours, a, round);
			run(&openssl, b, round);
			run(&certtool, c, round);
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
