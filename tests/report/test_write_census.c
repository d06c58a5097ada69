/* tests/report/test_write_census.c: a census in every format. */
#include "config.h"

#include "support/test.h"

#include <stdlib.h>

#include "report/write_census.h"
#include "support/made.h"
#include "support/scratch.h"

static struct chk_places *places;
static struct chk_census *census;

static struct chk_cert *make_ca(const char *subject, int key)
{
	struct recipe recipe = {
		.subject = subject, .key = key, .issuer_key = key, .ca = true,
	};

	return make_cert(&recipe);
}

static int begin(void **state)
{
	struct chk_places_options where = { 0 };
	struct chk_census_options how = { .at = MADE_NOW };
	struct chk_cert *cert[5];

	if (scratch_begin(state) < 0 ||
	    scratch_run("mkdir -p r/etc/ssl r/srv r/opt/conda/ssl && "
			": >r/opt/conda/ssl/cacert.pem"))
		return -1;
	cert[0] = make_ca("One", 0);
	cert[1] = make_ca("=Two", 1);
	cert[2] = make_ca("Three", 2);
	cert[3] = make_ca("Four", 3);
	cert[4] = make_ca("Five", 4);
	scratch_pem("r/etc/ssl/cert.pem", cert[0], cert[1], cert[2], cert[3],
		    cert[4], NULL);
	scratch_pem("r/srv/a \"b\", \033[31mc.pem", cert[0], cert[1], cert[2],
		    NULL);
	for (size_t i = 0; i < CHK_COUNT(cert); i++)
		chk_cert_unref(cert[i]);
	where.root = scratch_full_path("r");
	if (!chk_places_find(&where, &places, NULL) ||
	    !chk_census_take(places, &how, &census, NULL))
		return -1;
	return 0;
}

static int end(void **state)
{
	chk_census_free(census);
	chk_places_free(places);
	forget_keys();
	return scratch_end(state);
}

static char *written(const char *format, int verbose)
{
	struct chk_write_options how = { .verbose = verbose };
	char *text;

	assert_true(chk_census_write(census, format, &how, &text, NULL));
	return text;
}

static void expect(const char *format, int verbose, const char *words)
{
	char *text = written(format, verbose);

	if (!strstr(text, words))
		fail_msg("no \"%s\" in\n%s", words, text);
	free(text);
}

static void text_has_a_block_a_set(void **state)
{
	expect("text", 0, "3 places, 2 sets of anchors, in the root");
	expect("text", 0, "SET 1: 5 anchors, PEM, 1 place; the system's\n"
	       "  /etc/ssl/cert.pem\n");
	expect("text", 0, "SET 2: 3 anchors, PEM, 1 place\n");
	expect("text", 0, "lacks  2 of the system's: ");
	expect("text", 0, "NOT READ\n  /opt/conda/ssl/cacert.pem\n"
	       "      conda\n");
	expect("text", 0, "      nobody is known to read it\n");
}

static void quiet_text_is_one_sentence(void **state)
{
	char *text = written("text", -1);

	assert_null(strstr(text, "SET"));
	free(text);
}

/* RFC 4180: CRLF, quotes doubled; nothing moves a cursor. */
static void csv_has_a_line_a_place(void **state)
{
	char *text = written("csv", 0);
	size_t lines = 0;

	for (const char *p = text; *p; p++)
		lines += *p == '\n';
	assert_int_equal(lines, 1 + 3);
	assert_null(strchr(text, '\033'));
	free(text);
	expect("csv", 0, "\r\n1,5,0,0,0,5,pem,/etc/ssl/cert.pem,");
	expect("csv", 0, ",\"/srv/a \"\"b\"\", \\x1b[31mc.pem\",");
	expect("csv", 0, ",\"the file is empty\"\r\n");
}

static void json_names_what_is_lacking(void **state)
{
	char *text = written("json", 0);

	assert_null(strchr(text, '\033'));
	free(text);
	expect("json", 0, "\"schema\": \"chaincheck.stores/1\"");
	expect("json", 0, "\"error\": \"empty\"");
	expect("json", 0, "\"subject\": \"CN=Four\"");
}

static void another_format_is_refused(void **state)
{
	struct chk_error error;
	char *text;

	assert_false(chk_census_write(census, "pem", NULL, &text, &error));
	assert_int_equal(error.code, CHK_ERROR_ARGUMENT);
	assert_null(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_has_a_block_a_set),
		cmocka_unit_test(quiet_text_is_one_sentence),
		cmocka_unit_test(csv_has_a_line_a_place),
		cmocka_unit_test(json_names_what_is_lacking),
		cmocka_unit_test(another_format_is_refused),
	};

	return cmocka_run_group_tests_name("report/write_census", tests, begin,
					   end);
}
