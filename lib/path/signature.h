/*
 * lib/path/signature.h: did this key sign these bytes. GnuTLS answers; memory.h
 * remembers what it said.
 */
#ifndef CHK_PATH_SIGNATURE_H
#define CHK_PATH_SIGNATURE_H

#include <gnutls/abstract.h>

#include "cert/cert.h"

enum chk_signed {
	CHK_SIGNED_YES,
	CHK_SIGNED_NO,
	CHK_SIGNED_UNSUPPORTED, /* GnuTLS knows not the key or the algorithm */
};

/* Bytes and the signature on them, of a certificate or a CRL. Borrowed. */
struct chk_signed_bytes {
	struct chk_bytes tbs;
	struct chk_bytes signature_algorithm; /* AlgorithmIdentifier TLV */
	struct chk_bytes signature;           /* bits, whole bytes */
};

static inline struct chk_signed_bytes
chk_signed_bytes_of(const struct chk_cert *cert)
{
	return (struct chk_signed_bytes){
		cert->tbs, cert->signature_algorithm, cert->signature,
	};
}

/*
 * chk_signature_load makes the key of `issuer` ready; `*key` is NULL where
 * GnuTLS cannot use it. Ownership: gnutls_pubkey_deinit. False: no memory.
 */
bool chk_signature_load(const struct chk_cert *issuer, gnutls_pubkey_t *key);
/*
 * chk_signature_check tells whether the key of `issuer`, loaded, made the
 * signature of `what`. One thread at a time may use a key.
 * False: no memory.
 */
bool chk_signature_check(gnutls_pubkey_t key,
			 const struct chk_signed_bytes *what,
			 const struct chk_cert *issuer,
			 enum chk_signed *result);

#endif
