/* lib/supply/aia_answer.h: the certificates in what an URL gave. */
#ifndef CHK_SUPPLY_AIA_ANSWER_H
#define CHK_SUPPLY_AIA_ANSWER_H

#include "cert/cert.h"

/* Certificates of one answer that are taken; a whole bridge's fit in. */
#define CHK_AIA_MAX_CERTS 32

/*
 * chk_aia_answer_read appends to `chain` what RFC 5280 section 4.2.2.1 has a
 * server give, one certificate in DER or a PKCS #7 of them, and PEM of either,
 * as some do. Each gets `url` for its place, and what was passed over a note.
 * Errors: CHK_ERROR_EMPTY (there is no certificate in it; `what` says what
 * there is), CHK_ERROR_FORMAT, CHK_ERROR_MEMORY.
 */
bool chk_aia_answer_read(struct chk_bytes bytes, const char *url,
			 struct chk_chain *chain, struct chk_error *error);

#endif
