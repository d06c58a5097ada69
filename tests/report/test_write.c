/* tests/report/test_write.c: lib/report/write.c. */
#include "support/test.h"

#include <stdlib.h>

#include "report/example.h"

static void every_format_writes_every_report(void **state)
{
	static const char *const FORMATS[] = { "text", "json", "jsonl" };

	for (size_t i = 0; chk_example_name(i); i++) {
		struct chk_report *report = chk_example_new(
			chk_example_name(i));

		for (size_t j = 0; j < CHK_COUNT(FORMATS); j++) {
			char *text = NULL;

			assert_true(chk_report_write(report, FORMATS[j], NULL,
						     &text, NULL));
			assert_true(strlen(text) > 1);
			assert_int_equal(text[strlen(text) - 1], '\n');
			free(text);
		}
		chk_report_free(report);
	}
}

static void an_unknown_format_is_an_argument_error(void **state)
{
	struct chk_report *report = chk_example_new("trusted");
	struct chk_error error = { 0 };
	char *text = (char *)report;

	assert_false(chk_report_write(report, "yaml", NULL, &text, &error));
	assert_int_equal(error.code, CHK_ERROR_ARGUMENT);
	assert_string_equal(error.where, "yaml");
	assert_string_equal(error.what, "no such format of a report; there are "
					"text, json, jsonl, sarif and junit");
	assert_null(text);
	assert_false(chk_report_write(report, NULL, NULL, &text, NULL));
	chk_report_free(report);
}

static void a_report_never_filled_in_is_not_trusted(void **state)
{
	struct chk_report *report = calloc(1, sizeof(*report));
	char *text = NULL;

	assert_non_null(report);
	assert_true(chk_report_write(report, "text", NULL, &text, NULL));
	assert_ptr_equal(strstr(text, "NOT TRUSTED:"), text);
	free(text);
	assert_true(chk_report_write(report, "jsonl", NULL, &text, NULL));
	assert_non_null(strstr(text, "\"verdict\":\"untrusted\""));
	free(text);
	chk_report_free(report);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_format_writes_every_report),
		cmocka_unit_test(an_unknown_format_is_an_argument_error),
		cmocka_unit_test(a_report_never_filled_in_is_not_trusted),
	};

	return cmocka_run_group_tests_name("report/write", tests, NULL, NULL);
}
