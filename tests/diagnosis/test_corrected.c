/*
 * tests/diagnosis/test_corrected.c: lib/diagnosis/corrected.c: the chain as it
 * should be sent and the root that is missing, and when neither is handed out.
 */
#include "support/test.h"

#include <stdlib.h>

#include <chaincheck.h>

#include "diagnosis/report.h"
#include "support/made.h"
#include "support/script_fetcher.h"

#define HOST "www.example.test"
#define INT_URL "http://ca.test/int.der"
#define ROOT_URL "http://ca.test/root.der"
#define DAY INT64_C(86400)

enum { ROOT, INT, LEAF, OTHER, TWIN, DEAD, CERTS };

static struct chk_cert *certs[CERTS];
static struct chk_chain *chain, *given;
static struct chk_store *store, *elsewhere;
static struct chk_report *report;
static struct script_fetcher script;

static int begin(void **state)
{
	static const struct recipe RECIPES[CERTS] = {
		[ROOT] = { .subject = "Root", .key = ROOT, .issuer_key = ROOT,
			   .ca = true },
		[INT] = { .subject = "Int", .key = INT, .issuer = "Root",
			  .issuer_key = ROOT, .ca = true,
			  .issuers = { ROOT_URL } },
		[LEAF] = { .subject = HOST, .key = LEAF, .issuer = "Int",
			   .issuer_key = INT, .dns = HOST,
			   .issuers = { INT_URL } },
		[OTHER] = { .subject = "Other", .key = OTHER,
			    .issuer_key = OTHER, .ca = true },
		[TWIN] = { .subject = "Int", .key = TWIN, .issuer = "Root",
			   .issuer_key = ROOT, .ca = true },
		[DEAD] = { .subject = HOST, .key = LEAF, .issuer = "Int",
			   .issuer_key = INT, .dns = HOST,
			   .not_after = MADE_NOW - DAY },
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
	chain = chk_chain_new();
	given = chk_chain_new();
	store = chk_store_new("file:client.pem");
	elsewhere = chk_store_new("elsewhere");
	report = NULL;
	script_fetcher_begin(&script);
	return 0;
}

static int tear_down(void **state)
{
	chk_report_free(report);
	chk_chain_free(chain);
	chk_chain_free(given);
	chk_store_free(store);
	chk_store_free(elsewhere);
	return 0;
}

static void send(int cert)
{
	assert_true(chk_chain_add(chain, certs[cert], "chain.pem:1", NULL));
}

static void put(struct chk_store *to, int cert)
{
	assert_true(chk_store_add(to, certs[cert], CHK_PURPOSE_ANY,
				  CHK_TRUST_TRUSTED, "there.pem:1", NULL));
}

static void ask(const struct chk_fetcher *fetcher)
{
	const struct chk_store *stores[] = { store }, *others[] = { elsewhere };
	const struct chk_question question = {
		.stores = stores, .store_count = 1, .host = HOST,
		.others = others, .other_count = 1, .untrusted = given,
		.at_set = true, .at = MADE_NOW, .fetcher = fetcher,
	};

	assert_true(chk_verify(chain, &question, &report, NULL));
}

/* The chain is these, up to CERTS; and the root that is missing, or CERTS. */
static void expect(const int *wanted, int missing)
{
	size_t count = 0;

	for (; wanted[count] != CERTS; count++)
		assert_ptr_equal(chk_report_corrected(report, count),
				 certs[wanted[count]]);
	assert_int_equal(chk_report_corrected_count(report), count);
	assert_null(chk_report_corrected(report, count));
	if (missing == CERTS)
		assert_null(report->missing.cert);
	else
		assert_memory_equal(chk_cert_der(report->missing.cert).data,
				    chk_cert_der(certs[missing]).data,
				    chk_cert_der(certs[missing]).size);
}

static const int NONE[] = { CERTS };
static const int WHOLE[] = { LEAF, INT, CERTS };

static void what_is_right_is_left_alone(void **state)
{
	send(LEAF);
	send(INT);
	put(store, ROOT);
	ask(NULL);
	expect(NONE, CERTS);
}

static void what_another_store_has_completes_the_chain(void **state)
{
	send(LEAF);
	put(elsewhere, INT);
	put(store, ROOT);
	ask(NULL);
	expect(WHOLE, CERTS);
}

static void what_the_client_was_given_is_to_be_sent(void **state)
{
	send(LEAF);
	assert_true(chk_chain_add(given, certs[INT], "given.pem:1", NULL));
	put(store, ROOT);
	ask(NULL);
	assert_int_equal(chk_report_verdict(report), CHK_VERDICT_TRUSTED);
	expect(WHOLE, CERTS);
}

static void what_was_fetched_completes_the_chain(void **state)
{
	struct chk_bytes der = chk_cert_der(certs[INT]);

	script_fetcher_add(&script, INT_URL, der);
	send(LEAF);
	put(store, ROOT);
	ask(&script.fetcher);
	assert_int_equal(chk_report_verdict(report), CHK_VERDICT_UNTRUSTED);
	assert_int_equal(chk_report_corrected_count(report), 2);
	assert_memory_equal(chk_cert_der(chk_report_corrected(report, 1)).data,
			    der.data, der.size);
	assert_null(report->missing.cert);
}

static void a_root_that_was_fetched_is_said_to_prove_nothing(void **state)
{
	script_fetcher_add(&script, ROOT_URL, chk_cert_der(certs[ROOT]));
	send(LEAF);
	send(INT);
	ask(&script.fetcher);
	expect(NONE, ROOT);
	assert_non_null(strstr(report->missing_seen, ROOT_URL));
	assert_non_null(strstr(report->missing_seen, "anybody"));
}

static void a_root_that_was_sent_goes_out_of_the_chain(void **state)
{
	send(LEAF);
	send(ROOT);
	send(INT);
	ask(NULL);
	expect(WHOLE, ROOT);
	assert_non_null(strstr(report->missing_seen, "proves nothing"));
}

static void no_chain_is_made_without_every_certificate(void **state)
{
	send(LEAF);
	send(OTHER);
	put(store, ROOT);
	ask(NULL);
	expect(NONE, CERTS);
}

static void an_issuer_of_another_key_is_not_taken(void **state)
{
	send(LEAF);
	send(TWIN);
	put(elsewhere, INT);
	put(store, ROOT);
	ask(NULL);
	expect(WHOLE, CERTS);
}

static void another_fault_does_not_hide_the_order(void **state)
{
	static const int DEAD_CHAIN[] = { DEAD, INT, CERTS };

	send(DEAD);
	send(ROOT);
	send(INT);
	put(store, ROOT);
	ask(NULL);
	expect(DEAD_CHAIN, CERTS);
}

static void a_distrusted_root_is_not_handed_out(void **state)
{
	send(LEAF);
	send(ROOT);
	send(INT);
	assert_true(chk_store_add(store, certs[ROOT], CHK_PURPOSE_ANY,
				  CHK_TRUST_DISTRUSTED, "there.pem:1", NULL));
	ask(NULL);
	assert_int_equal(chk_report_verdict(report), CHK_VERDICT_UNTRUSTED);
	expect(NONE, CERTS);
}

/* The first certificate cannot be read: nobody knows what the second is. */
static void nothing_is_made_where_the_leaf_is_in_doubt(void **state)
{
	static const char DAMAGED[] = "-----BEGIN CERTIFICATE-----\nMAA%\n"
				      "-----END CERTIFICATE-----\n";

	assert_false(chk_chain_read_bytes(chain, BYTES(DAMAGED), "chain.pem",
					  NULL));
	assert_true(chk_chain_add(chain, certs[LEAF], "chain.pem:9", NULL));
	assert_true(chk_chain_add(chain, certs[ROOT], "chain.pem:19", NULL));
	assert_true(chk_chain_add(chain, certs[INT], "chain.pem:29", NULL));
	put(store, ROOT);
	ask(NULL);
	assert_int_equal(chk_report_verdict(report), CHK_VERDICT_UNTRUSTED);
	expect(NONE, CERTS);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(what_is_right_is_left_alone),
		TEST(what_another_store_has_completes_the_chain),
		TEST(what_the_client_was_given_is_to_be_sent),
		TEST(what_was_fetched_completes_the_chain),
		TEST(a_root_that_was_fetched_is_said_to_prove_nothing),
		TEST(a_root_that_was_sent_goes_out_of_the_chain),
		TEST(no_chain_is_made_without_every_certificate),
		TEST(an_issuer_of_another_key_is_not_taken),
		TEST(another_fault_does_not_hide_the_order),
		TEST(a_distrusted_root_is_not_handed_out),
		TEST(nothing_is_made_where_the_leaf_is_in_doubt),
	};

	return cmocka_run_group_tests_name("diagnosis/corrected", tests, begin,
					   end);
}
