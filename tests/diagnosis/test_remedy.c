/* tests/diagnosis/test_remedy.c: the table of remedies, row by row. */
#include "support/test.h"

#include <ctype.h>
#include <strings.h>

#include "diagnosis/remedy.h"

/* Calls check() on every row. */
static void for_each_row(void (*check)(const struct chk_remedy_row *row))
{
	assert_true(chk_remedy_row_count() > 0);
	for (size_t i = 0; i < chk_remedy_row_count(); i++)
		check(chk_remedy_row(i));
	assert_null(chk_remedy_row(chk_remedy_row_count()));
}

static void check_key(const struct chk_remedy_row *row)
{
	size_t size = strcspn(row->key, "/");
	char code[64];

	assert_true(size < sizeof(code));
	memcpy(code, row->key, size);
	code[size] = '\0';
	assert_int_not_equal(chk_finding_find(code), CHK_FINDING_COUNT);
}

static void every_remedy_is_for_a_known_finding(void **state)
{
	for_each_row(check_key);
}

static bool has_rows_for(const char *code)
{
	size_t size = strlen(code);

	for (size_t i = 0; i < chk_remedy_row_count(); i++) {
		const char *key = chk_remedy_row(i)->key;

		if (strncmp(key, code, size) == 0 &&
		    (key[size] == '\0' || key[size] == '/'))
			return true;
	}
	return false;
}

static void every_finding_has_a_remedy(void **state)
{
	for (size_t i = 0; i < CHK_FINDING_COUNT; i++)
		assert_true(has_rows_for(
			chk_finding_facts((enum chk_finding_id)i)->code));
}

static void check_place(const struct chk_remedy_row *row)
{
	static const char *const PLACES[] = {
		"any",	 "none",   "debian", "fedora", "suse",	 "arch",
		"alpine", "file",  "dir",    "pkcs11", "keystore",
		"nginx", "apache", "haproxy", "tomcat", "nss",
		"pid", "cacerts", "chain", "postfix", "dovecot", "envoy",
		"iis", "aws", "gcp", "azure", "docker-debian",
		"docker-alpine", "docker-rhel", "kubernetes", "node",
		"python", "java", "curl", "openssl", "gnutls", "go",
	};
	bool known = false;

	for (size_t i = 0; i < CHK_COUNT(PLACES); i++)
		known |= strcmp(row->place, PLACES[i]) == 0;
	assert_true(known);
}

static void every_place_is_a_known_one(void **state)
{
	for_each_row(check_place);
}

/* `text` in any case, so that -K and Insecure are found as well. */
static bool contains(const char *text, const char *word)
{
	size_t size = strlen(word);

	for (; *text; text++) {
		if (strncasecmp(text, word, size) == 0)
			return true;
	}
	return false;
}

static void check_safety(const struct chk_remedy_row *row)
{
	/* What people are told in forums, and must not be told here. */
	static const char *const NEVER[] = {
		"insecure", "curl -k", "no-check-certificate", "trusted-host",
		"NODE_TLS_REJECT_UNAUTHORIZED", "rejectUnauthorized",
		"strict-ssl", "SSL_NO_VERIFY", "sslVerify=false", "SECLEVEL",
		"SKIP_VERIFY", "REQCERT=never", "X509_STRICT",
		"noCertificateCheck", ">> /etc/ssl", "s_client",
		"crypto-policies", "disabledAlgorithms",
	};

	for (size_t i = 0; i < CHK_COUNT(NEVER); i++) {
		assert_false(contains(row->text, NEVER[i]));
		assert_false(contains(row->command, NEVER[i]));
	}
}

static void no_remedy_switches_verification_off(void **state)
{
	for_each_row(check_safety);
}

/*
 * The names that are filled in are hostile; these are our own. A path is one
 * of a store, and stands there only if no shell takes it for more.
 */
static void check_command(const struct chk_remedy_row *row)
{
	static const char *const OURS[] = { "{file}", "{host}", "{port}",
					    "{fingerprint}", "{path}", "{version}",
					    "{suite_openssl}" };

	for (const char *at = row->command; (at = strchr(at, '{')); at++) {
		bool ours = false;

		for (size_t i = 0; i < CHK_COUNT(OURS); i++)
			ours |= strncmp(at, OURS[i], strlen(OURS[i])) == 0;
		assert_true(ours);
	}
}

static void no_command_takes_what_a_stranger_wrote(void **state)
{
	for_each_row(check_command);
}

static bool begins_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

/* Trust on a certificate at hand only after a comparison. */
static void check_comparison(const struct chk_remedy_row *row)
{
	bool installs = row->party == CHK_PARTY_CLIENT &&
			strncmp(row->key, "trust.anchor-missing",
				strlen("trust.anchor-missing")) == 0;

	/* These stand behind such a text, and begin with the comparison. */
	if (strstr(row->key, "/install"))
		assert_true(begins_with(row->command, "openssl x509 -in {file} "
				"-noout -subject -fingerprint -sha256\n") ||
			    begins_with(row->command,
					"keytool -printcert -file {file}\n"));
	else if (installs)
		assert_true(contains(row->text, "SHA-256"));
	if (*row->command && strstr(row->command, "update-ca"))
		assert_non_null(strstr(row->command, "-fingerprint -sha256"));
}

static void no_root_is_installed_without_comparing_its_digest(void **state)
{
	for_each_row(check_comparison);
}

static bool has_row(const char *key, const char *place)
{
	for (size_t i = 0; i < chk_remedy_row_count(); i++) {
		if (strcmp(chk_remedy_row(i)->key, key) == 0 &&
		    strcmp(chk_remedy_row(i)->place, place) == 0)
			return true;
	}
	return false;
}

static void a_missing_root_has_a_command_for_every_system(void **state)
{
	static const char *const KEYS[] = {
		"trust.anchor-missing", "trust.anchor-missing/sent",
		"trust.anchor-missing/elsewhere",
		"trust.anchor-missing/not-at-hand", "trust.issuer-unknown",
	};
	static const char *const SYSTEMS[] = { "debian", "fedora", "suse",
					       "arch", "alpine", "none" };

	for (size_t i = 0; i < CHK_COUNT(KEYS); i++) {
		for (size_t j = 0; j < CHK_COUNT(SYSTEMS); j++)
			assert_true(has_row(KEYS[i], SYSTEMS[j]));
	}
}

/* The lines that are shared must be shared by the keys that are for them. */
static void every_server_and_image_has_its_lines(void **state)
{
	static const char *const SERVERS[] = {
		"nginx", "apache", "haproxy", "tomcat", "postfix", "dovecot",
		"envoy", "iis", "aws", "gcp", "azure",
	};
	static const char *const CLIENTS[] = {
		"docker-debian", "docker-alpine", "docker-rhel", "kubernetes",
		"node", "python", "java",
	};

	for (size_t i = 0; i < CHK_COUNT(SERVERS); i++)
		assert_true(has_row("chain.intermediate-missing/send",
				    SERVERS[i]));
	for (size_t i = 0; i < CHK_COUNT(CLIENTS); i++)
		assert_true(has_row("trust.anchor-missing/install",
				    CLIENTS[i]));
}

static void check_unseen(const struct chk_remedy_row *row)
{
	if (strstr(row->key, "/not-at-hand"))
		assert_false(row->proof);
}

static void what_is_not_at_hand_is_not_called_tried(void **state)
{
	for_each_row(check_unseen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_remedy_is_for_a_known_finding),
		cmocka_unit_test(every_finding_has_a_remedy),
		cmocka_unit_test(every_place_is_a_known_one),
		cmocka_unit_test(no_remedy_switches_verification_off),
		cmocka_unit_test(no_command_takes_what_a_stranger_wrote),
		cmocka_unit_test(
			no_root_is_installed_without_comparing_its_digest),
		cmocka_unit_test(a_missing_root_has_a_command_for_every_system),
		cmocka_unit_test(every_server_and_image_has_its_lines),
		cmocka_unit_test(what_is_not_at_hand_is_not_called_tried),
	};

	return cmocka_run_group_tests_name("diagnosis/remedy", tests, NULL,
					   NULL);
}
