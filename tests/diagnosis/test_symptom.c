/*
 * tests/diagnosis/test_symptom.c: lib/diagnosis/symptom*.c and their tables.
 * What programs really print: tests/peers/explain.sh.
 */
#include "support/test.h"

#include <chaincheck.h>

#include "base/ascii.h"

static const struct {
	const char *meaning, *codes, *says, *source;
} MEANINGS[] = {
#include "data/meanings.inc"
};

static const struct {
	const char *text, *program, *meaning, *source;
} ROWS[] = {
#include "data/symptoms.inc"
};

static struct chk_symptoms *read_bytes(const char *text, size_t size)
{
	struct chk_symptoms *symptoms;
	struct chk_error error;

	assert_true(chk_symptoms_read(text, size, &symptoms, &error));
	return symptoms;
}

static struct chk_symptoms *read_text(const char *text)
{
	return read_bytes(text, strlen(text));
}

static void every_row_has_a_meaning_and_is_in_lower_case(void **state)
{
	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		size_t j = 0;

		while (j < CHK_COUNT(MEANINGS) &&
		       strcmp(MEANINGS[j].meaning, ROWS[i].meaning) != 0)
			j++;
		if (j == CHK_COUNT(MEANINGS))
			fail_msg("%s: no meaning", ROWS[i].text);
		for (const char *c = ROWS[i].text; *c; c++)
			assert_int_equal(chk_ascii_lower((uint8_t)*c),
					 (uint8_t)*c);
	}
}

static void every_meaning_is_one_that_a_row_has(void **state)
{
	for (size_t i = 0; i < CHK_COUNT(MEANINGS); i++) {
		size_t j = 0;

		while (j < CHK_COUNT(ROWS) &&
		       strcmp(MEANINGS[i].meaning, ROWS[j].meaning) != 0)
			j++;
		if (j == CHK_COUNT(ROWS))
			fail_msg("%s: no row", MEANINGS[i].meaning);
	}
}

/* The first row that a line meets counts: none may stand before a longer one. */
static void no_row_hides_another(void **state)
{
	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		for (size_t j = i + 1; j < CHK_COUNT(ROWS); j++) {
			if (strstr(ROWS[j].text, ROWS[i].text))
				fail_msg("\"%s\" is never met, \"%s\" is",
					 ROWS[j].text, ROWS[i].text);
		}
	}
}

static void every_code_has_a_page(void **state)
{
	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_symptoms *symptoms;
		const struct chk_symptom *symptom;
		char text[256];
		size_t size = 0;

		/* Its own text, with something in the places of it. */
		for (const char *c = ROWS[i].text; *c; c++) {
			bool port = strncmp(c, "{port}", 6) == 0;

			if (port || strncmp(c, "{host}", 6) == 0)
				c += 5;
			text[size++] = port ? '1' :
				       *c == '*' || *c == '}' ? 'x' : *c;
		}
		symptoms = read_bytes(text, size);
		symptom = chk_symptoms_at(symptoms, 0);
		if (!symptom)
			fail_msg("%s: not met", ROWS[i].text);
		assert_string_equal(symptom->program, ROWS[i].program);
		assert_true(symptom->code_count > 0);
		for (size_t k = 0; k < symptom->code_count; k++) {
			if (!chk_explain(symptom->codes[k]))
				fail_msg("%s", symptom->codes[k]);
		}
		chk_symptoms_free(symptoms);
	}
}

static void a_line_says_one_thing_and_a_log_each_once(void **state)
{
	struct chk_symptoms *symptoms = read_text(
		"INFO starting\r\n"
		"  SSLError: CERTIFICATE VERIFY FAILED: certificate has expired\n"
		"\n"
		"again: certificate has expired\n"
		"PKIX path building failed");
	const struct chk_symptom *symptom = chk_symptoms_at(symptoms, 0);

	assert_int_equal(chk_symptoms_count(symptoms), 2);
	assert_int_equal(symptom->line, 2);
	assert_string_equal(symptom->codes[0], "cert.expired");
	assert_memory_equal(symptom->text, "SSLError", 8);
	symptom = chk_symptoms_at(symptoms, 1);
	assert_int_equal(symptom->line, 5);
	assert_string_equal(symptom->program, "Java");
	assert_null(chk_symptoms_at(symptoms, 2));
	chk_symptoms_free(symptoms);
}

static void assert_host(const char *text, const char *host)
{
	struct chk_symptoms *symptoms = read_text(text);

	assert_int_equal(chk_symptoms_count(symptoms), 1);
	if (!host)
		assert_null(chk_symptoms_host(symptoms));
	else
		assert_string_equal(chk_symptoms_host(symptoms), host);
	chk_symptoms_free(symptoms);
}

static void the_host_is_found(void **state)
{
	assert_host("No subject alternative DNS name matching "
		    "API.example.test found.", "api.example.test");
	assert_host("x509: certificate is valid for a.test, b.test, not "
		    "c.test", "c.test");
	assert_host("curl: (6) Could not resolve host: no.test", "no.test");
	assert_host("getaddrinfo ENOTFOUND no.test", "no.test");
	assert_host("Get \"https://api.test:8443/v1\": x509: certificate "
		    "signed by unknown authority", "api.test:8443");
	assert_host("GET https://user:secret@api.test/v1\n"
		    "PKIX path building failed", "api.test");
	assert_host("https://[2001:db8::1]:8443/: PKIX path building failed",
		    "[2001:db8::1]:8443");
	/* What comes behind it is where to read more. */
	assert_host("unable to get local issuer certificate\n"
		    "More details here: https://curl.se/docs/sslcerts.html",
		    NULL);
	assert_host("https://curl.se/x: PKIX path building failed",
		    "curl.se");
	assert_host("PKIX path building failed", NULL);
	/* Who was asked for the name's address is not who was meant. */
	assert_host("dial tcp: lookup a.test on 10.0.0.1:53: no such host",
		    "a.test");
}

/* As the programs print it; lib/data/hosts.tsv. */
static void each_program_has_its_way_to_name_a_host(void **state)
{
	assert_host("HTTPSConnectionPool(host='a.test', port=8443): Max "
		    "retries exceeded with url: /x (Caused by SSLError("
		    "CertificateError(\"hostname mismatch\")))",
		    "a.test:8443");
	assert_host("HTTPSConnectionPool(host='a.test', port=443): "
		    "certificate has expired", "a.test");
	assert_host("HTTPSConnectionPool(host='::1', port=8443): "
		    "certificate has expired", "[::1]:8443");
	assert_host("$ openssl s_client -servername b.test -connect "
		    "a.test:8443 </dev/null\nverify error:num=10:certificate "
		    "has expired", "a.test:8443");
	assert_host("Get \"https://a.test/v2/\": dial tcp 10.0.0.1:443: "
		    "connect: connection refused", "a.test");
	assert_host("dial tcp 10.0.0.1:8443: connect: connection refused",
		    "10.0.0.1:8443");
	assert_host("Error: certificate has expired\n  code: 'x',\n  host: "
		    "'a.test',\n  port: 1,\n", "a.test");
	assert_host("certificate has expired { hostname: 'a.test', port: "
		    "8443 }", "a.test:8443");
	assert_host("Hostname/IP does not match certificate's altnames: "
		    "Host: a.test. is not in the cert's altnames: DNS:b.test\n"
		    "host: 'c.test'", "a.test");
	assert_host("curl: (7) Failed to connect to a.test port 8443 after 2 "
		    "ms: Couldn't connect", "a.test:8443");
	assert_host("Failed to connect to a.test port 443: timed out",
		    "a.test");
	assert_host("System.Net.Http.HttpRequestException: Connection refused "
		    "(a.test:5001)", "a.test:5001");
	assert_host("Could not GET 'https://a.test:8443/maven2/x.pom'. PKIX "
		    "path building failed", "a.test:8443");
	assert_host("from/to central (https://a.test/maven2): PKIX path "
		    "building failed", "a.test");
	assert_host("connection to server at \"a.test\" (10.0.0.1), port 5432 "
		    "failed: certificate has expired", "a.test:5432");
	assert_host("Connect to a.test:8443 [a.test/10.0.0.1] failed: "
		    "Connection refused", "a.test:8443");
}

/* Of three lines the one that says what was wrong comes first. */
static void the_nearest_host_counts(void **state)
{
	assert_host("openssl s_client -connect a.test:1\nhttps://b.test/\n"
		    "PKIX path building failed", "b.test");
	assert_host("PKIX path building failed\nhttps://b.test/", NULL);
	assert_host("PKIX path building failed\nhost: 'b.test'", "b.test");
	assert_host("https://a.test/\nPKIX path building failed\nhost: "
		    "'b.test'", "a.test");
	assert_host("HTTPSConnectionPool(host='-rf', port=1): PKIX path "
		    "building failed", NULL);
}

/* As curl and others print them below one failure and above the next. */
static void where_to_read_more_is_no_host(void **state)
{
	assert_host("More details here: https://curl.se/docs/sslcerts.html\n"
		    "SSL certificate problem: certificate has expired", NULL);
	assert_host("https://a.test/\nLearn more: https://b.test/\n"
		    "PKIX path building failed", "a.test");
	assert_host("See https://b.test/: PKIX path building failed", NULL);
	assert_host("see: https://b.test/: PKIX path building failed", NULL);
	assert_host("oversee a https://a.test/: PKIX path building failed",
		    "a.test");
	assert_host("https://a.test/: PKIX path building failed, see "
		    "https://b.test/", "a.test");
}

static void assert_first_code(const char *text, const char *code)
{
	struct chk_symptoms *symptoms = read_text(text);
	const struct chk_symptom *symptom = chk_symptoms_at(symptoms, 0);

	assert_non_null(symptom);
	assert_string_equal(symptom->codes[0], code);
	chk_symptoms_free(symptoms);
}

#define EXPIRED "x509: certificate has expired or is not yet valid: "
#define HINT "x509: certificate signed by unknown authority (possibly because of"

/* One text of a program that has several causes, and the words that tell. */
static void no_more_is_said_than_the_text_does(void **state)
{
	struct chk_symptoms *symptoms;

	assert_first_code(EXPIRED "current time 2026-01-02 is before "
			  "2026-01-03", "cert.not-yet-valid");
	assert_first_code(EXPIRED "current time 2026-01-02 is after "
			  "2026-01-01", "cert.expired");
	assert_first_code("basic constraints check failed: pathLenConstraint "
			  "violated - this cert must be the last cert in the "
			  "certification path", "cert.path-length");
	assert_first_code("sslv3 alert certificate revoked",
			  "tls.client-certificate");
	assert_first_code("client SSL certificate verify error: (20:unable to "
			  "get local issuer certificate)",
			  "tls.client-certificate");
	assert_first_code(HINT " \"crypto/rsa: verification error\" while",
			  "chain.issuer-key-mismatch");
	symptoms = read_text(HINT " \"x509: cannot verify signature: insecure "
			     "algorithm SHA1-RSA\" while");
	assert_non_null(strstr(chk_symptoms_at(symptoms, 0)->says,
			       "was not taken"));
	chk_symptoms_free(symptoms);
}

static void no_host_reaches_a_shell_as_anything_else(void **state)
{
	assert_host("https://a.test$(id)/: PKIX path building failed",
		    "a.test");
	assert_host("https://-rf/: PKIX path building failed", NULL);
	assert_host("https://;id/: PKIX path building failed", NULL);
	assert_host("Could not resolve host: `id`\nconnection refused", NULL);
	assert_host("https://\x1b[31m/: PKIX path building failed", NULL);
}

static void what_is_pasted_moves_no_cursor(void **state)
{
	struct chk_symptoms *symptoms =
		read_text("\x1b[2J PKIX path building failed \xe2\x80\xae");

	assert_string_equal(chk_symptoms_at(symptoms, 0)->text,
			    "\\x1b[2J PKIX path building failed "
			    "\\xe2\\x80\\xae");
	chk_symptoms_free(symptoms);
}

static void any_bytes_are_read_to_their_end(void **state)
{
	static char text[CHK_SYMPTOMS_MAX_TEXT];
	struct chk_symptoms *symptoms;
	struct chk_error error;

	memset(text, 'c', sizeof(text));
	symptoms = read_bytes(text, sizeof(text));
	assert_int_equal(chk_symptoms_count(symptoms), 0);
	chk_symptoms_free(symptoms);
	memset(text, '\0', sizeof(text));
	chk_symptoms_free(read_bytes(text, sizeof(text)));
	memset(text, '\n', sizeof(text));
	memcpy(text + sizeof(text) - 25, "PKIX path building failed", 25);
	symptoms = read_bytes(text, sizeof(text));
	assert_int_equal(chk_symptoms_at(symptoms, 0)->line,
			 sizeof(text) - 24);
	chk_symptoms_free(symptoms);
	chk_symptoms_free(read_bytes("", 0));
	assert_false(chk_symptoms_read(text, sizeof(text) + 1, &symptoms,
				       &error));
	assert_int_equal(error.code, CHK_ERROR_TOO_LARGE);
	assert_null(symptoms);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_has_a_meaning_and_is_in_lower_case),
		cmocka_unit_test(every_meaning_is_one_that_a_row_has),
		cmocka_unit_test(no_row_hides_another),
		cmocka_unit_test(every_code_has_a_page),
		cmocka_unit_test(a_line_says_one_thing_and_a_log_each_once),
		cmocka_unit_test(the_host_is_found),
		cmocka_unit_test(each_program_has_its_way_to_name_a_host),
		cmocka_unit_test(the_nearest_host_counts),
		cmocka_unit_test(where_to_read_more_is_no_host),
		cmocka_unit_test(no_more_is_said_than_the_text_does),
		cmocka_unit_test(no_host_reaches_a_shell_as_anything_else),
		cmocka_unit_test(what_is_pasted_moves_no_cursor),
		cmocka_unit_test(any_bytes_are_read_to_their_end),
	};

	return cmocka_run_group_tests_name("diagnosis/symptom", tests, NULL,
					   NULL);
}
