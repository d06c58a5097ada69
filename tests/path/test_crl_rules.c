/* tests/path/test_crl_rules.c: lib/path/crl_rules.c. */
#include "support/test.h"

#include "path/crl_bench.h"
#include "path/made_names.h"

/* With this CRL beside a good one of CN=root; the leaf may be listed. */
static enum chk_rule rule_with(struct bench *bench, bool listed,
			       struct crl_recipe recipe)
{
	struct chk_crls *crls = begin_crls(bench);
	enum chk_rule rule;

	if (listed)
		recipe.entries = entry_of(bench, bench->search.leaf);
	add_of_root(bench, crls);
	add_crl(bench, crls, recipe);
	rule = only_rule(run(bench));
	chk_crls_free(crls);
	return rule;
}

static void a_path_that_no_crl_lists_is_trusted(void **state)
{
	struct bench *bench = *state;
	struct chk_crls *crls = begin_crls(bench);

	add_of_root(bench, crls);
	add_crl(bench, crls, (struct crl_recipe){
		.issuer = "CN=int", .key = 1 });
	assert_true(is_trusted(bench));
	chk_crls_free(crls);
}

static void a_listed_leaf_is_revoked(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(rule_with(bench, true,
				 (struct crl_recipe){
				 .issuer = "CN=int", .key = 1 }),
			 CHK_RULE_REVOKED);
}

static void a_listed_intermediate_is_revoked(void **state)
{
	struct bench *bench = *state;
	struct chk_crls *crls = begin_crls(bench);
	const struct chk_cert *intermediate = bench->supply.items[0].cert;

	add_crl(bench, crls, (struct crl_recipe){
		.issuer = "CN=int", .key = 1 });
	add_crl(bench, crls, (struct crl_recipe){
		.issuer = "CN=root", .key = 0,
		.entries = entry_of(bench, intermediate) });
	assert_int_equal(only_rule(run(bench)), CHK_RULE_REVOKED);
	assert_ptr_equal(bench->outcome.paths[0].defects->defect.cert,
			 intermediate);
	chk_crls_free(crls);
}

static void without_a_crl_nothing_is_known(void **state)
{
	struct bench *bench = *state;
	struct chk_crls *crls = begin_crls(bench);
	const struct chk_path *path = run(bench);

	assert_int_equal(path->defects->defect.rule,
			 CHK_RULE_REVOCATION_UNKNOWN);
	assert_non_null(path->defects->next);
	bench->search.crl_leaf_only = true;
	assert_int_equal(only_rule(run(bench)), CHK_RULE_REVOCATION_UNKNOWN);
	add_crl(bench, crls, (struct crl_recipe){
		.issuer = "CN=int", .key = 1 });
	assert_true(is_trusted(bench));
	chk_crls_free(crls);
}

static void a_crl_of_another_key_proves_nothing(void **state)
{
	assert_int_equal(rule_with(*state, false,
				 (struct crl_recipe){
				 .issuer = "CN=int", .key = 2 }),
			 CHK_RULE_REVOCATION_UNKNOWN);
}

/* The root was made anew: the old key issued the new one, and signs on. */
static void a_crl_of_a_key_further_up_counts(void **state)
{
	struct bench *bench = *state;
	struct chk_crls *crls = chk_crls_new();

	set_leaf(bench, "root", 1);
	send(bench, crl_ca(bench, "root", 1));
	trust(bench, crl_ca(bench, "root", 0));
	bench->search.crls = crls;
	add_of_root(bench, crls);
	assert_true(is_trusted(bench));
	chk_crls_free(crls);
}

static void a_forged_revocation_is_none(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(rule_with(bench, true,
				 (struct crl_recipe){
				 .issuer = "CN=int", .key = 2 }),
			 CHK_RULE_REVOCATION_UNKNOWN);
}

static void a_stale_crl_proves_nothing(void **state)
{
	assert_int_equal(rule_with(*state, false,
				 (struct crl_recipe){
				 .issuer = "CN=int", .key = 1,
				 .this_update = MADE_NOW - 2 * DAY,
				 .next_update = MADE_NOW - 1 }),
			 CHK_RULE_REVOCATION_UNKNOWN);
}

static void a_crl_without_end_proves_nothing(void **state)
{
	assert_int_equal(rule_with(*state, false,
				 (struct crl_recipe){
				 .issuer = "CN=int", .key = 1,
				 .next_update = MADE_NEVER }),
			 CHK_RULE_REVOCATION_UNKNOWN);
}

static void a_crl_holds_to_its_last_second(void **state)
{
	struct bench *bench = *state;
	struct chk_crls *crls = begin_crls(bench);

	add_of_root(bench, crls);
	add_crl(bench, crls, (struct crl_recipe){
		.issuer = "CN=int", .key = 1, .next_update = MADE_NOW });
	assert_true(is_trusted(bench));
	chk_crls_free(crls);
}

static void a_stale_crl_revokes(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(rule_with(bench, true,
				 (struct crl_recipe){
				 .issuer = "CN=int", .key = 1,
				 .this_update = MADE_NOW - 2 * DAY,
				 .next_update = MADE_NOW - DAY }),
			 CHK_RULE_REVOKED);
}

static void a_crl_of_a_later_time_proves_nothing(void **state)
{
	assert_int_equal(rule_with(*state, false,
				 (struct crl_recipe){
				 .issuer = "CN=int", .key = 1,
				 .this_update = MADE_NOW + 1 }),
			 CHK_RULE_REVOCATION_UNKNOWN);
}

/* onlyContainsCACerts is [2], onlySomeReasons [3] (5.2.5). */
static void a_crl_of_other_certificates_proves_nothing(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(rule_with(bench, false,
				 (struct crl_recipe){
				 .issuer = "CN=int", .key = 1,
				 .extensions = crl_point_part(&bench->arena,
						BYTES("\x82\x01\xff")) }),
			 CHK_RULE_REVOCATION_UNKNOWN);
}

static void a_crl_of_some_reasons_proves_nothing(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(rule_with(bench, false,
				 (struct crl_recipe){
				 .issuer = "CN=int", .key = 1,
				 .extensions = crl_point_part(&bench->arena,
						BYTES("\x83\x02\x06\x40")) }),
			 CHK_RULE_REVOCATION_UNKNOWN);
}

/* The leaf has no distribution points: this one is for others. */
static void a_crl_of_another_point_proves_nothing(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(rule_with(bench, false,
				 (struct crl_recipe){
				 .issuer = "CN=int", .key = 1,
				 .extensions = crl_point_part(&bench->arena,
					full_name(&bench->arena,
						  "DNS:crl.test")) }),
			 CHK_RULE_REVOCATION_UNKNOWN);
}

static void a_ca_that_may_not_sign_crls_proves_nothing(void **state)
{
	struct bench *bench = *state;
	struct chk_crls *crls = chk_crls_new();

	set_leaf(bench, "root", 0);
	trust(bench, make(bench, (struct recipe){
		.subject = "root", .key = 0, .ca = true,
		.key_usage = GNUTLS_KEY_KEY_CERT_SIGN }));
	bench->search.crls = crls;
	add_of_root(bench, crls);
	assert_int_equal(only_rule(run(bench)), CHK_RULE_REVOCATION_UNKNOWN);
	chk_crls_free(crls);
}

/* Nobody knows what stood in the one that could not be read. */
static void a_damaged_crl_leaves_nothing_proved(void **state)
{
	struct bench *bench = *state;
	struct chk_crls *crls = begin_crls(bench);

	add_of_root(bench, crls);
	add_crl(bench, crls, (struct crl_recipe){
		.issuer = "CN=int", .key = 1 });
	crls->damaged = strdup("made.crl");
	assert_false(is_trusted(bench));
	chk_crls_free(crls);
}

/*
 * The leaf stands in a CRL of two days ago, number 1, for this reason. A later
 * one lists it for `then`, -1 being not at all, and is a delta if it has a
 * base. Is it trusted?
 */
static bool is_trusted_after(struct bench *bench, int reason, int then,
			     int base, struct chk_bytes point)
{
	struct chk_crls *crls = begin_crls(bench);
	struct chk_arena *arena = &bench->arena;
	uint8_t serial = bench->search.leaf->serial.data[0];
	struct crl_recipe first = {
		.issuer = "CN=int", .key = 1,
		.this_update = MADE_NOW - 2 * DAY,
		.entries = crl_entry_of(arena, serial, reason),
		.extensions = crl_number_part(arena, 1),
	};
	struct crl_recipe later = {
		.issuer = "CN=int", .key = 1,
		.extensions = made_joined(arena, crl_number_part(arena, 9),
					  point),
	};
	bool trusted;

	if (then >= 0)
		later.entries = crl_entry_of(arena, serial, then);
	if (base >= 0)
		later.extensions = made_joined(
			arena, later.extensions,
			crl_delta_part(arena, (uint8_t)base));
	add_of_root(bench, crls);
	add_crl(bench, crls, first);
	assert_int_equal(only_rule(run(bench)), CHK_RULE_REVOKED);
	add_crl(bench, crls, later);
	trusted = is_trusted(bench);
	chk_crls_free(crls);
	return trusted;
}

#define HOLD CHK_CRL_CERTIFICATE_HOLD
#define REMOVE CHK_CRL_REMOVE_FROM_CRL
#define KEY_COMPROMISE 1
#define NO_POINT ((struct chk_bytes){ 0 })

static void a_later_crl_lifts_a_hold(void **state)
{
	assert_true(is_trusted_after(*state, HOLD, -1, -1, NO_POINT));
}

static void a_later_delta_lifts_a_hold(void **state)
{
	assert_true(is_trusted_after(*state, HOLD, REMOVE, 1, NO_POINT));
}

static void a_delta_that_says_nothing_lifts_nothing(void **state)
{
	assert_false(is_trusted_after(*state, HOLD, -1, 1, NO_POINT));
}

/* It may be put on top of CRLs from number 5 on (5.2.4). */
static void a_delta_of_another_base_lifts_nothing(void **state)
{
	assert_false(is_trusted_after(*state, HOLD, REMOVE, 5, NO_POINT));
}

static void a_hold_that_goes_on_is_one(void **state)
{
	assert_false(is_trusted_after(*state, HOLD, HOLD, -1, NO_POINT));
}

static void a_revocation_is_never_taken_back(void **state)
{
	assert_false(is_trusted_after(*state, KEY_COMPROMISE, -1, -1,
				      NO_POINT));
}

static void nor_by_a_delta(void **state)
{
	assert_false(is_trusted_after(*state, KEY_COMPROMISE, REMOVE, 1,
				      NO_POINT));
}

/* onlyContainsUserCerts is [1]. */
static void a_crl_of_another_scope_lifts_nothing(void **state)
{
	struct bench *bench = *state;

	assert_false(is_trusted_after(bench, HOLD, -1, -1,
				      crl_point_part(&bench->arena,
						BYTES("\x81\x01\xff"))));
}

static void crls_cost_of_the_budget(void **state)
{
	struct bench *bench = *state;
	struct chk_crls *crls = begin_crls(bench);

	add_of_root(bench, crls);
	add_crl(bench, crls, (struct crl_recipe){
		.issuer = "CN=int", .key = 1 });
	bench->search.budget.signatures = 3;
	assert_false(is_trusted(bench));
	assert_true(bench->outcome.spent);
	chk_crls_free(crls);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CRL_TEST(a_path_that_no_crl_lists_is_trusted),
		CRL_TEST(a_listed_leaf_is_revoked),
		CRL_TEST(a_listed_intermediate_is_revoked),
		CRL_TEST(without_a_crl_nothing_is_known),
		CRL_TEST(a_crl_of_another_key_proves_nothing),
		CRL_TEST(a_crl_of_a_key_further_up_counts),
		CRL_TEST(a_forged_revocation_is_none),
		CRL_TEST(a_stale_crl_proves_nothing),
		CRL_TEST(a_crl_without_end_proves_nothing),
		CRL_TEST(a_crl_holds_to_its_last_second),
		CRL_TEST(a_stale_crl_revokes),
		CRL_TEST(a_crl_of_a_later_time_proves_nothing),
		CRL_TEST(a_crl_of_other_certificates_proves_nothing),
		CRL_TEST(a_crl_of_some_reasons_proves_nothing),
		CRL_TEST(a_crl_of_another_point_proves_nothing),
		CRL_TEST(a_ca_that_may_not_sign_crls_proves_nothing),
		CRL_TEST(a_damaged_crl_leaves_nothing_proved),
		CRL_TEST(a_later_crl_lifts_a_hold),
		CRL_TEST(a_later_delta_lifts_a_hold),
		CRL_TEST(a_delta_that_says_nothing_lifts_nothing),
		CRL_TEST(a_delta_of_another_base_lifts_nothing),
		CRL_TEST(a_hold_that_goes_on_is_one),
		CRL_TEST(a_revocation_is_never_taken_back),
		CRL_TEST(nor_by_a_delta),
		CRL_TEST(a_crl_of_another_scope_lifts_nothing),
		CRL_TEST(crls_cost_of_the_budget),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	forget_keys();
	return failed;
}
