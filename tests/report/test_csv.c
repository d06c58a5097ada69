/* tests/report/test_csv.c: lib/report/csv.c. */
#include "support/test.h"

#include "base/cleanup.h"
#include "report/csv.h"

static void cells_are_quoted_as_rfc_4180_section_2_has_it(void **state)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };
	struct chk_csv csv = { .buffer = &buffer };

	chk_csv_text(&csv, "aaa");
	chk_csv_text(&csv, "b\"bb");
	chk_csv_text(&csv, "c,cc");
	chk_csv_text(&csv, NULL);
	chk_csv_text(&csv, "");
	chk_csv_end(&csv);
	chk_csv_text(&csv, "next");
	chk_csv_end(&csv);
	assert_string_equal(buffer.data,
			    "aaa,\"b\"\"bb\",\"c,cc\",,\r\nnext\r\n");
}

/* OWASP, "CSV Injection": what a spreadsheet takes for a formula */
static void what_begins_as_a_formula_gets_an_apostrophe(void **state)
{
	static const struct {
		const char *text, *cell;
	} ROWS[] = {
		{ "=cmd", "\"'=cmd\"" },
		{ "+1", "\"'+1\"" },
		{ "-1", "\"'-1\"" },
		{ "@SUM", "\"'@SUM\"" },
		{ " =cmd", "\"' =cmd\"" },
		{ "\xef\xbc\x9d" "1", "\"'\xef\xbc\x9d" "1\"" },
		{ "a=b", "a=b" },
		{ "CN=a-b", "CN=a-b" },
	};

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };
		struct chk_csv csv = { .buffer = &buffer };

		chk_csv_text(&csv, ROWS[i].text);
		assert_string_equal(buffer.data, ROWS[i].cell);
	}
}

static void no_line_is_forged_and_no_cursor_moved(void **state)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };
	struct chk_csv csv = { .buffer = &buffer };

	chk_csv_text(&csv, "a\r\n=b\x1b[2J\t\xff");
	assert_string_equal(buffer.data, "a\\x0d\\x0a=b\\x1b[2J\\x09\\xff");
}

static void bytes_and_times_have_one_form(void **state)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };
	struct chk_csv csv = { .buffer = &buffer };

	chk_csv_hex(&csv, BYTES("\x00\xab"));
	chk_csv_hex(&csv, chk_bytes_of(NULL, 0));
	chk_csv_time(&csv, 0);
	assert_string_equal(buffer.data, "00ab,,1970-01-01T00:00:00Z");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_are_quoted_as_rfc_4180_section_2_has_it),
		cmocka_unit_test(what_begins_as_a_formula_gets_an_apostrophe),
		cmocka_unit_test(no_line_is_forged_and_no_cursor_moved),
		cmocka_unit_test(bytes_and_times_have_one_form),
	};

	return cmocka_run_group_tests_name("report/csv", tests, NULL, NULL);
}
