/* tests/diagnosis/test_report.c: lib/diagnosis/report.c. */
#include "support/test.h"

#include <stdlib.h>

#include "report/example.h"

static void an_empty_report_trusts_nothing_and_has_nothing(void **state)
{
	struct chk_report *report = calloc(1, sizeof(*report));

	assert_non_null(report);
	assert_int_equal(chk_report_verdict(report), CHK_VERDICT_UNTRUSTED);
	assert_string_equal(chk_report_sentence(report), "");
	assert_string_equal(chk_report_target(report), "");
	assert_null(chk_report_primary(report));
	assert_null(chk_report_finding(report, 0));
	assert_null(chk_report_path(report, 0));
	assert_null(chk_report_rejected(report, 0));
	assert_null(chk_report_store(report, 0));
	chk_report_free(report);
	chk_report_free(NULL);
}

static void all_that_is_in_it_can_be_read(void **state)
{
	struct chk_report *report = chk_example_new("same-name-other-key");
	const struct chk_finding *primary = chk_report_primary(report);

	assert_string_equal(chk_report_target(report), "www.example.test:443");
	assert_int_equal(chk_report_finding_count(report), 2);
	assert_string_equal(primary->code, "chain.issuer-key-mismatch");
	assert_ptr_equal(chk_report_finding(report, 0), primary);
	assert_null(chk_report_finding(report, 2));
	assert_int_equal(chk_report_path_count(report), 1);
	assert_int_equal(chk_report_path(report, 0)->link_count, 3);
	assert_int_equal(chk_report_rejected_count(report), 1);
	assert_string_equal(chk_report_rejected(report, 0)->rule,
			    "issuer-key-mismatch");
	assert_int_equal(chk_report_store_count(report), 1);
	assert_int_equal(chk_report_store(report, 0)->anchor_count, 142);
	assert_int_equal(chk_report_limits(report).max_steps, 10000);
	chk_report_free(report);
}

static void references_are_given_back(void **state)
{
	struct chk_report *report = chk_example_new("trusted");
	const struct chk_cert *leaf = report->presented[0].cert;
	struct chk_cert *mine = chk_cert_ref(leaf);

	chk_report_free(report);
	assert_int_equal(mine->references, 1);
	chk_cert_unref(mine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_report_trusts_nothing_and_has_nothing),
		cmocka_unit_test(all_that_is_in_it_can_be_read),
		cmocka_unit_test(references_are_given_back),
	};

	return cmocka_run_group_tests_name("diagnosis/report", tests, NULL,
					   NULL);
}
