/* lib/fetch/credential.c: certificates and keys of the client, from files. */
#include "fetch/credential.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/text.h"
#include "cert/pem.h"

/* A file that may hold a key: wiped when it is given back. */
struct secret_file {
	uint8_t *data;
	size_t size;
};

static void cleanup_secret(struct secret_file *file)
{
	if (file->data)
		explicit_bzero(file->data, file->size);
	free(file->data);
}

static bool read_secret(const char *path, struct secret_file *file,
			struct chk_error *error)
{
	if (!chk_file_read(path, &file->data, &file->size, error))
		return false;
	return file->size <= CHK_CREDENTIAL_BYTES_MAX ||
	       chk_error_set(error, CHK_ERROR_TOO_LARGE, path,
			     "it has %zu bytes; a certificate with its key "
			     "has %u at most", file->size,
			     CHK_CREDENTIAL_BYTES_MAX);
}

static struct chk_bytes bytes_of(const struct secret_file *file)
{
	return chk_bytes_of(file->data, file->size);
}

bool chk_credential_add(struct chk_credential *credential,
			struct chk_bytes der, const char *where,
			struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_cert) struct chk_cert *cert = NULL;

	if (credential->chain->count == CHK_CREDENTIAL_CERTS_MAX)
		return chk_error_set(error, CHK_ERROR_TOO_LARGE, where,
				     "there are more than %d certificates, and "
				     "a chain that is sent has not so many",
				     CHK_CREDENTIAL_CERTS_MAX);
	return chk_cert_parse(der, &cert, error) &&
	       chk_chain_add(credential->chain, cert, where, error);
}

static bool ends_with(struct chk_bytes text, const char *end)
{
	size_t size = strlen(end);

	return text.size >= size &&
	       memcmp(text.data + text.size - size, end, size) == 0;
}

/* A chain is sent whole or not at all: a damaged block is no note here. */
static bool add_block(struct chk_credential *credential,
		      const struct chk_pem_block *block, const char *path,
		      struct chk_error *error)
{
	char where[sizeof(error->where)];

	if (!ends_with(block->label, "CERTIFICATE") ||
	    ends_with(block->label, "TRUSTED CERTIFICATE"))
		return true;
	snprintf(where, sizeof(where), "%s:%u", path, (unsigned)block->line);
	if (block->fault)
		return chk_error_set(error, CHK_ERROR_FORMAT, where,
				     "the certificate is damaged: %s",
				     block->fault);
	return chk_credential_add(credential,
				  chk_bytes_of(block->data, block->size),
				  where, error);
}

static void wipe_block(struct chk_pem_block *block)
{
	if (block->data)
		explicit_bzero(block->data, block->size);
	free(block->data);
}

static bool add_pem(struct chk_credential *credential, struct chk_bytes file,
		    const char *path, struct chk_error *error)
{
	struct chk_pem pem = chk_pem_begin(file);
	struct chk_pem_block block;
	bool done = true;

	while (done && chk_pem_next(&pem, &block)) {
		done = add_block(credential, &block, path, error);
		wipe_block(&block);
	}
	if (!done || credential->chain->count)
		return done;
	return chk_error_set(error, CHK_ERROR_EMPTY, path,
			     "there is no certificate in it");
}

static bool add_der(struct chk_credential *credential, struct chk_bytes file,
		    const char *path, const char *password,
		    struct chk_error *error)
{
	struct chk_error fault = { .code = CHK_OK };

	if (chk_credential_add(credential, file, path, &fault))
		return true;
	if (fault.code == CHK_ERROR_MEMORY)
		return chk_error_memory(error);
	return chk_credential_pkcs12(credential, file, path, password, error);
}

bool chk_credential_said(enum chk_code code, int status, const char *where,
			 const char *what, struct chk_error *error)
{
	const char *said = gnutls_strerror(status);
	size_t size = strlen(said);

	if (size && said[size - 1] == '.')
		size--;
	chk_error_set(error, code, where, "%s: %.*s", what, (int)size, said);
	if (error)
		error->cause = status;
	return false;
}

bool chk_credential_fail(int status, bool password, const char *where,
			 const char *what, struct chk_error *error)
{
	static const int OF_PASSWORD[] = {
		GNUTLS_E_DECRYPTION_FAILED, GNUTLS_E_MAC_VERIFY_FAILED,
		GNUTLS_E_PKCS11_PIN_ERROR, GNUTLS_E_PKCS11_PIN_EXPIRED,
		GNUTLS_E_PKCS11_PIN_LOCKED,
	};

	if (status == GNUTLS_E_MEMORY_ERROR)
		return chk_error_memory(error);
	for (size_t i = 0; i < CHK_COUNT(OF_PASSWORD); i++) {
		if (status == OF_PASSWORD[i])
			return chk_error_set(error, CHK_ERROR_PASSWORD, where,
					     password ?
					     "the password does not fit" :
					     "a password is needed, and none "
					     "is given");
	}
	return chk_credential_said(CHK_ERROR_FORMAT, status, where, what,
				   error);
}

/* The first private key of a PEM file, from its BEGIN on; .data NULL: none. */
static struct chk_bytes find_key(struct chk_bytes file)
{
	struct chk_pem pem = chk_pem_begin(file);
	struct chk_bytes found = { 0 };
	struct chk_pem_block block;

	while (!found.data && chk_pem_next(&pem, &block)) {
		if (ends_with(block.label, "PRIVATE KEY"))
			found = chk_bytes_of(file.data + block.offset,
					     pem.offset - block.offset);
		wipe_block(&block);
	}
	return found;
}

/* OpenSSL's older form says so in a header, PKCS #8 in its label. */
static bool is_encrypted(struct chk_bytes key)
{
	static const char *const WORDS[] = { "BEGIN ENCRYPTED PRIVATE KEY",
					     "Proc-Type: 4,ENCRYPTED" };

	for (size_t i = 0; i < CHK_COUNT(WORDS); i++) {
		for (size_t at = 0; at < key.size; at++) {
			if (chk_bytes_begin_with(chk_bytes_skip(key, at),
						 WORDS[i]))
				return true;
		}
	}
	return false;
}

static bool import_key(struct chk_credential *credential,
		       struct chk_bytes key, gnutls_x509_crt_fmt_t format,
		       const char *path, const char *password,
		       struct chk_error *error)
{
	const gnutls_datum_t datum = chk_credential_datum(key);
	int status;

	if (!password && is_encrypted(key))
		return chk_credential_fail(GNUTLS_E_DECRYPTION_FAILED, false,
					   path, "", error);
	status = gnutls_privkey_init(&credential->key);
	if (status == 0)
		status = gnutls_privkey_import_x509_raw(
			credential->key, &datum, format, password,
			password ? 0 : GNUTLS_PKCS_PLAIN);
	return status == 0 ||
	       chk_credential_fail(status, password != NULL, path,
				   "the private key cannot be read", error);
}

static bool read_key(struct chk_credential *credential, struct chk_bytes file,
		     const char *path, const char *password,
		     struct chk_error *error)
{
	struct chk_bytes key = file;
	bool pem = chk_pem_is(file);

	if (pem)
		key = find_key(file);
	if (!key.data)
		return chk_error_set(error, CHK_ERROR_EMPTY, path,
				     "there is no private key in it");
	return import_key(credential, key,
			  pem ? GNUTLS_X509_FMT_PEM : GNUTLS_X509_FMT_DER,
			  path, password, error);
}

static bool open_file(struct chk_credential *credential,
		      const struct chk_credential_source *source,
		      struct chk_error *error)
{
	CHK_CLEANUP(cleanup_secret) struct secret_file file = { 0 };

	if (!read_secret(source->cert, &file, error))
		return false;
	if (!file.size)
		return chk_error_set(error, CHK_ERROR_EMPTY, source->cert,
				     "the file is empty");
	if (!chk_pem_is(bytes_of(&file)))
		return add_der(credential, bytes_of(&file), source->cert,
			       source->password, error);
	return add_pem(credential, bytes_of(&file), source->cert, error) &&
	       (source->key ||
		read_key(credential, bytes_of(&file), source->cert,
			 source->password, error));
}

static bool open_cert(struct chk_credential *credential,
		      const struct chk_credential_source *source,
		      struct chk_error *error)
{
	if (!chk_credential_is_token(source->cert))
		return open_file(credential, source, error);
	return chk_credential_token_cert(credential, source->cert,
					 source->module, error);
}

/* A key that came with a PKCS #12 gives way to one that is named. */
static bool open_key(struct chk_credential *credential,
		     const struct chk_credential_source *source,
		     struct chk_error *error)
{
	CHK_CLEANUP(cleanup_secret) struct secret_file file = { 0 };
	const char *key = source->key ? source->key : source->cert;

	if (!source->key && credential->key)
		return true;
	if (credential->key)
		gnutls_privkey_deinit(credential->key);
	credential->key = NULL;
	if (chk_credential_is_token(key))
		return chk_credential_token_key(credential, key,
						source->module, error);
	if (!source->key)
		return chk_error_set(error, CHK_ERROR_EMPTY, source->cert,
				     "it is a certificate without its key");
	return read_secret(key, &file, error) &&
	       read_key(credential, bytes_of(&file), key, source->password,
			error);
}

/* By the bits of the key: parameters beside them may be left out. */
static bool belongs(const struct chk_credential *credential)
{
	CHK_CLEANUP(chk_cleanup_pubkey) gnutls_pubkey_t public = NULL;
	CHK_CLEANUP(chk_cleanup_datum) gnutls_datum_t spki = { 0 };
	struct chk_key key;

	return gnutls_pubkey_init(&public) == 0 &&
	       gnutls_pubkey_import_privkey(public, credential->key, 0, 0) ==
		       0 &&
	       gnutls_pubkey_export2(public, GNUTLS_X509_FMT_DER, &spki) ==
		       0 &&
	       chk_key_parse(chk_bytes_of(spki.data, spki.size), &key, NULL) &&
	       chk_bytes_equal(key.point,
			       credential->chain->items[0].cert->key.point);
}

static bool import_chain(struct chk_credential *credential,
			 struct chk_error *error)
{
	for (size_t i = 0; i < credential->chain->count; i++) {
		const gnutls_datum_t datum = chk_credential_datum(
			credential->chain->items[i].cert->der);
		int status = gnutls_pcert_import_x509_raw(
			&credential->certs[i], &datum, GNUTLS_X509_FMT_DER, 0);

		if (status < 0)
			return chk_credential_fail(
				status, false,
				credential->chain->items[i].where,
				"GnuTLS does not take the certificate", error);
		credential->cert_count++;
	}
	return true;
}

/* A token may ask for it at each signature; nobody else does. */
static bool keep_pin(struct chk_credential *credential,
		     const struct chk_credential_source *source)
{
	if (!source->password ||
	    (!chk_credential_is_token(source->cert) &&
	     !(source->key && chk_credential_is_token(source->key))))
		return true;
	credential->pin = strdup(source->password);
	return credential->pin != NULL;
}

bool chk_credential_open(const struct chk_credential_source *source,
			 struct chk_credential **credential,
			 struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_credential)
	struct chk_credential *made = calloc(1, sizeof(*made));

	*credential = NULL;
	if (!source->cert)
		return chk_error_set(error, CHK_ERROR_ARGUMENT, NULL,
				     "no certificate is named");
	if (made)
		made->chain = chk_chain_new();
	if (!made || !made->chain || !keep_pin(made, source))
		return chk_error_memory(error);
	if (!open_cert(made, source, error) ||
	    !open_key(made, source, error) || !import_chain(made, error))
		return false;
	made->where = chk_text_escaped(made->chain->items[0].where);
	if (!made->where)
		return chk_error_memory(error);
	made->matches = belongs(made);
	*credential = chk_steal(&made);
	return true;
}

void chk_credential_free(struct chk_credential *credential)
{
	if (!credential)
		return;
	for (unsigned i = 0; i < credential->cert_count; i++)
		gnutls_pcert_deinit(&credential->certs[i]);
	if (credential->key)
		gnutls_privkey_deinit(credential->key);
	if (credential->pin)
		explicit_bzero(credential->pin, strlen(credential->pin));
	free(credential->pin);
	chk_chain_free(credential->chain);
	free(credential->where);
	free(credential);
}

const struct chk_chain *
chk_credential_chain(const struct chk_credential *credential)
{
	return credential->chain;
}

bool chk_credential_matches(const struct chk_credential *credential)
{
	return credential->matches;
}
