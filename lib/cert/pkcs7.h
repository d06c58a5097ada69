/*
 * lib/cert/pkcs7.h: the certificates of PKCS #7 (RFC 2315 section 9), as
 * Windows and CAs hand them out. Nothing that is signed is of any interest.
 */
#ifndef CHK_CERT_PKCS7_H
#define CHK_CERT_PKCS7_H

#include "base/bytes.h"
#include "base/error.h"

/* Does it begin as one? */
bool chk_pkcs7_is(struct chk_bytes bytes);

/* One certificate, lent. False ends the walk; the error says why. */
typedef bool chk_pkcs7_visit(void *context, struct chk_bytes der,
			     struct chk_error *error);

/*
 * chk_pkcs7_walk visits the certificates of DER or BER, the first `most` of
 * them: GnuTLS looks each up from the start of the list, so that all of a long
 * one would take too long. `*count` is how many there are, visited or not.
 * Errors: CHK_ERROR_FORMAT, CHK_ERROR_MEMORY, those of `visit`; `where` is
 * `name`.
 */
bool chk_pkcs7_walk(struct chk_bytes bytes, const char *name, size_t most,
		    chk_pkcs7_visit *visit, void *context, size_t *count,
		    struct chk_error *error);

#endif
