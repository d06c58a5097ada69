/*
 * tests/fetch/test_tls_names.c: lib/fetch/tls_names.c and the tables
 * suites.tsv, groups.tsv and signatures.tsv against GnuTLS and openssl.
 */
#include "support/test.h"

#include <stdio.h>
#include <string.h>

#include <gnutls/gnutls.h>

#include "fetch/tls_names.h"

static void rows_are_sorted_by_number(void **state)
{
	for (size_t i = 1; chk_suite_at(i); i++)
		assert_true(chk_suite_at(i)->number >
			    chk_suite_at(i - 1)->number);
	for (size_t i = 1; chk_group_at(i); i++)
		assert_true(chk_group_at(i)->number >
			    chk_group_at(i - 1)->number);
	for (size_t i = 1; chk_signature_scheme_at(i); i++)
		assert_true(chk_signature_scheme_at(i)->number >
			    chk_signature_scheme_at(i - 1)->number);
}

/* RFC 8446 appendix B.4, 4.2.7 and 4.2.3; RFC 5246 appendix A.5. */
static void numbers_are_those_of_the_rfcs(void **state)
{
	assert_string_equal(chk_suite_of(0x1301)->name,
			    "TLS_AES_128_GCM_SHA256");
	assert_string_equal(chk_suite_of(0x002f)->name,
			    "TLS_RSA_WITH_AES_128_CBC_SHA");
	assert_string_equal(chk_group_of(0x001d)->name, "x25519");
	assert_string_equal(chk_group_of(0x0100)->name, "ffdhe2048");
	assert_string_equal(chk_signature_scheme_of(0x0804)->name,
			    "rsa_pss_rsae_sha256");
	assert_null(chk_suite_of(0x0a0a));
	assert_null(chk_group_of(0x0a0a));
	assert_null(chk_signature_scheme_of(0x0000));
}

static void a_row_is_found_by_each_of_its_names(void **state)
{
	assert_int_equal(chk_suite_named("ssl_rsa_with_des_cbc_sha")->number,
			 0x0009);
	assert_int_equal(chk_suite_named("AES128-SHA")->number, 0x002f);
	assert_int_equal(chk_suite_named("TLS_RSA_AES_128_CBC_SHA1")->number,
			 0x002f);
	assert_int_equal(chk_group_named("P-256")->number, 0x0017);
	assert_int_equal(chk_group_named("prime256v1")->number, 0x0017);
	assert_int_equal(chk_group_named("GROUP-SECP256R1")->number, 0x0017);
	assert_int_equal(chk_signature_scheme_named("RSA+SHA256")->number,
			 0x0401);
	assert_int_equal(chk_signature_scheme_named("SIGN-EdDSA-Ed25519")
				 ->number, 0x0807);
	assert_null(chk_suite_named(""));
	assert_null(chk_group_named("GROUP-"));
	assert_null(chk_signature_scheme_named("SIGN-RSA"));
}

/* "ECDHE-RSA" of GnuTLS is kx ECDHE and auth RSA here; "RSA" is both. */
static void assert_kx(const struct chk_suite *suite, const char *gnutls)
{
	static const struct {
		const char *kx, *auth, *gnutls;
	} PAIRS[] = {
		{ "RSA", "RSA", "RSA" }, { "DHE", "RSA", "DHE-RSA" },
		{ "DHE", "DSS", "DHE-DSS" }, { "ECDHE", "RSA", "ECDHE-RSA" },
		{ "ECDHE", "ECDSA", "ECDHE-ECDSA" }, { "DH", "anon", "ANON-DH" },
		{ "ECDH", "anon", "ANON-ECDH" }, { "PSK", "PSK", "PSK" },
		{ "RSA_PSK", "RSA", "RSA-PSK" }, { "DHE_PSK", "PSK", "DHE-PSK" },
		{ "ECDHE_PSK", "PSK", "ECDHE-PSK" }, { "SRP", "SRP", "SRP" },
		{ "SRP", "RSA", "SRP-RSA" }, { "SRP", "DSS", "SRP-DSS" },
		{ "GOSTR341112_256", "GOST", "VKO-GOST-12" },
	};

	for (size_t i = 0; i < sizeof(PAIRS) / sizeof(PAIRS[0]); i++) {
		if (strcmp(suite->kx, PAIRS[i].kx) == 0 &&
		    strcmp(suite->auth, PAIRS[i].auth) == 0) {
			assert_string_equal(PAIRS[i].gnutls, gnutls);
			return;
		}
	}
	assert_string_equal(suite->kx, "any");
}

/*
 * GnuTLS knows no SSL 3.0, and takes the suites of RFC 5487 section 3 from TLS
 * 1.2 on, where that RFC and OpenSSL have them from 1.0.
 */
static void assert_min(const struct chk_suite *suite,
		       gnutls_protocol_t version)
{
	uint16_t min = (uint16_t)(0x0301 + (int)version - GNUTLS_TLS1_0);

	if (strstr(suite->kx, "PSK") && suite->min == 0x0301 && min == 0x0303)
		return;
	assert_int_equal(suite->min < 0x0301 ? 0x0301 : suite->min, min);
}

static void every_suite_of_gnutls_is_there(void **state)
{
	unsigned char id[2];
	gnutls_kx_algorithm_t kx;
	gnutls_mac_algorithm_t mac;
	gnutls_protocol_t min;
	const char *name;
	size_t count = 0;

	for (size_t i = 0; (name = gnutls_cipher_suite_info(i, id, &kx, NULL,
							    &mac, &min)); i++) {
		const struct chk_suite *suite =
			chk_suite_of((uint16_t)(id[0] << 8 | id[1]));

		assert_non_null(suite);
		assert_string_equal(suite->gnutls, name);
		if (kx != GNUTLS_KX_UNKNOWN)
			assert_kx(suite, gnutls_kx_get_name(kx));
		assert_int_equal(strcmp(suite->mac, "AEAD") == 0,
				 mac == GNUTLS_MAC_AEAD);
		assert_min(suite, min);
		count++;
	}
	assert_true(count > 100);
}

static void every_group_and_signature_of_gnutls_is_there(void **state)
{
	const gnutls_group_t *groups = gnutls_group_list();
	const char *const only[] = { "SECP256R1", "X25519", "FFDHE2048" };

	for (; *groups; groups++)
		assert_non_null(chk_group_named(gnutls_group_get_name(*groups)));
	for (size_t i = 0; i < 3; i++)
		assert_int_not_equal(gnutls_group_get_id(only[i]),
				     GNUTLS_GROUP_INVALID);
	for (size_t i = 0; chk_group_at(i); i++) {
		if (chk_group_at(i)->gnutls)
			assert_int_not_equal(
				gnutls_group_get_id(chk_group_at(i)->gnutls),
				GNUTLS_GROUP_INVALID);
	}
	for (size_t i = 0; chk_signature_scheme_at(i); i++) {
		const char *name = chk_signature_scheme_at(i)->gnutls;

		if (name)
			assert_int_not_equal(gnutls_sign_get_id(name),
					     GNUTLS_SIGN_UNKNOWN);
	}
}

/* "ECDH" of openssl is ephemeral where the certificate does not hold it. */
static void assert_openssl(const char *line)
{
	unsigned high, low;
	char iana[80], name[80], version[16];
	const struct chk_suite *suite;
	uint16_t min;

	if (sscanf(line, " 0x%2x,0x%2x - %79s - %79s %15s", &high, &low, iana,
		   name, version) != 5)
		fail_msg("openssl says %s", line);
	suite = chk_suite_of((uint16_t)(high << 8 | low));
	assert_non_null(suite);
	assert_string_equal(suite->name, iana);
	assert_string_equal(suite->openssl, name);
	min = strcmp(version, "TLSv1.3") == 0 ? 0x0304 :
	      strcmp(version, "TLSv1.2") == 0 ? 0x0303 :
	      strcmp(version, "TLSv1") == 0   ? 0x0301 :
						0x0300;
	assert_int_equal(suite->min, min);
}

static void every_suite_of_openssl_is_there(void **state)
{
	FILE *said = popen("OPENSSL_CONF=/dev/null openssl ciphers -V -stdname "
			   "ALL:COMPLEMENTOFALL:@SECLEVEL=0 2>/dev/null", "r");
	char line[256];
	size_t count = 0;

	assert_non_null(said);
	while (fgets(line, sizeof(line), said)) {
		assert_openssl(line);
		count++;
	}
	if (pclose(said) != 0)
		skip(); /* no openssl here, or one without these options */
	assert_true(count > 50);
}

static void versions_have_names(void **state)
{
	assert_string_equal(chk_version_name(0x0300), "SSL 3.0");
	assert_string_equal(chk_version_name(0x0304), "TLS 1.3");
	assert_string_equal(chk_version_name(0x0305), "unknown");
	assert_string_equal(chk_version_name(0), "unknown");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_sorted_by_number),
		cmocka_unit_test(numbers_are_those_of_the_rfcs),
		cmocka_unit_test(a_row_is_found_by_each_of_its_names),
		cmocka_unit_test(every_suite_of_gnutls_is_there),
		cmocka_unit_test(every_group_and_signature_of_gnutls_is_there),
		cmocka_unit_test(every_suite_of_openssl_is_there),
		cmocka_unit_test(versions_have_names),
	};

	return cmocka_run_group_tests_name("fetch/tls_names", tests, NULL,
					   NULL);
}
