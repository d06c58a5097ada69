/* lib/cert/looks.h: what people give where certificates are wanted. */
#ifndef CHK_CERT_LOOKS_H
#define CHK_CERT_LOOKS_H

#include "base/bytes.h"

/* "a PKCS #12 keystore"; NULL: not recognised, or a certificate. */
const char *chk_looks_like(struct chk_bytes bytes);

#endif
