/* lib/cert/looks.h: what people give where certificates are wanted. */
#ifndef CHK_CERT_LOOKS_H
#define CHK_CERT_LOOKS_H

#include "base/bytes.h"
#include "base/error.h"

/* "a PKCS #12 keystore"; NULL: not recognised, or a certificate. */
const char *chk_looks_like(struct chk_bytes bytes);
/*
 * chk_looks_like_der: may a file without PEM be a `what` ("CRL") in DER?
 * Errors: CHK_ERROR_EMPTY, which says what it looks like; `where` is `name`.
 */
bool chk_looks_like_der(struct chk_bytes bytes, const char *what,
			const char *name, struct chk_error *error);

#endif
