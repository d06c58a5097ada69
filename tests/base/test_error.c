/* tests/base/test_error.c: lib/base/error.c. */
#include "support/test.h"

#include <errno.h>

#include "base/error.h"

static void an_error_carries_what_and_where(void **state)
{
	struct chk_error error;

	memset(&error, 0xff, sizeof(error));
	assert_false(chk_error_set(&error, CHK_ERROR_FORMAT, "file", "%s %d",
				   "line", 7));
	assert_int_equal(error.code, CHK_ERROR_FORMAT);
	assert_string_equal(error.where, "file");
	assert_string_equal(error.what, "line 7");
	assert_int_equal(error.cause, 0);
	assert_true(error.offset == SIZE_MAX);
	assert_false(chk_error_set(&error, CHK_ERROR_EMPTY, NULL, "x"));
	assert_string_equal(error.where, "");
	assert_false(chk_error_at(&error, 42, "y"));
	assert_int_equal(error.code, CHK_ERROR_FORMAT);
	assert_int_equal(error.offset, 42);
	assert_false(chk_error_memory(&error));
	assert_int_equal(error.code, CHK_ERROR_MEMORY);
}

static void errno_comes_with_its_text(void **state)
{
	struct chk_error error;

	assert_false(chk_error_errno(&error, CHK_ERROR_READ, ENOENT, "f",
				     "cannot"));
	assert_int_equal(error.cause, ENOENT);
	assert_string_equal(error.what, "cannot: No such file or directory");
}

static void nowhere_to_put_it_is_no_fault(void **state)
{
	assert_false(chk_error_set(NULL, CHK_ERROR_FORMAT, "a", "b"));
	assert_false(chk_error_at(NULL, 1, "b"));
	assert_false(chk_error_errno(NULL, CHK_ERROR_READ, 1, "a", "b"));
	assert_false(chk_error_memory(NULL));
}

static void hostile_text_is_escaped_and_cut(void **state)
{
	struct chk_error error;
	char text[1000];

	chk_error_set(&error, CHK_ERROR_FORMAT, "a\nb", "%s", "\x1b[2J");
	assert_string_equal(error.where, "a\\x0ab");
	assert_string_equal(error.what, "\\x1b[2J");
	memset(text, '\n', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	chk_error_set(&error, CHK_ERROR_FORMAT, text, "%s", text);
	assert_int_equal(strlen(error.what), 252); /* 63 times "\x0a" */
	assert_int_equal(strlen(error.where), 252);
}

static void every_code_has_a_name_of_its_own(void **state)
{
	for (int i = CHK_OK; i <= CHK_ERROR_CRYPTO; i++) {
		const char *name = chk_code_name((enum chk_code)i);

		assert_string_not_equal(name, "unknown");
		for (int j = CHK_OK; j < i; j++)
			assert_string_not_equal(
				name, chk_code_name((enum chk_code)j));
	}
	assert_string_equal(chk_code_name((enum chk_code)999), "unknown");
	assert_string_equal(chk_code_name((enum chk_code)-1), "unknown");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_error_carries_what_and_where),
		cmocka_unit_test(errno_comes_with_its_text),
		cmocka_unit_test(nowhere_to_put_it_is_no_fault),
		cmocka_unit_test(hostile_text_is_escaped_and_cut),
		cmocka_unit_test(every_code_has_a_name_of_its_own),
	};

	return cmocka_run_group_tests_name("base/error", tests, NULL, NULL);
}
