/*
 * tests/store/test_java_entries.c: lib/store/java_entries.c. That a JVM does
 * so is what tests/cli/keystores.sh asks it.
 */
#include "support/test.h"

#include "store/java_entries.h"

static struct chk_java_entries entries;

static int forget(void **state)
{
	chk_java_entries_clear(&entries);
	return 0;
}

/* `name` is UTF-16BE; empty texts are none. */
static void add(enum chk_bag_kind kind, struct chk_bytes name,
		struct chk_bytes key_id, bool marked)
{
	struct chk_bag bag = { .kind = kind, .java_trusted = marked };

	if (name.size)
		bag.name = name;
	if (key_id.size)
		bag.key_id = key_id;
	assert_true(chk_java_entries_add(&entries, &bag, entries.count == 0,
					 false, NULL));
}

static bool taken(size_t i)
{
	return entries.items[i].taken;
}

static void what_is_marked_is_taken(void **state)
{
	add(CHK_BAG_CERTIFICATE, BYTES("\0a"), BYTES(""), true);
	add(CHK_BAG_CERTIFICATE, BYTES("\0b"), BYTES(""), false);
	add(CHK_BAG_CERTIFICATE, BYTES(""), BYTES(""), true);
	chk_java_entries_take(&entries);
	assert_true(taken(0));
	assert_false(taken(1));
	assert_true(taken(2));
	assert_string_equal(entries.items[1].alias, "b");
	assert_null(entries.items[2].alias);
}

static void the_last_of_an_alias_is_taken(void **state)
{
	add(CHK_BAG_CERTIFICATE, BYTES("\0a"), BYTES(""), true);
	add(CHK_BAG_CERTIFICATE, BYTES("\0A"), BYTES(""), true);
	add(CHK_BAG_CERTIFICATE, BYTES("\0a"), BYTES(""), false);
	chk_java_entries_take(&entries);
	assert_false(taken(0));
	assert_true(taken(1));
	assert_false(taken(2));
}

static void a_secret_takes_the_alias_of_what_is_before(void **state)
{
	add(CHK_BAG_CERTIFICATE, BYTES("\0a"), BYTES(""), true);
	add(CHK_BAG_SECRET, BYTES("\0A"), BYTES(""), false);
	add(CHK_BAG_CERTIFICATE, BYTES("\0b"), BYTES(""), true);
	add(CHK_BAG_SECRET, BYTES("\0c"), BYTES(""), true);
	chk_java_entries_take(&entries);
	assert_false(taken(0));
	assert_false(taken(1));
	assert_true(taken(2));
	assert_false(taken(3)); /* a mark is for certificates */
}

static void a_key_has_the_certificate_of_its_id(void **state)
{
	add(CHK_BAG_CERTIFICATE, BYTES("\0a"), BYTES("2"), false);
	add(CHK_BAG_CERTIFICATE, BYTES("\0b"), BYTES("1"), false);
	add(CHK_BAG_KEY, BYTES("\0a"), BYTES("1"), false);
	chk_java_entries_take(&entries);
	assert_false(taken(0));
	assert_true(taken(1));
}

static void a_key_whose_id_nobody_has_goes_by_its_alias(void **state)
{
	add(CHK_BAG_CERTIFICATE, BYTES("\0b"), BYTES("2"), false);
	add(CHK_BAG_CERTIFICATE, BYTES("\0a"), BYTES("3"), false);
	add(CHK_BAG_KEY, BYTES("\0a"), BYTES("1"), false);
	chk_java_entries_take(&entries);
	assert_false(taken(0));
	assert_true(taken(1));
}

static void one_key_without_an_id_has_the_first_certificate(void **state)
{
	add(CHK_BAG_KEY, BYTES(""), BYTES(""), false);
	add(CHK_BAG_CERTIFICATE, BYTES(""), BYTES(""), false);
	add(CHK_BAG_CERTIFICATE, BYTES(""), BYTES(""), false);
	entries.items[1].first = true;
	chk_java_entries_take(&entries);
	assert_true(taken(1));
	assert_false(taken(2));
}

static void a_certificate_without_a_key_is_not_taken(void **state)
{
	add(CHK_BAG_CERTIFICATE, BYTES("\0a"), BYTES("1"), false);
	add(CHK_BAG_CERTIFICATE, BYTES("\0b"), BYTES(""), false);
	chk_java_entries_take(&entries);
	assert_false(taken(0));
	assert_false(taken(1));
}

static void others_are_left_out_and_too_many_refused(void **state)
{
	struct chk_bag bag = { .kind = CHK_BAG_OTHER };
	struct chk_error error;

	assert_true(chk_java_entries_add(&entries, &bag, true, false, NULL));
	assert_int_equal(entries.count, 0);
	bag.kind = CHK_BAG_KEY;
	for (int i = 0; i < CHK_JAVA_ITEMS_MAX; i++)
		assert_true(chk_java_entries_add(&entries, &bag, false, false,
						 &error));
	assert_false(chk_java_entries_add(&entries, &bag, false, false,
					  &error));
	assert_int_equal(error.code, CHK_ERROR_TOO_LARGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(what_is_marked_is_taken, forget),
		cmocka_unit_test_teardown(the_last_of_an_alias_is_taken,
					  forget),
		cmocka_unit_test_teardown(
			a_secret_takes_the_alias_of_what_is_before, forget),
		cmocka_unit_test_teardown(a_key_has_the_certificate_of_its_id,
					  forget),
		cmocka_unit_test_teardown(
			a_key_whose_id_nobody_has_goes_by_its_alias, forget),
		cmocka_unit_test_teardown(
			one_key_without_an_id_has_the_first_certificate,
			forget),
		cmocka_unit_test_teardown(
			a_certificate_without_a_key_is_not_taken, forget),
		cmocka_unit_test_teardown(
			others_are_left_out_and_too_many_refused, forget),
	};

	return cmocka_run_group_tests_name("store/java_entries", tests, NULL,
					   NULL);
}
