/* tests/base/test_seen.c: a set of keys. */
#include "support/test.h"

#include "base/seen.h"

static bool add(struct chk_seen *seen, uint64_t key)
{
	bool fresh = false;

	assert_true(chk_seen_add(seen, key, &fresh));
	return fresh;
}

static void a_key_is_fresh_once(void **state)
{
	struct chk_seen seen = { 0 };

	assert_true(add(&seen, 7));
	assert_false(add(&seen, 7));
	assert_true(add(&seen, 8));
	assert_int_equal(seen.count, 2);
	chk_seen_clear(&seen);
	assert_true(add(&seen, 7));
	chk_seen_clear(&seen);
}

static void who_asks_adds_nothing(void **state)
{
	struct chk_seen seen = { 0 };

	assert_false(chk_seen_has(&seen, 7));
	assert_true(add(&seen, 7));
	assert_true(chk_seen_has(&seen, 7));
	assert_false(chk_seen_has(&seen, 8));
	assert_int_equal(seen.count, 1);
	chk_seen_clear(&seen);
}

static void zero_is_a_key(void **state)
{
	struct chk_seen seen = { 0 };

	assert_true(add(&seen, 0));
	assert_false(add(&seen, 0));
	chk_seen_clear(&seen);
}

static void many_keys_in_a_row_are_all_kept(void **state)
{
	struct chk_seen seen = { 0 };

	for (uint64_t key = 2; key < 100000; key++)
		assert_true(add(&seen, key));
	for (uint64_t key = 2; key < 100000; key++)
		assert_false(add(&seen, key));
	assert_int_equal(seen.count, 99998);
	chk_seen_clear(&seen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_is_fresh_once),
		cmocka_unit_test(who_asks_adds_nothing),
		cmocka_unit_test(zero_is_a_key),
		cmocka_unit_test(many_keys_in_a_row_are_all_kept),
	};

	return cmocka_run_group_tests_name("base/seen", tests, NULL, NULL);
}
