/* tests/support/child.c: this test program again. */
#include "config.h"

#include "support/test.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/child.h"

enum { READY = 3, ARGUMENTS_MAX = 16 };

void child_main(int count, char **arguments)
{
	bool below = count > 2 && strcmp(arguments[1], "chroot") == 0;

	if (count < 2 || (strcmp(arguments[1], "wait") != 0 && !below))
		return;
	/* Where a test fails, nobody ends it. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (below && (chroot(arguments[2]) < 0 || chdir("/") < 0))
		_exit(1);
	prctl(PR_SET_NAME, ") 1 (");
	if (write(READY, "x", 1) != 1)
		_exit(1);
	for (;;)
		pause();
}

pid_t child_start(const char *const *arguments,
		  const char *const *environment)
{
	char *list[ARGUMENTS_MAX] = { (char *)(uintptr_t)"child" };
	int ends[2];
	pid_t child;
	char byte;

	for (size_t i = 0; arguments[i]; i++) {
		assert_true(i + 2 < ARGUMENTS_MAX);
		list[i + 1] = (char *)(uintptr_t)arguments[i];
	}
	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		dup2(ends[1], READY);
		execve("/proc/self/exe", list,
		       (char *const *)(uintptr_t)environment);
		_exit(1);
	}
	close(ends[1]);
	assert_int_equal(read(ends[0], &byte, 1), 1);
	close(ends[0]);
	return child;
}

void child_end(pid_t child)
{
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, NULL, 0), child);
}
