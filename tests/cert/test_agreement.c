/*
 * tests/cert/test_agreement.c: lib/cert/cert.c beside GnuTLS, on every
 * certificate of the system's store.
 */
#include "config.h"

#include "support/test.h"

#include <stdlib.h>

#include <gnutls/x509.h>

#include "cert/cert.h"
#include "cert/der.h"

static gnutls_datum_t datum(struct chk_bytes bytes)
{
	union {
		const uint8_t *in;
		unsigned char *out;
	} data = { bytes.data };

	return (gnutls_datum_t){ data.out, (unsigned int)bytes.size };
}

static void assert_same(struct chk_bytes ours, const void *theirs, size_t size)
{
	assert_int_equal(ours.size, size);
	assert_memory_equal(ours.data, theirs, size);
}

static void compare_names(const struct chk_cert *cert, gnutls_x509_crt_t crt)
{
	gnutls_datum_t name;

	assert_int_equal(gnutls_x509_crt_get_raw_dn(crt, &name), 0);
	assert_same(cert->subject, name.data, name.size);
	gnutls_free(name.data);
	assert_int_equal(gnutls_x509_crt_get_raw_issuer_dn(crt, &name), 0);
	assert_same(cert->issuer, name.data, name.size);
	gnutls_free(name.data);
}

static void compare_ids(const struct chk_cert *cert, gnutls_x509_crt_t crt)
{
	uint8_t room[512];
	size_t size = sizeof(room);
	unsigned int critical;

	assert_int_equal(gnutls_x509_crt_get_serial(crt, room, &size), 0);
	assert_same(cert->serial, room, size);
	size = sizeof(room);
	if (gnutls_x509_crt_get_subject_key_id(crt, room, &size, &critical) < 0)
		size = 0;
	assert_same(cert->key_id, room, size);
	size = sizeof(room);
	if (gnutls_x509_crt_get_authority_key_id(crt, room, &size,
						 &critical) < 0)
		size = 0;
	assert_same(cert->authority.key_id, room, size);
}

static void compare_constraints(const struct chk_cert *cert,
				gnutls_x509_crt_t crt)
{
	unsigned int critical = 0, ca = 0, usage = 0;
	int path_len = -1;
	int got = gnutls_x509_crt_get_basic_constraints(crt, &critical, &ca,
							&path_len);

	assert_int_equal(cert->basic_constraints.present, got >= 0);
	if (got >= 0) {
		assert_int_equal(cert->basic_constraints.ca, ca);
		assert_int_equal(cert->basic_constraints.critical, critical);
		assert_int_equal(cert->basic_constraints.has_path_len,
				 path_len >= 0);
		if (path_len >= 0)
			assert_int_equal(cert->basic_constraints.path_len,
					 path_len);
	}
	got = gnutls_x509_crt_get_key_usage(crt, &usage, &critical);
	assert_int_equal(cert->key_usage.present, got >= 0);
	if (got < 0)
		return;
	assert_int_equal(!!(cert->key_usage.bits & CHK_USAGE_KEY_CERT_SIGN),
			 !!(usage & GNUTLS_KEY_KEY_CERT_SIGN));
	assert_int_equal(!!(cert->key_usage.bits & CHK_USAGE_CRL_SIGN),
			 !!(usage & GNUTLS_KEY_CRL_SIGN));
	assert_int_equal(
		!!(cert->key_usage.bits & CHK_USAGE_DIGITAL_SIGNATURE),
		!!(usage & GNUTLS_KEY_DIGITAL_SIGNATURE));
}

static void compare(const struct chk_cert *cert)
{
	gnutls_datum_t der = datum(cert->der);
	gnutls_x509_crt_t crt;
	unsigned int bits;
	int algorithm;

	assert_int_equal(gnutls_x509_crt_init(&crt), 0);
	assert_int_equal(gnutls_x509_crt_import(crt, &der, GNUTLS_X509_FMT_DER),
			 0);
	assert_int_equal(cert->version, gnutls_x509_crt_get_version(crt));
	assert_int_equal(cert->not_before,
			 gnutls_x509_crt_get_activation_time(crt));
	assert_int_equal(cert->not_after,
			 gnutls_x509_crt_get_expiration_time(crt));
	algorithm = gnutls_x509_crt_get_pk_algorithm(crt, &bits);
	assert_int_equal(cert->key.type == CHK_KEY_RSA,
			 algorithm == GNUTLS_PK_RSA);
	assert_int_equal(cert->key.type == CHK_KEY_EC,
			 algorithm == GNUTLS_PK_ECDSA);
	assert_int_equal(cert->key.bits, bits);
	compare_names(cert, crt);
	compare_ids(cert, crt);
	compare_constraints(cert, crt);
	gnutls_x509_crt_deinit(crt);
}

static void the_systems_store_reads_alike(void **state)
{
	struct chk_chain *chain = chk_chain_new();

	if (!chk_chain_read(chain, CHK_TRUST_PATHS, NULL)) {
		chk_chain_free(chain);
		print_message("no bundle at %s\n", CHK_TRUST_PATHS);
		skip();
	}
	assert_int_equal(chk_chain_note_count(chain), 0);
	for (size_t i = 0; i < chk_chain_count(chain); i++)
		compare(chk_chain_get(chain, i));
	chk_chain_free(chain);
}

/* Every byte of a certificate changed in turn: no crash, bounded reading. */
static void a_changed_byte_is_survived(void **state)
{
	struct chk_chain *chain = chk_chain_new();
	struct chk_bytes der;
	uint8_t room[4096];

	if (!chk_chain_read(chain, CHK_TRUST_PATHS, NULL)) {
		chk_chain_free(chain);
		skip();
	}
	der = chk_cert_der(chk_chain_get(chain, 0));
	assert_true(der.size <= sizeof(room));
	memcpy(room, der.data, der.size);
	for (size_t i = 0; i < 8 * der.size; i++) {
		struct chk_cert *cert;
		char *subject;

		room[i / 8] ^= (uint8_t)(1u << i % 8);
		if (chk_cert_parse(chk_bytes_of(room, der.size), &cert, NULL)) {
			subject = chk_cert_subject(cert);
			assert_non_null(subject);
			free(subject);
			chk_cert_unref(cert);
		}
		room[i / 8] ^= (uint8_t)(1u << i % 8);
	}
	chk_chain_free(chain);
}

static void a_cut_certificate_tells_the_byte(void **state)
{
	struct chk_error error;
	struct chk_cert *cert;

	assert_false(chk_cert_parse(BYTES("\x30\x82\x01"), &cert, &error));
	assert_null(cert);
	assert_int_equal(error.code, CHK_ERROR_FORMAT);
	assert_int_equal(error.offset, 1);
	assert_false(chk_cert_parse(BYTES("\x30\x80\x00\x00"), &cert, &error));
	assert_non_null(strstr(error.what, "indefinite"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_systems_store_reads_alike),
		cmocka_unit_test(a_changed_byte_is_survived),
		cmocka_unit_test(a_cut_certificate_tells_the_byte),
	};

	return cmocka_run_group_tests_name("cert/agreement", tests, NULL, NULL);
}
