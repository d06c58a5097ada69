/* tests/store/test_said.c: lib/store/said.c. */
#include "support/test.h"

#include "store/said.h"

static void a_sentence_is_kept_printable_with_its_code(void **state)
{
	struct chk_said_list list = { 0 };

	assert_true(chk_said_add(&list, NULL, "%s is not set", "A"));
	assert_true(chk_said_add(&list, "store.absent", "B\x1b[2J\n"));
	assert_int_equal(list.count, 2);
	assert_string_equal(list.items[0].text, "A is not set");
	assert_null(list.items[0].code);
	assert_string_equal(list.items[1].code, "store.absent");
	assert_string_equal(list.items[1].text, "B\\x1b[2J\\x0a");
	chk_said_clear(&list);
	assert_int_equal(list.count, 0);
}

static void a_long_one_is_cut(void **state)
{
	struct chk_said_list list = { 0 };

	assert_true(chk_said_add(&list, NULL, "%5000s", "x"));
	assert_true(strlen(list.items[0].text) < 2000);
	chk_said_clear(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sentence_is_kept_printable_with_its_code),
		cmocka_unit_test(a_long_one_is_cut),
	};

	return cmocka_run_group_tests_name("store/said", tests, NULL, NULL);
}
