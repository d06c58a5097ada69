/*
 * lib/fetch/credential_token.c: a certificate and its key on a PKCS#11 token
 * (RFC 7512), both by GnuTLS, since the key never leaves the token and it is
 * GnuTLS that signs with it.
 */
#include "fetch/credential.h"

#include <pthread.h>
#include <stdlib.h>

#include <gnutls/pkcs11.h>
#include <gnutls/x509.h>
#include <p11-kit/uri.h>

#include "base/buffer.h"
#include "base/cleanup.h"

CHK_CLEANUP_FUNCTION(cleanup_crt, gnutls_x509_crt_t, gnutls_x509_crt_deinit);

CHK_CLEANUP_FUNCTION(cleanup_uri, P11KitUri *, p11_kit_uri_free);
CHK_CLEANUP_FUNCTION(cleanup_chain, struct chk_chain *, chk_chain_free);

#define TOKEN_CERTS_MAX 1024 /* looked at for issuers */

/* GnuTLS has one list of modules in a process. */
static pthread_mutex_t MODULES = PTHREAD_MUTEX_INITIALIZER;

bool chk_credential_is_token(const char *text)
{
	return strncmp(text, "pkcs11:", 7) == 0;
}

/* `module`, else the module-path of the URI, else p11-kit's by GnuTLS. */
static bool load(const char *uri, const char *module, struct chk_error *error)
{
	CHK_CLEANUP(cleanup_uri) P11KitUri *parsed = p11_kit_uri_new();
	int status = 0;

	if (!parsed)
		return chk_error_memory(error);
	if (!module &&
	    p11_kit_uri_parse(uri, P11_KIT_URI_FOR_ANY, parsed) ==
		    P11_KIT_URI_OK)
		module = p11_kit_uri_get_module_path(parsed);
	if (!module)
		return true;
	pthread_mutex_lock(&MODULES);
	status = gnutls_pkcs11_init(GNUTLS_PKCS11_FLAG_MANUAL, NULL);
	if (status == 0)
		status = gnutls_pkcs11_add_provider(module, NULL);
	pthread_mutex_unlock(&MODULES);
	if (status == 0 || status == GNUTLS_E_INT_RET_0)
		return true;
	return chk_credential_said(CHK_ERROR_TOKEN, status, module,
				   "the PKCS#11 module cannot be loaded",
				   error);
}

/* Why a PIN that is there must not be given; NULL: it may be. */
static const char *refusal(const struct chk_credential *credential,
			   int attempt, unsigned flags, size_t size)
{
	if (flags & GNUTLS_PIN_FINAL_TRY)
		return "the PIN was not tried: one more wrong one would lock "
		       "the token";
	if (attempt > 0 || flags & GNUTLS_PIN_WRONG)
		return "the PIN is wrong; it was tried once";
	return strlen(credential->pin) >= size ?
		       "the PIN is longer than GnuTLS takes" : NULL;
}

/* A wrong PIN that is given again and again locks the token. */
static int give_pin(void *of, int attempt, const char *url, const char *label,
		    unsigned flags, char *pin, size_t size)
{
	struct chk_credential *credential = of;

	if (!credential->pin)
		return GNUTLS_E_PKCS11_PIN_ERROR;
	if (!credential->pin_withheld)
		credential->pin_withheld = refusal(credential, attempt, flags,
						   size);
	if (credential->pin_withheld)
		return GNUTLS_E_PKCS11_PIN_ERROR;
	memcpy(pin, credential->pin, strlen(credential->pin) + 1);
	return 0;
}

/* The URI as it may be printed: without the PIN that is in it. */
static bool printable(const char *uri, struct chk_buffer *text)
{
	static const char VALUE[] = "pin-value=";
	const char *at = strstr(uri, VALUE);
	size_t size = at ? (size_t)(at - uri) + sizeof(VALUE) - 1 :
			   strlen(uri);

	chk_buffer_add(text, uri, size);
	if (at)
		chk_buffer_text(text, "...");
	if (at)
		chk_buffer_text(text, at + sizeof(VALUE) - 1 +
				      strcspn(at + sizeof(VALUE) - 1, "&"));
	return !text->failed;
}

static bool fail(int status, const struct chk_credential *credential,
		 const char *where, const char *what, struct chk_error *error)
{
	if (status == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE ||
	    status == GNUTLS_E_PKCS11_REQUESTED_OBJECT_NOT_AVAILBLE)
		return chk_error_set(error, CHK_ERROR_NOT_FOUND, where,
				     "there is no %s of this URI, or not its "
				     "token%s", what, credential->pin ? "" :
				     "; one may want its PIN first");
	if (status == GNUTLS_E_PKCS11_PIN_ERROR && !credential->pin)
		return chk_error_set(error, CHK_ERROR_PASSWORD, where,
				     "the token wants a PIN, and none is "
				     "given");
	if (status == GNUTLS_E_PKCS11_PIN_ERROR)
		return chk_error_set(error, CHK_ERROR_PASSWORD, where, "%s",
				     credential->pin_withheld ?
					     credential->pin_withheld :
					     "the token does not take the "
					     "PIN");
	return chk_credential_said(CHK_ERROR_TOKEN, status, where, what,
				   error);
}

static bool add(struct chk_credential *credential, gnutls_x509_crt_t crt,
		const char *where, struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_datum) gnutls_datum_t der = { 0 };

	if (gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_DER, &der) < 0)
		return chk_error_memory(error);
	return chk_credential_add(credential, chk_bytes_of(der.data, der.size),
				  where, error);
}

/* "pkcs11:token=t;object=o;id=i?..." is one object: all of that token. */
static bool token_uri(const char *uri, struct chk_buffer *text)
{
	static const char *const OF_OBJECT[] = { "object=", "id=", "type=" };
	const char *rest = uri + strlen("pkcs11:");

	chk_buffer_text(text, "pkcs11:");
	while (*rest && *rest != '?') {
		size_t size = strcspn(rest, ";?");
		bool skip = false;

		for (size_t i = 0; i < CHK_COUNT(OF_OBJECT); i++)
			skip |= strncmp(rest, OF_OBJECT[i],
					strlen(OF_OBJECT[i])) == 0;
		if (!skip) {
			chk_buffer_add(text, rest, size);
			chk_buffer_text(text, ";");
		}
		rest += size + (rest[size] == ';');
	}
	chk_buffer_text(text, rest);
	return !text->failed;
}

/* What cannot be read is no issuer. False: no memory. */
static bool keep(struct chk_chain *found, gnutls_pkcs11_obj_t object)
{
	CHK_CLEANUP(chk_cleanup_datum) gnutls_datum_t der = { 0 };
	CHK_CLEANUP(chk_cleanup_cert) struct chk_cert *cert = NULL;

	if (gnutls_pkcs11_obj_export2(object, &der) < 0 ||
	    !chk_cert_parse(chk_bytes_of(der.data, der.size), &cert, NULL))
		return true;
	return chk_chain_add(found, cert, NULL, NULL);
}

/* All certificates of the token; that it lists none is no failure. */
static bool list_token(const char *uri, struct chk_chain *found)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer token = { 0 };
	gnutls_pkcs11_obj_t *objects = NULL;
	unsigned count = 0;
	bool done = token_uri(uri, &token);

	if (!done || gnutls_pkcs11_obj_list_import_url4(
			     &objects, &count, token.data,
			     GNUTLS_PKCS11_OBJ_FLAG_CRT) < 0)
		return done;
	for (unsigned i = 0; i < count; i++) {
		if (done && i < TOKEN_CERTS_MAX)
			done = keep(found, objects[i]);
		gnutls_pkcs11_obj_deinit(objects[i]);
	}
	gnutls_free(objects);
	return done;
}

static bool is_issuer(const struct chk_cert *cert,
		      const struct chk_cert *issuer)
{
	return chk_cert_names_match(cert, issuer) &&
	       (!cert->authority.key_id.data || !issuer->key_id.data ||
		chk_bytes_equal(cert->authority.key_id, issuer->key_id));
}

/* The issuers that the token has, below the root, which nobody must send. */
static bool add_issuers(struct chk_credential *credential, const char *uri,
			const char *where, struct chk_error *error)
{
	CHK_CLEANUP(cleanup_chain) struct chk_chain *found = chk_chain_new();
	const struct chk_chain *chain = credential->chain;
	bool more = true;

	if (!found || !list_token(uri, found))
		return chk_error_memory(error);
	while (more && chain->count < CHK_CREDENTIAL_CERTS_MAX) {
		const struct chk_cert *last =
			chain->items[chain->count - 1].cert;

		more = false;
		for (size_t i = 0; !more && i < found->count; i++) {
			const struct chk_cert *cert = found->items[i].cert;

			more = !chk_cert_is_self_issued(last) &&
			       !chk_cert_is_self_issued(cert) &&
			       is_issuer(last, cert);
			if (more && !chk_chain_add(credential->chain, cert,
						   where, error))
				return false;
		}
	}
	return true;
}

bool chk_credential_token_cert(struct chk_credential *credential,
			       const char *uri, const char *module,
			       struct chk_error *error)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer where = { 0 };
	CHK_CLEANUP(cleanup_crt) gnutls_x509_crt_t crt = NULL;
	int status;

	if (!printable(uri, &where))
		return chk_error_memory(error);
	if (!load(uri, module, error))
		return false;
	status = gnutls_x509_crt_init(&crt);
	if (status == 0) {
		gnutls_x509_crt_set_pin_function(crt, give_pin, credential);
		status = gnutls_x509_crt_import_url(crt, uri, 0);
	}
	if (status < 0)
		return fail(status, credential, where.data, "certificate",
			    error);
	return add(credential, crt, where.data, error) &&
	       add_issuers(credential, uri, where.data, error);
}

/* The key beside a certificate: "type=cert" is not its type. */
static bool key_uri(const char *uri, struct chk_buffer *text)
{
	static const char CERT[] = "type=cert";
	const char *at = strstr(uri, CERT);

	if (at)
		chk_buffer_add(text, uri, (size_t)(at - uri));
	if (at)
		chk_buffer_text(text, "type=private");
	chk_buffer_text(text, at ? at + sizeof(CERT) - 1 : uri);
	return !text->failed;
}

bool chk_credential_token_key(struct chk_credential *credential,
			      const char *uri, const char *module,
			      struct chk_error *error)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer where = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer key = { 0 };
	int status;

	if (!printable(uri, &where) || !key_uri(uri, &key))
		return chk_error_memory(error);
	if (!load(uri, module, error))
		return false;
	status = gnutls_privkey_init(&credential->key);
	if (status == 0) {
		gnutls_privkey_set_pin_function(credential->key, give_pin,
						credential);
		status = gnutls_privkey_import_url(credential->key, key.data,
						   0);
	}
	return status == 0 || fail(status, credential, where.data,
				   "private key", error);
}
