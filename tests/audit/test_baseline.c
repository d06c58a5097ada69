/* tests/audit/test_baseline.c: lib/audit/baseline.c and baseline_file.c. */
#include "support/test.h"

#include <stdlib.h>

#include "audit/baseline.h"
#include "base/when.h"
#include "support/made.h"
#include "support/scratch.h"

#define DAY 86400
#define ANY_SHA256 \
	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static int64_t seconds_of(const char *day)
{
	int64_t seconds;

	assert_true(chk_when_parse(day, 0, &seconds));
	return seconds;
}

/* An expired leaf, and a file that is nothing. */
static struct chk_audited *audited(const char *name)
{
	const struct chk_audit_question question = { .at = MADE_NOW,
						     .at_set = true };
	struct chk_audited *made;
	struct chk_error error;

	if (!chk_audit_file(scratch_path(name), &question, &made, &error))
		fail_msg("%s", error.what);
	return made;
}

static void write_files(void)
{
	struct chk_cert *old = make_cert(&(struct recipe){
		.subject = "old", .key = 1, .issuer = "CA", .issuer_key = 2,
		.dns = "www.example.test", .usage = "1.3.6.1.5.5.7.3.1",
		.not_before = MADE_NOW - 10 * DAY,
		.not_after = MADE_NOW - DAY });

	scratch_pem("old.pem", old, NULL);
	scratch_text("nothing", "");
	chk_cert_unref(old);
}

static const struct chk_audit_finding *find(const struct chk_audited *in,
					    const char *code)
{
	for (size_t i = 0; i < chk_audited_finding_count(in); i++) {
		const struct chk_audit_finding *found =
			chk_audited_finding(in, i);

		if (strcmp(found->finding.code, code) == 0)
			return found;
	}
	return NULL;
}

/* The file that a baseline of these audits is. */
static char *text_of(struct chk_audited *const *audits, size_t count)
{
	struct chk_baseline *baseline = chk_baseline_new();
	char *text;

	assert_non_null(baseline);
	for (size_t i = 0; i < count; i++)
		assert_true(chk_baseline_add(baseline, audits[i],
					     seconds_of("2026-05-01"), NULL));
	assert_true(chk_baseline_text(baseline, &text, NULL));
	chk_baseline_free(baseline);
	return text;
}

static struct chk_baseline *read_text(const char *text)
{
	struct chk_baseline *baseline;
	struct chk_error error;

	scratch_text("baseline", text);
	if (!chk_baseline_read(scratch_path("baseline"), &baseline, &error))
		fail_msg("%s", error.what);
	return baseline;
}

static void what_was_written_is_accepted_until_its_day(void **state)
{
	struct chk_audited *audits[2];
	struct chk_baseline *baseline;
	char *text, *again;

	write_files();
	audits[0] = audited("old.pem");
	audits[1] = audited("nothing");
	text = text_of(audits, 2);
	assert_non_null(strstr(text, "\ncert.expired\t"));
	assert_non_null(strstr(text, "\nbundle.unknown\tpath:"));
	assert_non_null(strstr(text, "\t2026-05-01\t"));
	baseline = read_text(text);
	/* The day itself counts, and not the second after it. */
	for (size_t i = 0; i < 2; i++) {
		assert_true(chk_baseline_accept(
			baseline, audits[i], seconds_of("2026-05-02"), NULL));
		assert_null(chk_audited_finding(audits[i], 0)->reason);
		assert_true(chk_baseline_accept(
			baseline, audits[i], seconds_of("2026-05-02") - 1,
			NULL));
	}
	assert_true(find(audits[0], "cert.expired")->accepted);
	assert_true(find(audits[1], "bundle.unknown")->accepted);
	assert_string_equal(find(audits[1], "bundle.unknown")->reason,
			    "say why, and until when");
	again = text_of(audits, 2);
	assert_string_equal(again, text);
	free(text);
	free(again);
	chk_baseline_free(baseline);
	chk_audited_free(audits[0]);
	chk_audited_free(audits[1]);
}

/* Another certificate of the same file, another code of the same certificate. */
static void another_finding_is_not_accepted(void **state)
{
	struct chk_audited *old;
	struct chk_baseline *baseline = read_text(
		"cert.expired\t" ANY_SHA256 "\t2099-01-01\tother\n"
		"cert.weak-key\tpath:old.pem\t2099-01-01\tother\n");

	write_files();
	old = audited("old.pem");
	assert_true(chk_baseline_accept(baseline, old, MADE_NOW, NULL));
	for (size_t i = 0; i < chk_audited_finding_count(old); i++)
		assert_false(chk_audited_finding(old, i)->accepted);
	chk_audited_free(old);
	chk_baseline_free(baseline);
}

static void what_is_wrong_with_it_is_told_with_its_line(void **state)
{
	struct chk_baseline *baseline = read_text(
		"# comment\r\n\n"
		"cert.expired\t" ANY_SHA256 "\t2026-03-31\tlong past\r\n"
		"bundle.order\tpath:a b.pem\t2099-01-01\tnever met\n");
	struct chk_audited *itself;
	const struct chk_audit_finding *found;

	assert_true(chk_baseline_judge(baseline, MADE_NOW, &itself, NULL));
	assert_int_equal(chk_audited_bundle(itself), CHK_BUNDLE_BASELINE);
	assert_int_equal(chk_audited_finding_count(itself), 2);
	found = find(itself, "baseline.expired");
	assert_non_null(found);
	assert_int_equal(found->line, 3);
	assert_int_equal(found->finding.severity, CHK_SEVERITY_WARNING);
	found = find(itself, "baseline.unused");
	assert_non_null(found);
	assert_int_equal(found->line, 4);
	assert_int_equal(found->finding.severity, CHK_SEVERITY_NOTE);
	chk_audited_free(itself);
	chk_baseline_free(baseline);
}

static void expect_error(const char *text, const char *what)
{
	struct chk_baseline *baseline;
	struct chk_error error;

	scratch_text("baseline", text);
	assert_false(chk_baseline_read(scratch_path("baseline"), &baseline,
				       &error));
	assert_null(baseline);
	assert_int_equal(error.code, CHK_ERROR_FORMAT);
	if (!strstr(error.what, what))
		fail_msg("%s", error.what);
}

/* Half a baseline would hide that the other half is not used. */
static void a_line_that_is_none_is_an_error(void **state)
{
	expect_error("# ok\ncert.expired\n", "line 2");
	expect_error("cert.expired " ANY_SHA256 " 2099-01-01 blanks\n", "tabs");
	expect_error("cert.nothing\t" ANY_SHA256 "\t2099-01-01\twhy\n", "code");
	expect_error("cert.expired\t" ANY_SHA256 "0\t2099-01-01\twhy\n",
		     "SHA-256");
	expect_error("cert.expired\tpath:\t2099-01-01\twhy\n", "SHA-256");
	expect_error("cert.expired\t" ANY_SHA256 "\t2099-13-01\twhy\n", "day");
	expect_error("cert.expired\t" ANY_SHA256 "\t+90d\twhy\n", "day");
	expect_error("cert.expired\t" ANY_SHA256 "\t2099-01-01\t \n", "reason");
}

static int end(void **state)
{
	forget_keys();
	return scratch_end(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_written_is_accepted_until_its_day),
		cmocka_unit_test(another_finding_is_not_accepted),
		cmocka_unit_test(what_is_wrong_with_it_is_told_with_its_line),
		cmocka_unit_test(a_line_that_is_none_is_an_error),
	};

	return cmocka_run_group_tests(tests, scratch_begin, end);
}
