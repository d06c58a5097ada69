/* tests/audit/test_suffix.c: lib/audit/suffix.c. */
#include "config.h"

#include "support/test.h"

#include "audit/suffix.h"

static void what_is_no_wildcard_is_not_wide(void **state)
{
	assert_false(chk_suffix_is_wide(BYTES("co.uk")));
	assert_false(chk_suffix_is_wide(BYTES("www.co.uk")));
	assert_false(chk_suffix_is_wide(BYTES("*.")));
	assert_false(chk_suffix_is_wide(BYTES("*")));
	assert_false(chk_suffix_is_wide(BYTES("")));
}

static void a_wildcard_below_a_name_is_not_wide(void **state)
{
	assert_false(chk_suffix_is_wide(BYTES("*.example.co.uk")));
	assert_false(chk_suffix_is_wide(BYTES("*.example.com")));
}

/* co.uk has had its row since the list began. */
static void a_wildcard_for_a_suffix_is_wide(void **state)
{
#ifndef HAVE_LIBPSL
	skip();
#endif
	assert_true(chk_suffix_is_wide(BYTES("*.co.uk")));
	assert_true(chk_suffix_is_wide(BYTES("*.com")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_no_wildcard_is_not_wide),
		cmocka_unit_test(a_wildcard_below_a_name_is_not_wide),
		cmocka_unit_test(a_wildcard_for_a_suffix_is_wide),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
