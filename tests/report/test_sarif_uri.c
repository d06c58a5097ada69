/* tests/report/test_sarif_uri.c: lib/report/sarif_uri.c. */
#include "support/test.h"

#include "report/sarif_uri.h"

static void expect(const char *path, const char *base, const char *expected,
		   bool relative)
{
	struct chk_buffer uri = { 0 };

	assert_int_equal(chk_sarif_uri(&uri, path, base), relative);
	assert_string_equal(uri.data, expected);
	chk_buffer_clear(&uri);
}

static void a_relative_path_stays_so(void **state)
{
	expect("deploy/www.pem", NULL, "deploy/www.pem", true);
	expect("./deploy/www.pem", "/work", "deploy/www.pem", true);
	expect("././a", NULL, "a", true);
}

static void what_lies_below_the_folder_is_told_from_there(void **state)
{
	expect("/work/deploy/a.pem", "/work", "deploy/a.pem", true);
	expect("/work/deploy/a.pem", "/work/", "deploy/a.pem", true);
	expect("/a.pem", "/", "a.pem", true);
	expect("/workshop/a.pem", "/work", "file:///workshop/a.pem", false);
	expect("/etc/a.pem", NULL, "file:///etc/a.pem", false);
}

/* RFC 3986 section 2.1 */
static void other_bytes_are_escaped(void **state)
{
	expect("a b#1?%.pem", NULL, "a%20b%231%3F%25.pem", true);
	expect("Gr\xc3\xbc", NULL, "Gr%C3%BC", true);
	/* No scheme: a colon before the first slash would be one. */
	expect("c:a", NULL, "c%3Aa", true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_relative_path_stays_so),
		cmocka_unit_test(what_lies_below_the_folder_is_told_from_there),
		cmocka_unit_test(other_bytes_are_escaped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
