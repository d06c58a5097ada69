/* tests/fetch/test_exchange.c: lib/data/suites.tsv against GnuTLS's table. */
#include "support/test.h"

#include <gnutls/gnutls.h>

#include "fetch/exchange.h"

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
		const struct chk_suite *suite = chk_suite_of(
			(uint16_t)(id[0] << 8 | id[1]));

		if (!suite)
			fail_msg("%02x%02x is missing", id[0], id[1]);
		assert_int_equal(chk_exchange_of(suite), exchange_of(kx));
		/* The signature of SRP's is not read: nothing before it is. */
		assert_int_equal(chk_exchange_is_signed(suite), is_signed(kx));
	}
	assert_true(count > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_suite_of_gnutls_is_as_gnutls_has_it),
	};

	return cmocka_run_group_tests_name("fetch/exchange", tests, NULL, NULL);
}
