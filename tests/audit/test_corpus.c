/*
 * tests/audit/test_corpus.c: lib/audit/corpus.c and corpus_judge.c, and what
 * lib/report/corpus_*.c make of it.
 */
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include <chaincheck/corpus.h>

#include "base/buffer.h"
#include "support/made.h"
#include "support/scratch.h"

#define DAY 86400

struct heard {
	struct chk_buffer text;
	size_t most; /* bytes that are taken; 0: all */
	struct chk_corpus_counts counts;
	struct chk_error error;
	bool done;
	uint64_t progress;
};

static bool take(void *self, const char *text, size_t size)
{
	struct heard *heard = self;

	chk_buffer_add(&heard->text, text, size);
	return !heard->most || heard->text.size <= heard->most;
}

static void count(void *self, const struct chk_corpus_counts *counts)
{
	struct heard *heard = self;

	assert_true(counts->certificates >= heard->progress);
	heard->progress = counts->certificates;
}

static struct heard ask(const char *path, struct chk_corpus_question question,
			size_t most)
{
	const char *const paths[] = { path, NULL };
	struct heard heard = { .most = most };

	question.paths = paths;
	question.at = MADE_NOW;
	question.at_set = true;
	question.format = question.format ? question.format : "text";
	question.sink = take;
	question.progress = count;
	question.self = &heard;
	chk_buffer_text(&heard.text, "");
	heard.done = chk_corpus_audit(&question, &heard.counts, &heard.error);
	return heard;
}

static void forget(struct heard *heard)
{
	chk_buffer_clear(&heard->text);
}

static struct chk_cert *made(const char *name, int64_t not_after)
{
	return make_cert(&(struct recipe){
		.subject = name, .key = 1, .issuer = "CA", .issuer_key = 2,
		.dns = "www.example.test", .usage = "1.3.6.1.5.5.7.3.1",
		.not_before = MADE_NOW - 10 * DAY, .not_after = not_after,
	});
}

static void each_finding_has_a_line_with_its_place(void **state)
{
	struct chk_cert *good = made("good", MADE_NOW + 9 * DAY);
	struct chk_cert *old = made("old", MADE_NOW - DAY);
	struct heard heard;

	scratch_pem("two.pem", good, old, NULL);
	heard = ask(scratch_path("two.pem"),
		    (struct chk_corpus_question){ 0 }, 0);
	assert_true(heard.done);
	assert_int_equal(heard.counts.certificates, 2);
	assert_int_equal(heard.counts.errors, 1);
	assert_int_equal(heard.counts.with_findings, 1);
	assert_int_equal(heard.counts.files, 1);
	assert_non_null(strstr(heard.text.data, "two.pem:"));
	assert_non_null(strstr(heard.text.data, ": error: old expired at "
			       "2026-03-31T00:00:00Z, 24 hours ago "
			       "[cert.expired]\n2 certificates in 1 file: "
			       "1 error in 1 of them\n"));
	forget(&heard);
	heard = ask(scratch_path("two.pem"), (struct chk_corpus_question){
		.all = true, .warning_days = 10 }, 0);
	assert_non_null(strstr(heard.text.data, ":1: warning: good expires in "
			       "9 days"));
	forget(&heard);
	chk_cert_unref(good);
	chk_cert_unref(old);
}

static void what_cannot_be_read_is_told_and_the_rest_judged(void **state)
{
	struct chk_cert *good = made("good", MADE_NOW + 9 * DAY);
	char *pem = pem_of(good), *bad;
	struct chk_buffer text = { 0 };
	struct heard heard;

	bad = pem_block("CERTIFICATE", "\x30\x03\x02\x01\x05", 5);
	chk_buffer_format(&text, "%s-----BEGIN CERTIFICATE-----\n%%%%\n"
			  "-----END CERTIFICATE-----\n%s-----BEGIN KEY-----\n"
			  "AAAA\n-----END KEY-----\n", bad, pem);
	scratch_write("bad.pem", text.data, text.size);
	heard = ask(scratch_path("bad.pem"), (struct chk_corpus_question){
		.all = true }, 0);
	assert_true(heard.done);
	assert_int_equal(heard.counts.certificates, 3);
	assert_int_equal(heard.counts.errors, 2);
	assert_non_null(strstr(heard.text.data, "bad.pem:1: error: no "));
	assert_non_null(strstr(heard.text.data, "bad.pem:4: error: no "));
	assert_non_null(strstr(heard.text.data, ": ok: good\n"));
	forget(&heard);
	chk_buffer_clear(&text);
	free(pem);
	free(bad);
	chk_cert_unref(good);
}

/* More than one part, some of it twice. */
static void make_many(const char *name)
{
	struct chk_buffer text = { 0 };

	for (size_t i = 0; i < 40; i++) {
		char subject[32];
		struct chk_cert *cert;
		char *pem;

		snprintf(subject, sizeof(subject), "host %zu", i);
		cert = made(subject, MADE_NOW + (int64_t)(i % 3) * DAY - DAY);
		pem = pem_of(cert);
		for (size_t j = 0; j < 25; j++)
			chk_buffer_format(&text, "# %0600zu\n%s", j, pem);
		free(pem);
		chk_cert_unref(cert);
	}
	assert_true(text.size > 1000000);
	scratch_write(name, text.data, text.size);
	chk_buffer_clear(&text);
}

/* The first is no duplicate, whichever thread met it. */
static void any_number_of_threads_says_the_same(void **state)
{
	struct heard one, four;

	make_many("many.pem");
	one = ask(scratch_path("many.pem"), (struct chk_corpus_question){
		.threads = 1, .format = "jsonl" }, 0);
	assert_true(one.done);
	assert_int_equal(one.counts.certificates, 1000);
	assert_int_equal(one.progress, 1000);
	assert_int_equal(one.counts.notes, 1000 - 40);
	for (size_t i = 0; i < 20; i++) {
		four = ask(scratch_path("many.pem"),
			   (struct chk_corpus_question){
				.threads = 4, .format = "jsonl" }, 0);
		assert_true(four.done);
		assert_string_equal(four.text.data, one.text.data);
		assert_memory_equal(&four.counts, &one.counts,
				    sizeof(one.counts));
		forget(&four);
	}
	forget(&one);
}

static void who_wants_no_more_ends_it(void **state)
{
	struct heard heard;

	make_many("many.pem");
	heard = ask(scratch_path("many.pem"), (struct chk_corpus_question){
		.threads = 4 }, 1000);
	assert_false(heard.done);
	assert_int_equal(heard.error.code, CHK_ERROR_WRITE);
	forget(&heard);
}

static void der_is_read_and_what_is_none_passed_over(void **state)
{
	struct chk_cert *old = made("old", MADE_NOW - DAY);
	struct chk_bytes der = chk_cert_der(old);
	struct heard heard;

	scratch_mkdir("folder");
	scratch_write("folder/old.der", der.data, der.size);
	scratch_text("folder/README", "0 certificates");
	scratch_write("folder/cut.der", der.data, der.size / 2);
	heard = ask(scratch_path("folder"), (struct chk_corpus_question){ 0 },
		    0);
	assert_true(heard.done);
	assert_int_equal(heard.counts.files, 3);
	assert_int_equal(heard.counts.empty, 2);
	assert_int_equal(heard.counts.errors, 1);
	assert_non_null(strstr(heard.text.data, "/folder/old.der: error: old "
			       "expired"));
	forget(&heard);
	chk_cert_unref(old);
}

static void names_are_escaped(void **state)
{
	struct chk_cert *old = made("a\033[2Jb", MADE_NOW - DAY);
	struct heard heard;

	scratch_pem("esc\033[1m.pem", old, NULL);
	heard = ask(scratch_path("esc\033[1m.pem"),
		    (struct chk_corpus_question){ 0 }, 0);
	assert_true(heard.done);
	assert_int_equal(heard.counts.errors, 1);
	assert_null(strchr(heard.text.data, '\033'));
	forget(&heard);
	heard = ask(scratch_path("esc\033[1m.pem"),
		    (struct chk_corpus_question){ .format = "jsonl" }, 0);
	assert_null(strchr(heard.text.data, '\033'));
	forget(&heard);
	chk_cert_unref(old);
}

static void wrong_questions_are_refused(void **state)
{
	struct heard heard = ask("x", (struct chk_corpus_question){
		.format = "xml" }, 0);

	assert_false(heard.done);
	assert_int_equal(heard.error.code, CHK_ERROR_ARGUMENT);
	forget(&heard);
	heard = ask("x", (struct chk_corpus_question){
		.strength = "none" }, 0);
	assert_false(heard.done);
	assert_int_equal(heard.error.code, CHK_ERROR_ARGUMENT);
	forget(&heard);
}

static int end(void **state)
{
	forget_keys();
	return scratch_end(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_finding_has_a_line_with_its_place),
		cmocka_unit_test(
			what_cannot_be_read_is_told_and_the_rest_judged),
		cmocka_unit_test(any_number_of_threads_says_the_same),
		cmocka_unit_test(who_wants_no_more_ends_it),
		cmocka_unit_test(der_is_read_and_what_is_none_passed_over),
		cmocka_unit_test(names_are_escaped),
		cmocka_unit_test(wrong_questions_are_refused),
	};

	return cmocka_run_group_tests(tests, scratch_begin, end);
}
