/*
 * lib/store/certificate_aux.h: what stands behind the certificate in a
 * "TRUSTED CERTIFICATE" block. There is no standard; openssl-x509(1) writes
 *
 *	CertAux ::= SEQUENCE {
 *		trust  SEQUENCE OF OBJECT IDENTIFIER OPTIONAL,
 *		reject [0] IMPLICIT SEQUENCE OF OBJECT IDENTIFIER OPTIONAL,
 *		alias UTF8String OPTIONAL, keyid OCTET STRING OPTIONAL,
 *		other [1] IMPLICIT SEQUENCE OF AlgorithmIdentifier OPTIONAL }
 */
#ifndef CHK_STORE_CERTIFICATE_AUX_H
#define CHK_STORE_CERTIFICATE_AUX_H

#include "cert/der.h"
#include "store/store.h"

/* Contents; .data is NULL where there is none. Borrowed. */
struct chk_certificate_aux {
	struct chk_bytes trust, reject;
};

/*
 * chk_certificate_aux_parse reads to the end of `der`; nothing at all is fine.
 * False: it cannot be read, and nothing is to be believed of it.
 */
bool chk_certificate_aux_parse(struct chk_der *der,
			       struct chk_certificate_aux *aux);
/*
 * chk_certificate_aux_apply: with a trust list the anchor is trusted for what
 * is on it alone; with none, for all, as a plain certificate would be; what is
 * on the reject list is distrusted.
 */
void chk_certificate_aux_apply(const struct chk_certificate_aux *aux,
			       struct chk_anchor *anchor);

#endif
