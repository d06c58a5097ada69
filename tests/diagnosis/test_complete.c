/*
 * tests/diagnosis/test_complete.c: lib/diagnosis/complete.c: what a report
 * says of a chain whose issuer was fetched, or could not be.
 */
#include "support/test.h"

#include <stdlib.h>

#include <chaincheck.h>

#include "base/digest.h"
#include "base/text.h"
#include "support/made.h"
#include "support/script_fetcher.h"

#define HOST "www.example.test"
#define INT_URL "http://ca.test/int.der"
#define SUB_URL "http://ca.test/sub.p7c"
#define ROOT_URL "http://ca.test/root.der"

/* Keys, and certificates, by what they are for. */
enum { ROOT, INT, SUB, LEAF, SUB_LEAF, TWIN, NO_CA, OTHER, OWN_ISSUER, CERTS };

static struct chk_cert *certs[CERTS];
static struct script_fetcher script;
static struct chk_report *report;

static int begin(void **state)
{
	static const struct recipe RECIPES[CERTS] = {
		[ROOT] = { .subject = "Root", .key = ROOT, .issuer_key = ROOT,
			   .ca = true },
		[INT] = { .subject = "Int", .key = INT, .issuer = "Root",
			  .issuer_key = ROOT, .ca = true,
			  .issuers = { ROOT_URL } },
		[SUB] = { .subject = "Sub", .key = SUB, .issuer = "Int",
			  .issuer_key = INT, .ca = true,
			  .issuers = { INT_URL } },
		[LEAF] = { .subject = HOST, .key = LEAF, .issuer = "Int",
			   .issuer_key = INT, .dns = HOST,
			   .issuers = { INT_URL } },
		[SUB_LEAF] = { .subject = HOST, .key = LEAF, .issuer = "Sub",
			       .issuer_key = SUB, .dns = HOST,
			       .issuers = { SUB_URL } },
		[TWIN] = { .subject = "Int", .key = TWIN, .issuer = "Root",
			   .issuer_key = ROOT, .ca = true },
		[NO_CA] = { .subject = "Int", .key = INT, .issuer = "Root",
			    .issuer_key = ROOT },
		[OTHER] = { .subject = "Other", .key = OTHER,
			    .issuer_key = OTHER, .ca = true },
		[OWN_ISSUER] = { .subject = "Sub", .key = SUB, .issuer = "Sub",
				 .issuer_key = TWIN, .ca = true,
				 .issuers = { SUB_URL } },
	};

	for (size_t i = 0; i < CERTS; i++)
		certs[i] = make_cert(&RECIPES[i]);
	return 0;
}

static int end(void **state)
{
	for (size_t i = 0; i < CERTS; i++)
		chk_cert_unref(certs[i]);
	forget_keys();
	return 0;
}

static int set_up(void **state)
{
	script_fetcher_begin(&script);
	report = NULL;
	return 0;
}

static int tear_down(void **state)
{
	chk_report_free(report);
	return 0;
}

/* Asks with `fetcher` about what is sent: `leaf`, and `sent` behind it. */
static void ask(int leaf, int sent, int anchor,
		const struct chk_fetcher *fetcher)
{
	struct chk_chain *chain = chk_chain_new();
	struct chk_store *store = chk_store_new("file:client.pem");
	const struct chk_store *stores[] = { store };
	const struct chk_question question = {
		.stores = stores, .store_count = 1, .host = HOST,
		.at_set = true, .at = MADE_NOW, .place = CHK_PLACE_DEBIAN,
		.fetcher = fetcher,
	};

	assert_true(chk_chain_add(chain, certs[leaf], "peer", NULL));
	if (sent != CERTS)
		assert_true(chk_chain_add(chain, certs[sent], "peer", NULL));
	if (anchor != CERTS)
		assert_true(chk_store_add(store, certs[anchor], CHK_PURPOSE_ANY,
					  CHK_TRUST_TRUSTED, "store", NULL));
	assert_true(chk_verify(chain, &question, &report, NULL));
	chk_store_free(store);
	chk_chain_free(chain);
}

static void assert_untrusted(const char *code)
{
	assert_int_equal(chk_report_verdict(report), CHK_VERDICT_UNTRUSTED);
	assert_string_equal(chk_report_primary(report)->code, code);
}

/* The evidence, or a remedy's text, of the primary finding. */
static bool says(const char *words)
{
	const struct chk_finding *finding = chk_report_primary(report);
	bool found = strstr(finding->message, words);

	for (size_t i = 0; i < finding->evidence_count; i++)
		found |= strstr(finding->evidence[i].value, words) != NULL;
	for (size_t i = 0; i < finding->remedy_count; i++)
		found |= strstr(finding->remedies[i].text, words) != NULL;
	return found;
}

static bool is_noted(const char *where, const char *what)
{
	char *text;
	bool found;

	assert_true(chk_report_write(report, "text", NULL, &text, NULL));
	found = strstr(text, where) && strstr(text, what);
	free(text);
	return found;
}

static bool is_proved(void)
{
	const struct chk_finding *finding = chk_report_primary(report);
	bool proved = false;

	for (size_t i = 0; i < finding->remedy_count; i++)
		proved |= finding->remedies[i].proved;
	return proved;
}

static void without_a_fetcher_nothing_is_fetched(void **state)
{
	script_fetcher_add(&script, INT_URL, certs[INT]->der);
	ask(LEAF, CERTS, ROOT, NULL);
	assert_untrusted("chain.intermediate-missing");
	assert_null(chk_report_primary(report)->about.cert);
	assert_int_equal(script.asked_count, 0);
}

static void a_trusted_chain_asks_for_nothing(void **state)
{
	ask(LEAF, INT, ROOT, &script.fetcher);
	assert_int_equal(chk_report_verdict(report), CHK_VERDICT_TRUSTED);
	assert_int_equal(script.asked_count, 0);
}

static void only_the_one_whose_issuer_is_missing_is_asked(void **state)
{
	ask(LEAF, INT, OTHER, &script.fetcher);
	assert_int_equal(script.asked_count, 1);
	assert_string_equal(script.asked[0], ROOT_URL);
}

static void the_fetched_intermediate_is_named_and_must_be_sent(void **state)
{
	struct chk_buffer digest = { 0 };
	uint8_t bytes[32];

	script_fetcher_add(&script, INT_URL, certs[INT]->der);
	ask(LEAF, CERTS, ROOT, &script.fetcher);
	assert_untrusted("chain.intermediate-missing");
	assert_true(chk_bytes_equal(
		chk_cert_der(chk_report_primary(report)->about.cert),
		certs[INT]->der));
	assert_string_equal(chk_report_primary(report)->about.where, INT_URL);
	assert_int_equal(chk_report_primary(report)->party, CHK_PARTY_SERVER);
	chk_digest_sha256(certs[INT]->der, bytes);
	chk_text_hex(&digest, chk_bytes_of(bytes, sizeof(bytes)), 0);
	assert_true(says(digest.data));
	assert_true(says("fetched from " INT_URL));
	assert_true(is_proved());
	assert_int_equal(script.kept_count, 1);
	chk_buffer_clear(&digest);
}

static void two_hops_are_two_that_must_be_sent(void **state)
{
	script_fetcher_add(&script, SUB_URL, certs[SUB]->der);
	script_fetcher_add(&script, INT_URL, certs[INT]->der);
	ask(SUB_LEAF, CERTS, ROOT, &script.fetcher);
	assert_untrusted("chain.intermediate-missing");
	assert_int_equal(script.asked_count, 2);
	assert_int_equal(chk_report_finding_count(report), 2);
	assert_string_equal(chk_report_finding(report, 1)->code,
			    "chain.intermediate-missing");
	assert_true(is_proved());
	assert_int_equal(script.kept_count, 2);
}

static void a_fetched_root_is_no_trust_and_is_to_be_compared(void **state)
{
	script_fetcher_add(&script, ROOT_URL, certs[ROOT]->der);
	ask(LEAF, INT, OTHER, &script.fetcher);
	assert_untrusted("trust.anchor-missing");
	assert_true(says("fetched from " ROOT_URL));
	assert_true(says("over another way than the address it was fetched "
			 "from, see that its SHA-256 is"));
}

static void one_of_another_key_changes_no_explanation(void **state)
{
	script_fetcher_add(&script, INT_URL, certs[TWIN]->der);
	ask(LEAF, CERTS, ROOT, &script.fetcher);
	assert_untrusted("chain.intermediate-missing");
	assert_null(chk_report_primary(report)->about.cert);
	assert_int_equal(chk_report_rejected_count(report), 1);
	assert_string_equal(chk_report_rejected(report, 0)->rule,
			    "issuer-key-mismatch");
	assert_string_equal(chk_report_rejected(report, 0)->where, INT_URL);
	assert_int_equal(script.kept_count, 0);
}

static void one_that_is_no_ca_changes_no_explanation(void **state)
{
	script_fetcher_add(&script, INT_URL, certs[NO_CA]->der);
	ask(LEAF, CERTS, ROOT, &script.fetcher);
	assert_untrusted("chain.intermediate-missing");
	assert_null(chk_report_primary(report)->about.cert);
	assert_string_equal(chk_report_rejected(report, 0)->rule, "not-a-ca");
	assert_int_equal(script.kept_count, 0);
}

static void one_of_another_name_stands_in_the_ledger(void **state)
{
	script_fetcher_add(&script, INT_URL, certs[OTHER]->der);
	ask(LEAF, CERTS, ROOT, &script.fetcher);
	assert_untrusted("chain.intermediate-missing");
	assert_int_equal(chk_report_rejected_count(report), 1);
	assert_string_equal(chk_report_rejected(report, 0)->rule,
			    "issuer-name");
	assert_true(says("gives \xc2\xabOther\xc2\xbb, and not"));
}

static void a_failure_is_noted_with_its_reason(void **state)
{
	script_fetcher_fail(&script, INT_URL, "the server answered 404");
	ask(LEAF, CERTS, ROOT, &script.fetcher);
	assert_untrusted("chain.intermediate-missing");
	assert_true(is_noted(INT_URL, "the server answered 404"));
	assert_true(says("the server answered 404"));
}

static void a_certificate_without_a_place_says_so(void **state)
{
	ask(TWIN, CERTS, OTHER, &script.fetcher);
	assert_true(says("it says of no place where"));
}

static void a_loop_ends(void **state)
{
	script_fetcher_add(&script, SUB_URL, certs[OWN_ISSUER]->der);
	script_fetcher_add(&script, INT_URL, certs[LEAF]->der);
	ask(SUB_LEAF, CERTS, ROOT, &script.fetcher);
	assert_int_equal(chk_report_verdict(report), CHK_VERDICT_UNTRUSTED);
	assert_true(script.asked_count <= 2);
}

static void a_sent_issuer_of_another_key_is_made_good(void **state)
{
	script_fetcher_add(&script, INT_URL, certs[INT]->der);
	ask(LEAF, TWIN, ROOT, &script.fetcher);
	assert_untrusted("chain.intermediate-missing");
	assert_true(chk_bytes_equal(
		chk_cert_der(chk_report_primary(report)->about.cert),
		certs[INT]->der));
	assert_true(is_proved());
}

#define COMPLETE_TEST(name) \
	cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		COMPLETE_TEST(without_a_fetcher_nothing_is_fetched),
		COMPLETE_TEST(a_trusted_chain_asks_for_nothing),
		COMPLETE_TEST(only_the_one_whose_issuer_is_missing_is_asked),
		COMPLETE_TEST(
			the_fetched_intermediate_is_named_and_must_be_sent),
		COMPLETE_TEST(two_hops_are_two_that_must_be_sent),
		COMPLETE_TEST(a_fetched_root_is_no_trust_and_is_to_be_compared),
		COMPLETE_TEST(one_of_another_key_changes_no_explanation),
		COMPLETE_TEST(one_that_is_no_ca_changes_no_explanation),
		COMPLETE_TEST(one_of_another_name_stands_in_the_ledger),
		COMPLETE_TEST(a_failure_is_noted_with_its_reason),
		COMPLETE_TEST(a_certificate_without_a_place_says_so),
		COMPLETE_TEST(a_loop_ends),
		COMPLETE_TEST(a_sent_issuer_of_another_key_is_made_good),
	};

	return cmocka_run_group_tests_name("diagnosis/complete", tests, begin,
					   end);
}
