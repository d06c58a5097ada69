/* lib/path/rsa_pss.h: the parameters of RSASSA-PSS (RFC 4055 section 3.1). */
#ifndef CHK_PATH_RSA_PSS_H
#define CHK_PATH_RSA_PSS_H

#include "cert/oid.h"

struct chk_rsa_pss {
	enum chk_oid digest; /* of the message and of MGF1 alike */
	uint32_t salt_size;  /* bytes */
};

/*
 * chk_rsa_pss_parse reads the parameters of an AlgorithmIdentifier that is a
 * whole TLV. `*absent` is set where there are none, which a key may have
 * (section 1.2: no restriction) and a signature may not.
 * False: not DER, another mask function than MGF1, its digest not the
 * message's (allowed by the RFC, made by nobody, not checkable by GnuTLS), or
 * a trailer other than 1.
 */
bool chk_rsa_pss_parse(struct chk_bytes algorithm, struct chk_rsa_pss *pss,
		       bool *absent);
/*
 * True when a key whose SPKI (whole TLV) is restricted may make a signature
 * with these parameters (section 3.3): the same digest, no shorter salt.
 */
bool chk_rsa_pss_allows(struct chk_bytes spki, const struct chk_rsa_pss *pss);

#endif
