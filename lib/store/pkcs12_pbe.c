/* lib/store/pkcs12_pbe.c: the old encryption of PKCS #12 files (RFC 7292). */
#include "store/pkcs12_pbe.h"

#include <gnutls/crypto.h>

#include "base/cleanup.h"
#include "cert/der.h"
#include "cert/oid.h"
#include "store/cbc.h"
#include "store/java_text.h"
#include "store/pkcs12_kdf.h"

static const struct {
	enum chk_oid oid;
	gnutls_cipher_algorithm_t cipher;
} CIPHERS[] = {
	{ CHK_OID_P12_3DES_CBC, GNUTLS_CIPHER_3DES_CBC },
	{ CHK_OID_P12_RC2_40_CBC, GNUTLS_CIPHER_RC2_40_CBC },
};

static bool find_cipher(enum chk_oid oid, struct chk_pkcs12_pbe *pbe)
{
	for (size_t i = 0; i < CHK_COUNT(CIPHERS); i++) {
		if (CIPHERS[i].oid != oid)
			continue;
		pbe->cipher = (int)CIPHERS[i].cipher;
		return true;
	}
	return false;
}

/* pkcs-12PbeParams ::= SEQUENCE { salt OCTET STRING, iterations INTEGER } */
static bool parse_parameters(struct chk_der *der, struct chk_pkcs12_pbe *pbe)
{
	struct chk_der inside;
	struct chk_tlv tlv;

	if (!chk_der_expect(der, CHK_DER_SEQUENCE, "pkcs-12PbeParams", &tlv) ||
	    !chk_der_end(der, "AlgorithmIdentifier"))
		return false;
	inside = chk_der_inside(der, &tlv);
	if (!chk_der_expect(&inside, CHK_DER_OCTET_STRING, "salt", &tlv))
		return false;
	pbe->salt = tlv.value;
	return chk_der_expect(&inside, CHK_DER_INTEGER, "iterations", &tlv) &&
	       chk_der_uint32(&inside, &tlv, &pbe->rounds) &&
	       pbe->rounds > 0 && chk_der_end(&inside, "pkcs-12PbeParams");
}

bool chk_pkcs12_pbe_parse(struct chk_bytes algorithm,
			  struct chk_pkcs12_pbe *pbe)
{
	struct chk_der der = chk_der_begin(algorithm, NULL), inside;
	struct chk_tlv tlv;

	*pbe = (struct chk_pkcs12_pbe){ .rounds = 0 };
	if (!chk_der_expect(&der, CHK_DER_SEQUENCE, "AlgorithmIdentifier",
			    &tlv))
		return false;
	inside = chk_der_inside(&der, &tlv);
	return chk_der_expect(&inside, CHK_DER_OID, "algorithm", &tlv) &&
	       chk_der_oid(&inside, &tlv) &&
	       find_cipher(chk_oid_find(tlv.value), pbe) &&
	       parse_parameters(&inside, pbe);
}

/* Appendix B.1: with a NUL at the end, which is all of the empty one. */
static uint8_t *bmp_string(const char *password, size_t *size)
{
	size_t room = 2 * strlen(password) + 2;
	uint8_t *chars = malloc(room);

	*size = 0;
	if (!chars)
		return NULL;
	if (!chk_java_chars(chk_bytes_text(password), chars, room - 2, size)) {
		explicit_bzero(chars, room);
		free(chars);
		return NULL;
	}
	chars[(*size)++] = 0;
	chars[(*size)++] = 0;
	return chars;
}

static bool decrypt(const struct chk_pkcs12_pbe *pbe,
		    const struct chk_pkcs12_kdf *kdf, struct chk_bytes secret,
		    uint8_t **data, struct chk_bytes *plain)
{
	gnutls_cipher_algorithm_t cipher =
		(gnutls_cipher_algorithm_t)pbe->cipher;
	uint8_t key[CHK_CBC_KEY_MAX], iv[CHK_CBC_IV_MAX];
	const struct chk_cbc cbc = {
		.cipher = pbe->cipher,
		.key = chk_bytes_of(key, gnutls_cipher_get_key_size(cipher)),
		.iv = chk_bytes_of(iv, gnutls_cipher_get_iv_size(cipher)) };
	bool ok = cbc.key.size <= sizeof(key) && cbc.iv.size <= sizeof(iv) &&
		  chk_pkcs12_derive(kdf, CHK_PKCS12_KEY, key, cbc.key.size) &&
		  chk_pkcs12_derive(kdf, CHK_PKCS12_IV, iv, cbc.iv.size) &&
		  chk_cbc_decrypt(&cbc, secret, data, plain);

	explicit_bzero(key, sizeof(key));
	explicit_bzero(iv, sizeof(iv));
	return ok;
}

bool chk_pkcs12_pbe_decrypt(const struct chk_pkcs12_pbe *pbe,
			    struct chk_bytes secret, const char *password,
			    uint8_t **data, struct chk_bytes *plain)
{
	CHK_CLEANUP(chk_cleanup_free) uint8_t *chars = NULL;
	struct chk_pkcs12_kdf kdf = { .digest = GNUTLS_DIG_SHA1,
				      .salt = pbe->salt,
				      .rounds = pbe->rounds };
	bool ok;

	*data = NULL;
	if (password) {
		chars = bmp_string(password, &kdf.password.size);
		if (!chars)
			return false;
		kdf.password.data = chars;
	}
	ok = decrypt(pbe, &kdf, secret, data, plain);
	if (chars)
		explicit_bzero(chars, kdf.password.size);
	return ok;
}
