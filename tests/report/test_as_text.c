/*
 * tests/report/test_as_text.c: lib/report/as_text.c and what it is made of,
 * against tests/report/golden/NAME.txt, one for each report of example.c.
 *
 * When a change of the text is meant: run this with WRITE_GOLDEN=1, read
 * `git diff tests/report/golden` as the person would who has to act on it,
 * and commit both. The digests in them are held against openssl's by
 * digests_are_those_of_openssl, so a golden file cannot make a wrong one right.
 */
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/text.h"
#include "report/example.h"
#include "report/page.h"

static char *write_example(const char *name, struct chk_write_options options)
{
	struct chk_report *report = chk_example_new(name);
	char *text = NULL;

	assert_true(chk_report_write(report, "text", &options, &text, NULL));
	chk_report_free(report);
	return text;
}

static void compare(const char *text, const char *golden)
{
	const char *top = getenv("top_srcdir");
	CHK_CLEANUP(chk_cleanup_free) uint8_t *wanted = NULL;
	char path[4096];
	size_t size;

	snprintf(path, sizeof(path), "%s/tests/report/golden/%s.txt",
		 top ? top : ".", golden);
	if (getenv("WRITE_GOLDEN")) {
		CHK_CLEANUP(chk_cleanup_file) FILE *file = fopen(path, "w");

		assert_non_null(file);
		fputs(text, file);
		return;
	}
	assert_true(chk_file_read(path, &wanted, &size, NULL));
	assert_string_equal(text, (const char *)wanted);
}

static void every_report_reads_as_was_agreed(void **state)
{
	for (size_t i = 0; chk_example_name(i); i++) {
		CHK_CLEANUP(chk_cleanup_free) char *text = write_example(
			chk_example_name(i), (struct chk_write_options){ 0 });

		compare(text, chk_example_name(i));
	}
}

static void details_come_when_they_are_asked_for(void **state)
{
	CHK_CLEANUP(chk_cleanup_free) char *text = write_example(
		"same-name-other-key",
		(struct chk_write_options){ .verbose = 2 });

	compare(text, "same-name-other-key-verbose");
}

static void lines_for_other_places_come_when_they_are_asked_for(void **state)
{
	CHK_CLEANUP(chk_cleanup_free) char *text = write_example(
		"missing-intermediate", (struct chk_write_options){ 0 });
	CHK_CLEANUP(chk_cleanup_free) char *whole = write_example(
		"missing-intermediate",
		(struct chk_write_options){ .verbose = 1 });

	assert_null(strstr(text, "With nginx:"));
	assert_non_null(strstr(text, "The lines for nginx, postfix are shown "
				     "with -v."));
	assert_non_null(strstr(whole, "With nginx:"));
	assert_non_null(strstr(whole, "postfix reload"));
	assert_null(strstr(whole, "with -v."));
}

static void a_narrow_page_is_wrapped(void **state)
{
	CHK_CLEANUP(chk_cleanup_free) char *text = write_example(
		"missing-intermediate",
		(struct chk_write_options){ .width = 50 });

	compare(text, "missing-intermediate-narrow");
}

/* The text without its colours. */
static void strip(char *text)
{
	char *to = text;

	for (const char *from = text; *from;) {
		if (*from == '\033')
			from += strcspn(from, "m") + 1;
		else
			*to++ = *from++;
	}
	*to = '\0';
}

static void colour_changes_nothing_but_colour(void **state)
{
	for (size_t i = 0; chk_example_name(i); i++) {
		const char *name = chk_example_name(i);
		CHK_CLEANUP(chk_cleanup_free) char *plain = write_example(
			name, (struct chk_write_options){ .verbose = 2 });
		CHK_CLEANUP(chk_cleanup_free) char *coloured = write_example(
			name, (struct chk_write_options){ .verbose = 2,
							  .colour = true });

		assert_non_null(strstr(coloured, "\033["));
		strip(coloured);
		assert_string_equal(coloured, plain);
	}
}

static void nothing_that_is_printed_moves_the_cursor(void **state)
{
	CHK_CLEANUP(chk_cleanup_free) char *text = write_example(
		"hostile-subject", (struct chk_write_options){ .verbose = 2 });
	struct chk_bytes rest = chk_bytes_text(text);

	while (rest.size) {
		uint32_t character;
		size_t size;

		assert_true(chk_text_utf8(rest, &size, &character));
		assert_true(character == '\n' ||
			    !chk_text_is_harmful(character));
		rest.data += size;
		rest.size -= size;
	}
}

static void digests_are_those_of_openssl(void **state)
{
	CHK_CLEANUP(chk_cleanup_free) char *text = write_example(
		"missing-root", (struct chk_write_options){ .verbose = 1 });

	assert_non_null(strstr(text, chk_example_sha256(CHK_EXAMPLE_ROOT)));
	assert_non_null(strstr(text, chk_example_sha256(CHK_EXAMPLE_INTER)));
	assert_non_null(strstr(text, chk_example_sha256(CHK_EXAMPLE_LEAF)));
}

/* Nothing but a path, a digest or a command may be wider than the page. */
static void lines_keep_to_the_width(void **state)
{
	static const char *const WIDE[] = { "/", "SHA-256", "ssl_certificate" };

	for (size_t i = 0; chk_example_name(i); i++) {
		CHK_CLEANUP(chk_cleanup_free) char *text = write_example(
			chk_example_name(i), (struct chk_write_options){ 0 });
		char *place = NULL;

		for (char *line = strtok_r(text, "\n", &place); line;
		     line = strtok_r(NULL, "\n", &place)) {
			bool may = false;

			for (size_t j = 0; j < CHK_COUNT(WIDE); j++)
				may |= strstr(line, WIDE[j]) != NULL;
			if (!may)
				assert_true(chk_page_columns(line,
							     strlen(line)) <= 80);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_report_reads_as_was_agreed),
		cmocka_unit_test(details_come_when_they_are_asked_for),
		cmocka_unit_test(
			lines_for_other_places_come_when_they_are_asked_for),
		cmocka_unit_test(a_narrow_page_is_wrapped),
		cmocka_unit_test(colour_changes_nothing_but_colour),
		cmocka_unit_test(nothing_that_is_printed_moves_the_cursor),
		cmocka_unit_test(digests_are_those_of_openssl),
		cmocka_unit_test(lines_keep_to_the_width),
	};

	return cmocka_run_group_tests_name("report/as_text", tests, NULL, NULL);
}
