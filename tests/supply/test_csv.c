/* tests/supply/test_csv.c: lib/supply/csv.c. */
#include "support/test.h"

#include "supply/csv.h"

/* All cells, as "row.column=text;". */
static void check(const char *text, const char *expected)
{
	struct chk_csv csv = chk_csv_begin(chk_bytes_text(text));
	struct chk_buffer cell = { 0 }, all = { 0 };

	chk_buffer_text(&all, "");
	while (chk_csv_next(&csv, &cell))
		chk_buffer_format(&all, "%zu.%zu=%s;", csv.row, csv.column,
				  cell.data);
	assert_string_equal(all.data, expected);
	chk_buffer_clear(&cell);
	chk_buffer_clear(&all);
}

/* The rules and examples of RFC 4180 section 2. */
static void cells_and_rows_are_told_apart(void **state)
{
	check("aaa,bbb\r\nzzz,yyy\r\n", "0.0=aaa;0.1=bbb;1.0=zzz;1.1=yyy;");
	check("aaa,bbb\nzzz", "0.0=aaa;0.1=bbb;1.0=zzz;");
	check("a,,b\n", "0.0=a;0.1=;0.2=b;");
	check("\"aaa\",\"b\r\nbb\",\"ccc\"\r\nz",
	      "0.0=aaa;0.1=b\r\nbb;0.2=ccc;1.0=z;");
	check("\"b\"\"bb\",c", "0.0=b\"bb;0.1=c;");
	check("", "");
	check("\xef\xbb\xbf" "a", "0.0=a;");
}

static void what_breaks_the_rules_ends(void **state)
{
	check("\"never closed, and\nso on", "0.0=never closed, and\nso on;");
	check("\"a\"b,c", "0.0=ab;0.1=c;");
	check("\r\n\r\nx", "0.0=;1.0=;2.0=x;");
}

static void a_cell_is_bounded(void **state)
{
	struct chk_buffer text = { 0 }, cell = { 0 };
	struct chk_csv csv;

	for (size_t i = 0; i < 2 * (size_t)CHK_CSV_CELL_MAX; i += 16)
		chk_buffer_text(&text, "\"\"\"\"abcdefghijkl");
	csv = chk_csv_begin(chk_bytes_of(text.data, text.size));
	while (chk_csv_next(&csv, &cell))
		assert_true(cell.size <= 2 * (size_t)CHK_CSV_CELL_MAX);
	chk_buffer_clear(&text);
	chk_buffer_clear(&cell);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_and_rows_are_told_apart),
		cmocka_unit_test(what_breaks_the_rules_ends),
		cmocka_unit_test(a_cell_is_bounded),
	};

	return cmocka_run_group_tests_name("supply/csv", tests, NULL, NULL);
}
