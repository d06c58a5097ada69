/* lib/store/purpose.c: what a path can be for, in our words and in others'. */
#include "store/purpose.h"

#include "cert/der.h"
#include "cert/oid.h"

static const struct {
	const char *name;
	const char *usage_name;
	enum chk_oid usage;
} PURPOSES[] = {
	[CHK_PURPOSE_TLS_SERVER] = { "tls-server", "serverAuth",
				     CHK_OID_EKU_SERVER_AUTH },
	[CHK_PURPOSE_TLS_CLIENT] = { "tls-client", "clientAuth",
				     CHK_OID_EKU_CLIENT_AUTH },
	[CHK_PURPOSE_EMAIL] = { "email", "emailProtection", CHK_OID_EKU_EMAIL },
	[CHK_PURPOSE_CODE_SIGNING] = { "code-signing", "codeSigning",
				       CHK_OID_EKU_CODE_SIGNING },
	[CHK_PURPOSE_TIME_STAMPING] = { "time-stamping", "timeStamping",
					CHK_OID_EKU_TIME_STAMPING },
	[CHK_PURPOSE_OCSP_SIGNING] = { "ocsp-signing", "OCSPSigning",
				       CHK_OID_EKU_OCSP_SIGNING },
	[CHK_PURPOSE_ANY] = { "any", "anyExtendedKeyUsage", CHK_OID_EKU_ANY },
};

bool chk_purpose_find(const char *name, enum chk_purpose *purpose)
{
	for (size_t i = 0; name && i < CHK_COUNT(PURPOSES); i++) {
		if (strcmp(name, PURPOSES[i].name) != 0 &&
		    strcmp(name, PURPOSES[i].usage_name) != 0 &&
		    strcmp(name, chk_oid_text(PURPOSES[i].usage)) != 0)
			continue;
		*purpose = (enum chk_purpose)i;
		return true;
	}
	return false;
}

const char *chk_purpose_name(enum chk_purpose purpose)
{
	if ((size_t)purpose >= CHK_COUNT(PURPOSES))
		return "unknown";
	return PURPOSES[purpose].name;
}

static bool find_usage(struct chk_bytes usage, enum chk_purpose *purpose)
{
	enum chk_oid oid = chk_oid_find(usage);

	for (size_t i = 0; i < CHK_COUNT(PURPOSES); i++) {
		if (PURPOSES[i].usage != oid)
			continue;
		*purpose = (enum chk_purpose)i;
		return true;
	}
	return false;
}

bool chk_usages_apply(struct chk_bytes usages, enum chk_trust trust,
		      struct chk_anchor *anchor)
{
	struct chk_der der = chk_der_begin(usages, NULL);
	enum chk_purpose purpose;
	struct chk_tlv oid;

	while (!chk_der_at_end(&der)) {
		if (!chk_der_expect(&der, CHK_DER_OID, "KeyPurposeId", &oid))
			return false;
		if (find_usage(oid.value, &purpose))
			chk_anchor_set(anchor, purpose, trust);
	}
	return true;
}
