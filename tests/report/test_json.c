/* tests/report/test_json.c: lib/report/json.c. */
#include "support/test.h"

#include "base/cleanup.h"
#include "report/json.h"

static void one_line_has_no_white_space(void **state)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };
	struct chk_json json = { .buffer = &buffer, .one_line = true };

	chk_json_object(&json, NULL);
	chk_json_text(&json, "a", "b");
	chk_json_array(&json, "list");
	chk_json_number(&json, NULL, -1);
	chk_json_bool(&json, NULL, true);
	chk_json_null(&json, NULL);
	chk_json_end_array(&json);
	chk_json_object(&json, "empty");
	chk_json_end_object(&json);
	chk_json_end_object(&json);
	assert_string_equal(buffer.data,
			    "{\"a\":\"b\",\"list\":[-1,true,null],"
			    "\"empty\":{}}");
}

static void lines_are_indented_by_depth(void **state)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };
	struct chk_json json = { .buffer = &buffer };

	chk_json_object(&json, NULL);
	chk_json_array(&json, "a");
	chk_json_number(&json, NULL, 1);
	chk_json_number(&json, NULL, 2);
	chk_json_end_array(&json);
	chk_json_array(&json, "b");
	chk_json_end_array(&json);
	chk_json_end_object(&json);
	assert_string_equal(buffer.data, "{\n  \"a\": [\n    1,\n    2\n  ],\n"
					 "  \"b\": []\n}");
}

static void strings_are_escaped_as_rfc_8259_section_7_has_it(void **state)
{
	static const struct {
		const char *text, *json;
	} ROWS[] = {
		{ "", "\"\"" },
		{ "plain /", "\"plain /\"" },
		{ "\"\\", "\"\\\"\\\\\"" },
		{ "a\nb\tc\x01", "\"a\\nb\\u0009c\\u0001\"" },
		{ "\x1b[2J\x7f", "\"\\u001b[2J\\u007f\"" },
		{ "\xc2\x9b", "\"\\u009b\"" },           /* C1 */
		{ "\xe2\x80\xae", "\"\\u202e\"" },       /* bidirectional */
		{ "\xc3\xbc\xe2\x82\xac", "\"\xc3\xbc\xe2\x82\xac\"" },
		{ "\xf0\x9d\x84\x9e", "\"\xf0\x9d\x84\x9e\"" },
		{ "\xff\xc3", "\"\\\\xff\\\\xc3\"" },    /* no UTF-8 */
		{ "\xc0\x80", "\"\\\\xc0\\\\x80\"" },    /* not the shortest */
		{ "\xed\xa0\x80", "\"\\\\xed\\\\xa0\\\\x80\"" }, /* surrogate */
		{ NULL, "null" },
	};

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };
		struct chk_json json = { .buffer = &buffer };

		chk_json_text(&json, NULL, ROWS[i].text);
		assert_string_equal(buffer.data, ROWS[i].json);
	}
}

static void names_are_escaped_too(void **state)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };
	struct chk_json json = { .buffer = &buffer, .one_line = true };

	chk_json_object(&json, NULL);
	chk_json_null(&json, "a\"b");
	chk_json_end_object(&json);
	assert_string_equal(buffer.data, "{\"a\\\"b\":null}");
}

static void bytes_are_hex_and_times_are_rfc_3339(void **state)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };
	struct chk_json json = { .buffer = &buffer, .one_line = true };

	chk_json_array(&json, NULL);
	chk_json_hex(&json, NULL, BYTES("\x00\xab"));
	chk_json_hex(&json, NULL, (struct chk_bytes){ 0 });
	chk_json_time(&json, NULL, 951782400); /* date -u -d @951782400 */
	chk_json_end_array(&json);
	assert_string_equal(buffer.data,
			    "[\"00ab\",null,\"2000-02-29T00:00:00Z\"]");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_line_has_no_white_space),
		cmocka_unit_test(lines_are_indented_by_depth),
		cmocka_unit_test(
			strings_are_escaped_as_rfc_8259_section_7_has_it),
		cmocka_unit_test(names_are_escaped_too),
		cmocka_unit_test(bytes_are_hex_and_times_are_rfc_3339),
	};

	return cmocka_run_group_tests_name("report/json", tests, NULL, NULL);
}
