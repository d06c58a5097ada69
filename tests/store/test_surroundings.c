/* tests/store/test_surroundings.c: lib/store/surroundings.c. */
#include "support/test.h"

#include <stdlib.h>

#include "store/surroundings.h"

static const char *const ENVIRONMENT[] = {
	"HOME=/home/x", "AB=1", "A=2", "A=3", "EMPTY=",
};
static const char *const FACTS[] = { "home=/jdk" };
static const struct chk_surroundings AROUND = {
	.root = "",
	.directory = "/work",
	.environment = ENVIRONMENT,
	.environment_count = CHK_COUNT(ENVIRONMENT),
	.facts = FACTS,
	.fact_count = CHK_COUNT(FACTS),
};

/* getenv(3) gives the first. */
static void a_variable_is_found_by_its_whole_name(void **state)
{
	assert_string_equal(chk_surroundings_variable(&AROUND, "A"), "2");
	assert_string_equal(chk_surroundings_variable(&AROUND, "EMPTY"), "");
	assert_null(chk_surroundings_variable(&AROUND, "B"));
	assert_null(chk_surroundings_variable(&AROUND, "HOM"));
}

static void check_fill(const char *pattern, const char *wanted)
{
	char *text;

	assert_true(chk_surroundings_fill(&AROUND, pattern, &text));
	if (wanted)
		assert_string_equal(text, wanted);
	else
		assert_null(text);
	free(text);
}

static void facts_and_variables_are_filled_in(void **state)
{
	check_fill("/etc/x", "/etc/x");
	check_fill("{home}/lib/cacerts", "/jdk/lib/cacerts");
	check_fill("{HOME}/.x{home}", "/home/x/.x/jdk");
	check_fill("{venv}/x", NULL);
	check_fill("{EMPTY}/x", NULL);
}

static void check_here(const struct chk_surroundings *around,
		       const char *path, const char *wanted)
{
	char *here;

	assert_true(chk_surroundings_here(around, path, &here));
	if (wanted)
		assert_string_equal(here, wanted);
	else
		assert_null(here);
	free(here);
}

static void a_relative_path_begins_in_the_directory(void **state)
{
	static const struct chk_surroundings NOWHERE = { .root = "" };

	check_here(&AROUND, "a.pem", "/work/a.pem");
	check_here(&AROUND, "/a.pem", "/a.pem");
	check_here(&NOWHERE, "a.pem", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_variable_is_found_by_its_whole_name),
		cmocka_unit_test(facts_and_variables_are_filled_in),
		cmocka_unit_test(a_relative_path_begins_in_the_directory),
	};

	return cmocka_run_group_tests_name("store/surroundings", tests, NULL,
					   NULL);
}
