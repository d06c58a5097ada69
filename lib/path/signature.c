/* lib/path/signature.c: did this key sign these bytes. GnuTLS answers. */
#include "path/signature.h"

#include "base/array.h"
#include "base/cleanup.h"
#include "cert/der.h"
#include "cert/oid.h"
#include "path/rsa_pss.h"

/*
 * What an honest CA never passes and a hostile one may use to keep a client
 * busy: GnuTLS sets no bound of its own. The numbers are OpenSSL's
 * (OPENSSL_RSA_MAX_MODULUS_BITS, OPENSSL_RSA_SMALL_MODULUS_BITS,
 * OPENSSL_RSA_MAX_PUBEXP_BITS).
 */
#define MAX_BITS 16384u
#define MAX_DSA_BITS 4096u /* FIPS 186-4 ends at 3072 */
#define MAX_BITS_LARGE_EXPONENT 3072u
#define MAX_EXPONENT_SIZE 8u

/*
 * Only what chk_signature_algorithm_find knows the digest of: what strength.c
 * cannot judge must not be taken for strong because GnuTLS can check it.
 */
static const struct {
	enum chk_oid oid;
	gnutls_sign_algorithm_t sign;
} ALGORITHMS[] = {
	{ CHK_OID_SIG_SHA256_RSA, GNUTLS_SIGN_RSA_SHA256 },
	{ CHK_OID_SIG_SHA256_EC, GNUTLS_SIGN_ECDSA_SHA256 },
	{ CHK_OID_SIG_SHA384_EC, GNUTLS_SIGN_ECDSA_SHA384 },
	{ CHK_OID_SIG_SHA384_RSA, GNUTLS_SIGN_RSA_SHA384 },
	{ CHK_OID_SIG_SHA512_RSA, GNUTLS_SIGN_RSA_SHA512 },
	{ CHK_OID_SIG_SHA512_EC, GNUTLS_SIGN_ECDSA_SHA512 },
	{ CHK_OID_KEY_ED25519, GNUTLS_SIGN_EDDSA_ED25519 },
	{ CHK_OID_KEY_ED448, GNUTLS_SIGN_EDDSA_ED448 },
	{ CHK_OID_SIG_SHA1_RSA, GNUTLS_SIGN_RSA_SHA1 },
	{ CHK_OID_SIG_SHA224_RSA, GNUTLS_SIGN_RSA_SHA224 },
	{ CHK_OID_SIG_MD5_RSA, GNUTLS_SIGN_RSA_MD5 },
	{ CHK_OID_SIG_MD2_RSA, GNUTLS_SIGN_RSA_MD2 },
	{ CHK_OID_SIG_SHA1_EC, GNUTLS_SIGN_ECDSA_SHA1 },
	{ CHK_OID_SIG_SHA224_EC, GNUTLS_SIGN_ECDSA_SHA224 },
	{ CHK_OID_SIG_SHA1_DSA, GNUTLS_SIGN_DSA_SHA1 },
	{ CHK_OID_SIG_SHA256_DSA, GNUTLS_SIGN_DSA_SHA256 },
};

static const struct {
	enum chk_oid digest;
	gnutls_digest_algorithm_t gnutls;
	gnutls_sign_algorithm_t sign;
} PSS_ALGORITHMS[] = {
	{ CHK_OID_DIGEST_SHA256, GNUTLS_DIG_SHA256,
	  GNUTLS_SIGN_RSA_PSS_SHA256 },
	{ CHK_OID_DIGEST_SHA384, GNUTLS_DIG_SHA384,
	  GNUTLS_SIGN_RSA_PSS_SHA384 },
	{ CHK_OID_DIGEST_SHA512, GNUTLS_DIG_SHA512,
	  GNUTLS_SIGN_RSA_PSS_SHA512 },
};

/*
 * GnuTLS's ways of saying that the key did not make this. Any other failure
 * is one to check, and never a yes.
 */
static const int NOT_SIGNED[] = {
	GNUTLS_E_PK_SIG_VERIFY_FAILED,
	GNUTLS_E_INCOMPATIBLE_SIG_WITH_KEY, /* ECDSA by an RSA key */
	GNUTLS_E_ASN1_DER_ERROR,            /* no Ecdsa-Sig-Value */
	GNUTLS_E_ASN1_TAG_ERROR,
	GNUTLS_E_ASN1_VALUE_NOT_VALID,
	GNUTLS_E_ASN1_DER_OVERFLOW,
};

static enum chk_signed result_of(int code)
{
	if (code >= 0)
		return CHK_SIGNED_YES;
	for (size_t i = 0; i < CHK_COUNT(NOT_SIGNED); i++) {
		if (code == NOT_SIGNED[i])
			return CHK_SIGNED_NO;
	}
	return CHK_SIGNED_UNSUPPORTED;
}

/* GnuTLS takes pointers to non-const, and writes through none. */
static gnutls_datum_t datum_of(struct chk_bytes bytes)
{
	gnutls_datum_t datum = { .size = (unsigned)bytes.size };

	memcpy(&datum.data, &bytes.data, sizeof(datum.data));
	return datum;
}

/* RSAPublicKey (RFC 8017 A.1.1). */
static bool read_rsa(struct chk_bytes point, struct chk_bytes *modulus,
		     struct chk_bytes *exponent)
{
	struct chk_der der = chk_der_begin(point, NULL);
	struct chk_tlv sequence, m, e;

	if (!chk_der_expect(&der, CHK_DER_SEQUENCE, "RSAPublicKey",
			    &sequence) ||
	    !chk_der_end(&der, "RSAPublicKey"))
		return false;
	der = chk_der_inside(&der, &sequence);
	if (!chk_der_expect(&der, CHK_DER_INTEGER, "modulus", &m) ||
	    !chk_der_integer(&der, &m) ||
	    !chk_der_expect(&der, CHK_DER_INTEGER, "exponent", &e) ||
	    !chk_der_integer(&der, &e) || !chk_der_end(&der, "RSAPublicKey"))
		return false;
	*modulus = m.value;
	*exponent = e.value;
	/* Negative ones are none. */
	return m.value.data[0] < 0x80 && e.value.data[0] < 0x80;
}

static bool is_rsa(const struct chk_key *key)
{
	return key->type == CHK_KEY_RSA || key->type == CHK_KEY_RSA_PSS;
}

/* False: a key of an absurd size, or an RSA key with an absurd exponent. */
static bool is_bounded(const struct chk_key *key)
{
	struct chk_bytes modulus, exponent;

	if (key->bits > (key->type == CHK_KEY_DSA ? MAX_DSA_BITS : MAX_BITS))
		return false;
	if (!is_rsa(key) || key->bits <= MAX_BITS_LARGE_EXPONENT)
		return true;
	return read_rsa(key->point, &modulus, &exponent) &&
	       exponent.size <= MAX_EXPONENT_SIZE;
}

/* A plain RSA key is two numbers: a quarter of the work of an import. */
static int import(gnutls_pubkey_t key, const struct chk_cert *issuer)
{
	gnutls_datum_t spki = datum_of(issuer->spki), m, e;
	struct chk_bytes modulus, exponent;

	if (issuer->key.type != CHK_KEY_RSA)
		return gnutls_pubkey_import(key, &spki, GNUTLS_X509_FMT_DER);
	if (!read_rsa(issuer->key.point, &modulus, &exponent))
		return GNUTLS_E_ASN1_DER_ERROR;
	m = datum_of(modulus);
	e = datum_of(exponent);
	return gnutls_pubkey_import_rsa_raw(key, &m, &e);
}

bool chk_signature_load(const struct chk_cert *issuer, gnutls_pubkey_t *loaded)
{
	CHK_CLEANUP(chk_cleanup_pubkey) gnutls_pubkey_t key = NULL;
	int code;

	*loaded = NULL;
	if (issuer->key.type == CHK_KEY_UNKNOWN || !is_bounded(&issuer->key))
		return true;
	if (gnutls_pubkey_init(&key) < 0)
		return false;
	code = import(key, issuer);
	if (code >= 0)
		*loaded = chk_steal(&key);
	return code != GNUTLS_E_MEMORY_ERROR;
}

/* The OID; false where the parameters are neither NULL nor absent. */
static bool read_plain(struct chk_bytes algorithm, enum chk_oid *oid)
{
	struct chk_der der = chk_der_begin(algorithm, NULL);
	struct chk_tlv sequence, identifier, none;

	if (!chk_der_expect(&der, CHK_DER_SEQUENCE, "AlgorithmIdentifier",
			    &sequence))
		return false;
	der = chk_der_inside(&der, &sequence);
	if (!chk_der_expect(&der, CHK_DER_OID, "algorithm", &identifier))
		return false;
	*oid = chk_oid_find(identifier.value);
	if (*oid == CHK_OID_SIG_RSA_PSS || chk_der_at_end(&der))
		return true;
	return chk_der_expect(&der, CHK_DER_NULL, "parameters", &none) &&
	       none.value.size == 0 && chk_der_at_end(&der);
}

/*
 * The digests that forgers have broken are allowed here, because this file
 * answers who signed; whether such a signature counts is for strength.c.
 */
static bool ask(gnutls_pubkey_t key, gnutls_sign_algorithm_t sign,
		const struct chk_signed_bytes *what, enum chk_signed *result)
{
	gnutls_datum_t tbs = datum_of(what->tbs);
	gnutls_datum_t signature = datum_of(what->signature);
	int code = gnutls_pubkey_verify_data2(
		key, sign,
		GNUTLS_VERIFY_ALLOW_BROKEN | GNUTLS_VERIFY_ALLOW_SIGN_WITH_SHA1,
		&tbs, &signature);

	*result = result_of(code);
	return code != GNUTLS_E_MEMORY_ERROR;
}

/*
 * The parameters are the key's own in GnuTLS: an RSA key is made a PSS key of
 * those that the signature names, if it may have them. False: unsupported.
 */
static bool set_pss(gnutls_pubkey_t key, const struct chk_rsa_pss *pss,
		    gnutls_sign_algorithm_t *sign)
{
	gnutls_x509_spki_t spki;
	bool done;

	for (size_t i = 0; i < CHK_COUNT(PSS_ALGORITHMS); i++) {
		if (PSS_ALGORITHMS[i].digest != pss->digest)
			continue;
		if (gnutls_x509_spki_init(&spki) < 0)
			return false;
		*sign = PSS_ALGORITHMS[i].sign;
		gnutls_x509_spki_set_rsa_pss_params(
			spki, PSS_ALGORITHMS[i].gnutls, pss->salt_size);
		done = gnutls_pubkey_set_spki(key, spki, 0) >= 0;
		gnutls_x509_spki_deinit(spki);
		return done;
	}
	return false;
}

/* With a key of its own, as the parameters change it. */
static bool check_pss(const struct chk_signed_bytes *what,
		      const struct chk_cert *issuer, enum chk_signed *result)
{
	CHK_CLEANUP(chk_cleanup_pubkey) gnutls_pubkey_t key = NULL;
	gnutls_sign_algorithm_t sign;
	struct chk_rsa_pss pss;
	bool absent;

	if (!chk_rsa_pss_parse(what->signature_algorithm, &pss, &absent) ||
	    absent || pss.salt_size > MAX_BITS / 8)
		return true;
	if (!is_rsa(&issuer->key)) {
		*result = CHK_SIGNED_NO;
		return true;
	}
	if (issuer->key.type == CHK_KEY_RSA_PSS &&
	    !chk_rsa_pss_allows(issuer->spki, &pss))
		return true;
	if (!chk_signature_load(issuer, &key))
		return false;
	return !key || !set_pss(key, &pss, &sign) ||
	       ask(key, sign, what, result);
}

bool chk_signature_check(gnutls_pubkey_t key,
			 const struct chk_signed_bytes *what,
			 const struct chk_cert *issuer,
			 enum chk_signed *result)
{
	enum chk_oid oid;

	*result = CHK_SIGNED_UNSUPPORTED;
	if (!read_plain(what->signature_algorithm, &oid))
		return true;
	if (oid == CHK_OID_SIG_RSA_PSS)
		return check_pss(what, issuer, result);
	for (size_t i = 0; key && i < CHK_COUNT(ALGORITHMS); i++) {
		if (ALGORITHMS[i].oid == oid)
			return ask(key, ALGORITHMS[i].sign, what, result);
	}
	return true;
}
