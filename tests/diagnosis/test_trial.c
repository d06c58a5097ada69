/*
 * tests/diagnosis/test_trial.c: lib/diagnosis/trial.c: what would be said if
 * something were trusted or sent, and that the verdict does not hear of it.
 */
#include "support/test.h"

#include <chaincheck.h>

#include "support/made.h"
#include "support/script_fetcher.h"

#define HOST "www.example.test"
#define INT_URL "http://ca.test/int.der"

enum { ROOT, INT, LEAF, OTHER, CERTS };

static struct chk_cert *certs[CERTS];
static struct chk_chain *chain, *added, *sent, *distrusted;
static struct chk_store *store;
static struct chk_report *report;

static int begin(void **state)
{
	static const struct recipe RECIPES[CERTS] = {
		[ROOT] = { .subject = "Root", .key = ROOT, .issuer_key = ROOT,
			   .ca = true },
		[INT] = { .subject = "Int", .key = INT, .issuer = "Root",
			  .issuer_key = ROOT, .ca = true },
		[LEAF] = { .subject = HOST, .key = LEAF, .issuer = "Int",
			   .issuer_key = INT, .dns = HOST,
			   .issuers = { INT_URL } },
		[OTHER] = { .subject = "Other", .key = OTHER,
			    .issuer_key = OTHER, .ca = true },
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
	added = chk_chain_new();
	sent = chk_chain_new();
	distrusted = chk_chain_new();
	store = chk_store_new("file:client.pem");
	report = NULL;
	return 0;
}

static int tear_down(void **state)
{
	chk_report_free(report);
	chk_chain_free(chain);
	chk_chain_free(added);
	chk_chain_free(sent);
	chk_chain_free(distrusted);
	chk_store_free(store);
	return 0;
}

static void put(struct chk_chain *to, int cert, const char *where)
{
	assert_true(chk_chain_add(to, certs[cert], where, NULL));
}

static void trust(int cert)
{
	assert_true(chk_store_add(store, certs[cert], CHK_PURPOSE_ANY,
				  CHK_TRUST_TRUSTED, "client.pem:1", NULL));
}

static void ask(const struct chk_fetcher *fetcher)
{
	const struct chk_store *stores[] = { store };
	const struct chk_question question = {
		.stores = stores, .store_count = 1, .host = HOST,
		.at_set = true, .at = MADE_NOW, .fetcher = fetcher,
		.distrusted = distrusted,
		.if_added = chk_chain_count(added) ? added : NULL,
		.if_sent = chk_chain_count(sent) ? sent : NULL,
	};

	assert_true(chk_verify(chain, &question, &report, NULL));
}

/* The trial of this change says so, and why if not. */
static const struct chk_report *expect(const char *change,
				       enum chk_verdict verdict,
				       const char *code)
{
	for (size_t i = 0; i < chk_report_trial_count(report); i++) {
		const struct chk_trial *trial = chk_report_trial(report, i);
		const struct chk_finding *primary =
			chk_report_primary(trial->report);

		if (strcmp(trial->change, change) != 0)
			continue;
		assert_int_equal(chk_report_verdict(trial->report), verdict);
		assert_int_equal(primary != NULL, code != NULL);
		if (code)
			assert_string_equal(primary->code, code);
		return trial->report;
	}
	fail_msg("no trial %s", change);
	return NULL;
}

static void expect_verdict(enum chk_verdict verdict, size_t trials)
{
	assert_int_equal(chk_report_verdict(report), verdict);
	assert_int_equal(chk_report_trial_count(report), trials);
	assert_null(chk_report_trial(report, trials));
}

static void nothing_is_tried_unless_asked_for(void **state)
{
	put(chain, LEAF, "leaf.pem:1");
	ask(NULL);
	expect_verdict(CHK_VERDICT_UNTRUSTED, 0);
}

static void a_root_that_is_added_turns_its_own_trial_alone(void **state)
{
	const struct chk_report *trial;

	put(chain, LEAF, "leaf.pem:1");
	put(chain, INT, "int.pem:1");
	put(added, ROOT, "root.pem:1");
	ask(NULL);
	expect_verdict(CHK_VERDICT_UNTRUSTED, 1);
	assert_string_equal(chk_report_primary(report)->code,
			    "trust.anchor-missing");
	trial = expect("added", CHK_VERDICT_TRUSTED, NULL);
	assert_string_equal(chk_report_sentence(trial),
			    "With root.pem added to the store, leaf.pem is "
			    "trusted: its path ends in «Root» of root.pem "
			    "(1 anchor).");
	assert_int_equal(chk_report_store_count(report), 1);
	assert_int_equal(chk_report_trial_count(trial), 0);
}

static void another_root_does_not_help(void **state)
{
	const struct chk_report *trial;

	put(chain, LEAF, "leaf.pem:1");
	put(chain, INT, "int.pem:1");
	put(added, OTHER, "other.pem:1");
	ask(NULL);
	expect_verdict(CHK_VERDICT_UNTRUSTED, 1);
	trial = expect("added", CHK_VERDICT_UNTRUSTED, "trust.anchor-missing");
	assert_string_equal(chk_report_sentence(trial),
			    "With other.pem added to the store, leaf.pem is "
			    "still not trusted: «Root» is missing from this "
			    "client's trust store.");
}

static void an_intermediate_that_is_sent_turns_its_own_trial_alone(void **state)
{
	const struct chk_report *trial;

	put(chain, LEAF, "leaf.pem:1");
	put(sent, INT, "int.pem:1");
	trust(ROOT);
	ask(NULL);
	expect_verdict(CHK_VERDICT_UNTRUSTED, 1);
	assert_string_equal(chk_report_primary(report)->code,
			    "chain.intermediate-missing");
	trial = expect("sent", CHK_VERDICT_TRUSTED, NULL);
	assert_string_equal(chk_report_sentence(trial),
			    "With int.pem sent as well, leaf.pem is trusted: "
			    "its path ends in «Root» of client.pem "
			    "(1 anchor).");
}

static void what_is_sent_is_no_anchor(void **state)
{
	put(chain, LEAF, "leaf.pem:1");
	put(sent, INT, "all.pem:1");
	put(sent, ROOT, "all.pem:9");
	ask(NULL);
	expect("sent", CHK_VERDICT_UNTRUSTED, "trust.anchor-missing");
}

static void two_that_help_together_are_tried_together(void **state)
{
	put(chain, LEAF, "leaf.pem:1");
	put(added, ROOT, "root.pem:1");
	put(sent, INT, "int.pem:1");
	ask(NULL);
	expect_verdict(CHK_VERDICT_UNTRUSTED, 3);
	expect("added", CHK_VERDICT_UNTRUSTED, "chain.intermediate-missing");
	expect("sent", CHK_VERDICT_UNTRUSTED, "trust.anchor-missing");
	expect("added-and-sent", CHK_VERDICT_TRUSTED, NULL);
}

static void what_was_sent_already_is_not_sent_twice(void **state)
{
	const struct chk_report *trial;

	put(chain, LEAF, "leaf.pem:1");
	put(sent, LEAF, "fullchain.pem:1");
	put(sent, INT, "fullchain.pem:9");
	trust(ROOT);
	ask(NULL);
	trial = expect("sent", CHK_VERDICT_TRUSTED, NULL);
	assert_int_equal(chk_report_finding_count(trial), 0);
}

static void what_is_distrusted_stays_so_when_it_is_added(void **state)
{
	put(chain, LEAF, "leaf.pem:1");
	put(chain, INT, "int.pem:1");
	put(added, ROOT, "root.pem:1");
	put(distrusted, INT, "distrust.pem:1");
	ask(NULL);
	expect("added", CHK_VERDICT_UNTRUSTED, "trust.anchor-distrusted");
}

static void a_store_that_refuses_wins_over_what_is_added(void **state)
{
	put(chain, LEAF, "leaf.pem:1");
	put(chain, INT, "int.pem:1");
	put(added, ROOT, "root.pem:1");
	assert_true(chk_store_add(store, certs[ROOT], CHK_PURPOSE_ANY,
				  CHK_TRUST_DISTRUSTED, "client.pem:1", NULL));
	ask(NULL);
	expect("added", CHK_VERDICT_UNTRUSTED, "trust.anchor-distrusted");
}

static void a_good_chain_stays_good(void **state)
{
	const struct chk_report *trial;

	put(chain, LEAF, "leaf.pem:1");
	put(chain, INT, "int.pem:1");
	put(added, OTHER, "a.pem:1");
	put(added, OTHER, "b.pem:1");
	trust(ROOT);
	ask(NULL);
	expect_verdict(CHK_VERDICT_TRUSTED, 1);
	trial = expect("added", CHK_VERDICT_TRUSTED, NULL);
	assert_string_equal(chk_report_sentence(trial),
			    "With a.pem and others added to the store, leaf.pem "
			    "is still trusted: its path ends in «Root» of "
			    "client.pem (1 anchor).");
}

static void a_trial_contacts_nobody_and_has_what_was_fetched(void **state)
{
	struct script_fetcher script;

	script_fetcher_begin(&script);
	script_fetcher_add(&script, INT_URL, chk_cert_der(certs[INT]));
	put(chain, LEAF, "leaf.pem:1");
	put(added, ROOT, "root.pem:1");
	ask(&script.fetcher);
	assert_string_equal(script.kept[0], INT_URL);
	assert_int_equal(script.asked_count, 1);
	expect("added", CHK_VERDICT_UNTRUSTED, "chain.intermediate-missing");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(nothing_is_tried_unless_asked_for),
		TEST(a_root_that_is_added_turns_its_own_trial_alone),
		TEST(another_root_does_not_help),
		TEST(an_intermediate_that_is_sent_turns_its_own_trial_alone),
		TEST(what_is_sent_is_no_anchor),
		TEST(two_that_help_together_are_tried_together),
		TEST(what_was_sent_already_is_not_sent_twice),
		TEST(what_is_distrusted_stays_so_when_it_is_added),
		TEST(a_store_that_refuses_wins_over_what_is_added),
		TEST(a_good_chain_stays_good),
		TEST(a_trial_contacts_nobody_and_has_what_was_fetched),
	};

	return cmocka_run_group_tests_name("diagnosis/trial", tests, begin,
					   end);
}
