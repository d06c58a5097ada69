/* tests/store/test_trap.c: lib/store/trap.c. */
#include "support/test.h"

#include "store/store.h"

static void a_trap_is_kept_with_its_code_and_made_printable(void **state)
{
	struct chk_store *store = chk_store_new("made");
	const struct chk_trap *trap;

	assert_int_equal(chk_store_trap_count(store), 0);
	assert_null(chk_store_trap(store, 0));
	assert_true(chk_store_trap_add(store, "store.java-empty",
				       "a.p12\x1b[2J", "%d entries", 3));
	assert_int_equal(chk_store_trap_count(store), 1);
	trap = chk_store_trap(store, 0);
	assert_string_equal(trap->code, "store.java-empty");
	assert_null(strchr(trap->where, 0x1b));
	assert_string_equal(trap->what, "3 entries");
	chk_store_free(store);
}

static void traps_without_end_are_cut(void **state)
{
	struct chk_store *store = chk_store_new("made");

	for (int i = 0; i < 1500; i++)
		assert_true(chk_store_trap_add(store, "store.empty", "x", "y"));
	assert_int_equal(chk_store_trap_count(store), 1000);
	chk_store_free(store);
}

static void a_store_that_was_made_has_no_format(void **state)
{
	struct chk_store *store = chk_store_new("made");

	assert_string_equal(chk_store_format(store), "made");
	chk_store_free(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_trap_is_kept_with_its_code_and_made_printable),
		cmocka_unit_test(traps_without_end_are_cut),
		cmocka_unit_test(a_store_that_was_made_has_no_format),
	};

	return cmocka_run_group_tests_name("store/trap", tests, NULL, NULL);
}
