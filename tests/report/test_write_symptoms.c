/*
 * tests/report/test_write_symptoms.c: lib/report/write_symptoms.c, and with it
 * what a text means beside a report that was made by hand.
 */
#include "support/test.h"

#include <stdlib.h>

#include <chaincheck.h>

#include "report/example.h"

static const char LOG[] = "PKIX path building failed https://a.test:8443/x\n"
			  "certificate has expired";

static struct chk_symptoms *read_log(const char *text)
{
	struct chk_symptoms *symptoms;

	assert_true(chk_symptoms_read(text, strlen(text), &symptoms, NULL));
	return symptoms;
}

/* What is written of `text` beside this example; NULL: nobody was asked. */
static char *written(const char *text, const char *example,
		     const char *format)
{
	struct chk_report *report = example ? chk_example_new(example) : NULL;
	struct chk_symptoms *symptoms = read_log(text);
	char *out;

	assert_true(chk_symptoms_write(symptoms, report, format, NULL, &out,
				       NULL));
	chk_symptoms_free(symptoms);
	chk_report_free(report);
	return out;
}

static void expect(const char *text, const char *example, const char *format,
		   const char *wanted)
{
	char *out = written(text, example, format);

	if (!strstr(out, wanted))
		fail_msg("%s\nhas no: %s", out, wanted);
	free(out);
}

static void without_a_report_it_says_how_to_decide(void **state)
{
	expect(LOG, NULL, "text", "chaincheck check --trust java a.test:8443");
	expect(LOG, NULL, "json", "\"asked\": null");
	expect(LOG, NULL, "json", "\"so\": null");
	expect(LOG, NULL, "json", "\"host\": \"a.test:8443\"");
}

static void the_meaning_that_is_so_is_told(void **state)
{
	expect(LOG, "missing-intermediate", "text",
	       "Of these meanings, this one is so of ");
	expect(LOG, "missing-intermediate", "text",
	       " now:\n  chain.intermediate-missing\n      ");
	expect(LOG, "missing-intermediate", "jsonl",
	       "{\"code\":\"chain.intermediate-missing\",\"so\":true,"
	       "\"message\":\"");
	expect(LOG, "missing-intermediate", "jsonl",
	       "{\"code\":\"cert.expired\",\"so\":false,\"message\":null}");
	expect(LOG, "missing-intermediate", "jsonl",
	       "\"verdict\":\"untrusted\"");
}

static void none_that_is_so_gives_the_verdict(void **state)
{
	expect(LOG, "trusted", "text", "None of these is what is found at ");
	expect("certificate has expired", "trusted", "text",
	       "reads another store");
	expect(LOG, "wrong-name", "text", "None of these is what is found at ");
}

static void a_jvm_has_a_store_of_its_own(void **state)
{
	char *out = written("certificate has expired", "missing-intermediate",
			    "text");

	assert_null(strstr(out, "JVM"));
	free(out);
	expect(LOG, "missing-intermediate", "text", "add --trust java");
}

/* One line a document, whatever was pasted. */
static void jsonl_is_one_line(void **state)
{
	char *out = written("PKIX path building failed \x1b[2J\x80\"\n",
			    "trusted", "jsonl");

	assert_ptr_equal(strchr(out, '\n'), out + strlen(out) - 1);
	assert_null(strchr(out, '\x1b'));
	free(out);
	out = written("all is well", NULL, "jsonl");
	assert_non_null(strstr(out, "\"meanings\":[]"));
	free(out);
}

static void another_format_is_an_error(void **state)
{
	struct chk_symptoms *symptoms = read_log(LOG);
	struct chk_error error;
	char *out;

	assert_false(chk_symptoms_write(symptoms, NULL, "xml", NULL, &out,
					&error));
	assert_int_equal(error.code, CHK_ERROR_ARGUMENT);
	assert_null(out);
	assert_false(chk_symptoms_write(symptoms, NULL, NULL, NULL, &out,
					NULL));
	chk_symptoms_free(symptoms);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_report_it_says_how_to_decide),
		cmocka_unit_test(the_meaning_that_is_so_is_told),
		cmocka_unit_test(none_that_is_so_gives_the_verdict),
		cmocka_unit_test(a_jvm_has_a_store_of_its_own),
		cmocka_unit_test(jsonl_is_one_line),
		cmocka_unit_test(another_format_is_an_error),
	};

	return cmocka_run_group_tests_name("report/write_symptoms", tests,
					   NULL, NULL);
}
