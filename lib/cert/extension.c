/* lib/cert/extension.c: RFC 5280 section 4.2, one parser each. */
#include "cert/extension.h"

#include "cert/general_name.h"
#include "cert/oid.h"

#define MAX_EXTENSIONS 1000

struct value {
	struct chk_der der; /* on the extnValue content */
	struct chk_bytes bytes;
	bool critical;
};

static bool next_extension(struct chk_der *der, struct chk_bytes *oid,
			   bool *critical, struct chk_bytes *value)
{
	struct chk_tlv tlv, part;
	struct chk_der inner;

	*critical = false;
	if (!chk_der_expect(der, CHK_DER_SEQUENCE, "Extension", &tlv))
		return false;
	inner = chk_der_inside(der, &tlv);
	if (!chk_der_expect(&inner, CHK_DER_OID, "extnID", &part) ||
	    !chk_der_oid(&inner, &part))
		return false;
	*oid = part.value;
	/* critical FALSE written out is no DER, and real CAs write it. */
	if (chk_der_peek(&inner) == CHK_DER_BOOLEAN &&
	    (!chk_der_next(&inner, &part) ||
	     !chk_der_boolean(&inner, &part, critical)))
		return false;
	if (!chk_der_expect(&inner, CHK_DER_OCTET_STRING, "extnValue", &part) ||
	    !chk_der_end(&inner, "Extension"))
		return false;
	*value = part.value;
	return true;
}

/* One that cannot be read stays before the cursor: it is not the end. */
bool chk_extension_next(struct chk_der *der, struct chk_bytes *oid,
			bool *critical, struct chk_bytes *value)
{
	struct chk_der before = *der;

	if (next_extension(der, oid, critical, value))
		return true;
	*der = before;
	return false;
}

/* 4.2.1.2 */
static bool read_key_id(struct value *value, struct chk_cert *cert)
{
	struct chk_tlv tlv;

	if (!chk_der_expect(&value->der, CHK_DER_OCTET_STRING,
			    "subjectKeyIdentifier", &tlv) ||
	    !chk_der_end(&value->der, "subjectKeyIdentifier"))
		return false;
	cert->key_id = tlv.value;
	return true;
}

/* 4.2.1.1: [0] keyIdentifier, [1] authorityCertIssuer, [2] serial. */
static bool read_authority(struct value *value, struct chk_cert *cert)
{
	struct chk_authority_key_id *authority = &cert->authority;
	struct chk_tlv tlv;
	struct chk_der der;

	if (!chk_der_expect(&value->der, CHK_DER_SEQUENCE,
			    "authorityKeyIdentifier", &tlv) ||
	    !chk_der_end(&value->der, "authorityKeyIdentifier"))
		return false;
	der = chk_der_inside(&value->der, &tlv);
	authority->present = true;
	while (!chk_der_at_end(&der)) {
		if (!chk_der_next(&der, &tlv))
			return false;
		if (tlv.tag == CHK_DER_CONTEXT(0))
			authority->key_id = tlv.value;
		else if (tlv.tag == CHK_DER_CONTEXT_CONSTRUCTED(1))
			authority->issuer = tlv.value;
		else if (tlv.tag == CHK_DER_CONTEXT(2))
			authority->serial = tlv.value;
		else
			return chk_der_fail(&der, tlv.whole.data,
					    "authorityKeyIdentifier",
					    "no such field");
	}
	return true;
}

/* 4.2.1.9. cA FALSE written out is no DER, and real CAs write it. */
static bool read_basic_constraints(struct value *value, struct chk_cert *cert)
{
	struct chk_basic_constraints *bc = &cert->basic_constraints;
	struct chk_tlv tlv;
	struct chk_der der;

	if (!chk_der_expect(&value->der, CHK_DER_SEQUENCE, "basicConstraints",
			    &tlv) ||
	    !chk_der_end(&value->der, "basicConstraints"))
		return false;
	der = chk_der_inside(&value->der, &tlv);
	bc->present = true;
	bc->critical = value->critical;
	if (chk_der_peek(&der) == CHK_DER_BOOLEAN &&
	    (!chk_der_next(&der, &tlv) ||
	     !chk_der_boolean(&der, &tlv, &bc->ca)))
		return false;
	if (chk_der_peek(&der) == CHK_DER_INTEGER) {
		bc->has_path_len = true;
		if (!chk_der_next(&der, &tlv) ||
		    !chk_der_uint32(&der, &tlv, &bc->path_len))
			return false;
	}
	return chk_der_end(&der, "basicConstraints");
}

/* 4.2.1.3: bit 0 is the most significant of the first byte. */
static bool read_key_usage(struct value *value, struct chk_cert *cert)
{
	struct chk_bytes bits;
	struct chk_tlv tlv;
	uint8_t unused;

	if (!chk_der_expect(&value->der, CHK_DER_BIT_STRING, "keyUsage", &tlv) ||
	    !chk_der_bit_string(&value->der, &tlv, &bits, &unused) ||
	    !chk_der_end(&value->der, "keyUsage"))
		return false;
	cert->key_usage.present = true;
	cert->key_usage.critical = value->critical;
	for (unsigned int i = 0; i < 9; i++) {
		if (i / 8 < bits.size && (bits.data[i / 8] & (0x80u >> i % 8)))
			cert->key_usage.bits |= (uint16_t)(1u << i);
	}
	return true;
}

static void keep(struct chk_extension *extension, const struct value *value)
{
	*extension = (struct chk_extension){ true, value->critical,
					     value->bytes };
}

/* 4.2.1.6 */
static bool read_alt_names(struct value *value, struct chk_cert *cert)
{
	struct chk_general_name name;
	struct chk_tlv tlv;
	struct chk_der der;

	keep(&cert->alt_names, value);
	if (!chk_der_expect(&value->der, CHK_DER_SEQUENCE, "subjectAltName",
			    &tlv) ||
	    !chk_der_end(&value->der, "subjectAltName"))
		return false;
	der = chk_der_inside(&value->der, &tlv);
	while (!chk_der_at_end(&der)) {
		if (!chk_general_name_next(&der, &name))
			return false;
	}
	return true;
}

/* 4.2.1.12 */
static bool read_ext_key_usage(struct value *value, struct chk_cert *cert)
{
	struct chk_tlv tlv;
	struct chk_der der;

	keep(&cert->ext_key_usage, value);
	if (!chk_der_expect(&value->der, CHK_DER_SEQUENCE, "extKeyUsage", &tlv) ||
	    !chk_der_end(&value->der, "extKeyUsage"))
		return false;
	der = chk_der_inside(&value->der, &tlv);
	while (!chk_der_at_end(&der)) {
		if (!chk_der_expect(&der, CHK_DER_OID, "KeyPurposeId", &tlv) ||
		    !chk_der_oid(&der, &tlv))
			return false;
	}
	return true;
}

/* The content is another's to read; that it is one SEQUENCE is checked. */
static bool is_sequence(struct value *value)
{
	struct chk_tlv tlv;

	return chk_der_expect(&value->der, CHK_DER_SEQUENCE, "extension", &tlv) &&
	       chk_der_end(&value->der, "extension");
}

static bool read_name_constraints(struct value *value, struct chk_cert *cert)
{
	keep(&cert->name_constraints, value);
	return is_sequence(value);
}

static bool read_policies(struct value *value, struct chk_cert *cert)
{
	keep(&cert->policies, value);
	return is_sequence(value);
}

static bool read_policy_mappings(struct value *value, struct chk_cert *cert)
{
	keep(&cert->policy_mappings, value);
	return is_sequence(value);
}

static bool read_policy_constraints(struct value *value, struct chk_cert *cert)
{
	keep(&cert->policy_constraints, value);
	return is_sequence(value);
}

static bool read_inhibit_any(struct value *value, struct chk_cert *cert)
{
	struct chk_tlv tlv;

	keep(&cert->inhibit_any_policy, value);
	return chk_der_expect(&value->der, CHK_DER_INTEGER, "inhibitAnyPolicy",
			      &tlv) &&
	       chk_der_end(&value->der, "inhibitAnyPolicy");
}

static bool read_authority_info(struct value *value, struct chk_cert *cert)
{
	keep(&cert->authority_info, value);
	return is_sequence(value);
}

static bool read_crl_points(struct value *value, struct chk_cert *cert)
{
	keep(&cert->crl_points, value);
	return is_sequence(value);
}

/* Known, and of no account to a search: it may be critical all the same. */
static bool read_nothing(struct value *value, struct chk_cert *cert)
{
	(void)value;
	(void)cert;
	return true;
}

static const struct {
	enum chk_oid oid;
	bool (*read)(struct value *, struct chk_cert *);
} PARSERS[] = {
	{ CHK_OID_EXT_SUBJECT_KEY_ID, read_key_id },
	{ CHK_OID_EXT_AUTHORITY_KEY_ID, read_authority },
	{ CHK_OID_EXT_BASIC_CONSTRAINTS, read_basic_constraints },
	{ CHK_OID_EXT_KEY_USAGE, read_key_usage },
	{ CHK_OID_EXT_SUBJECT_ALT_NAME, read_alt_names },
	{ CHK_OID_EXT_EXT_KEY_USAGE, read_ext_key_usage },
	{ CHK_OID_EXT_NAME_CONSTRAINTS, read_name_constraints },
	{ CHK_OID_EXT_POLICIES, read_policies },
	{ CHK_OID_EXT_POLICY_MAPPINGS, read_policy_mappings },
	{ CHK_OID_EXT_POLICY_CONSTRAINTS, read_policy_constraints },
	{ CHK_OID_EXT_INHIBIT_ANY_POLICY, read_inhibit_any },
	{ CHK_OID_EXT_AUTHORITY_INFO, read_authority_info },
	{ CHK_OID_EXT_CRL_POINTS, read_crl_points },
	{ CHK_OID_EXT_ISSUER_ALT_NAME, read_nothing },
	{ CHK_OID_EXT_TLS_FEATURE, read_nothing },
};

static bool read_one(enum chk_oid known, struct chk_bytes oid,
		     struct value *value, struct chk_cert *cert)
{
	for (size_t i = 0; known && i < CHK_COUNT(PARSERS); i++) {
		if (PARSERS[i].oid == known)
			return PARSERS[i].read(value, cert);
	}
	if (value->critical && !cert->unknown_critical.data)
		cert->unknown_critical = oid;
	return true;
}

/* Has this identifier been met before `end`? */
static bool is_again(struct chk_der from, const uint8_t *end,
		     struct chk_bytes oid)
{
	struct chk_bytes other, value;
	bool critical;

	from.error = NULL;
	while (from.rest.data < end &&
	       chk_extension_next(&from, &other, &critical, &value)) {
		if (from.rest.data <= end && chk_bytes_equal(other, oid) &&
		    other.data != oid.data)
			return true;
	}
	return false;
}

bool chk_extensions_parse(struct chk_der *der, struct chk_cert *cert)
{
	struct chk_der first = *der;
	bool seen[CHK_OID_COUNT] = { false };
	struct chk_bytes oid;
	struct value value;
	enum chk_oid known;
	size_t count = 0;

	cert->extensions = der->rest;
	while (!chk_der_at_end(der)) {
		const uint8_t *at = der->rest.data;

		if (++count > MAX_EXTENSIONS)
			return chk_der_fail(der, at, "extensions", "over 1,000");
		if (!chk_extension_next(der, &oid, &value.critical,
					&value.bytes))
			return false;
		/* 4.2: an extension stands in a certificate once. */
		known = chk_oid_find(oid);
		if (known ? seen[known] : is_again(first, at, oid))
			return chk_der_fail(der, at, "extensions",
					    "the same one twice "
					    "(RFC 5280 4.2)");
		seen[known] = true;
		value.der = (struct chk_der){ value.bytes, der->start,
					      der->error };
		if (!read_one(known, oid, &value, cert))
			return false;
	}
	return true;
}
