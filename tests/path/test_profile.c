/* tests/path/test_profile.c: lib/path/profile.c. */
#include "support/test.h"

#include <chaincheck/verify.h>

#include "path/forms.h"
#include "path/profile.h"

static void the_first_is_the_default(void **state)
{
	assert_string_equal(chk_profile_get(0)->name, "web");
	assert_ptr_equal(chk_profile_find(NULL), chk_profile_get(0));
	assert_int_equal(chk_profile_get(0)->forms, 0);
}

static void each_is_found_by_its_name(void **state)
{
	const char *name;
	size_t count = 0;

	for (; (name = chk_profile_name(count)); count++)
		assert_ptr_equal(chk_profile_find(name),
				 chk_profile_get(count));
	assert_int_equal(count, 13);
	assert_null(chk_profile_get(count));
	assert_null(chk_profile_find("strict"));
	assert_null(chk_profile_find(""));
}

static void each_has_a_level_that_exists(void **state)
{
	for (size_t i = 0; chk_profile_get(i); i++)
		assert_non_null(chk_strength_find(
			chk_profile_get(i)->strength));
}

static void the_forum_asks_for_what_the_rfc_asks_for(void **state)
{
	assert_true(chk_profile_find("baseline")->forms & CHK_FORMS_RFC5280);
	assert_true(chk_profile_find("baseline")->forms & CHK_FORMS_BASELINE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_is_the_default),
		cmocka_unit_test(each_is_found_by_its_name),
		cmocka_unit_test(each_has_a_level_that_exists),
		cmocka_unit_test(the_forum_asks_for_what_the_rfc_asks_for),
	};

	return cmocka_run_group_tests_name("path/profile", tests, NULL, NULL);
}
