/*
 * tests/store/test_settings.c: lib/store/settings.c. What is expected was seen
 * with git 2.39.5 (git config --list), Python 3.11 (configparser), curl 7.88.1
 * and PHP 8.2 (parse_ini_string), or stands in ldap.conf(5).
 */
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "store/settings.h"

static char got[1024];

static bool note(void *context, const char *key, const char *value)
{
	size_t size = strlen(got);

	snprintf(got + size, sizeof(got) - size, "%s<%s>", key, value);
	return true;
}

static void check(enum chk_settings_syntax syntax, const char *text,
		  const char *wanted)
{
	got[0] = '\0';
	assert_true(chk_settings_read(chk_bytes_text(text), syntax, note,
				      NULL));
	assert_string_equal(got, wanted);
}

/* curl(1), -K: with or without dashes, blanks, "=" or ":" between. */
static void curlrc_has_many_ways_to_say_one_thing(void **state)
{
	check(CHK_SETTINGS_CURLRC,
	      "# of the proxy\n"
	      "cacert = /a.pem\n"
	      "cacert:/b.pem\n"
	      "--cacert /c.pem   # not a comment, and not the value\n"
	      "--cacert =d\n"
	      "cacert \"/e \\\"f\\\".pem\"\n"
	      "cacert=C:\\x\n"
	      "insecure\n"
	      "  -k",
	      "cacert</a.pem>cacert</b.pem>--cacert</c.pem>--cacert<=d>"
	      "cacert</e \"f\".pem>cacert<C:\\x>insecure<>-k<>");
}

static void git_has_sections_urls_quotes_and_comments(void **state)
{
	check(CHK_SETTINGS_GIT,
	      "; of the company\n"
	      "[http]\n\tsslCAInfo = /a b.pem ; the root\n"
	      "sslVerify\n"
	      "[http \"https://h/x\"] sslCAInfo = \"/c;d.pem\"\n"
	      "sslCAPath = /e\\\nf # g\n"
	      "[core]\nempty =\n",
	      "http.sslCAInfo</a b.pem>http.sslVerify<true>"
	      "http.https://h/x.sslCAInfo</c;d.pem>"
	      "http.https://h/x.sslCAPath</ef>core.empty<>");
}

static void pip_has_sections_and_values_of_several_lines(void **state)
{
	check(CHK_SETTINGS_INI,
	      "[global]\n"
	      "cert = /a.pem\n"
	      "trusted-host: x\n"
	      "\tcert = /more of trusted-host\n"
	      "[install]\n"
	      "    cert = /b.pem ; no comment\n"
	      "    user = yes\n",
	      "global.cert</a.pem>global.trusted-host<x>"
	      "install.cert</b.pem ; no comment>install.user<yes>");
}

static void ldap_has_blanks_between(void **state)
{
	check(CHK_SETTINGS_LDAP,
	      "#TLS_CACERT /no\n"
	      "TLS_CACERT\t/a b.pem \t\n"
	      "tls_reqcert never\r\n"
	      "TLS_CACERT=/c\n",
	      "TLS_CACERT</a b.pem>tls_reqcert<never>TLS_CACERT=/c<>");
}

static void php_passes_over_sections(void **state)
{
	check(CHK_SETTINGS_PHP,
	      "[openssl]\n"
	      ";openssl.cafile=/no\n"
	      "openssl.cafile=/a.pem ; the root\n"
	      "curl.cainfo = \"/b;c.pem\"\n"
	      "openssl.capath =\n",
	      "openssl.cafile</a.pem>curl.cainfo</b;c.pem>openssl.capath<>");
}

/* Every prefix of it: no byte behind the end is looked at (sanitizers). */
static void what_is_cut_off_anywhere_is_read_up_to_there(void **state)
{
	static const char TEXT[] = "\xef\xbb\xbf[a \"b\\\"]\"]\nc = \"d\\";

	for (int syntax = CHK_SETTINGS_CURLRC; syntax <= CHK_SETTINGS_PHP;
	     syntax++) {
		for (size_t i = 0; i < sizeof(TEXT); i++) {
			uint8_t *copy = malloc(i + 1);

			assert_non_null(copy);
			memcpy(copy, TEXT, i);
			got[0] = '\0';
			assert_true(chk_settings_read(
				chk_bytes_of(copy, i),
				(enum chk_settings_syntax)syntax, note, NULL));
			free(copy);
		}
	}
	check(CHK_SETTINGS_GIT, TEXT, "a.b\"].c<d>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(curlrc_has_many_ways_to_say_one_thing),
		cmocka_unit_test(git_has_sections_urls_quotes_and_comments),
		cmocka_unit_test(pip_has_sections_and_values_of_several_lines),
		cmocka_unit_test(ldap_has_blanks_between),
		cmocka_unit_test(php_passes_over_sections),
		cmocka_unit_test(what_is_cut_off_anywhere_is_read_up_to_there),
	};

	return cmocka_run_group_tests_name("store/settings", tests, NULL,
					   NULL);
}
