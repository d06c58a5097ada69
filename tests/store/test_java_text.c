/* tests/store/test_java_text.c: lib/store/java_text.c. */
#include "support/test.h"

#include <locale.h>
#include <stdlib.h>

#include "store/java_text.h"

static void check_text(struct chk_bytes modified, const char *wanted)
{
	struct chk_buffer text = { 0 };

	assert_true(chk_java_text(modified, &text));
	assert_string_equal(text.data, wanted);
	chk_buffer_clear(&text);
}

static void check_refused(struct chk_bytes modified)
{
	struct chk_buffer text = { 0 };

	assert_false(chk_java_text(modified, &text));
	chk_buffer_clear(&text);
}

/* What java.io.DataOutputStream.writeUTF wrote, without its length. */
static void a_pair_of_surrogates_becomes_one_character(void **state)
{
	check_text(BYTES("root"), "root");
	check_text(BYTES("\xc3\xbcm"), "\xc3\xbcm");
	check_text(BYTES("a\xed\xa0\xb5\xed\xb2\xb3z"), "a\xf0\x9d\x92\xb3z");
}

static void what_utf_8_cannot_say_stays(void **state)
{
	check_text(BYTES("a\xc0\x80"), "a\xc0\x80");
	check_text(BYTES("\xed\xa0\xb5"), "\xed\xa0\xb5");
	check_text(BYTES("\xed\xa0\xb5x"), "\xed\xa0\xb5x");
}

static void what_read_utf_refuses_is_refused(void **state)
{
	check_refused(BYTES("\x80"));
	check_refused(BYTES("a\xc3"));
	check_refused(BYTES("\xe6\x97"));
	check_refused(BYTES("\xc3x"));
	check_refused(BYTES("\xf0\x9d\x92\xb3"));
}

/* U+0061, U+00FC and U+1D4B3 in UTF-16 (RFC 2781 section 2.1). */
static void chars_are_utf_16(void **state)
{
	uint8_t room[16];
	size_t size;

	assert_true(chk_java_chars(BYTES("a\xc3\xbc\xf0\x9d\x92\xb3"), room,
				   sizeof(room), &size));
	assert_int_equal(size, 8);
	assert_memory_equal(room, "\x00\x61\x00\xfc\xd8\x35\xdc\xb3", 8);
	assert_true(chk_java_chars(BYTES(""), room, 0, &size));
	assert_int_equal(size, 0);
}

static void chars_that_do_not_fit_or_are_none_are_refused(void **state)
{
	uint8_t room[3];
	size_t size;

	assert_false(chk_java_chars(BYTES("ab"), room, sizeof(room), &size));
	assert_false(chk_java_chars(BYTES("\xff"), room, sizeof(room), &size));
}

static void check_lower(const char *text, const char *wanted)
{
	struct chk_buffer lower = { 0 };

	chk_java_lower(chk_bytes_text(text), &lower);
	assert_string_equal(lower.data, wanted);
	chk_buffer_clear(&lower);
}

/* What String.toLowerCase(Locale.ENGLISH) gives. */
static void aliases_are_looked_for_in_lower_case(void **state)
{
	locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL);

	check_lower("", "");
	check_lower("My ROOT 2", "my root 2");
	check_lower("a\xff" "B", "a\xff" "b");
	check_lower("\xc3\xa4\xf0\x9d\x92\xb3", "\xc3\xa4\xf0\x9d\x92\xb3");
	if (!locale)
		return;
	freelocale(locale);
	check_lower("\xc3\x84X", "\xc3\xa4x");
	check_lower("\xd0\x96", "\xd0\xb6");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pair_of_surrogates_becomes_one_character),
		cmocka_unit_test(what_utf_8_cannot_say_stays),
		cmocka_unit_test(what_read_utf_refuses_is_refused),
		cmocka_unit_test(chars_are_utf_16),
		cmocka_unit_test(
			chars_that_do_not_fit_or_are_none_are_refused),
		cmocka_unit_test(aliases_are_looked_for_in_lower_case),
	};

	return cmocka_run_group_tests_name("store/java_text", tests, NULL,
					   NULL);
}
