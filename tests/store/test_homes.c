/* tests/store/test_homes.c: the homes of a root's users. */
#include "config.h"

#include "support/test.h"

#include <fcntl.h>
#include <unistd.h>

#include "store/homes.h"
#include "support/scratch.h"

static struct chk_homes read_homes(const char *name)
{
	int root = open(scratch_path(name), O_PATH | O_DIRECTORY);
	struct chk_homes homes = { 0 };

	assert_true(root >= 0);
	assert_true(chk_homes_read(&homes, root));
	close(root);
	return homes;
}

static bool has(const struct chk_homes *homes, const char *path)
{
	size_t count = 0;

	for (size_t i = 0; i < homes->count; i++)
		count += strcmp(homes->paths[i], path) == 0;
	assert_in_range(count, 0, 1);
	return count;
}

static void homes_are_those_of_root_home_and_passwd(void **state)
{
	struct chk_homes homes;

	assert_int_equal(scratch_run(
		"mkdir -p a/root a/home/anna a/home/.hidden a/var/lib/pg a/etc "
		"a/bin && touch a/home/file && printf '%%s\\n' "
		"root:x:0:0::/root:/bin/sh anna:x:1:1::/home/anna/:/bin/sh "
		"pg:x:2:2::/var/lib/pg:/bin/sh bin:x:3:3::/bin:/bin/false "
		"gone:x:4:4::/gone:/bin/sh short:x rel:x:5:5::home:/bin/sh "
		">a/etc/passwd"), 0);
	homes = read_homes("a");
	assert_true(has(&homes, "/root"));
	assert_true(has(&homes, "/home/anna"));
	assert_true(has(&homes, "/var/lib/pg"));
	assert_int_equal(homes.count, 3);
	chk_homes_clear(&homes);
}

static void a_home_behind_a_link_is_known_by_both_paths(void **state)
{
	struct chk_homes homes;

	assert_int_equal(scratch_run("mkdir -p b/var/home/anna && "
				     "ln -s /var/home b/home"), 0);
	homes = read_homes("b");
	assert_true(has(&homes, "/home/anna"));
	assert_true(has(&homes, "/var/home/anna"));
	chk_homes_clear(&homes);
}

static void a_passwd_that_is_no_file_is_none(void **state)
{
	struct chk_homes homes;

	assert_int_equal(scratch_run("mkdir -p c/etc && mkfifo c/etc/passwd"),
			 0);
	homes = read_homes("c");
	assert_int_equal(homes.count, 0);
	chk_homes_clear(&homes);
	assert_int_equal(scratch_run("mkdir -p d/etc && "
				     "truncate -s 1G d/etc/passwd"), 0);
	homes = read_homes("d");
	assert_int_equal(homes.count, 0);
	chk_homes_clear(&homes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(homes_are_those_of_root_home_and_passwd),
		cmocka_unit_test(a_home_behind_a_link_is_known_by_both_paths),
		cmocka_unit_test(a_passwd_that_is_no_file_is_none),
	};

	return cmocka_run_group_tests_name("store/homes", tests, scratch_begin,
					   scratch_end);
}
