/* tests/audit/test_alone.c: lib/audit/alone.c. */
#include "support/test.h"

#include <gnutls/x509.h>

#include "audit/alone.h"
#include "base/when.h"
#include "support/made.h"

#define DAY 86400
#define SERVER_AUTH "1.3.6.1.5.5.7.3.1"
#define CLIENT_AUTH "1.3.6.1.5.5.7.3.2"

static struct chk_alone_terms terms_at(int64_t at)
{
	return (struct chk_alone_terms){
		.at = at, .strength = chk_strength_find("medium"),
	};
}

/* "cert.expired error, cert.lifetime warning"; free() it. */
static char *codes_of(const struct chk_cert *cert,
		      const struct chk_alone_terms *terms)
{
	static const char *const SEVERITIES[] = { "note", "warning", "error" };
	struct chk_alone found[CHK_ALONE_MOST];
	size_t count = chk_alone_check(cert, terms, found);
	struct chk_buffer all = { 0 };

	chk_buffer_text(&all, "");
	for (size_t i = 0; i < count; i++) {
		struct chk_buffer words = { 0 };

		chk_buffer_format(&all, "%s%s %s", i ? ", " : "",
				  chk_finding_facts(found[i].id)->code,
				  SEVERITIES[found[i].severity]);
		found[i].tell(cert, terms, &words);
		assert_true(words.size > 0);
		chk_buffer_clear(&words);
	}
	return chk_buffer_steal(&all);
}

static void expect(const struct recipe *recipe,
		   const struct chk_alone_terms *terms, const char *expected)
{
	struct chk_cert *cert = make_cert(recipe);
	char *codes = codes_of(cert, terms);

	assert_string_equal(codes, expected);
	free(codes);
	chk_cert_unref(cert);
}

static const struct recipe SERVER = {
	.subject = "www", .key = 1, .issuer = "CA", .issuer_key = 2,
	.dns = "www.example.test", .usage = SERVER_AUTH,
	.not_before = MADE_NOW - 10 * DAY, .not_after = MADE_NOW + 10 * DAY,
};

static void nothing_is_wrong_with_a_good_one(void **state)
{
	struct chk_alone_terms terms = terms_at(MADE_NOW);
	struct recipe ca = { .subject = "CA", .key = 2, .issuer_key = 2,
			       .ca = true };

	expect(&SERVER, &terms, "");
	expect(&ca, &terms, "");
}

/* RFC 5280 4.1.2.5: both ends are inclusive. */
static void time_is_compared_to_the_second(void **state)
{
	struct chk_alone_terms terms = terms_at(SERVER.not_after);

	expect(&SERVER, &terms, "");
	terms.at++;
	expect(&SERVER, &terms, "cert.expired error");
	terms.at = SERVER.not_before;
	expect(&SERVER, &terms, "");
	terms.at--;
	expect(&SERVER, &terms, "cert.not-yet-valid error");
}

static void what_is_left_is_compared_with_what_was_asked(void **state)
{
	struct chk_alone_terms terms = terms_at(MADE_NOW);

	terms.warning = 10 * DAY;
	expect(&SERVER, &terms, "");
	terms.warning++;
	expect(&SERVER, &terms, "cert.expires-soon warning");
	terms.critical = 10 * DAY + 1;
	expect(&SERVER, &terms, "cert.expires-soon error");
	terms.at = SERVER.not_after + 1;
	expect(&SERVER, &terms, "cert.expired error");
}

static void a_server_needs_a_subject_alt_name(void **state)
{
	struct chk_alone_terms terms = terms_at(MADE_NOW);
	struct recipe recipe = SERVER;

	recipe.dns = NULL;
	expect(&recipe, &terms, "name.common-name-only error");
	recipe.usage = NULL;
	expect(&recipe, &terms, "name.common-name-only warning");
	recipe.usage = CLIENT_AUTH;
	expect(&recipe, &terms, "");
}

/* RFC 5280 4.2.1.9: keyCertSign and cA stand together. */
static void claims_of_a_ca_must_agree(void **state)
{
	struct chk_alone_terms terms = terms_at(MADE_NOW);
	struct recipe leaf = SERVER;
	struct recipe ca = { .subject = "CA", .key = 2, .issuer_key = 2, .ca = true,
			     .key_usage = GNUTLS_KEY_CRL_SIGN };

	leaf.key_usage = GNUTLS_KEY_KEY_CERT_SIGN;
	expect(&leaf, &terms, "cert.not-a-ca error");
	expect(&ca, &terms, "cert.key-usage error");
}

static void keys_are_held_against_the_level(void **state)
{
	struct chk_alone_terms terms = terms_at(MADE_NOW);
	struct chk_strength strict = { "test", 4096, 521, 512 };

	/* P-256 and SHA-256 */
	terms.strength = &strict;
	expect(&SERVER, &terms,
	       "cert.weak-key error, cert.weak-signature error");
}

static void the_signature_of_a_root_is_not_looked_at(void **state)
{
	struct chk_alone_terms terms = terms_at(MADE_NOW);
	struct chk_strength strict = { "test", 0, 0, 512 };
	struct recipe root = { .subject = "CA", .key = 2, .issuer_key = 2,
			       .ca = true };

	terms.strength = &strict;
	expect(&root, &terms, "");
	expect(&SERVER, &terms, "cert.weak-signature error");
}

/* Without extensions: what GnuTLS makes is of version 3, so it is set. */
static void versions_without_extensions_are_told(void **state)
{
	struct chk_alone_terms terms = terms_at(MADE_NOW);
	struct recipe recipe = SERVER;
	struct chk_cert *cert = make_cert(&recipe);
	char *codes;

	cert->version = 1;
	codes = codes_of(cert, &terms);
	assert_string_equal(codes, "cert.version warning");
	free(codes);
	cert->self_issued = true;
	codes = codes_of(cert, &terms);
	assert_string_equal(codes, "cert.version note");
	free(codes);
	chk_cert_unref(cert);
}

static int64_t seconds_of(const char *day)
{
	int64_t seconds;

	assert_true(chk_when_parse(day, 0, &seconds));
	return seconds;
}

/* Issued in February 2026: 398 days, of which the last second counts. */
static void a_lifetime_is_limited_by_the_day_of_issue(void **state)
{
	struct chk_alone_terms terms = terms_at(seconds_of("2026-02-10"));
	struct recipe recipe = SERVER;

	recipe.not_before = seconds_of("2026-02-01");
	recipe.not_after = recipe.not_before + 398 * INT64_C(86400) - 1;
	expect(&recipe, &terms, "");
	recipe.not_after++;
	expect(&recipe, &terms, "cert.lifetime warning");
	recipe.usage = NULL;
	expect(&recipe, &terms, "");
	recipe.usage = SERVER_AUTH;
	recipe.issuer = recipe.subject;
	expect(&recipe, &terms, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_wrong_with_a_good_one),
		cmocka_unit_test(time_is_compared_to_the_second),
		cmocka_unit_test(what_is_left_is_compared_with_what_was_asked),
		cmocka_unit_test(a_server_needs_a_subject_alt_name),
		cmocka_unit_test(claims_of_a_ca_must_agree),
		cmocka_unit_test(keys_are_held_against_the_level),
		cmocka_unit_test(the_signature_of_a_root_is_not_looked_at),
		cmocka_unit_test(versions_without_extensions_are_told),
		cmocka_unit_test(a_lifetime_is_limited_by_the_day_of_issue),
	};

	return cmocka_run_group_tests(tests, NULL, forget_made);
}
