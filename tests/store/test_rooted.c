/*
 * tests/store/test_rooted.c: paths within a root. What the kernel makes of the
 * same path with RESOLVE_IN_ROOT is the oracle.
 */
#include "config.h"

#include "support/test.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "store/rooted.h"
#include "support/scratch.h"

static int open_root(void)
{
	int root = open(scratch_path("root"), O_PATH | O_DIRECTORY);

	assert_true(root >= 0);
	return root;
}

static int begin(void **state)
{
	if (scratch_begin(state) < 0)
		return -1;
	return scratch_run(
		"mkdir -p root/etc/ssl root/usr/lib root/a/b/c && "
		"echo outside >secret && echo inside >root/secret && "
		"echo bundle >root/etc/ssl/cert.pem && "
		"ln -s /etc/ssl/cert.pem root/usr/lib/absolute && "
		"ln -s ../../etc/ssl/cert.pem root/usr/lib/relative && "
		"ln -s ../../../../../secret root/usr/lib/above && "
		"ln -s ../secret root/up && "
		"ln -s /usr/lib root/lib && "
		"ln -s loop2 root/loop1 && ln -s loop1 root/loop2 && "
		"ln -s /gone root/dangling && "
		"ln -s . root/a/here && "
		"ln -s b/../../etc/ssl/./cert.pem root/a/winding && "
		"ln -s /lib/../lib/relative root/a/chain && "
		"mkfifo root/fifo");
}

static void expect(int root, const char *path, const char *real)
{
	struct chk_rooted found;

	assert_true(chk_rooted_find(root, path, &found));
	assert_string_equal(found.path, real);
	chk_rooted_clear(&found);
}

static void an_absolute_link_begins_at_the_root(void **state)
{
	int root = open_root();

	expect(root, "/usr/lib/absolute", "/etc/ssl/cert.pem");
	expect(root, "/lib/absolute", "/etc/ssl/cert.pem");
	expect(root, "a/chain", "/etc/ssl/cert.pem");
	close(root);
}

static void no_dots_lead_above_the_root(void **state)
{
	char text[16] = "";
	struct chk_rooted found;
	int root = open_root(), fd;

	expect(root, "/usr/lib/above", "/secret");
	expect(root, "/../../secret", "/secret");
	assert_true(chk_rooted_find(root, "/up", &found));
	fd = chk_rooted_open(&found, O_RDONLY);
	assert_true(fd >= 0);
	assert_int_equal(read(fd, text, sizeof(text) - 1), 7);
	assert_string_equal(text, "inside\n");
	close(fd);
	chk_rooted_clear(&found);
	close(root);
}

static void what_is_not_there_is_told_from_a_link_to_nothing(void **state)
{
	struct chk_rooted found;
	int root = open_root();

	assert_false(chk_rooted_find(root, "/etc/none", &found));
	assert_int_equal(errno, ENOENT);
	assert_false(found.link);
	chk_rooted_clear(&found);
	assert_false(chk_rooted_find(root, "/dangling", &found));
	assert_int_equal(errno, ENOENT);
	assert_true(found.link);
	chk_rooted_clear(&found);
	assert_false(chk_rooted_find(root, "/loop1", &found));
	assert_int_equal(errno, ELOOP);
	chk_rooted_clear(&found);
	assert_false(chk_rooted_find(root, "/etc/ssl/cert.pem/x", &found));
	assert_int_equal(errno, ENOTDIR);
	chk_rooted_clear(&found);
	close(root);
}

static void a_file_that_was_swapped_is_not_opened(void **state)
{
	struct chk_rooted found;
	int root = open_root();

	assert_int_equal(scratch_run("echo one >root/swap"), 0);
	assert_true(chk_rooted_find(root, "/swap", &found));
	assert_int_equal(scratch_run("echo two >root/other && "
				     "mv root/other root/swap"), 0);
	assert_int_equal(chk_rooted_open(&found, O_RDONLY), -1);
	assert_int_equal(errno, ESTALE);
	assert_int_equal(scratch_run("ln -sf ../secret root/swap"), 0);
	assert_int_equal(chk_rooted_open(&found, O_RDONLY), -1);
	chk_rooted_clear(&found);
	close(root);
}

/* -1: errno says why. */
static int by_kernel(int root, const char *path)
{
	struct open_how how = {
		.flags = O_PATH, .resolve = RESOLVE_IN_ROOT,
	};

	return (int)syscall(SYS_openat2, root, path, &how, sizeof(how));
}

static void compare(int root, const char *path)
{
	struct chk_rooted found;
	bool ours = chk_rooted_find(root, path, &found);
	int cause = errno, fd = by_kernel(root, path);
	struct stat facts;

	if (ours != (fd >= 0) || (!ours && cause != errno))
		fail_msg("%s: ours %d (%s), the kernel's %d", path, ours,
			 strerror(cause), fd);
	if (ours) {
		assert_int_equal(fstat(fd, &facts), 0);
		assert_int_equal(found.facts.st_ino, facts.st_ino);
		close(fd);
	}
	chk_rooted_clear(&found);
}

/* Paths of random parts, in a tree of random links. */
static void the_kernel_says_the_same(void **state)
{
	static const char *const PARTS[] = {
		"a", "b", "c", "..", ".", "etc", "ssl", "cert.pem", "usr",
		"lib", "absolute", "relative", "above", "up", "loop1", "here",
		"winding", "chain", "dangling", "fifo", "r0", "r1", "r2", "r3",
		"r4", "r5", "r6", "r7",
	};
	int root = open_root();
	int probe = by_kernel(root, "/");

	if (probe < 0)
		skip();
	close(probe);
	srandom(7);
	for (int i = 0; i < 8; i++) {
		char target[128] = "", name[16];

		for (int part = 0; part < 4; part++) {
			strcat(target, random() % 3 || part ? "" : "/");
			strcat(target, PARTS[random() % CHK_COUNT(PARTS)]);
			strcat(target, "/");
		}
		target[strlen(target) - 1] = '\0';
		snprintf(name, sizeof(name), "root/r%d", i);
		assert_int_equal(symlink(target, scratch_path(name)), 0);
	}
	for (int i = 0; i < 20000; i++) {
		char path[256] = "";

		for (int part = 0, parts = 1 + (int)(random() % 6);
		     part < parts; part++) {
			strcat(path, "/");
			strcat(path, PARTS[random() % CHK_COUNT(PARTS)]);
		}
		compare(root, path);
	}
	close(root);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_absolute_link_begins_at_the_root),
		cmocka_unit_test(no_dots_lead_above_the_root),
		cmocka_unit_test(
			what_is_not_there_is_told_from_a_link_to_nothing),
		cmocka_unit_test(a_file_that_was_swapped_is_not_opened),
		cmocka_unit_test(the_kernel_says_the_same),
	};

	return cmocka_run_group_tests_name("store/rooted", tests, begin,
					   scratch_end);
}
