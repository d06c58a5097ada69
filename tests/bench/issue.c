/* tests/bench/issue.c: certificates for a benchmark. */
#include "bench/issue.h"

#include <time.h>

#include <gnutls/abstract.h>

#include "bench/bench.h"

#define HOUR 3600
#define DAY (24 * HOUR)

gnutls_datum_t bench_datum(struct chk_bytes bytes)
{
	union { const uint8_t *in; unsigned char *out; } data = { bytes.data };

	return (gnutls_datum_t){ data.out, (unsigned int)bytes.size };
}

void bench_bytes_free(struct chk_bytes bytes)
{
	gnutls_free(bench_datum(bytes).data);
}

gnutls_x509_privkey_t bench_key(gnutls_pk_algorithm_t algorithm)
{
	unsigned int bits = algorithm == GNUTLS_PK_ECDSA ?
		GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1) : 2048;
	gnutls_x509_privkey_t key;

	BENCH_CHECK(gnutls_x509_privkey_init(&key) >= 0);
	BENCH_CHECK(gnutls_x509_privkey_generate(key, algorithm, bits, 0) >= 0);
	return key;
}

static void set_name(gnutls_x509_crt_t crt, const char *name)
{
	BENCH_CHECK(gnutls_x509_crt_set_dn_by_oid(
			    crt, GNUTLS_OID_X520_COMMON_NAME, 0, name,
			    (unsigned int)strlen(name)) >= 0);
}

static size_t key_id(gnutls_x509_privkey_t key, uint8_t id[20])
{
	size_t size = 20;

	BENCH_CHECK(gnutls_x509_privkey_get_key_id(
			    key, GNUTLS_KEYID_USE_SHA1, id, &size) >= 0);
	return size;
}

static void set_key_ids(gnutls_x509_crt_t crt,
			const struct bench_recipe *recipe)
{
	uint8_t id[20];

	BENCH_CHECK(gnutls_x509_crt_set_subject_key_id(
			    crt, id, key_id(recipe->key, id)) >= 0);
	BENCH_CHECK(gnutls_x509_crt_set_authority_key_id(
			    crt, id, key_id(recipe->issuer_key, id)) >= 0);
}

static void set_leaf(gnutls_x509_crt_t crt)
{
	BENCH_CHECK(gnutls_x509_crt_set_subject_alt_name(
			    crt, GNUTLS_SAN_DNSNAME, BENCH_HOST,
			    (unsigned int)strlen(BENCH_HOST),
			    GNUTLS_FSAN_SET) >= 0);
	BENCH_CHECK(gnutls_x509_crt_set_key_purpose_oid(
			    crt, GNUTLS_KP_TLS_WWW_SERVER, 0) >= 0);
	BENCH_CHECK(gnutls_x509_crt_set_key_usage(
			    crt, GNUTLS_KEY_DIGITAL_SIGNATURE) >= 0);
}

static void set_ca(gnutls_x509_crt_t crt)
{
	BENCH_CHECK(gnutls_x509_crt_set_basic_constraints(crt, 1, -1) >= 0);
	BENCH_CHECK(gnutls_x509_crt_set_key_usage(
			    crt, GNUTLS_KEY_KEY_CERT_SIGN |
				 GNUTLS_KEY_CRL_SIGN) >= 0);
}

static void set_body(gnutls_x509_crt_t crt, const struct bench_recipe *recipe)
{
	static uint32_t serial = UINT32_C(0x01000000);
	static time_t now;

	/* All alike: the longest valid is looked at first. */
	if (!now)
		now = time(NULL);
	serial++;
	BENCH_CHECK(gnutls_x509_crt_set_version(crt, 3) >= 0);
	BENCH_CHECK(gnutls_x509_crt_set_serial(crt, &serial,
					       sizeof(serial)) >= 0);
	BENCH_CHECK(gnutls_x509_crt_set_activation_time(crt, now - HOUR) >= 0);
	BENCH_CHECK(gnutls_x509_crt_set_expiration_time(crt, now + DAY) >= 0);
	BENCH_CHECK(gnutls_x509_crt_set_key(crt, recipe->key) >= 0);
	set_name(crt, recipe->subject);
	if (recipe->ca)
		set_ca(crt);
	else
		set_leaf(crt);
	if (!recipe->no_key_ids)
		set_key_ids(crt, recipe);
}

/* Ed25519 has but one; for the others it is what most CAs take. */
static gnutls_digest_algorithm_t digest_of(gnutls_x509_privkey_t key)
{
	return gnutls_x509_privkey_get_pk_algorithm(key) ==
			       GNUTLS_PK_EDDSA_ED25519 ?
		       GNUTLS_DIG_SHA512 : GNUTLS_DIG_SHA256;
}

struct chk_bytes bench_issue(const struct bench_recipe *recipe)
{
	gnutls_x509_crt_t crt, issuer;
	gnutls_datum_t der;

	BENCH_CHECK(gnutls_x509_crt_init(&crt) >= 0);
	BENCH_CHECK(gnutls_x509_crt_init(&issuer) >= 0);
	set_body(crt, recipe);
	set_name(issuer, recipe->issuer);
	/* GnuTLS wants to know the kind of key from the issuer. */
	BENCH_CHECK(gnutls_x509_crt_set_key(issuer, recipe->issuer_key) >= 0);
	BENCH_CHECK(gnutls_x509_crt_sign2(crt, issuer, recipe->issuer_key,
					  digest_of(recipe->issuer_key), 0) >=
		    0);
	BENCH_CHECK(gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_DER,
					    &der) >= 0);
	gnutls_x509_crt_deinit(crt);
	gnutls_x509_crt_deinit(issuer);
	return chk_bytes_of(der.data, der.size);
}
