/*
 * tests/support/child.h: this test program again, as a process of its own with
 * arguments and an environment of its own.
 */
#ifndef CHK_TEST_CHILD_H
#define CHK_TEST_CHILD_H

#include <sys/types.h>

/*
 * child_main is the first thing of main(): a child waits there until it is
 * ended, called ") 1 (" on its way, below the directory that "chroot" names.
 */
void child_main(int count, char **arguments);
/*
 * Starts one; both lists end in NULL, and `arguments` begins with what main()
 * sees behind its name: "wait", or "chroot" and a directory. It is ready when
 * this returns.
 */
pid_t child_start(const char *const *arguments,
		  const char *const *environment);
void child_end(pid_t child);

#endif
