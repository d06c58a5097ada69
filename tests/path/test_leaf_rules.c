/* tests/path/test_leaf_rules.c: lib/path/leaf_rules.c. */
#include "support/test.h"

#include "path/leaf_rules.h"

/* OBJECT IDENTIFIER timeStamping */
#define TIME_STAMPING "\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x08"

/* The one rule that this leaf breaks; -1: none. */
static int broken(const struct chk_search *search)
{
	struct chk_arena arena = { 0 };
	struct chk_defects defects = { .arena = &arena };
	int rule = -1;

	chk_leaf_rules_check(search, &defects);
	assert_true(defects.count <= 1);
	if (defects.first)
		rule = (int)defects.first->defect.rule;
	chk_arena_clear(&arena);
	return rule;
}

/* As RFC 3161 2.3 has it, and OpenSSL's -purpose timestampsign. */
static void a_time_stamper_has_that_usage_alone_and_critical(void **state)
{
	const struct {
		struct chk_extension usages;
		bool good;
	} rows[] = {
		{ { true, true, BYTES("\x30\x0a" TIME_STAMPING) }, true },
		{ { true, false, BYTES("\x30\x0a" TIME_STAMPING) }, false },
		{ { true, true, BYTES("\x30\x14" TIME_STAMPING
				      TIME_STAMPING) }, false },
		{ { true, true, BYTES("\x30\x10" TIME_STAMPING
				      "\x06\x04\x55\x1d\x25\x00") }, false },
		{ { true, true, BYTES("\x30\x06\x06\x04\x55\x1d\x25\x00") },
		  false },
		{ { 0 }, false },
	};
	struct chk_cert leaf = { .version = 3 };
	struct chk_search search = { .leaf = &leaf,
				     .purpose = CHK_PURPOSE_TIME_STAMPING };

	for (size_t i = 0; i < CHK_COUNT(rows); i++) {
		leaf.ext_key_usage = rows[i].usages;
		assert_int_equal(broken(&search),
				 rows[i].good ? -1 : (int)CHK_RULE_PURPOSE);
	}
}

/* RFC 5280 4.2.1.3: a leaf that names no usage may be used for all of them. */
static void a_server_has_one_of_the_usages_where_it_names_any(void **state)
{
	struct chk_cert leaf = { .version = 3 };
	struct chk_search search = {
		.leaf = &leaf, .purpose = CHK_PURPOSE_TLS_SERVER,
		.leaf_usages = CHK_USAGE_DIGITAL_SIGNATURE,
	};

	assert_int_equal(broken(&search), -1);
	leaf.key_usage = (struct chk_key_usage){
		.present = true, .bits = CHK_USAGE_KEY_ENCIPHERMENT };
	assert_int_equal(broken(&search), CHK_RULE_LEAF_USAGE);
	search.leaf_usages |= CHK_USAGE_KEY_ENCIPHERMENT;
	assert_int_equal(broken(&search), -1);
	leaf.key_usage.bits = CHK_USAGE_CRL_SIGN;
	assert_int_equal(broken(&search), CHK_RULE_LEAF_USAGE);
	search.leaf_usages = 0;
	assert_int_equal(broken(&search), -1);
	search.leaf_usages = CHK_USAGE_DIGITAL_SIGNATURE;
	search.purpose = CHK_PURPOSE_EMAIL;
	assert_int_equal(broken(&search), -1);
}

/* RFC 7633: status_request is 5, status_request_v2 is 17. */
static void a_staple_is_missed_where_the_leaf_wants_one(void **state)
{
	struct chk_cert leaf = { .version = 3 };
	struct chk_search search = {
		.leaf = &leaf, .purpose = CHK_PURPOSE_TLS_SERVER,
		.staple_missing = true,
	};

	assert_int_equal(broken(&search), -1);
	leaf.tls_features = (struct chk_extension){
		true, false, BYTES("\x30\x06\x02\x01\x11\x02\x01\x05") };
	assert_int_equal(broken(&search), CHK_RULE_STAPLE_MISSING);
	search.staple_missing = false;
	assert_int_equal(broken(&search), -1);
	search.staple_missing = true;
	leaf.tls_features.value = BYTES("\x30\x03\x02\x01\x11");
	assert_int_equal(broken(&search), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_time_stamper_has_that_usage_alone_and_critical),
		cmocka_unit_test(
			a_server_has_one_of_the_usages_where_it_names_any),
		cmocka_unit_test(a_staple_is_missed_where_the_leaf_wants_one),
	};

	return cmocka_run_group_tests_name("path/leaf_rules", tests, NULL,
					   NULL);
}
