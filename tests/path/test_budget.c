/* tests/path/test_budget.c: lib/path/budget.h. */
#include "support/test.h"

#include "path/budget.h"

static void what_is_there_can_be_taken_to_the_last(void **state)
{
	uint32_t left = 3;

	assert_true(chk_budget_take(&left, 1));
	assert_true(chk_budget_take(&left, 0));
	assert_true(chk_budget_take(&left, 2));
	assert_int_equal(left, 0);
	assert_true(chk_budget_take(&left, 0));
	assert_false(chk_budget_take(&left, 1));
	assert_int_equal(left, 0);
}

/* Else a dear question would be passed over, and cheap ones answered on. */
static void who_wants_too_much_leaves_nothing(void **state)
{
	uint32_t left = 3;

	assert_false(chk_budget_take(&left, 4));
	assert_int_equal(left, 0);
	left = 3;
	assert_false(chk_budget_take(&left, (size_t)UINT32_MAX + 2));
	assert_int_equal(left, 0);
}

static void what_was_used_is_all_less_what_is_left(void **state)
{
	const struct chk_budget all = { 10, 20, 30, 40 };
	const struct chk_budget left = { 9, 17, 30, 0 };
	struct chk_budget used = chk_budget_less(&all, &left);

	assert_int_equal(used.steps, 1);
	assert_int_equal(used.signatures, 3);
	assert_int_equal(used.comparisons, 0);
	assert_int_equal(used.policies, 40);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_there_can_be_taken_to_the_last),
		cmocka_unit_test(who_wants_too_much_leaves_nothing),
		cmocka_unit_test(what_was_used_is_all_less_what_is_left),
	};

	return cmocka_run_group_tests_name("path/budget", tests, NULL, NULL);
}
