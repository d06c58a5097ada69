/*
 * tests/report/test_as_json.c: lib/report/as_json.c. That every report keeps
 * to doc/report.schema.json is tests/report/schema.sh's.
 */
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "report/example.h"

static char *write_example(const char *name, const char *format,
			   const char *id)
{
	struct chk_report *report = chk_example_new(name);
	struct chk_write_options options = { .id = id };
	char *text = NULL;

	assert_true(chk_report_write(report, format, &options, &text, NULL));
	chk_report_free(report);
	return text;
}

static void assert_has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("%s is not in %s", part, text);
}

static void jsonl_is_one_line(void **state)
{
	for (size_t i = 0; chk_example_name(i); i++) {
		CHK_CLEANUP(chk_cleanup_free) char *text =
			write_example(chk_example_name(i), "jsonl", NULL);

		assert_ptr_equal(strchr(text, '\n'),
				 text + strlen(text) - 1);
	}
}

static void a_report_begins_with_its_schema(void **state)
{
	CHK_CLEANUP(chk_cleanup_free) char *text =
		write_example("trusted", "jsonl", "case 1");
	CHK_CLEANUP(chk_cleanup_free) char *lines =
		write_example("trusted", "json", NULL);

	assert_has(text, "{\"schema\":\"chaincheck.report/1\","
			 "\"id\":\"case 1\",");
	assert_has(lines, "{\n  \"schema\": \"chaincheck.report/1\",\n"
			  "  \"id\": null,\n");
}

static void a_certificate_has_what_openssl_says_of_it(void **state)
{
	/*
	 * openssl x509 -serial -dates -nameopt RFC2253 -subject -issuer, and
	 * openssl x509 -pubkey | openssl pkey -pubin -outform der | sha256sum
	 */
	static const char WANTED[] =
		"{\"subject\":\"CN=Chaincheck Test Intermediate,O=Chaincheck,"
		"C=XX\",\"issuer\":\"CN=Chaincheck Test Root,O=Chaincheck,"
		"C=XX\",\"serial\":\"4f3d0a56f98f34f1ba6d5ec964cea47f0db8796e"
		"\",\"sha256\":\"%s\",\"spki_sha256\":\"37460959953f9d5be502d"
		"e4d7a3b3665e0dcbc659872b39f5744cb9734dec086\",\"key_id\":"
		"\"%s\",\"not_before\":\"2021-01-01T00:00:00Z\","
		"\"not_after\":\"2040-01-01T00:00:00Z\",\"source\":\"server\"}";
	CHK_CLEANUP(chk_cleanup_free) char *text =
		write_example("missing-root", "jsonl", NULL);
	char wanted[1024];

	snprintf(wanted, sizeof(wanted), WANTED,
		 chk_example_sha256(CHK_EXAMPLE_INTER),
		 chk_example_key_id(CHK_EXAMPLE_INTER));
	assert_has(text, wanted);
}

static void a_missing_certificate_has_null_for_what_is_not_known(void **state)
{
	CHK_CLEANUP(chk_cleanup_free) char *text =
		write_example("same-name-other-key", "jsonl", NULL);

	assert_has(text, "\"certificate\":{\"subject\":\"CN=Chaincheck Test "
			 "Root,O=Chaincheck,C=XX\",\"issuer\":null,\"serial\":"
			 "null,\"sha256\":null,\"spki_sha256\":null,\"key_id\":"
			 "\"537ed52a133f63876725cab6adacd15d8d646c3c\","
			 "\"not_before\":null,\"not_after\":null,\"source\":"
			 "null}");
}

static void a_defect_names_its_certificate(void **state)
{
	CHK_CLEANUP(chk_cleanup_free) char *text =
		write_example("distrusted-anchor", "jsonl", NULL);

	assert_has(text, "\"defects\":[{\"certificate\":2,\"text\":"
			 "\"«Chaincheck Test Root» is distrusted for "
			 "tls-server\"}]");
}

static void a_handshake_is_null_where_none_was_asked(void **state)
{
	struct chk_report *report = chk_example_new("trusted");
	CHK_CLEANUP(chk_cleanup_free) char *text = NULL;

	report->handshake = (struct chk_handshake_view){ 0 };
	assert_true(chk_report_write(report, "jsonl", NULL, &text, NULL));
	chk_report_free(report);
	assert_has(text, "\"handshake\":null");
}

static void a_remedy_says_whether_it_was_proved(void **state)
{
	CHK_CLEANUP(chk_cleanup_free) char *text =
		write_example("missing-intermediate", "jsonl", NULL);

	assert_has(text, "\"place\":\"nginx\",\"applies\":false,\"command\":"
			 "\"# in the server block: ssl_certificate "
			 "fullchain.pem;\\nnginx -t && nginx -s reload\","
			 "\"proved\":true");
	assert_has(text, "\"place\":\"any\",\"applies\":true,");
}

static void what_would_move_the_cursor_is_escaped(void **state)
{
	CHK_CLEANUP(chk_cleanup_free) char *text =
		write_example("hostile-subject", "jsonl", "\033[2J");

	assert_null(strchr(text, '\033'));
	assert_has(text, "\"id\":\"\\u001b[2J\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(jsonl_is_one_line),
		cmocka_unit_test(a_report_begins_with_its_schema),
		cmocka_unit_test(a_certificate_has_what_openssl_says_of_it),
		cmocka_unit_test(
			a_missing_certificate_has_null_for_what_is_not_known),
		cmocka_unit_test(a_defect_names_its_certificate),
		cmocka_unit_test(a_handshake_is_null_where_none_was_asked),
		cmocka_unit_test(a_remedy_says_whether_it_was_proved),
		cmocka_unit_test(what_would_move_the_cursor_is_escaped),
	};

	return cmocka_run_group_tests_name("report/as_json", tests, NULL, NULL);
}
