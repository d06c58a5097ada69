/* lib/cert/policies.c: the four extensions of certificate policies. */
#include "cert/policies.h"

struct chk_der chk_policies_begin(const struct chk_extension *extension)
{
	struct chk_der der = chk_der_begin(extension->value, NULL);
	struct chk_der list;

	if (!extension->present)
		return (struct chk_der){ 0 };
	return chk_der_sequence(&der, &list) ? list : der;
}

/* PolicyInformation { policyIdentifier, policyQualifiers OPTIONAL }. */
bool chk_policies_next(struct chk_der *list, struct chk_bytes *policy)
{
	struct chk_der before = *list, inside;
	struct chk_tlv tlv;

	if (chk_der_expect(list, CHK_DER_SEQUENCE, NULL, &tlv)) {
		inside = chk_der_inside(list, &tlv);
		if (chk_der_expect(&inside, CHK_DER_OID, NULL, &tlv) &&
		    chk_der_oid(&inside, &tlv)) {
			*policy = tlv.value;
			return true;
		}
	}
	*list = before;
	return false;
}

bool chk_policy_mappings_next(struct chk_der *list, struct chk_bytes *issuer,
			      struct chk_bytes *subject)
{
	struct chk_der before = *list, inside;
	struct chk_tlv pair, from, to;

	if (chk_der_expect(list, CHK_DER_SEQUENCE, NULL, &pair)) {
		inside = chk_der_inside(list, &pair);
		if (chk_der_expect(&inside, CHK_DER_OID, NULL, &from) &&
		    chk_der_oid(&inside, &from) &&
		    chk_der_expect(&inside, CHK_DER_OID, NULL, &to) &&
		    chk_der_oid(&inside, &to) && chk_der_at_end(&inside)) {
			*issuer = from.value;
			*subject = to.value;
			return true;
		}
	}
	*list = before;
	return false;
}

/* SkipCerts ::= INTEGER (0..MAX), under an implicit tag; may be absent. */
static bool read_skip(struct chk_der *der, uint8_t tag, uint32_t *skip)
{
	struct chk_tlv tlv;

	*skip = CHK_POLICY_NO_LIMIT;
	if (chk_der_peek(der) != tag)
		return true;
	return chk_der_next(der, &tlv) && chk_der_uint32(der, &tlv, skip);
}

/* PolicyConstraints: one field at least. */
static bool read_constraints(const struct chk_extension *extension,
			     struct chk_policy_limits *limits)
{
	struct chk_der der = chk_policies_begin(extension);

	if (!extension->present)
		return true;
	return !chk_der_at_end(&der) &&
	       read_skip(&der, CHK_DER_CONTEXT(0),
			 &limits->require_explicit) &&
	       read_skip(&der, CHK_DER_CONTEXT(1),
			 &limits->inhibit_mapping) &&
	       chk_der_at_end(&der);
}

bool chk_policy_limits_read(const struct chk_cert *cert,
			    struct chk_policy_limits *limits)
{
	struct chk_der any = chk_der_begin(cert->inhibit_any_policy.value,
					   NULL);

	*limits = (struct chk_policy_limits){
		CHK_POLICY_NO_LIMIT, CHK_POLICY_NO_LIMIT, CHK_POLICY_NO_LIMIT,
	};
	if (!read_constraints(&cert->policy_constraints, limits))
		return false;
	if (!cert->inhibit_any_policy.present)
		return true;
	return read_skip(&any, CHK_DER_INTEGER, &limits->inhibit_any) &&
	       chk_der_at_end(&any);
}
