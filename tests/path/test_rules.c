/* tests/path/test_rules.c: lib/path/rules.c, one rule at a time. */
#include "support/test.h"

#include <stdlib.h>

#include "cert/oid.h"
#include "path/rules.h"

#define NOON INT64_C(1767268800) /* 2026-01-01T12:00:00Z */

/* Names of one CN: "A", "B". */
#define NAME_A "\x30\x0c\x31\x0a\x30\x08\x06\x03\x55\x04\x03\x0c\x01" "A"
#define NAME_B "\x30\x0c\x31\x0a\x30\x08\x06\x03\x55\x04\x03\x0c\x01" "B"

/* AlgorithmIdentifier of sha256WithRSAEncryption. */
#define SHA256_RSA "\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b\x05\x00"

/* What a rule needs to be asked; laid anew for every test. */
struct table {
	struct chk_arena arena;
	struct chk_search search;
	struct chk_identity identity;
	struct chk_cert leaf, ca; /* nothing is wrong with either */
	struct chk_node below;
	struct chk_anchor anchor;
	struct chk_defects defects;
	uint32_t comparisons;
};

static struct chk_cert good_ca(void)
{
	return (struct chk_cert){
		.version = 3,
		.subject = BYTES(NAME_B), .issuer = BYTES(NAME_A),
		.subject_hash = 2, .issuer_hash = 1,
		.not_before = NOON - 10, .not_after = NOON + 10,
		.key = { .type = CHK_KEY_RSA, .bits = 2048 },
		.signature_algorithm = BYTES(SHA256_RSA),
		.basic_constraints = { .present = true, .ca = true },
		.key_usage = { .present = true,
			       .bits = CHK_USAGE_KEY_CERT_SIGN },
	};
}

static int lay(void **state)
{
	struct table *table = calloc(1, sizeof(*table));

	if (!table)
		return -1;
	table->leaf = table->ca = good_ca();
	table->comparisons = 1000;
	table->defects.arena = &table->arena;
	table->search = (struct chk_search){
		.leaf = &table->leaf, .at = NOON, .max_depth = 16,
		.identity = &table->identity,
		.strength = chk_strength_find("medium"),
	};
	table->below.link.cert = &table->leaf;
	for (size_t i = 0; i < CHK_PURPOSE_COUNT; i++)
		table->anchor.distrust_after[i] = CHK_NO_DATE;
	table->anchor.trust[CHK_PURPOSE_TLS_SERVER] = CHK_TRUST_TRUSTED;
	*state = table;
	return 0;
}

static int clear(void **state)
{
	struct table *table = *state;

	chk_arena_clear(&table->arena);
	free(table);
	return 0;
}

static struct chk_step_up step_of(struct table *table, bool anchor)
{
	return (struct chk_step_up){
		.search = &table->search, .below = &table->below,
		.issuer = &table->ca, .anchor = anchor ? &table->anchor : NULL,
		.comparisons = &table->comparisons,
	};
}

static void check_intermediate(struct table *table)
{
	struct chk_step_up step = step_of(table, false);

	chk_rules_check_issuer(&step, &table->defects);
}

static void check_anchor(struct table *table)
{
	struct chk_step_up step = step_of(table, true);

	chk_rules_check_issuer(&step, &table->defects);
	chk_rules_check_trust(&step, &table->defects);
}

static void assert_sound(const struct table *table)
{
	assert_int_equal(table->defects.count, 0);
}

static const struct chk_defect *only(const struct table *table,
				     enum chk_rule rule)
{
	assert_int_equal(table->defects.count, 1);
	assert_int_equal(table->defects.first->defect.rule, rule);
	return &table->defects.first->defect;
}

static void a_good_issuer_breaks_no_rule(void **state)
{
	check_intermediate(*state);
	check_anchor(*state);
	assert_sound(*state);
}

static void validity_includes_both_ends(void **state)
{
	struct table *table = *state;

	table->ca.not_before = table->ca.not_after = NOON;
	check_intermediate(table);
	assert_sound(table);
}

static void an_expired_issuer_tells_both_times(void **state)
{
	struct table *table = *state;
	const struct chk_defect *defect;

	table->ca.not_after = NOON - 1;
	check_intermediate(table);
	defect = only(table, CHK_RULE_EXPIRED);
	assert_int_equal(defect->when, NOON - 1);
	assert_int_equal(defect->found_when, NOON);
	assert_ptr_equal(defect->cert, &table->ca);
}

static void an_anchor_of_the_future_is_not_yet_valid(void **state)
{
	struct table *table = *state;

	table->ca.not_before = NOON + 1;
	check_anchor(table);
	assert_int_equal(only(table, CHK_RULE_NOT_YET_VALID)->when, NOON + 1);
}

static void an_issuer_without_basic_constraints_is_no_ca(void **state)
{
	struct table *table = *state;

	table->ca.basic_constraints.present = false;
	check_anchor(table);
	only(table, CHK_RULE_NOT_A_CA);
}

static void version_1_is_a_ca_as_an_anchor(void **state)
{
	struct table *table = *state;

	table->ca.version = 1;
	table->ca.basic_constraints.present = false;
	check_anchor(table);
	assert_sound(table);
}

static void version_1_is_no_ca_as_an_intermediate(void **state)
{
	struct table *table = *state;

	table->ca.version = 1;
	table->ca.basic_constraints.present = false;
	check_intermediate(table);
	only(table, CHK_RULE_NOT_A_CA);
}

static void path_length_0_allows_a_leaf_below(void **state)
{
	struct table *table = *state;

	table->ca.basic_constraints.has_path_len = true;
	check_intermediate(table);
	assert_sound(table);
}

static void path_length_tells_both_numbers(void **state)
{
	struct table *table = *state;
	const struct chk_defect *defect;

	table->ca.basic_constraints.has_path_len = true;
	table->below.cas = 1;
	check_intermediate(table);
	defect = only(table, CHK_RULE_PATH_LENGTH);
	assert_int_equal(defect->allowed, 0);
	assert_int_equal(defect->found, 1);
}

static void an_anchor_does_not_count_for_the_depth(void **state)
{
	struct table *table = *state;

	table->search.max_depth = 1;
	table->below.cas = 1;
	check_anchor(table);
	assert_sound(table);
}

static void the_depth_asked_for_is_told_once(void **state)
{
	struct table *table = *state;

	table->search.max_depth = 1;
	table->below.cas = 1;
	check_intermediate(table);
	only(table, CHK_RULE_MAX_DEPTH);
	table->below.cas = 2;
	check_intermediate(table);
	assert_int_equal(table->defects.count, 1);
}

static void an_issuer_must_be_allowed_to_sign_certificates(void **state)
{
	struct table *table = *state;

	table->ca.key_usage.bits = CHK_USAGE_CRL_SIGN;
	check_intermediate(table);
	only(table, CHK_RULE_KEY_USAGE);
}

static void an_issuer_for_clients_alone_issues_no_server(void **state)
{
	struct table *table = *state;

	/* SEQUENCE { clientAuth } */
	table->ca.ext_key_usage = (struct chk_extension){
		.present = true,
		.value = BYTES("\x30\x0a\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x02"),
	};
	check_intermediate(table);
	only(table, CHK_RULE_PURPOSE);
}

static void no_purpose_asked_is_no_purpose_checked(void **state)
{
	struct table *table = *state;

	table->search.purpose = CHK_PURPOSE_ANY;
	table->ca.ext_key_usage = (struct chk_extension){
		.present = true,
		.value = BYTES("\x30\x0a\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x02"),
	};
	check_intermediate(table);
	assert_sound(table);
}

static void an_unknown_critical_extension_is_refused(void **state)
{
	struct table *table = *state;

	table->ca.unknown_critical = BYTES("\x2a\x03");
	check_anchor(table);
	only(table, CHK_RULE_UNKNOWN_CRITICAL);
}

static void what_a_ca_issues_has_its_tls_features(void **state)
{
	struct table *table = *state;

	/* Features { status_request }, { status_request_v2, status_request } */
	table->ca.tls_features = (struct chk_extension){
		true, false, BYTES("\x30\x03\x02\x01\x05") };
	check_anchor(table);
	only(table, CHK_RULE_FORM);
	table->leaf.tls_features = (struct chk_extension){
		true, false, BYTES("\x30\x06\x02\x01\x11\x02\x01\x05") };
	table->defects = (struct chk_defects){ .arena = &table->arena };
	check_anchor(table);
	assert_sound(table);
}

/* A list without end would be held against another one without end. */
static void tls_features_without_number_are_refused(void **state)
{
	struct table *table = *state;
	uint8_t many[2 + 17 * 3] = { 0x30, 17 * 3 };

	for (size_t i = 0; i < 17; i++)
		memcpy(many + 2 + 3 * i, "\x02\x01\x05", 3);
	table->ca.tls_features = (struct chk_extension){
		true, false, chk_bytes_of(many, sizeof(many)) };
	table->leaf.tls_features = table->ca.tls_features;
	check_anchor(table);
	only(table, CHK_RULE_FORM);
}

static void damaged_tls_features_are_refused(void **state)
{
	struct table *table = *state;

	table->ca.tls_features = (struct chk_extension){
		true, false, BYTES("\x30\x03\x02\x02\x05") };
	check_anchor(table);
	only(table, CHK_RULE_FORM);
}

/* 1.3.6.1.5.5.7.3.17, ipsecIKE (RFC 4945), which no store knows. */
static void a_usage_is_wanted_where_usages_are_stated(void **state)
{
	struct table *table = *state;

	table->search.purpose = CHK_PURPOSE_ANY;
	table->search.usage = BYTES("\x2b\x06\x01\x05\x05\x07\x03\x11");
	check_intermediate(table);
	assert_sound(table);
	table->ca.ext_key_usage = (struct chk_extension){
		.present = true,
		.value = BYTES("\x30\x0a\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x11"),
	};
	check_intermediate(table);
	assert_sound(table);
	table->search.usage = BYTES("\x2b\x06\x01\x05\x05\x07\x03\x02");
	check_intermediate(table);
	only(table, CHK_RULE_PURPOSE);
}

static void an_anchor_is_trusted_for_its_purposes_alone(void **state)
{
	struct table *table = *state;

	table->search.purpose = CHK_PURPOSE_EMAIL;
	check_anchor(table);
	only(table, CHK_RULE_WRONG_PURPOSE_ANCHOR);
}

static void any_purpose_is_content_with_one_that_is_trusted(void **state)
{
	struct table *table = *state;

	table->search.purpose = CHK_PURPOSE_ANY;
	check_anchor(table);
	assert_sound(table);
	table->anchor.trust[CHK_PURPOSE_TLS_SERVER] = CHK_TRUST_NOT_STATED;
	check_anchor(table);
	only(table, CHK_RULE_WRONG_PURPOSE_ANCHOR);
}

static void distrust_after_spares_an_older_leaf(void **state)
{
	struct table *table = *state;

	/* Long past for today, and the leaf is of that very second. */
	table->anchor.distrust_after[CHK_PURPOSE_TLS_SERVER] = NOON - 10;
	check_anchor(table);
	assert_sound(table);
}

static void distrust_after_refuses_a_younger_leaf(void **state)
{
	struct table *table = *state;
	const struct chk_defect *defect;

	table->anchor.distrust_after[CHK_PURPOSE_TLS_SERVER] = NOON - 11;
	check_anchor(table);
	defect = only(table, CHK_RULE_DISTRUST_AFTER);
	assert_int_equal(defect->when, NOON - 11);
	assert_int_equal(defect->found_when, NOON - 10);
}

/* Of the purposes that it is trusted for, the one that lasts longest. */
static void any_purpose_has_the_latest_date(void **state)
{
	struct table *table = *state;
	struct chk_anchor *anchor = &table->anchor;

	table->search.purpose = CHK_PURPOSE_ANY;
	anchor->distrust_after[CHK_PURPOSE_TLS_SERVER] = NOON - 11;
	anchor->trust[CHK_PURPOSE_EMAIL] = CHK_TRUST_TRUSTED;
	check_anchor(table);
	assert_sound(table);
	anchor->distrust_after[CHK_PURPOSE_EMAIL] = NOON - 12;
	check_anchor(table);
	assert_int_equal(only(table, CHK_RULE_DISTRUST_AFTER)->when,
			 NOON - 11);
}

/* The anchor states `content` beside its certificate, and nothing else. */
static void check_stapled(struct table *table, struct chk_bytes oid,
			  bool critical, struct chk_bytes content)
{
	struct chk_stapled stapled = { oid, critical, content };

	table->defects.first = NULL;
	table->defects.count = 0;
	table->anchor.stapled = &stapled;
	table->anchor.stapled_count = 1;
	check_anchor(table);
}

static void stapled_constraints_hold_as_the_certificates_own(void **state)
{
	struct table *table = *state;
	struct chk_bytes constraints =
		chk_oid_bytes(CHK_OID_EXT_BASIC_CONSTRAINTS);
	struct chk_bytes usage = chk_oid_bytes(CHK_OID_EXT_KEY_USAGE);

	check_stapled(table, constraints, true,
		      BYTES("\x30\x06\x01\x01\xff\x02\x01\x00"));
	assert_sound(table);
	table->below.cas = 1;
	check_stapled(table, constraints, false,
		      BYTES("\x30\x06\x01\x01\xff\x02\x01\x00"));
	only(table, CHK_RULE_PATH_LENGTH);
	check_stapled(table, constraints, false, BYTES("\x30\x00"));
	only(table, CHK_RULE_NOT_A_CA);
	check_stapled(table, constraints, false, BYTES("\x30\x01"));
	only(table, CHK_RULE_MALFORMED);
	check_stapled(table, usage, false, BYTES("\x03\x02\x01\x06"));
	assert_sound(table);
	check_stapled(table, usage, false, BYTES("\x03\x02\x01\x02"));
	only(table, CHK_RULE_KEY_USAGE);
}

static void what_is_stapled_critical_and_not_held_is_refused(void **state)
{
	struct table *table = *state;
	struct chk_bytes policies =
		chk_oid_bytes(CHK_OID_EXT_POLICY_CONSTRAINTS);

	check_stapled(table, policies, false, BYTES("\x30\x03\x80\x01\x00"));
	assert_sound(table);
	check_stapled(table, policies, true, BYTES("\x30\x03\x80\x01\x00"));
	assert_true(chk_bytes_equal(only(table,
					 CHK_RULE_UNKNOWN_CRITICAL)->a,
				    policies));
	check_stapled(table, BYTES("\x2a\x03"), true, BYTES("\x05\x00"));
	only(table, CHK_RULE_UNKNOWN_CRITICAL);
}

#define RULE_TEST(name) cmocka_unit_test_setup_teardown(name, lay, clear)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RULE_TEST(a_good_issuer_breaks_no_rule),
		RULE_TEST(validity_includes_both_ends),
		RULE_TEST(an_expired_issuer_tells_both_times),
		RULE_TEST(an_anchor_of_the_future_is_not_yet_valid),
		RULE_TEST(an_issuer_without_basic_constraints_is_no_ca),
		RULE_TEST(version_1_is_a_ca_as_an_anchor),
		RULE_TEST(version_1_is_no_ca_as_an_intermediate),
		RULE_TEST(path_length_0_allows_a_leaf_below),
		RULE_TEST(path_length_tells_both_numbers),
		RULE_TEST(an_anchor_does_not_count_for_the_depth),
		RULE_TEST(the_depth_asked_for_is_told_once),
		RULE_TEST(an_issuer_must_be_allowed_to_sign_certificates),
		RULE_TEST(an_issuer_for_clients_alone_issues_no_server),
		RULE_TEST(no_purpose_asked_is_no_purpose_checked),
		RULE_TEST(an_unknown_critical_extension_is_refused),
		RULE_TEST(what_a_ca_issues_has_its_tls_features),
		RULE_TEST(tls_features_without_number_are_refused),
		RULE_TEST(damaged_tls_features_are_refused),
		RULE_TEST(a_usage_is_wanted_where_usages_are_stated),
		RULE_TEST(an_anchor_is_trusted_for_its_purposes_alone),
		RULE_TEST(any_purpose_is_content_with_one_that_is_trusted),
		RULE_TEST(distrust_after_spares_an_older_leaf),
		RULE_TEST(distrust_after_refuses_a_younger_leaf),
		RULE_TEST(any_purpose_has_the_latest_date),
		RULE_TEST(stapled_constraints_hold_as_the_certificates_own),
		RULE_TEST(what_is_stapled_critical_and_not_held_is_refused),
	};

	return cmocka_run_group_tests_name("path/rules", tests, NULL, NULL);
}
