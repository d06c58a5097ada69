/*
 * lib/audit/private_key.c: whose a private key is. GnuTLS reads and decrypts
 * it; what is compared is subjectPublicKeyInfo, which both sides have.
 */
#include "audit/private_key.h"

#include <gnutls/abstract.h>
#include <gnutls/pkcs12.h>

#include "base/cleanup.h"
#include "cert/pem.h"

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
	if (gnutls_privkey_init(&privkey) < 0)
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

/* Whose password fits has no key where none is found. */
static bool read_pkcs12(gnutls_pkcs12_t file, const char *password,
			gnutls_x509_privkey_t *key)
{
	if (gnutls_pkcs12_verify_mac(file, password) < 0)
		return false;
	if (gnutls_pkcs12_simple_parse(file, password, key, NULL, NULL, NULL,
				       NULL, NULL, 0) < 0)
		*key = NULL;
	return true;
}

void chk_private_key_read_pkcs12(struct chk_private_key *key,
				 struct chk_bytes file, const char *password)
{
	CHK_CLEANUP(cleanup_pkcs12) gnutls_pkcs12_t pkcs12 = NULL;
	CHK_CLEANUP(cleanup_x509_privkey) gnutls_x509_privkey_t found = NULL;
	CHK_CLEANUP(cleanup_privkey) gnutls_privkey_t privkey = NULL;
	const gnutls_datum_t datum = { (void *)(uintptr_t)file.data,
				       (unsigned)file.size };
	bool opened = false;

	key->state = CHK_PRIVATE_KEY_BROKEN;
	key->encrypted = true;
	if (gnutls_pkcs12_init(&pkcs12) < 0 ||
	    gnutls_pkcs12_import(pkcs12, &datum, GNUTLS_X509_FMT_DER, 0) < 0)
		return;
	key->state = password ? CHK_PRIVATE_KEY_WRONG : CHK_PRIVATE_KEY_LOCKED;
	if (password)
		opened = read_pkcs12(pkcs12, password, &found);
	for (size_t i = 0; !password && !opened && i < CHK_COUNT(USUAL); i++)
		opened = read_pkcs12(pkcs12, USUAL[i], &found);
	if (!opened)
		return;
	key->state = CHK_PRIVATE_KEY_NONE;
	if (found && gnutls_privkey_init(&privkey) >= 0 &&
	    gnutls_privkey_import_x509(privkey, found, 0) >= 0)
		key->state = take(key, privkey) ? CHK_PRIVATE_KEY_READ :
						  CHK_PRIVATE_KEY_BROKEN;
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
