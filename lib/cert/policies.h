/*
 * lib/cert/policies.h: the four extensions of certificate policies (RFC 5280
 * sections 4.2.1.4, 4.2.1.5, 4.2.1.11 and 4.2.1.14), read when they are asked
 * for: few paths ever demand a policy.
 */
#ifndef CHK_CERT_POLICIES_H
#define CHK_CERT_POLICIES_H

#include "cert/cert.h"
#include "cert/der.h"

/* No such limit: more than any path is long. */
#define CHK_POLICY_NO_LIMIT UINT32_MAX

/*
 * A cursor on the list within `extension`; at its end where it is absent.
 * What is left when a walk ends could not be read.
 */
struct chk_der chk_policies_begin(const struct chk_extension *extension);
/* The next policy of certificatePolicies, as OID content. */
bool chk_policies_next(struct chk_der *list, struct chk_bytes *policy);
/* The next pair of policyMappings. */
bool chk_policy_mappings_next(struct chk_der *list, struct chk_bytes *issuer,
			      struct chk_bytes *subject);

/* Certificates that may follow, CHK_POLICY_NO_LIMIT where nothing is said. */
struct chk_policy_limits {
	uint32_t require_explicit;
	uint32_t inhibit_mapping;
	uint32_t inhibit_any;
};

/* False: policyConstraints or inhibitAnyPolicy are not what they should be. */
bool chk_policy_limits_read(const struct chk_cert *cert,
			    struct chk_policy_limits *limits);

#endif
