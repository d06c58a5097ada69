/* tests/store/test_walk.c: everything below a directory, hostile as it is. */
#include "config.h"

#include "support/test.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/walk.h"
#include "support/scratch.h"

struct counts {
	size_t files, links, left, unread;
	char last_unread[256], why[256];
	bool seen_special;
};

static struct counts walk(const char *dir, const char *start)
{
	int root = open(scratch_path(dir), O_PATH | O_DIRECTORY);
	struct counts counts = { 0 };
	struct chk_walk_entry entry;
	struct chk_rooted found;
	struct chk_walk walk;

	assert_true(root >= 0);
	assert_true(chk_rooted_find(root, start, &found));
	assert_true(chk_walk_begin(&walk, &found));
	while (chk_walk_next(&walk, &entry)) {
		counts.files += entry.kind == CHK_WALK_FILE;
		counts.links += entry.kind == CHK_WALK_LINK;
		counts.left += entry.kind == CHK_WALK_LEAVE;
		if (entry.kind != CHK_WALK_LEAVE)
			counts.seen_special |=
				strstr(entry.path, "special") != NULL;
		if (entry.kind != CHK_WALK_UNREAD)
			continue;
		counts.unread++;
		snprintf(counts.last_unread, sizeof(counts.last_unread), "%s",
			 entry.path);
		snprintf(counts.why, sizeof(counts.why), "%s", entry.what);
	}
	assert_false(walk.failed);
	assert_int_equal(walk.directories, counts.left);
	chk_walk_end(&walk);
	chk_rooted_clear(&found);
	close(root);
	return counts;
}

static void each_entry_is_given_once(void **state)
{
	struct counts counts;

	assert_int_equal(scratch_run("mkdir -p one/a/b one/c && touch one/1 "
				     "one/a/2 one/a/b/3 && ln -s 1 one/link"),
			 0);
	counts = walk("one", "/");
	assert_int_equal(counts.files, 3);
	assert_int_equal(counts.links, 1);
	assert_int_equal(counts.left, 4);
	counts = walk("one", "/a");
	assert_int_equal(counts.files, 2);
}

static void no_link_is_followed(void **state)
{
	struct counts counts;

	assert_int_equal(scratch_run("mkdir -p loop/a && ln -s .. loop/a/up && "
				     "ln -s / loop/root && ln -s ../../.. "
				     "loop/a/out && ln -s self loop/self"), 0);
	counts = walk("loop", "/");
	assert_int_equal(counts.files, 0);
	assert_int_equal(counts.links, 4);
	assert_int_equal(counts.left, 2);
}

static void what_is_no_file_is_not_given(void **state)
{
	struct counts counts;

	assert_int_equal(scratch_run("mkdir kinds && mkfifo kinds/special1 && "
				     "touch kinds/file"), 0);
	if (geteuid() == 0)
		(void)!scratch_run("mknod kinds/special2 c 1 5");
	counts = walk("kinds", "/");
	assert_int_equal(counts.files, 1);
	assert_false(counts.seen_special);
}

static void the_kernels_own_trees_are_passed_over(void **state)
{
	struct counts counts;

	assert_int_equal(scratch_run("mkdir -p own/proc own/sys own/dev "
				     "own/x/dev && touch own/proc/1 own/dev/2 "
				     "own/sys/3 own/x/dev/4"), 0);
	counts = walk("own", "/");
	assert_int_equal(counts.files, 1);
	assert_int_equal(counts.left, 3);
}

static void too_deep_a_tree_is_told(void **state)
{
	struct counts counts;

	assert_int_equal(scratch_run("mkdir deep && cd deep && i=0 && "
				     "while [ $i -lt 70 ]; do mkdir d && cd d "
				     "&& touch f && i=$((i + 1)); done"), 0);
	counts = walk("deep", "/");
	/* The start is the first level; the last has its file, and no more. */
	assert_int_equal(counts.left, CHK_WALK_DEPTH);
	assert_int_equal(counts.files, CHK_WALK_DEPTH - 1);
	assert_int_equal(counts.unread, 1);
	assert_non_null(strstr(counts.why, "one in the other"));
}

/* As nobody, in a process of its own: root may read everything. */
static void a_directory_without_permission_is_told(void **state)
{
	struct counts counts;
	int status;
	pid_t child;

	assert_int_equal(scratch_run("mkdir -p shut/in && touch shut/in/x "
				     "shut/y && chmod 700 shut/in"), 0);
	if (geteuid() != 0)
		assert_int_equal(scratch_run("chmod 0 shut/in"), 0);
	/* mkdtemp made the directory for its owner alone. */
	assert_int_equal(scratch_run("chmod 755 . shut"), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		if (geteuid() == 0 && (setgroups(0, NULL) || setgid(65534) ||
				       setuid(65534)))
			_exit(77);
		if (access(scratch_path("shut"), R_OK | X_OK) < 0)
			_exit(77);
		counts = walk("shut", "/");
		_exit(counts.files == 1 && counts.unread == 1 &&
		      strcmp(counts.last_unread, "/in") == 0 &&
		      strcmp(counts.why, strerror(EACCES)) == 0 ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(scratch_run("chmod 700 shut/in"), 0);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 77)
		skip(); /* nobody may not come here */
	assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_entry_is_given_once),
		cmocka_unit_test(no_link_is_followed),
		cmocka_unit_test(what_is_no_file_is_not_given),
		cmocka_unit_test(the_kernels_own_trees_are_passed_over),
		cmocka_unit_test(too_deep_a_tree_is_told),
		cmocka_unit_test(a_directory_without_permission_is_told),
	};

	return cmocka_run_group_tests_name("store/walk", tests, scratch_begin,
					   scratch_end);
}
