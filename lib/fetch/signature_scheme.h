/* lib/fetch/signature_scheme.h: signatures by the numbers that TLS gives. */
#ifndef CHK_FETCH_SIGNATURE_SCHEME_H
#define CHK_FETCH_SIGNATURE_SCHEME_H

#include "cert/key.h"

/* "ecdsa_secp256r1_sha256", as IANA has it; NULL: not in signatures.tsv. */
const char *chk_scheme_name(uint16_t number);
/*
 * chk_scheme_signs: can a key of this type make such a signature in a
 * handshake, in one of TLS 1.3 with `tls13`? There a curve goes with its hash.
 */
bool chk_scheme_signs(uint16_t number, const struct chk_key *key, bool tls13);
/* Does a certificate that is signed so fall under it? */
bool chk_scheme_covers(uint16_t number,
		       const struct chk_signature_algorithm *algorithm);

#endif
