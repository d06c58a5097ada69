/*
 * lib/audit/private_key.c: whose a private key is. GnuTLS reads and decrypts
 * it; what is compared is subjectPublicKeyInfo, which both sides have.
 */
#include "audit/private_key.h"

#include <gnutls/abstract.h>
#include <gnutls/pkcs12.h>

#include "base/cleanup.h"
#include "cert/der.h"
#include "cert/pem.h"
#include "store/pbes2.h"

#define ROUNDS_MAX 5000000 /* as of keystores; some seconds */

CHK_CLEANUP_FUNCTION(cleanup_privkey, gnutls_privkey_t, gnutls_privkey_deinit);
CHK_CLEANUP_FUNCTION(cleanup_x509_privkey, gnutls_x509_privkey_t,
		     gnutls_x509_privkey_deinit);
CHK_CLEANUP_FUNCTION(cleanup_pkcs12, gnutls_pkcs12_t, gnutls_pkcs12_deinit);

/* Takes the public half of what was read. */
static bool take(struct chk_private_key *key, gnutls_privkey_t privkey)
{
	CHK_CLEANUP(chk_cleanup_pubkey) gnutls_pubkey_t pubkey = NULL;
	CHK_CLEANUP(chk_cleanup_datum) gnutls_datum_t spki = { 0 };
	uint8_t *copy;

	if (gnutls_pubkey_init(&pubkey) < 0 ||
	    gnutls_pubkey_import_privkey(pubkey, privkey, 0, 0) < 0 ||
	    gnutls_pubkey_export2(pubkey, GNUTLS_X509_FMT_DER, &spki) < 0)
		return false;
	copy = malloc(spki.size);
	if (!copy)
		return false;
	memcpy(copy, spki.data, spki.size);
	key->spki = chk_bytes_of(copy, spki.size);
	return true;
}

/*
 * EncryptedPrivateKeyInfo (RFC 5958 section 3) says how many rounds a password
 * costs; a hostile one says a lot.
 */
static bool is_dear(struct chk_bytes text)
{
	struct chk_pem pem = chk_pem_begin(text);
	struct chk_pem_block block;
	struct chk_pbes2 pbes2;
	struct chk_tlv tlv;
	struct chk_der der;
	bool dear = false;

	if (!chk_pem_next(&pem, &block))
		return false;
	der = chk_der_begin(chk_bytes_of(block.data, block.size), NULL);
	if (block.data && chk_der_next(&der, &tlv)) {
		der = chk_der_inside(&der, &tlv);
		dear = chk_der_next(&der, &tlv) &&
		       chk_pbes2_parse(tlv.whole, &pbes2) &&
		       pbes2.rounds > ROUNDS_MAX;
	}
	if (block.data)
		explicit_bzero(block.data, block.size);
	free(block.data);
	return dear;
}

void chk_private_key_read(struct chk_private_key *key, struct chk_bytes text,
			  const char *password)
{
	CHK_CLEANUP(cleanup_privkey) gnutls_privkey_t privkey = NULL;
	const gnutls_datum_t datum = { (void *)(uintptr_t)text.data,
				       (unsigned)text.size };
	bool pem = chk_pem_is(text);

	/* Both forms of PEM say so in words. */
	key->encrypted = pem && chk_bytes_find(text, "ENCRYPTED");
	key->state = CHK_PRIVATE_KEY_LOCKED;
	if (key->encrypted && !password)
		return;
	key->state = CHK_PRIVATE_KEY_BROKEN;
	if ((key->encrypted && is_dear(text)) ||
	    gnutls_privkey_init(&privkey) < 0)
		return;
	if (gnutls_privkey_import_x509_raw(privkey, &datum,
					   pem ? GNUTLS_X509_FMT_PEM :
						 GNUTLS_X509_FMT_DER,
					   key->encrypted ? password : NULL,
					   0) >= 0 &&
	    take(key, privkey))
		key->state = CHK_PRIVATE_KEY_READ;
	else if (key->encrypted)
		key->state = CHK_PRIVATE_KEY_WRONG;
}

/* What most keystores have, where none is given. */
static const char *const USUAL[] = { "", NULL, "changeit" };

/* Whether there is a key, and whose, once the password fits. */
static void take_pkcs12(struct chk_private_key *key, gnutls_pkcs12_t file,
			const char *password)
{
	CHK_CLEANUP(cleanup_x509_privkey) gnutls_x509_privkey_t found = NULL;
	CHK_CLEANUP(cleanup_privkey) gnutls_privkey_t privkey = NULL;
	int status = gnutls_pkcs12_simple_parse(file, password, &found, NULL,
						NULL, NULL, NULL, NULL, 0);

	if (status == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE) {
		key->state = CHK_PRIVATE_KEY_NONE;
		return;
	}
	/* One that GnuTLS cannot decrypt is there all the same. */
	key->state = CHK_PRIVATE_KEY_BROKEN;
	if (status >= 0 && gnutls_privkey_init(&privkey) >= 0 &&
	    gnutls_privkey_import_x509(privkey, found, 0) >= 0 &&
	    take(key, privkey))
		key->state = CHK_PRIVATE_KEY_READ;
}

void chk_private_key_read_pkcs12(struct chk_private_key *key,
				 struct chk_bytes file, const char *password)
{
	CHK_CLEANUP(cleanup_pkcs12) gnutls_pkcs12_t pkcs12 = NULL;
	const gnutls_datum_t datum = { (void *)(uintptr_t)file.data,
				       (unsigned)file.size };
	const char *const *tried = password ? &password : USUAL;
	size_t count = password ? 1 : CHK_COUNT(USUAL);

	key->state = CHK_PRIVATE_KEY_BROKEN;
	key->encrypted = true;
	if (gnutls_pkcs12_init(&pkcs12) < 0 ||
	    gnutls_pkcs12_import(pkcs12, &datum, GNUTLS_X509_FMT_DER, 0) < 0)
		return;
	key->state = password ? CHK_PRIVATE_KEY_WRONG : CHK_PRIVATE_KEY_LOCKED;
	for (size_t i = 0; i < count; i++) {
		if (gnutls_pkcs12_verify_mac(pkcs12, tried[i]) < 0)
			continue;
		take_pkcs12(key, pkcs12, tried[i]);
		return;
	}
}

bool chk_private_key_fits(const struct chk_private_key *key,
			  const struct chk_cert *cert)
{
	return key->state == CHK_PRIVATE_KEY_READ &&
	       chk_bytes_equal(key->spki, cert->spki);
}

void chk_private_key_clear(struct chk_private_key *key)
{
	free((void *)(uintptr_t)key->spki.data);
	*key = (struct chk_private_key){ 0 };
}
