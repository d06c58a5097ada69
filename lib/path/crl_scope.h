/*
 * lib/path/crl_scope.h: for which certificates, and for which reasons, does a
 * CRL answer (RFC 5280 section 6.3.3 (b) and (d)).
 */
#ifndef CHK_PATH_CRL_SCOPE_H
#define CHK_PATH_CRL_SCOPE_H

#include "cert/cert.h"
#include "revocation/crl.h"

/* A certificate names a handful; a hostile one may name thousands. */
#define CHK_CRL_MAX_POINTS 100

/*
 * chk_crl_scope_reasons gives the reasons for which `crl` answers for `cert`,
 * as the bits of CHK_ALL_REASONS; 0: it is for other certificates. A CRL of
 * another issuer than the certificate's must be an indirect one to which a
 * distribution point of the certificate sends its reader.
 *
 * Names that are compared are taken from `*comparisons`; at 0 what was not
 * compared does not count.
 */
uint32_t chk_crl_scope_reasons(const struct chk_crl *crl,
			       const struct chk_cert *cert,
			       uint32_t *comparisons);

/*
 * Do both answer for the same certificates and reasons (5.2.4 (c))? They must
 * then have the same issuer and the same issuingDistributionPoint.
 */
bool chk_crl_scope_is_same(const struct chk_crl *a, const struct chk_crl *b);

#endif
