/*
 * lib/path/crl_rules.h: is a certificate of a path revoked (RFC 5280 section
 * 6.3), as far as the CRLs at hand tell.
 */
#ifndef CHK_PATH_CRL_RULES_H
#define CHK_PATH_CRL_RULES_H

#include "path/run.h"

/*
 * chk_crl_rules_check adds REVOKED for each certificate below the anchor that
 * a CRL lists, and REVOCATION_UNKNOWN for each that no current CRL covers for
 * all reasons: what is not proved to be unrevoked is not trusted.
 *
 * A CRL counts where crl_scope.h and crl_signer.h say so. A later one of the
 * same scope, complete or delta, takes a certificateHold back, and nothing
 * else.
 */
void chk_crl_rules_check(struct chk_run *run, const struct chk_node *top,
			 struct chk_defects *defects);

#endif
