/* tests/fetch/test_signature_scheme.c: lib/fetch/signature_scheme.c. */
#include "support/test.h"

#include "fetch/signature_scheme.h"

static const struct chk_key RSA = { .type = CHK_KEY_RSA, .bits = 2048 };
static const struct chk_key PSS = { .type = CHK_KEY_RSA_PSS, .bits = 2048 };
static const struct chk_key P256 = { .type = CHK_KEY_EC, .bits = 256 };
static const struct chk_key P521 = { .type = CHK_KEY_EC, .bits = 521 };
static const struct chk_key ED25519 = { .type = CHK_KEY_ED25519 };

static void a_scheme_has_the_name_of_the_registry(void **state)
{
	/* RFC 8446 section 4.2.3. */
	assert_string_equal(chk_scheme_name(0x0804), "rsa_pss_rsae_sha256");
	assert_string_equal(chk_scheme_name(0x0403), "ecdsa_secp256r1_sha256");
	assert_null(chk_scheme_name(0xfe00));
}

static void tls13_takes_no_pkcs1_and_ties_a_curve_to_its_hash(void **state)
{
	assert_true(chk_scheme_signs(0x0401, &RSA, false));
	assert_false(chk_scheme_signs(0x0401, &RSA, true));
	assert_true(chk_scheme_signs(0x0804, &RSA, true));
	assert_true(chk_scheme_signs(0x0603, &P256, false));
	assert_false(chk_scheme_signs(0x0603, &P256, true));
	assert_true(chk_scheme_signs(0x0403, &P256, true));
	assert_true(chk_scheme_signs(0x0603, &P521, true));
}

static void a_key_signs_with_its_own_schemes(void **state)
{
	assert_false(chk_scheme_signs(0x0403, &RSA, false));
	assert_false(chk_scheme_signs(0x0401, &P256, false));
	assert_false(chk_scheme_signs(0x0809, &RSA, true));
	assert_true(chk_scheme_signs(0x0809, &PSS, true));
	assert_false(chk_scheme_signs(0x0804, &PSS, true));
	assert_true(chk_scheme_signs(0x0807, &ED25519, true));
	assert_false(chk_scheme_signs(0xfe00, &RSA, false));
}

static bool covers(uint16_t number, enum chk_key_type type, uint32_t digest)
{
	const struct chk_signature_algorithm algorithm = {
		.type = type, .digest_bits = digest,
	};

	return chk_scheme_covers(number, &algorithm);
}

static void a_certificate_falls_under_its_own_scheme(void **state)
{
	assert_true(covers(0x0401, CHK_KEY_RSA, 256));
	assert_false(covers(0x0501, CHK_KEY_RSA, 256));
	assert_false(covers(0x0804, CHK_KEY_RSA, 256));
	assert_true(covers(0x0804, CHK_KEY_RSA_PSS, 256));
	assert_true(covers(0x0809, CHK_KEY_RSA_PSS, 256));
	assert_false(covers(0x0401, CHK_KEY_RSA_PSS, 256));
	assert_true(covers(0x0403, CHK_KEY_EC, 256));
	assert_false(covers(0x0403, CHK_KEY_EC, 384));
	assert_true(covers(0x0807, CHK_KEY_ED25519, 0));
	assert_false(covers(0x0808, CHK_KEY_ED25519, 0));
	assert_false(covers(0x0401, CHK_KEY_UNKNOWN, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_scheme_has_the_name_of_the_registry),
		cmocka_unit_test(
			tls13_takes_no_pkcs1_and_ties_a_curve_to_its_hash),
		cmocka_unit_test(a_key_signs_with_its_own_schemes),
		cmocka_unit_test(a_certificate_falls_under_its_own_scheme),
	};

	return cmocka_run_group_tests_name("fetch/signature_scheme", tests,
					   NULL, NULL);
}
