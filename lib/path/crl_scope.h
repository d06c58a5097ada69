/*
 * lib/path/crl_scope.h: for which certificates, and for which reasons, does a
 * CRL answer (RFC 5280 section 6.3.3 (b) and (d)).
 */
#ifndef CHK_PATH_CRL_SCOPE_H
#define CHK_PATH_CRL_SCOPE_H

#include "cert/cert.h"
#include "revocation/crl.h"

/* A walk over the distribution points of a certificate (4.2.1.13). */
struct chk_crl_points {
	struct chk_der der;
	uint32_t left; /* a hostile certificate may name thousands */
};

struct chk_crl_points chk_crl_points_begin(const struct chk_cert *cert);
/* False: no more, or no more than are looked at, or unreadable. */
bool chk_crl_points_next(struct chk_crl_points *points,
			 struct chk_point *point);

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
