/* tests/fetch/test_resolve.c: lib/fetch/resolve.c, names that need no net. */
#include "support/test.h"

#include <dirent.h>
#include <errno.h>
#include <unistd.h>

#include "fetch/io.h"
#include "fetch/resolve.h"

static int64_t in(int64_t millis)
{
	const struct chk_io *io = chk_io_system();

	return io->now(io->self) + millis;
}

static void localhost_has_loopback_addresses_each_once(void **state)
{
	char addresses[8][64], why[128];
	int count = chk_resolve_system(NULL, "localhost", CHK_FAMILY_IPV4,
				       in(5000), addresses, 8, why,
				       sizeof(why));

	assert_int_equal(count, 1);
	assert_string_equal(addresses[0], "127.0.0.1");
}

static void no_more_than_asked_for_are_written(void **state)
{
	char addresses[2][64] = { "", "untouched" }, why[128];

	assert_int_equal(chk_resolve_system(NULL, "localhost", CHK_FAMILY_ANY,
					    in(5000), addresses, 1, why,
					    sizeof(why)),
			 1);
	assert_string_equal(addresses[1], "untouched");
}

/* RFC 6761 section 6.4: .invalid never has an address. */
static void a_name_without_address_gives_a_reason(void **state)
{
	char addresses[1][64], why[128] = "";

	assert_int_equal(chk_resolve_system(NULL, "no-such.invalid",
					    CHK_FAMILY_ANY, in(20000),
					    addresses, 1, why, sizeof(why)),
			 -1);
	assert_int_not_equal(errno, ETIMEDOUT);
	assert_true(strlen(why) > 0);
}

static int count_threads(void)
{
	DIR *folder = opendir("/proc/self/task");
	struct dirent *entry;
	int count = 0;

	while (folder && (entry = readdir(folder)))
		count += entry->d_name[0] != '.';
	if (folder)
		closedir(folder);
	return count;
}

/* The lookup goes on without us, and ends by itself. */
static void an_abandoned_lookup_ends_by_itself(void **state)
{
	char addresses[1][64], why[128];
	int64_t begin = in(0);
	int count = 0;

	for (int i = 0; i < 50 && !(count < 0 && errno == ETIMEDOUT); i++)
		count = chk_resolve_system(NULL, "no-such.invalid",
					   CHK_FAMILY_ANY, begin - 1,
					   addresses, 1, why, sizeof(why));
	assert_int_equal(count, -1);
	assert_int_equal(errno, ETIMEDOUT);
	for (int i = 0; i < 1200 && count_threads() > 1; i++)
		usleep(25000);
	assert_int_equal(count_threads(), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(localhost_has_loopback_addresses_each_once),
		cmocka_unit_test(no_more_than_asked_for_are_written),
		cmocka_unit_test(a_name_without_address_gives_a_reason),
		cmocka_unit_test(an_abandoned_lookup_ends_by_itself),
	};

	return cmocka_run_group_tests_name("fetch/resolve", tests, NULL, NULL);
}
