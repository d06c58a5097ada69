/* tests/report/test_page.c: lib/report/page.c. */
#include "support/test.h"

#include "base/cleanup.h"
#include "report/page.h"

static void flow(struct chk_buffer *buffer, size_t width, const char *margin,
		 const char *text)
{
	struct chk_page page = { .buffer = buffer, .width = width };

	chk_page_flow(&page, 0, margin, CHK_TINT_PLAIN, text);
}

static void columns_are_those_of_a_terminal(void **state)
{
	/* Unicode: East Asian Width W is two, a combining mark none. */
	assert_int_equal(chk_page_columns("abc", 3), 3);
	assert_int_equal(chk_page_columns("\xe8\xa8\xbc", 3), 2);
	assert_int_equal(chk_page_columns("e\xcc\x81", 3), 1);
	assert_int_equal(chk_page_columns("\xe2\x94\x94", 3), 1);
}

static void lines_end_before_the_width(void **state)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };

	flow(&buffer, 10, "  ", "aaaa bbbbb cccc ddd e");
	assert_string_equal(buffer.data, "aaaa bbbbb\n  cccc ddd\n  e\n");
}

static void a_long_word_is_left_whole(void **state)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };

	flow(&buffer, 10, "", "id 0123456789abcdef end");
	assert_string_equal(buffer.data, "id\n0123456789abcdef\nend\n");
}

static void a_long_name_is_broken_behind_its_commas(void **state)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };

	flow(&buffer, 12, " ", "CN=abc,O=def,OU=ghi\\,jkl,C=XX");
	assert_string_equal(buffer.data,
			    "CN=abc,\n O=def,\n OU=ghi\\,jkl,\n C=XX\n");
}

static void what_would_move_the_cursor_is_escaped(void **state)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };

	flow(&buffer, 80, "", "a\nb \x1b[2J");
	assert_string_equal(buffer.data, "a\\x0ab \\x1b[2J\n");
}

static void colour_is_closed_before_each_margin(void **state)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };
	struct chk_page page = { .buffer = &buffer, .width = 4,
				 .colour = true };

	chk_page_flow(&page, 0, "|", CHK_TINT_STRONG, "aaa bbb");
	assert_string_equal(buffer.data, "\033[1maaa\033[0m\n"
					 "|\033[1mbbb\033[0m\n");
}

static void a_text_is_shortened_by_whole_characters(void **state)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };

	chk_buffer_text(&buffer, "a\xe8\xa8\xbc\xe6\x98\x8e\xe6\x9b\xb8");
	chk_page_shorten(&buffer, 7);
	assert_string_equal(buffer.data,
			    "a\xe8\xa8\xbc\xe6\x98\x8e\xe6\x9b\xb8");
	chk_page_shorten(&buffer, 5);
	assert_string_equal(buffer.data, "a\xe8\xa8\xbc\xe2\x80\xa6");
}

static void a_sentence_gets_its_full_stop_once(void **state)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };
	struct chk_page page = { .buffer = &buffer, .width = 80 };

	chk_page_sentence(&page, 2, "one");
	chk_page_sentence(&page, 2, "two.");
	chk_page_sentence(&page, 2, "With nginx:");
	assert_string_equal(buffer.data, "  one.\n  two.\n  With nginx:\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_those_of_a_terminal),
		cmocka_unit_test(lines_end_before_the_width),
		cmocka_unit_test(a_long_word_is_left_whole),
		cmocka_unit_test(a_long_name_is_broken_behind_its_commas),
		cmocka_unit_test(what_would_move_the_cursor_is_escaped),
		cmocka_unit_test(colour_is_closed_before_each_margin),
		cmocka_unit_test(a_text_is_shortened_by_whole_characters),
		cmocka_unit_test(a_sentence_gets_its_full_stop_once),
	};

	return cmocka_run_group_tests_name("report/page", tests, NULL, NULL);
}
