/* tests/path/test_crl_signer.c: lib/path/crl_signer.c. */
#include "support/test.h"

#include "path/crl_bench.h"
#include "path/made_names.h"

/* Of CN=int with key 2, which signs CRLs and no certificates. */
static const struct recipe SIGNER = {
	.subject = "int", .key = 2, .issuer = "root", .issuer_key = 0,
	.key_usage = GNUTLS_KEY_CRL_SIGN,
};

/* The CRL of CN=int is signed by key 2, whose certificate is sent. */
static struct chk_crls *begin_signed(struct bench *bench,
				     struct recipe signer)
{
	struct chk_crls *crls = begin_crls(bench);

	add_crl(bench, crls, (struct crl_recipe){
		.issuer = "CN=int", .key = 2 });
	send(bench, make(bench, signer));
	return crls;
}

static bool is_trusted_with(struct bench *bench, struct recipe signer)
{
	struct chk_crls *crls = begin_signed(bench, signer);
	bool trusted;

	add_of_root(bench, crls);
	trusted = is_trusted(bench);
	chk_crls_free(crls);
	return trusted;
}

static void another_key_of_the_ca_counts(void **state)
{
	assert_true(is_trusted_with(*state, SIGNER));
}

static void what_it_lists_is_revoked(void **state)
{
	struct bench *bench = *state;
	struct chk_crls *crls = begin_crls(bench);

	add_of_root(bench, crls);
	add_crl(bench, crls, (struct crl_recipe){
		.issuer = "CN=int", .key = 2,
		.entries = entry_of(bench, bench->search.leaf) });
	send(bench, make(bench, SIGNER));
	assert_int_equal(only_rule(run(bench)), CHK_RULE_REVOKED);
	chk_crls_free(crls);
}

static void a_revoked_key_proves_nothing(void **state)
{
	struct bench *bench = *state;
	struct chk_crls *crls = begin_signed(bench, SIGNER);

	add_crl(bench, crls, (struct crl_recipe){
		.issuer = "CN=root", .key = 0,
		.entries = entry_of(bench, bench->supply.items[1].cert) });
	assert_int_equal(only_rule(run(bench)), CHK_RULE_REVOCATION_UNKNOWN);
	bench->search.crl_leaf_only = true;
	assert_true(is_trusted(bench));
	chk_crls_free(crls);
}

static void an_expired_key_proves_nothing(void **state)
{
	struct recipe signer = SIGNER;

	signer.not_before = MADE_NOW - 2 * DAY;
	signer.not_after = MADE_NOW - 1;
	assert_false(is_trusted_with(*state, signer));
}

static void a_key_that_may_not_sign_crls_proves_nothing(void **state)
{
	struct recipe signer = SIGNER;

	signer.key_usage = GNUTLS_KEY_DIGITAL_SIGNATURE;
	assert_false(is_trusted_with(*state, signer));
}

/* Trusted itself, and by no path from the anchor of the leaf's. */
static void a_key_under_another_anchor_proves_nothing(void **state)
{
	struct bench *bench = *state;
	struct recipe signer = SIGNER;

	trust(bench, make(bench, (struct recipe){
		.subject = "other", .key = 3, .ca = true }));
	signer.issuer = "other";
	signer.issuer_key = 3;
	assert_false(is_trusted_with(bench, signer));
}

static void a_key_that_is_an_anchor_of_its_own_proves_nothing(void **state)
{
	struct bench *bench = *state;
	struct recipe signer = SIGNER;

	signer.issuer = NULL;
	signer.issuer_key = signer.key;
	signer.ca = true;
	trust(bench, make(bench, signer));
	assert_false(is_trusted_with(bench, signer));
}

/* The client has it not, so it could not have looked at it. */
static void a_key_from_another_store_proves_nothing(void **state)
{
	struct bench *bench = *state;
	struct chk_crls *crls = begin_crls(bench);

	add_of_root(bench, crls);
	add_crl(bench, crls, (struct crl_recipe){
		.issuer = "CN=int", .key = 2 });
	assert_true(chk_supply_add(&bench->supply, make(bench, SIGNER),
				   CHK_ORIGIN_ELSEWHERE, 0, "elsewhere"));
	assert_false(is_trusted(bench));
	chk_crls_free(crls);
}

/* The new key was certified by the old one, and its CRL alone is at hand. */
static void a_key_does_not_vouch_for_itself(void **state)
{
	struct bench *bench = *state;
	struct recipe signer = SIGNER;

	signer.issuer = "int";
	signer.issuer_key = 1;
	assert_false(is_trusted_with(bench, signer));
}

/* The leaf has the name and the right to sign, and was sent along once more. */
static void a_leaf_does_not_vouch_for_itself(void **state)
{
	struct bench *bench = *state;
	struct recipe signer = SIGNER;
	struct chk_crls *crls;
	struct chk_cert *again;

	signer.issuer = "int";
	signer.issuer_key = 1;
	crls = begin_signed(bench, signer);
	add_of_root(bench, crls);
	bench->search.leaf = make(bench, signer);
	bench->search.crl_leaf_only = true;
	assert_true(chk_cert_parse(bench->search.leaf->der, &again, NULL));
	send(bench, again);
	assert_int_equal(only_rule(run(bench)), CHK_RULE_REVOCATION_UNKNOWN);
	chk_cert_unref(again);
	chk_crls_free(crls);
}

static void a_crl_of_the_old_key_vouches_for_the_new(void **state)
{
	struct bench *bench = *state;
	struct recipe signer = SIGNER;
	struct chk_crls *crls;

	signer.issuer = "int";
	signer.issuer_key = 1;
	crls = begin_signed(bench, signer);
	add_of_root(bench, crls);
	add_crl(bench, crls, (struct crl_recipe){
		.issuer = "CN=int", .key = 1 });
	assert_true(is_trusted(bench));
	chk_crls_free(crls);
}

/* Key n is vouched for by a CRL of key n + 1 alone, and so on without end. */
static void keys_that_vouch_in_a_row_come_to_an_end(void **state)
{
	struct bench *bench = *state;
	struct chk_crls *crls = begin_crls(bench);

	for (int key = 2; key < 12; key++) {
		add_crl(bench, crls, (struct crl_recipe){
			.issuer = "CN=int", .key = key });
		send(bench, make(bench, (struct recipe){
			.subject = "int", .key = key, .issuer = "int",
			.issuer_key = 1, .key_usage = GNUTLS_KEY_CRL_SIGN }));
	}
	add_of_root(bench, crls);
	bench->search.budget = (struct chk_budget){ 10000, 200, 250000,
						    CHK_POLICY_MAX_NODES };
	assert_false(is_trusted(bench));
	assert_true(bench->outcome.used.steps <= 10000);
	chk_crls_free(crls);
}

static void its_path_costs_of_the_budget(void **state)
{
	struct bench *bench = *state;
	struct chk_crls *crls = begin_signed(bench, SIGNER);
	struct chk_budget used;

	add_of_root(bench, crls);
	assert_true(is_trusted(bench));
	used = bench->outcome.used;
	/* Three certificates, and two CRLs, one of which was held against the
	 * key on the path first. */
	assert_int_equal(used.signatures, 6);
	forget_signatures(bench);
	bench->search.budget.signatures = used.signatures - 1;
	assert_false(is_trusted(bench));
	assert_true(bench->outcome.spent);
	forget_signatures(bench);
	bench->search.budget = used;
	assert_true(is_trusted(bench));
	bench->search.budget.steps = used.steps - 1;
	assert_false(is_trusted(bench));
	chk_crls_free(crls);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CRL_TEST(another_key_of_the_ca_counts),
		CRL_TEST(what_it_lists_is_revoked),
		CRL_TEST(a_revoked_key_proves_nothing),
		CRL_TEST(an_expired_key_proves_nothing),
		CRL_TEST(a_key_that_may_not_sign_crls_proves_nothing),
		CRL_TEST(a_key_under_another_anchor_proves_nothing),
		CRL_TEST(a_key_that_is_an_anchor_of_its_own_proves_nothing),
		CRL_TEST(a_key_from_another_store_proves_nothing),
		CRL_TEST(a_key_does_not_vouch_for_itself),
		CRL_TEST(a_leaf_does_not_vouch_for_itself),
		CRL_TEST(a_crl_of_the_old_key_vouches_for_the_new),
		CRL_TEST(keys_that_vouch_in_a_row_come_to_an_end),
		CRL_TEST(its_path_costs_of_the_budget),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	forget_keys();
	return failed;
}
