/* tests/bench/command.c: whole processes, timed. */
#include "bench/command.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

void bench_run(struct bench_side *side, const char **words, size_t round)
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
