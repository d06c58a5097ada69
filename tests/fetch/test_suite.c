/* tests/fetch/test_suite.c: lib/data/suites.tsv against GnuTLS's own table. */
#include "support/test.h"

#include <stdlib.h>

#include <gnutls/gnutls.h>

#include "fetch/suite.h"

static enum chk_exchange exchange_of(gnutls_kx_algorithm_t kx)
{
	switch (kx) {
	case GNUTLS_KX_DHE_DSS:
	case GNUTLS_KX_DHE_RSA:
	case GNUTLS_KX_ANON_DH:
		return CHK_EXCHANGE_DH;
	case GNUTLS_KX_ECDHE_RSA:
	case GNUTLS_KX_ECDHE_ECDSA:
	case GNUTLS_KX_ANON_ECDH:
		return CHK_EXCHANGE_EC;
	case GNUTLS_KX_PSK:
	case GNUTLS_KX_RSA_PSK:
		return CHK_EXCHANGE_HINT;
	case GNUTLS_KX_DHE_PSK:
		return CHK_EXCHANGE_DHHINT;
	case GNUTLS_KX_ECDHE_PSK:
		return CHK_EXCHANGE_ECHINT;
	case GNUTLS_KX_SRP:
	case GNUTLS_KX_SRP_RSA:
	case GNUTLS_KX_SRP_DSS:
		return CHK_EXCHANGE_OTHER;
	default:
		return CHK_EXCHANGE_NONE;
	}
}

static bool is_signed(gnutls_kx_algorithm_t kx)
{
	return kx == GNUTLS_KX_DHE_DSS || kx == GNUTLS_KX_DHE_RSA ||
	       kx == GNUTLS_KX_ECDHE_RSA || kx == GNUTLS_KX_ECDHE_ECDSA;
}

static void every_suite_of_gnutls_is_as_gnutls_has_it(void **state)
{
	gnutls_kx_algorithm_t kx;
	unsigned char id[2];
	size_t count = 0;

	for (; gnutls_cipher_suite_info(count, id, &kx, NULL, NULL, NULL);
	     count++) {
		const struct chk_suite *suite = chk_suite_find(
			(uint16_t)(id[0] << 8 | id[1]));

		if (!suite)
			fail_msg("%02x%02x is missing", id[0], id[1]);
		assert_int_equal(suite->exchange, exchange_of(kx));
		/* The signature of SRP's is not read: nothing before it is. */
		assert_int_equal(suite->is_signed, is_signed(kx));
	}
	assert_true(count > 100);
}

static void names_are_those_of_iana(void **state)
{
	assert_string_equal(chk_suite_find(0x0000)->name,
			    "TLS_NULL_WITH_NULL_NULL");
	assert_string_equal(chk_suite_find(0x1301)->name,
			    "TLS_AES_128_GCM_SHA256");
	assert_string_equal(chk_suite_find(0xc02f)->name,
			    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
	assert_string_equal(chk_suite_find(0x00ff)->name,
			    "TLS_EMPTY_RENEGOTIATION_INFO_SCSV");
	assert_string_equal(chk_suite_find(0x5600)->name, "TLS_FALLBACK_SCSV");
	assert_null(chk_suite_find(0x0a0a));
	assert_null(chk_suite_find(0xffff));
}

/* The search halves the table: it must be sorted, each number once. */
static void each_row_is_found(void **state)
{
	size_t count = 0;

	for (unsigned number = 0; number < 0x10000; number++) {
		const struct chk_suite *suite =
			chk_suite_find((uint16_t)number);

		if (!suite)
			continue;
		assert_int_equal(strtoul(suite->number, NULL, 16), number);
		count++;
	}
	assert_int_equal(count, chk_suite_count());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_suite_of_gnutls_is_as_gnutls_has_it),
		cmocka_unit_test(names_are_those_of_iana),
		cmocka_unit_test(each_row_is_found),
	};

	return cmocka_run_group_tests_name("fetch/suite", tests, NULL, NULL);
}
