/*
 * lib/fetch/credential.h: a certificate of the client with its key, and who
 * reads them. What a reader could fill stays in the credential, also when it
 * fails: chk_credential_open frees it.
 */
#ifndef CHK_FETCH_CREDENTIAL_H
#define CHK_FETCH_CREDENTIAL_H

#include <gnutls/abstract.h>

#include <chaincheck/credential.h>

#include "base/error.h"
#include "cert/cert.h"

#define CHK_CREDENTIAL_BYTES_MAX (1u << 20) /* of a file */
#define CHK_CREDENTIAL_CERTS_MAX 32	    /* to be sent */

struct chk_credential {
	char *where;             /* escaped, no PIN in it */
	struct chk_chain *chain; /* at least one, once it is open */
	gnutls_privkey_t key;
	bool matches;
	/* The chain as GnuTLS sends it; `count` of them are filled. */
	gnutls_pcert_st certs[CHK_CREDENTIAL_CERTS_MAX];
	unsigned cert_count;
	char *pin; /* of a token; NULL: none was given */
	const char *pin_withheld; /* why it was not given to the token; NULL */
};

/* Appends a certificate to the chain. Errors: those of chk_cert_parse. */
bool chk_credential_add(struct chk_credential *credential,
			struct chk_bytes der, const char *where,
			struct chk_error *error);
/* GnuTLS's words behind `what`, without their full stop. Always false. */
bool chk_credential_said(enum chk_code code, int status, const char *where,
			 const char *what, struct chk_error *error);
/* The same of a key or file, where it may be the password. Always false. */
bool chk_credential_fail(int status, bool password, const char *where,
			 const char *what, struct chk_error *error);
/* credential_pkcs12.c: key and certificates of a PKCS #12 file. */
bool chk_credential_pkcs12(struct chk_credential *credential,
			   struct chk_bytes file, const char *where,
			   const char *password, struct chk_error *error);
/* credential_token.c. "pkcs11:..." */
bool chk_credential_is_token(const char *text);
/* The certificate of a token, and its issuers there. */
bool chk_credential_token_cert(struct chk_credential *credential,
			       const char *uri, const char *module,
			       struct chk_error *error);
/* The key of a token; `uri` may be that of the certificate. */
bool chk_credential_token_key(struct chk_credential *credential,
			      const char *uri, const char *module,
			      struct chk_error *error);

/* Borrowed bytes as GnuTLS takes them; it only reads. */
static inline gnutls_datum_t chk_credential_datum(struct chk_bytes bytes)
{
	return (gnutls_datum_t){ (void *)(uintptr_t)bytes.data,
				 (unsigned)bytes.size };
}

/* For CHK_CLEANUP (base/cleanup.h). */
static inline void chk_cleanup_credential(struct chk_credential **credential)
{
	chk_credential_free(*credential);
}

#endif
