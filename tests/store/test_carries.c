/* tests/store/test_carries.c: lib/store/carries.c. */
#include "support/test.h"

#include <chaincheck/store.h>

static const struct chk_carries *of(const char *format)
{
	const struct chk_carries *carries = chk_format_carries(format);

	assert_non_null(carries);
	assert_string_equal(carries->format, format);
	return carries;
}

static void every_format_that_a_store_can_have_is_known(void **state)
{
	static const char *const FORMATS[] = {
		"pem", "der", "directory", "jks", "jceks", "pkcs12", "pkcs11",
		"nss", "nss-module", "certdata", "pkcs7", "p11-kit", "system",
		"made",
	};

	for (size_t i = 0; i < CHK_COUNT(FORMATS); i++)
		of(FORMATS[i]);
	assert_null(chk_format_carries("papyrus"));
	assert_null(chk_format_carries(NULL));
}

/* openssl-x509(1): trust and reject lists, and nothing with a date. */
static void pem_has_no_dates_and_no_constraints(void **state)
{
	const struct chk_carries *pem = of("pem");

	assert_int_equal(pem->purposes, CHK_CARRIES_SOME);
	assert_int_equal(pem->distrust, CHK_CARRIES_SOME);
	assert_int_equal(pem->distrust_after, CHK_CARRIES_NO);
	assert_int_equal(pem->constraints, CHK_CARRIES_NO);
	assert_non_null(pem->how);
}

static void a_java_keystore_says_nothing_but_the_certificate(void **state)
{
	const struct chk_carries *jks = of("jks");

	assert_int_equal(jks->purposes, CHK_CARRIES_NO);
	assert_int_equal(jks->distrust, CHK_CARRIES_NO);
	assert_int_equal(jks->distrust_after, CHK_CARRIES_NO);
	assert_int_equal(jks->constraints, CHK_CARRIES_NO);
}

static void what_is_said_at_times_has_the_words_for_it(void **state)
{
	static const char *const FORMATS[] = { "pem", "directory", "pkcs12",
					       "pkcs11", "system" };

	for (size_t i = 0; i < CHK_COUNT(FORMATS); i++)
		assert_non_null(of(FORMATS[i])->how);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_format_that_a_store_can_have_is_known),
		cmocka_unit_test(pem_has_no_dates_and_no_constraints),
		cmocka_unit_test(
			a_java_keystore_says_nothing_but_the_certificate),
		cmocka_unit_test(what_is_said_at_times_has_the_words_for_it),
	};

	return cmocka_run_group_tests_name("store/carries", tests, NULL, NULL);
}
