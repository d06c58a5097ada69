/*
 * tests/diagnosis/test_until.c: lib/diagnosis/until.c, with certificates made
 * for it; tests/cli/until.sh holds the days against openssl.
 */
#include "support/test.h"

#include <chaincheck.h>

#include "support/made.h"

#define DAY INT64_C(86400)

enum { ROOT, INTER, LEAF };

static const struct recipe ROOT_CA = {
	.subject = "Root", .key = ROOT, .issuer_key = ROOT, .ca = true,
	.not_after = MADE_NOW + 900 * DAY,
};
static const struct recipe INTER_CA = {
	.subject = "Int", .key = INTER, .issuer = "Root", .issuer_key = ROOT,
	.ca = true, .not_after = MADE_NOW + 20 * DAY,
};
static const struct recipe LONGER_CA = {
	.subject = "Int", .key = INTER, .issuer = "Root", .issuer_key = ROOT,
	.ca = true, .not_before = MADE_NOW + 19 * DAY,
	.not_after = MADE_NOW + 50 * DAY,
};
static const struct recipe SERVER = {
	.subject = "leaf", .key = LEAF, .issuer = "Int", .issuer_key = INTER,
	.not_after = MADE_NOW + 90 * DAY,
};

static void add(struct chk_chain *chain, const struct recipe *recipe)
{
	struct chk_cert *cert = make_cert(recipe);

	assert_true(chk_chain_add(chain, cert, "chain.pem", NULL));
	chk_cert_unref(cert);
}

/* Asks of the leaf with these intermediates; `first` may change. */
static struct chk_report *ask(const struct recipe *first,
			      const struct recipe *second,
			      struct chk_question question)
{
	struct chk_chain *chain = chk_chain_new();
	struct chk_store *store = chk_store_new("store");
	const struct chk_store *stores[] = { store };
	struct chk_cert *root = make_cert(&ROOT_CA);
	struct chk_report *report;

	add(chain, &SERVER);
	add(chain, first);
	if (second)
		add(chain, second);
	assert_true(chk_store_add(store, root, CHK_PURPOSE_ANY,
				  CHK_TRUST_TRUSTED, "store", NULL));
	question.stores = stores;
	question.store_count = 1;
	question.at_set = true;
	question.at = MADE_NOW;
	assert_true(chk_verify(chain, &question, &report, NULL));
	chk_cert_unref(root);
	chk_chain_free(chain);
	chk_store_free(store);
	return report;
}

static void an_intermediate_may_end_before_the_leaf(void **state)
{
	struct chk_report *report = ask(&INTER_CA, NULL,
					(struct chk_question){ 0 });
	struct chk_until until = chk_report_until(report);

	assert_int_equal(chk_report_verdict(report), CHK_VERDICT_TRUSTED);
	assert_non_null(until.cert);
	assert_int_equal(until.role, CHK_ROLE_INTERMEDIATE);
	assert_int_equal(until.at, INTER_CA.not_after);
	assert_int_equal(until.sooner, 70 * DAY);
	assert_int_equal(chk_report_store(report, 0)->until.at, until.at);
	chk_report_free(report);
}

static void another_edition_carries_on(void **state)
{
	struct chk_report *report = ask(&INTER_CA, &LONGER_CA,
					(struct chk_question){ 0 });
	struct chk_until until = chk_report_until(report);

	assert_int_equal(until.role, CHK_ROLE_INTERMEDIATE);
	assert_int_equal(until.at, LONGER_CA.not_after);
	chk_report_free(report);
}

static void the_leaf_ends_it_where_all_else_lasts(void **state)
{
	struct recipe inter = INTER_CA;
	struct chk_report *report;
	struct chk_until until;

	inter.not_after = SERVER.not_after; /* the leaf's own end comes first */
	report = ask(&inter, NULL, (struct chk_question){ 0 });
	until = chk_report_until(report);
	assert_int_equal(until.role, CHK_ROLE_LEAF);
	assert_int_equal(until.at, SERVER.not_after);
	assert_int_equal(until.sooner, 0);
	chk_report_free(report);
}

static void of_what_is_not_trusted_nothing_is_told(void **state)
{
	struct chk_report *report = ask(&INTER_CA, NULL, (struct chk_question){
		.host = "another.example.test" });

	assert_int_equal(chk_report_verdict(report), CHK_VERDICT_UNTRUSTED);
	assert_null(chk_report_until(report).cert);
	assert_null(chk_report_store(report, 0)->until.cert);
	chk_report_free(report);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_intermediate_may_end_before_the_leaf),
		cmocka_unit_test(another_edition_carries_on),
		cmocka_unit_test(the_leaf_ends_it_where_all_else_lasts),
		cmocka_unit_test(of_what_is_not_trusted_nothing_is_told),
	};

	return cmocka_run_group_tests_name("diagnosis/until", tests, NULL,
					   forget_made);
}
