/*
 * lib/fetch/credential_pkcs12.c: key and chain of a PKCS #12 file (RFC 7292),
 * as GnuTLS takes them from it.
 */
#include "fetch/credential.h"

#include <gnutls/pkcs12.h>

#include "base/cleanup.h"

CHK_CLEANUP_FUNCTION(cleanup_pkcs12, gnutls_pkcs12_t, gnutls_pkcs12_deinit);
CHK_CLEANUP_FUNCTION(cleanup_key, gnutls_x509_privkey_t,
		     gnutls_x509_privkey_deinit);

struct list {
	gnutls_x509_crt_t *items;
	unsigned count;
};

static void cleanup_list(struct list *list)
{
	for (unsigned i = 0; i < list->count; i++)
		gnutls_x509_crt_deinit(list->items[i]);
	gnutls_free(list->items);
}

static bool add_list(struct chk_credential *credential,
		     const struct list *list, const char *where,
		     struct chk_error *error)
{
	for (unsigned i = 0; i < list->count; i++) {
		CHK_CLEANUP(chk_cleanup_datum) gnutls_datum_t der = { 0 };
		int status = gnutls_x509_crt_export2(
			list->items[i], GNUTLS_X509_FMT_DER, &der);

		if (status < 0)
			return chk_credential_fail(status, false, where,
						   "a certificate of it",
						   error);
		if (!chk_credential_add(credential,
					chk_bytes_of(der.data, der.size),
					where, error))
			return false;
	}
	return true;
}

/* Some files have no MAC; their bags are encrypted all the same. */
static int open_file(gnutls_pkcs12_t *pkcs12, struct chk_bytes file,
		     const char *password)
{
	const gnutls_datum_t datum = chk_credential_datum(file);
	int status = gnutls_pkcs12_init(pkcs12);

	if (status == 0)
		status = gnutls_pkcs12_import(*pkcs12, &datum,
					      GNUTLS_X509_FMT_DER, 0);
	if (status < 0 ||
	    gnutls_pkcs12_mac_info(*pkcs12, NULL, NULL, NULL, NULL, NULL) < 0)
		return status;
	return gnutls_pkcs12_verify_mac(*pkcs12, password);
}

static bool take_key(struct chk_credential *credential,
		     gnutls_x509_privkey_t *key, const char *where,
		     struct chk_error *error)
{
	int status = gnutls_privkey_init(&credential->key);

	if (status == 0)
		status = gnutls_privkey_import_x509(
			credential->key, *key,
			GNUTLS_PRIVKEY_IMPORT_AUTO_RELEASE);
	if (status < 0)
		return chk_credential_fail(status, false, where,
					   "its private key cannot be read",
					   error);
	*key = NULL;
	return true;
}

bool chk_credential_pkcs12(struct chk_credential *credential,
			   struct chk_bytes file, const char *where,
			   const char *password, struct chk_error *error)
{
	CHK_CLEANUP(cleanup_pkcs12) gnutls_pkcs12_t pkcs12 = NULL;
	CHK_CLEANUP(cleanup_key) gnutls_x509_privkey_t key = NULL;
	CHK_CLEANUP(cleanup_list) struct list chain = { 0 };
	CHK_CLEANUP(cleanup_list) struct list others = { 0 };
	const char *tried = password ? password : "";
	int status = open_file(&pkcs12, file, tried);

	if (status == 0)
		status = gnutls_pkcs12_simple_parse(
			pkcs12, tried, &key, &chain.items, &chain.count,
			&others.items, &others.count, NULL, 0);
	if (status == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE)
		return chk_error_set(error, CHK_ERROR_EMPTY, where,
				     "the PKCS #12 file has no certificate "
				     "with its private key");
	if (status < 0)
		return chk_credential_fail(status, password != NULL, where,
					   "it is neither PEM, nor a DER "
					   "certificate, nor a PKCS #12 file "
					   "that can be read", error);
	return add_list(credential, &chain, where, error) &&
	       take_key(credential, &key, where, error);
}
