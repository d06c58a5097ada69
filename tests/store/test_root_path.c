/* tests/store/test_root_path.c: lib/store/root_path.c. */
#include "support/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "store/root_path.h"
#include "support/scratch.h"

static void check(const char *path, const char *wanted)
{
	char expected[4096];
	char *here;

	assert_true(chk_root_path(scratch_full_path("root"), path, &here));
	if (!wanted) {
		assert_null(here);
		return;
	}
	snprintf(expected, sizeof(expected), "%s%s", scratch_full_path("root"),
		 wanted);
	assert_string_equal(here, expected);
	free(here);
}

static int begin(void **state)
{
	if (scratch_begin(state) != 0)
		return -1;
	scratch_mkdir("root");
	return scratch_run("cd root && mkdir -p etc/ssl usr/lib && "
			   "echo x >etc/ssl/ca.pem && "
			   "ln -s /etc/ssl/ca.pem usr/lib/absolute && "
			   "ln -s ../../etc/ssl/ca.pem usr/lib/relative && "
			   "ln -s ../../../../../../etc usr/lib/beyond && "
			   "ln -s /usr/lib/circle usr/lib/circle && "
			   "ln -s /etc usr/lib/etc");
}

static void an_absolute_link_stays_below_the_root(void **state)
{
	check("/usr/lib/absolute", "/etc/ssl/ca.pem");
	check("/usr/lib/etc/ssl/ca.pem", "/etc/ssl/ca.pem");
}

static void a_relative_link_is_followed_and_does_not_leave(void **state)
{
	check("/usr/lib/relative", "/etc/ssl/ca.pem");
	check("/usr/lib/beyond/ssl/ca.pem", "/etc/ssl/ca.pem");
	check("/../../etc/./ssl//ca.pem", "/etc/ssl/ca.pem");
}

static void what_is_not_there_leads_nowhere(void **state)
{
	check("/usr/lib/none", NULL);
	check("/", "/");
}

/* It is there in ours. */
static void a_link_to_nowhere_is_not_followed_here(void **state)
{
	assert_int_equal(scratch_run("ln -s /etc/passwd root/etc/outside"), 0);
	check("/etc/outside", NULL);
}

static void a_circle_leads_nowhere(void **state)
{
	check("/usr/lib/circle", NULL);
	check("/usr/lib/circle/ca.pem", NULL);
}

static void without_a_root_the_path_is_the_path(void **state)
{
	char *here;

	assert_true(chk_root_path("", "/a/../b", &here));
	assert_string_equal(here, "/a/../b");
	free(here);
}

/* What `here` holds when it is opened below the root; "-": it is not. */
static void check_content(const char *here, const char *wanted)
{
	uint8_t *data;
	size_t size;

	if (!chk_root_read(scratch_full_path("root"), here, &data, &size,
			   NULL)) {
		assert_string_equal(wanted, "-");
		return;
	}
	assert_string_equal((const char *)data, wanted);
	free(data);
}

/* Whoever owns the tree can do so between the look and the opening. */
static void a_link_that_was_put_in_since_leads_nowhere_outside(void **state)
{
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	CHK_CLEANUP(chk_cleanup_free) char *here = NULL;
	size_t size;

	assert_int_equal(scratch_run("mkdir -p outside root/swap/ssl && "
				     "echo secret >outside/ca.pem && "
				     "echo own >root/swap/ssl/ca.pem"), 0);
	assert_true(chk_root_path(scratch_full_path("root"),
				  "/swap/ssl/ca.pem", &here));
	check_content(here, "own\n");
	/* A directory on the way */
	assert_int_equal(scratch_run("rm -r root/swap/ssl && "
				     "ln -s \"$PWD/outside\" root/swap/ssl"),
			 0);
	assert_true(chk_file_read(here, &data, &size, NULL));
	assert_string_equal((const char *)data, "secret\n");
	check_content(here, "-");
	/* The same with dots, and the file itself */
	assert_int_equal(scratch_run("rm root/swap/ssl && "
				     "ln -s ../../outside root/swap/ssl"), 0);
	check_content(here, "-");
	assert_int_equal(scratch_run(
		"rm root/swap/ssl && mkdir root/swap/ssl && "
		"ln -s ../../../outside/ca.pem root/swap/ssl/ca.pem"), 0);
	check_content(here, "-");
	/* A link that stays inside is no harm. */
	assert_int_equal(scratch_run("ln -sf /etc/ssl/ca.pem "
				     "root/swap/ssl/ca.pem"), 0);
	check_content(here, "x\n");
}

static void a_directory_is_opened_below_the_root(void **state)
{
	CHK_CLEANUP(chk_cleanup_free) char *here = NULL;
	int fd;

	assert_true(chk_root_path(scratch_full_path("root"), "/usr/lib/etc",
				  &here));
	fd = chk_root_open(scratch_full_path("root"), here,
			   O_RDONLY | O_DIRECTORY);
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(scratch_run("mv root/etc root/moved && "
				     "ln -s /etc root/etc"), 0);
	assert_int_equal(chk_root_open(scratch_full_path("root"), here,
				       O_RDONLY | O_DIRECTORY), -1);
	assert_int_equal(scratch_run("rm root/etc && mv root/moved root/etc"),
			 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_absolute_link_stays_below_the_root),
		cmocka_unit_test(
			a_relative_link_is_followed_and_does_not_leave),
		cmocka_unit_test(what_is_not_there_leads_nowhere),
		cmocka_unit_test(a_link_to_nowhere_is_not_followed_here),
		cmocka_unit_test(a_circle_leads_nowhere),
		cmocka_unit_test(without_a_root_the_path_is_the_path),
		cmocka_unit_test(
			a_link_that_was_put_in_since_leads_nowhere_outside),
		cmocka_unit_test(a_directory_is_opened_below_the_root),
	};

	return cmocka_run_group_tests_name("store/root_path", tests, begin,
					   scratch_end);
}
