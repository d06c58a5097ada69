/* tests/base/test_notes.c: lib/base/notes.c. */
#include "support/test.h"

#include "base/notes.h"

static void a_note_is_escaped(void **state)
{
	struct chk_notes notes = { 0 };

	assert_true(chk_notes_add(&notes, "a\nb:1", "a \x1b[1m word", NULL));
	assert_int_equal(notes.count, 1);
	assert_string_equal(notes.items[0].where, "a\\x0ab:1");
	assert_string_equal(notes.items[0].what, "a \\x1b[1m word");
	chk_notes_clear(&notes);
	assert_int_equal(notes.count, 0);
	assert_null(notes.items);
}

static void the_last_of_10000_says_that_there_are_more(void **state)
{
	struct chk_notes notes = { 0 };

	for (int i = 0; i < 10010; i++)
		assert_true(chk_notes_add(&notes, "it", "why", NULL));
	assert_int_equal(notes.count, 10000);
	assert_string_equal(notes.items[9998].what, "why");
	assert_string_equal(notes.items[9999].what,
			    "there are more notes than these");
	chk_notes_clear(&notes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_note_is_escaped),
		cmocka_unit_test(the_last_of_10000_says_that_there_are_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
