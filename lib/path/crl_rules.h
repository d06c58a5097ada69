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
 * A CRL counts where the certificate's issuer signed it, with a key that stands
 * on this path; those of a key that does not, and of another issuer (indirect
 * ones for certificates of others), prove nothing yet. A delta CRL revokes and
 * never takes back.
 */
void chk_crl_rules_check(struct chk_run *run, const struct chk_node *top,
			 struct chk_defects *defects);

#endif
