/*
 * lib/path/crl_signer.h: who signed a CRL, and does that count for this path
 * (RFC 5280 section 6.3.3 (f) and (g)).
 */
#ifndef CHK_PATH_CRL_SIGNER_H
#define CHK_PATH_CRL_SIGNER_H

#include "path/run.h"

/*
 * chk_crl_signer_why_not tells why the signature of `crl` proves nothing of
 * the certificate at `below` on the path that ends in `top`; NULL: it counts.
 *
 * Whoever on the path above has the name of the CRL's issuer may have signed
 * it, as may a key of that name that does not stand on the path: the client
 * must then have been sent, or have, its certificate, and a path from that to
 * the same anchor must be valid as this one is, revocation asked about in its
 * turn. It is searched for within the budget of `run`.
 */
const char *chk_crl_signer_why_not(struct chk_run *run,
				   const struct chk_node *top,
				   const struct chk_node *below,
				   const struct chk_crl *crl);

#endif
