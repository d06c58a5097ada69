/*
 * chaincheck/credential.h: a certificate of the client, its key, and the
 * certificates to send with it, for servers that ask for one.
 *
 * Open one or several, set them in a struct chk_target, and free them once
 * the fetches are done: the private key is in memory, or in use on its token,
 * from chk_credential_open to chk_credential_free. Nothing here prints it.
 */
#ifndef CHAINCHECK_CREDENTIAL_H
#define CHAINCHECK_CREDENTIAL_H

#include <chaincheck/cert.h>

#ifdef __cplusplus
extern "C" {
#endif

struct chk_credential;

/* struct chk_credential_source: zero it and set what matters. Borrowed. */
struct chk_credential_source {
	/*
	 * A file (PEM: the client's certificate first, then what is to be
	 * sent with it; one DER certificate; or PKCS #12), or a PKCS#11 URI
	 * (RFC 7512); needed.
	 */
	const char *cert;
	/*
	 * A file (PEM or DER; PKCS #8, also encrypted, or the older forms of
	 * OpenSSL), or a PKCS#11 URI; NULL: it is where the certificate is.
	 */
	const char *key;
	const char *password; /* of the key or file, PIN; NULL: none is given */
	/* The PKCS#11 module; NULL: the URI's module-path, p11-kit's. */
	const char *module;
};

/*
 * chk_credential_open reads the certificates and the key. That they do not
 * belong together is no failure: it is told with what the server answers, and
 * such a key is never used. A chain is sent as it stands in its file; of a
 * token, the issuers that are on it come along. A PIN is tried once.
 *
 * With a module, GnuTLS loads it, and keeps it until the process ends.
 *
 * Ownership: free `*credential` with chk_credential_free; no text of `source`
 * is kept, and the password nowhere but for a token, which may ask again.
 * Errors: CHK_ERROR_ARGUMENT (no `cert`), CHK_ERROR_NOT_FOUND,
 * CHK_ERROR_READ (a pipe or a device too), CHK_ERROR_FORMAT (damaged, or
 * none of these), CHK_ERROR_EMPTY (no certificate, or no key),
 * CHK_ERROR_PASSWORD (needed, or wrong), CHK_ERROR_TOKEN,
 * CHK_ERROR_TOO_LARGE (1 MiB a file, 32 certificates), CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_credential_open(const struct chk_credential_source *source,
			 struct chk_credential **credential,
			 struct chk_error *error);
/* chk_credential_free wipes the key and frees. NULL is fine. */
CHK_API void chk_credential_free(struct chk_credential *credential);
/* What is sent, the client's own first. Borrowed. */
CHK_API const struct chk_chain *
chk_credential_chain(const struct chk_credential *credential);
/* Does the key belong to the first certificate? */
CHK_API bool
chk_credential_matches(const struct chk_credential *credential);

#ifdef __cplusplus
}
#endif

#endif
