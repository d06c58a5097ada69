/* lib/store/pbes2.c: decryption with a password (RFC 8018), by GnuTLS. */
#include "store/pbes2.h"

#include <gnutls/crypto.h>

#include "cert/der.h"
#include "cert/oid.h"
#include "store/cbc.h"

static const struct {
	enum chk_oid oid;
	gnutls_mac_algorithm_t mac;
} MACS[] = {
	{ CHK_OID_HMAC_SHA1, GNUTLS_MAC_SHA1 },
	{ CHK_OID_HMAC_SHA224, GNUTLS_MAC_SHA224 },
	{ CHK_OID_HMAC_SHA256, GNUTLS_MAC_SHA256 },
	{ CHK_OID_HMAC_SHA384, GNUTLS_MAC_SHA384 },
	{ CHK_OID_HMAC_SHA512, GNUTLS_MAC_SHA512 },
};

static const struct {
	enum chk_oid oid;
	gnutls_cipher_algorithm_t cipher;
} CIPHERS[] = {
	{ CHK_OID_AES128_CBC, GNUTLS_CIPHER_AES_128_CBC },
	{ CHK_OID_AES192_CBC, GNUTLS_CIPHER_AES_192_CBC },
	{ CHK_OID_AES256_CBC, GNUTLS_CIPHER_AES_256_CBC },
	{ CHK_OID_DES3_CBC, GNUTLS_CIPHER_3DES_CBC },
};

/* AlgorithmIdentifier ::= SEQUENCE { algorithm OID, parameters ANY } */
static bool enter(struct chk_der *der, enum chk_oid *oid,
		  struct chk_der *parameters)
{
	struct chk_tlv sequence, id;

	if (!chk_der_expect(der, CHK_DER_SEQUENCE, "AlgorithmIdentifier",
			    &sequence))
		return false;
	*parameters = chk_der_inside(der, &sequence);
	if (!chk_der_expect(parameters, CHK_DER_OID, "algorithm", &id) ||
	    !chk_der_oid(parameters, &id))
		return false;
	*oid = chk_oid_find(id.value);
	return true;
}

/* prf AlgorithmIdentifier DEFAULT hmacWithSHA1 */
static bool parse_prf(struct chk_der *der, struct chk_pbes2 *pbes2)
{
	enum chk_oid oid = CHK_OID_HMAC_SHA1;
	struct chk_der parameters;

	if (!chk_der_at_end(der) && !enter(der, &oid, &parameters))
		return false;
	for (size_t i = 0; i < CHK_COUNT(MACS); i++) {
		if (MACS[i].oid != oid)
			continue;
		pbes2->mac = (int)MACS[i].mac;
		return true;
	}
	return false;
}

/*
 * PBKDF2-params ::= SEQUENCE { salt OCTET STRING, iterationCount INTEGER,
 *	keyLength INTEGER OPTIONAL, prf }; the cipher tells the length too.
 */
static bool parse_kdf(struct chk_der *der, struct chk_pbes2 *pbes2)
{
	struct chk_der parameters;
	struct chk_tlv tlv;
	enum chk_oid oid;

	if (!enter(der, &oid, &parameters) || oid != CHK_OID_P5_PBKDF2 ||
	    !chk_der_expect(&parameters, CHK_DER_SEQUENCE, "PBKDF2-params",
			    &tlv))
		return false;
	parameters = chk_der_inside(&parameters, &tlv);
	if (!chk_der_expect(&parameters, CHK_DER_OCTET_STRING, "salt", &tlv))
		return false;
	pbes2->salt = tlv.value;
	if (!chk_der_expect(&parameters, CHK_DER_INTEGER, "iterationCount",
			    &tlv) ||
	    !chk_der_uint32(&parameters, &tlv, &pbes2->rounds) ||
	    pbes2->rounds == 0)
		return false;
	if (chk_der_peek(&parameters) == CHK_DER_INTEGER &&
	    !chk_der_next(&parameters, &tlv))
		return false;
	return parse_prf(&parameters, pbes2);
}

static bool parse_cipher(struct chk_der *der, struct chk_pbes2 *pbes2)
{
	struct chk_der parameters;
	struct chk_tlv iv;
	enum chk_oid oid;

	if (!enter(der, &oid, &parameters) ||
	    !chk_der_expect(&parameters, CHK_DER_OCTET_STRING, "iv", &iv))
		return false;
	pbes2->iv = iv.value;
	for (size_t i = 0; i < CHK_COUNT(CIPHERS); i++) {
		if (CIPHERS[i].oid != oid)
			continue;
		pbes2->cipher = (int)CIPHERS[i].cipher;
		return iv.value.size ==
		       gnutls_cipher_get_iv_size(CIPHERS[i].cipher);
	}
	return false;
}

bool chk_pbes2_parse(struct chk_bytes algorithm, struct chk_pbes2 *pbes2)
{
	struct chk_der der = chk_der_begin(algorithm, NULL), parameters;
	struct chk_tlv tlv;
	enum chk_oid oid;

	*pbes2 = (struct chk_pbes2){ .rounds = 0 };
	if (!enter(&der, &oid, &parameters) || oid != CHK_OID_P5_PBES2 ||
	    !chk_der_expect(&parameters, CHK_DER_SEQUENCE, "PBES2-params",
			    &tlv))
		return false;
	parameters = chk_der_inside(&parameters, &tlv);
	return parse_kdf(&parameters, pbes2) &&
	       parse_cipher(&parameters, pbes2);
}

static gnutls_datum_t datum(struct chk_bytes bytes)
{
	return (gnutls_datum_t){ (void *)(uintptr_t)bytes.data,
				 (unsigned)bytes.size };
}

static bool derive(const struct chk_pbes2 *pbes2, const char *password,
		   uint8_t *key, size_t size)
{
	const gnutls_datum_t secret = datum(chk_bytes_text(password));
	const gnutls_datum_t salt = datum(pbes2->salt);

	return size <= CHK_CBC_KEY_MAX &&
	       gnutls_pbkdf2((gnutls_mac_algorithm_t)pbes2->mac, &secret, &salt,
			     pbes2->rounds, key, size) == 0;
}

bool chk_pbes2_decrypt(const struct chk_pbes2 *pbes2, struct chk_bytes secret,
		       const char *password, uint8_t **data,
		       struct chk_bytes *plain)
{
	uint8_t key[CHK_CBC_KEY_MAX];
	const struct chk_cbc cbc = {
		.cipher = pbes2->cipher, .iv = pbes2->iv,
		.key = chk_bytes_of(key, gnutls_cipher_get_key_size(
			(gnutls_cipher_algorithm_t)pbes2->cipher)) };
	bool ok;

	*data = NULL;
	ok = derive(pbes2, password, key, cbc.key.size) &&
	     chk_cbc_decrypt(&cbc, secret, data, plain);
	explicit_bzero(key, sizeof(key));
	return ok;
}
