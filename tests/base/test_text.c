/* tests/base/test_text.c: lib/base/text.c. */
#include "support/test.h"

#include <stdlib.h>

#include "base/text.h"

static void what_harms_a_terminal_is_escaped(void **state)
{
	static const struct {
		struct chk_bytes in;
		const char *out;
	} ROWS[] = {
		{ { (const uint8_t *)"plain \xc3\xa4\xe4\xb8\xad", 11 },
		  "plain \xc3\xa4\xe4\xb8\xad" },
		{ { (const uint8_t *)"\x1b[2J\r\n\t", 7 },
		  "\\x1b[2J\\x0d\\x0a\\x09" },
		{ { (const uint8_t *)"a\0b\x7f", 4 }, "a\\x00b\\x7f" },
		/* C1: U+009B is a CSI to some terminals */
		{ { (const uint8_t *)"\xc2\x9b" "2J", 4 }, "\\xc2\\x9b2J" },
		{ { (const uint8_t *)"\x9b", 1 }, "\\x9b" },
		/* U+200B and U+FEFF cannot be seen */
		{ { (const uint8_t *)"\xe2\x80\x8b", 3 }, "\\xe2\\x80\\x8b" },
		{ { (const uint8_t *)"\xef\xbb\xbf", 3 }, "\\xef\\xbb\\xbf" },
		/* U+202E and U+2066 turn the line, U+2028 breaks it */
		{ { (const uint8_t *)"\xe2\x80\xae", 3 }, "\\xe2\\x80\\xae" },
		{ { (const uint8_t *)"\xe2\x81\xa6", 3 }, "\\xe2\\x81\\xa6" },
		{ { (const uint8_t *)"\xe2\x80\xa8", 3 }, "\\xe2\\x80\\xa8" },
		{ { (const uint8_t *)"\xd8\x9c", 2 }, "\\xd8\\x9c" },
		/* U+2030 is a per mille sign and stays */
		{ { (const uint8_t *)"\xe2\x80\xb0", 3 }, "\xe2\x80\xb0" },
		/* not UTF-8: cut, too long, a surrogate, beyond the end */
		{ { (const uint8_t *)"\xe4\xb8", 2 }, "\\xe4\\xb8" },
		{ { (const uint8_t *)"\xc0\x80", 2 }, "\\xc0\\x80" },
		{ { (const uint8_t *)"\xed\xa0\x80", 3 }, "\\xed\\xa0\\x80" },
		{ { (const uint8_t *)"\xf4\x90\x80\x80", 4 },
		  "\\xf4\\x90\\x80\\x80" },
		{ { (const uint8_t *)"\xf0\x9f\x98\x80", 4 },
		  "\xf0\x9f\x98\x80" },
	};

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_buffer buffer = { 0 };
		char room[64];

		chk_text_escape(&buffer, ROWS[i].in);
		assert_string_equal(buffer.data, ROWS[i].out);
		chk_text_escape_into(room, sizeof(room),
				     (const char *)ROWS[i].in.data,
				     ROWS[i].in.size);
		assert_string_equal(room, ROWS[i].out);
		chk_buffer_clear(&buffer);
	}
}

static void a_cut_falls_between_characters(void **state)
{
	char room[6];

	chk_text_escape_into(room, sizeof(room), "abc\xe4\xb8\xad", 6);
	assert_string_equal(room, "abc");
	chk_text_escape_into(room, sizeof(room), "ab\xe4\xb8\xad", 5);
	assert_string_equal(room, "ab\xe4\xb8\xad");
	chk_text_escape_into(room, sizeof(room), "ab\x1b", 3);
	assert_string_equal(room, "ab");
	chk_text_escape_into(room, 1, "ab", 2);
	assert_string_equal(room, "");
}

static void a_copy_is_escaped_and_never_absent(void **state)
{
	char *copy = chk_text_escaped("a\x1b[2Jb");

	assert_string_equal(copy, "a\\x1b[2Jb");
	free(copy);
	copy = chk_text_escaped("");
	assert_string_equal(copy, "");
	free(copy);
	copy = chk_text_escaped(NULL);
	assert_string_equal(copy, "");
	free(copy);
}

static void every_byte_has_its_digits(void **state)
{
	struct chk_buffer buffer = { 0 };

	chk_text_hex(&buffer, BYTES("\x00\x7f\xff"), 0);
	assert_string_equal(buffer.data, "007fff");
	chk_buffer_clear(&buffer);
	chk_text_hex(&buffer, BYTES("\x00\x7f\xff"), ':');
	assert_string_equal(buffer.data, "00:7f:ff");
	chk_buffer_clear(&buffer);
	chk_text_hex(&buffer, BYTES(""), ':');
	assert_int_equal(buffer.size, 0);
	chk_buffer_clear(&buffer);
}

static void utf_8_tells_character_and_size(void **state)
{
	static const struct {
		const char *text;
		size_t size;
		uint32_t character;
	} ROWS[] = {
		{ "a", 1, 'a' },
		{ "\xc2\x80", 2, 0x80 },
		{ "\xdf\xbf", 2, 0x7ff },
		{ "\xe0\xa0\x80", 3, 0x800 },
		{ "\xef\xbf\xbf", 3, 0xffff },
		{ "\xf0\x90\x80\x80", 4, 0x10000 },
		{ "\xf4\x8f\xbf\xbf", 4, 0x10ffff },
	};
	uint32_t character;
	size_t size;

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		assert_true(chk_text_utf8(chk_bytes_text(ROWS[i].text), &size,
					  &character));
		assert_int_equal(size, ROWS[i].size);
		assert_int_equal(character, ROWS[i].character);
	}
	assert_false(chk_text_utf8(BYTES(""), &size, &character));
	assert_false(chk_text_utf8(BYTES("\xe0\x9f\xbf"), &size, &character));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_harms_a_terminal_is_escaped),
		cmocka_unit_test(a_cut_falls_between_characters),
		cmocka_unit_test(a_copy_is_escaped_and_never_absent),
		cmocka_unit_test(every_byte_has_its_digits),
		cmocka_unit_test(utf_8_tells_character_and_size),
	};

	return cmocka_run_group_tests_name("base/text", tests, NULL, NULL);
}
