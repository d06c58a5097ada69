/* tests/path/test_strength.c: lib/path/strength.c. */
#include "support/test.h"

#include "cert/oid.h"
#include "path/made_names.h"
#include "path/strength.h"

/* How many defects a key of this kind has at this level. */
static uint32_t key_defects(enum chk_key_type type, uint32_t bits,
			    const char *level)
{
	struct chk_arena arena = { 0 };
	struct chk_defects defects = { .arena = &arena };
	struct chk_cert cert = { .key = { .type = type, .bits = bits } };
	uint32_t count;

	chk_strength_check_key(&cert, chk_strength_find(level), &defects);
	count = defects.count;
	if (count) {
		assert_int_equal(defects.first->defect.rule,
				 CHK_RULE_WEAK_KEY);
		assert_int_equal(defects.first->defect.found, bits);
		assert_true(defects.first->defect.allowed > bits);
	}
	chk_arena_clear(&arena);
	return count;
}

static void keys_below_the_level_are_weak(void **state)
{
	assert_int_equal(key_defects(CHK_KEY_RSA, 2048, "medium"), 0);
	assert_int_equal(key_defects(CHK_KEY_RSA, 2047, "medium"), 1);
	assert_int_equal(key_defects(CHK_KEY_RSA, 1024, "legacy"), 0);
	assert_int_equal(key_defects(CHK_KEY_RSA, 1023, "legacy"), 1);
	assert_int_equal(key_defects(CHK_KEY_RSA, 0, "legacy"), 1);
	assert_int_equal(key_defects(CHK_KEY_RSA_PSS, 1024, "medium"), 1);
	assert_int_equal(key_defects(CHK_KEY_DSA, 1024, "medium"), 1);
	assert_int_equal(key_defects(CHK_KEY_EC, 224, "medium"), 0);
	assert_int_equal(key_defects(CHK_KEY_EC, 192, "medium"), 1);
	assert_int_equal(key_defects(CHK_KEY_EC, 0, "legacy"), 1);
	assert_int_equal(key_defects(CHK_KEY_ED25519, 256, "medium"), 0);
}

static void what_is_unknown_is_left_to_gnutls(void **state)
{
	assert_int_equal(key_defects(CHK_KEY_UNKNOWN, 0, "medium"), 0);
	assert_int_equal(key_defects(CHK_KEY_ED448, 0, "medium"), 0);
}

static uint32_t signature_defects(enum chk_oid oid, const char *level)
{
	struct chk_arena arena = { 0 };
	struct chk_defects defects = { .arena = &arena };
	struct chk_cert cert = {
		.signature_algorithm = made_tlv(&arena, 0x30, made_tlv(
			&arena, 0x06, chk_oid_bytes(oid))),
	};
	uint32_t count;

	chk_strength_check_signature(&cert, chk_strength_find(level),
				     &defects);
	count = defects.count;
	if (count) {
		assert_int_equal(defects.first->defect.rule,
				 CHK_RULE_WEAK_SIGNATURE);
		assert_string_equal(defects.first->defect.text,
				    chk_oid_name(oid));
	}
	chk_arena_clear(&arena);
	return count;
}

static void digests_below_the_level_are_weak(void **state)
{
	static const struct {
		enum chk_oid oid;
		uint32_t medium, legacy;
	} ROWS[] = {
		{ CHK_OID_SIG_MD2_RSA, 1, 1 },
		{ CHK_OID_SIG_MD5_RSA, 1, 1 },
		{ CHK_OID_SIG_SHA1_RSA, 1, 0 },
		{ CHK_OID_SIG_SHA1_EC, 1, 0 },
		{ CHK_OID_SIG_SHA1_DSA, 1, 0 },
		{ CHK_OID_SIG_SHA224_RSA, 0, 0 },
		{ CHK_OID_SIG_SHA256_RSA, 0, 0 },
		{ CHK_OID_SIG_SHA384_EC, 0, 0 },
		{ CHK_OID_KEY_ED25519, 0, 0 },
	};

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		assert_int_equal(signature_defects(ROWS[i].oid, "medium"),
				 ROWS[i].medium);
		assert_int_equal(signature_defects(ROWS[i].oid, "legacy"),
				 ROWS[i].legacy);
	}
}

static void a_level_is_found_by_its_name(void **state)
{
	assert_int_equal(chk_strength_find("medium")->rsa_bits, 2048);
	assert_null(chk_strength_find("strong"));
	assert_null(chk_strength_find(""));
	assert_null(chk_strength_find(NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_below_the_level_are_weak),
		cmocka_unit_test(what_is_unknown_is_left_to_gnutls),
		cmocka_unit_test(digests_below_the_level_are_weak),
		cmocka_unit_test(a_level_is_found_by_its_name),
	};

	return cmocka_run_group_tests_name("path/strength", tests, NULL, NULL);
}
