/* tests/diagnosis/test_explain.c: every code has a page, every page a code. */
#include "support/test.h"

#include <chaincheck/report.h>

#include "path/defect.h"

static const char *const FINDINGS[] = {
#define CHK_FINDING(name, code, severity, party, clause) code,
#include "diagnosis/finding.def"
#undef CHK_FINDING
};

static const char *const RULES[] = {
#define CHK_RULE(name, text, code, party, cost, source) code,
#include "path/defect.def"
#undef CHK_RULE
};

static bool is_finding(const char *code)
{
	for (size_t i = 0; i < CHK_COUNT(FINDINGS); i++) {
		if (strcmp(FINDINGS[i], code) == 0)
			return true;
	}
	return false;
}

static void every_finding_has_a_page_that_begins_with_its_code(void **state)
{
	for (size_t i = 0; i < CHK_COUNT(FINDINGS); i++) {
		const char *page = chk_explain(FINDINGS[i]);

		assert_non_null(page);
		assert_memory_equal(page, "# ", 2);
		assert_memory_equal(page + 2, FINDINGS[i],
				    strlen(FINDINGS[i]));
	}
}

static void every_rule_of_the_search_leads_to_a_finding(void **state)
{
	for (size_t i = 0; i < CHK_COUNT(RULES); i++)
		assert_true(is_finding(RULES[i]));
}

/* Does a row before the `i`th have its code? */
static bool is_repeated(size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (strcmp(FINDINGS[j], FINDINGS[i]) == 0)
			return true;
	}
	return false;
}

static void every_page_belongs_to_a_finding(void **state)
{
	size_t count = 0, codes = 0;

	for (size_t i = 0; i < CHK_COUNT(FINDINGS); i++)
		codes += !is_repeated(i);

	for (const char *code; (code = chk_explain_code(count)); count++)
		assert_true(is_finding(code));
	assert_int_equal(count, codes);
}

static void pages_are_listed_in_order(void **state)
{
	for (size_t i = 1; chk_explain_code(i); i++)
		assert_true(strcmp(chk_explain_code(i - 1),
				   chk_explain_code(i)) < 0);
}

static void every_page_says_who_acts_and_how_to_check(void **state)
{
	for (size_t i = 0; chk_explain_code(i); i++) {
		const char *page = chk_explain(chk_explain_code(i));

		assert_non_null(strstr(page, "\n## How it is decided\n"));
		assert_non_null(strstr(page, "\n## Who acts\n"));
		assert_non_null(strstr(page, "\n## Check it by hand\n"));
		assert_non_null(strstr(page, "\n## Advice to leave alone\n"));
	}
}

static void pages_have_the_lines_of_each_place(void **state)
{
	const char *page = chk_explain("chain.intermediate-missing");

	assert_non_null(strstr(page, "\nWith Postfix"));
	assert_non_null(strstr(page, "\n    postfix reload\n"));
	page = chk_explain("trust.anchor-missing");
	assert_non_null(strstr(page, "\n    keytool -importcert -alias "
				     "missing-ca -file missing-ca.crt -cacerts "
				     "-storepass changeit\n"));
	assert_null(strchr(page, '{'));
}

static void an_unknown_code_has_no_page(void **state)
{
	assert_null(chk_explain("trust.nothing"));
	assert_null(chk_explain(""));
	assert_null(chk_explain(NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			every_finding_has_a_page_that_begins_with_its_code),
		cmocka_unit_test(every_rule_of_the_search_leads_to_a_finding),
		cmocka_unit_test(every_page_belongs_to_a_finding),
		cmocka_unit_test(pages_are_listed_in_order),
		cmocka_unit_test(every_page_says_who_acts_and_how_to_check),
		cmocka_unit_test(pages_have_the_lines_of_each_place),
		cmocka_unit_test(an_unknown_code_has_no_page),
	};

	return cmocka_run_group_tests_name("diagnosis/explain", tests, NULL,
					   NULL);
}
