/* lib/cert/extension.c: RFC 5280 section 4.2, one parser each. */
#include "cert/extension.h"

#include <stdlib.h>

#include "cert/general_name.h"
#include "cert/oid.h"

#define MAX_EXTENSIONS 1000
/* So many are compared each with each; more are sorted. */
#define FEW 16

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

	if (!chk_der_expect(&value->der, CHK_DER_OCTET_STRING, NULL, &tlv) ||
	    !chk_der_end(&value->der, NULL))
		return false;
	cert->key_id = tlv.value;
	return true;
}

/* An IMPLICIT field that may be absent. False: it is there and unreadable. */
static bool read_optional(struct chk_der *der, uint8_t tag,
			  struct chk_bytes *value)
{
	struct chk_tlv tlv;

	if (chk_der_peek(der) != tag)
		return true;
	if (!chk_der_next(der, &tlv))
		return false;
	*value = tlv.value;
	return true;
}

/* [0] keyIdentifier, [1] authorityCertIssuer, [2] serial. */
bool chk_authority_key_id_read(struct chk_der *der,
			       struct chk_authority_key_id *authority)
{
	struct chk_der inner;

	if (!chk_der_sequence(der, &inner))
		return false;
	authority->present = true;
	return read_optional(&inner, CHK_DER_CONTEXT(0), &authority->key_id) &&
	       read_optional(&inner, CHK_DER_CONTEXT_CONSTRUCTED(1),
			     &authority->issuer) &&
	       read_optional(&inner, CHK_DER_CONTEXT(2), &authority->serial) &&
	       chk_der_end(&inner, NULL);
}

static bool read_authority(struct value *value, struct chk_cert *cert)
{
	return chk_authority_key_id_read(&value->der, &cert->authority);
}

/* 4.2.1.9. cA FALSE written out is no DER, and real CAs write it. */
static bool read_basic_constraints(struct value *value, struct chk_cert *cert)
{
	struct chk_basic_constraints *bc = &cert->basic_constraints;
	struct chk_tlv tlv;
	struct chk_der der;

	if (!chk_der_sequence(&value->der, &der))
		return false;
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
	return chk_der_end(&der, NULL);
}

/* 4.2.1.3: bit 0 is the most significant of the first byte. */
static bool read_key_usage(struct value *value, struct chk_cert *cert)
{
	struct chk_bytes bits;
	struct chk_tlv tlv;
	uint8_t unused;

	if (!chk_der_expect(&value->der, CHK_DER_BIT_STRING, NULL, &tlv) ||
	    !chk_der_bit_string(&value->der, &tlv, &bits, &unused) ||
	    !chk_der_end(&value->der, NULL))
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

/* The content of a SEQUENCE SIZE (1..MAX) that is all of the extension. */
static bool read_list(struct value *value, struct chk_der *list)
{
	const uint8_t *begin = value->der.rest.data;

	return chk_der_sequence(&value->der, list) &&
	       (!chk_der_at_end(list) ||
		chk_der_fail(list, begin, NULL, "nothing in it"));
}

/* 4.2.1.6. What has a name of no known form is read, and good for nothing. */
static bool read_alt_names(struct value *value, struct chk_cert *cert)
{
	struct chk_der der;

	keep(&cert->alt_names, value);
	return read_list(value, &der) && chk_general_names_check(der, false);
}

/* 4.2.1.12 */
static bool read_ext_key_usage(struct value *value, struct chk_cert *cert)
{
	struct chk_tlv tlv;
	struct chk_der der;

	keep(&cert->ext_key_usage, value);
	if (!read_list(value, &der))
		return false;
	while (!chk_der_at_end(&der)) {
		if (!chk_der_expect(&der, CHK_DER_OID, "KeyPurposeId", &tlv) ||
		    !chk_der_oid(&der, &tlv))
			return false;
	}
	return true;
}

/* The content is another's to read; that it is one element is checked. */
static bool keep_one(struct chk_extension *extension, struct value *value,
		     uint8_t tag)
{
	struct chk_tlv tlv;

	keep(extension, value);
	return chk_der_expect(&value->der, tag, NULL, &tlv) &&
	       chk_der_end(&value->der, NULL);
}

static bool read_name_constraints(struct value *value, struct chk_cert *cert)
{
	return keep_one(&cert->name_constraints, value, CHK_DER_SEQUENCE);
}

static bool is_known_qualifier(struct chk_bytes oid)
{
	return chk_bytes_equal(oid, chk_oid_bytes(CHK_OID_QT_CPS)) ||
	       chk_bytes_equal(oid, chk_oid_bytes(CHK_OID_QT_USER_NOTICE));
}

/* SEQUENCE OF PolicyQualifierInfo { policyQualifierId, qualifier }. */
static bool read_qualifiers(struct chk_der *der, struct chk_cert *cert)
{
	struct chk_tlv tlv, id;
	struct chk_der list, info;

	if (!chk_der_expect(der, CHK_DER_SEQUENCE, "policyQualifiers", &tlv))
		return false;
	list = chk_der_inside(der, &tlv);
	while (!chk_der_at_end(&list)) {
		if (!chk_der_expect(&list, CHK_DER_SEQUENCE,
				    "PolicyQualifierInfo", &tlv))
			return false;
		info = chk_der_inside(&list, &tlv);
		if (!chk_der_expect(&info, CHK_DER_OID, "policyQualifierId",
				    &id) || !chk_der_oid(&info, &id))
			return false;
		if (!is_known_qualifier(id.value) &&
		    !cert->unknown_critical.data)
			cert->unknown_critical = id.value;
	}
	return true;
}

/*
 * 4.2.1.4: where the extension is critical its qualifiers are to be
 * interpreted, too, or the certificate is to be rejected.
 */
static bool read_policies(struct value *value, struct chk_cert *cert)
{
	struct chk_tlv tlv, policy;
	struct chk_der list, info;

	if (!value->critical)
		return keep_one(&cert->policies, value, CHK_DER_SEQUENCE);
	keep(&cert->policies, value);
	if (!chk_der_sequence(&value->der, &list))
		return false;
	while (!chk_der_at_end(&list)) {
		if (!chk_der_expect(&list, CHK_DER_SEQUENCE,
				    "PolicyInformation", &policy))
			return false;
		info = chk_der_inside(&list, &policy);
		if (!chk_der_expect(&info, CHK_DER_OID, "policyIdentifier",
				    &tlv) || !chk_der_oid(&info, &tlv))
			return false;
		if (!chk_der_at_end(&info) &&
		    (!read_qualifiers(&info, cert) ||
		     !chk_der_end(&info, "PolicyInformation")))
			return false;
	}
	return true;
}

static bool read_policy_mappings(struct value *value, struct chk_cert *cert)
{
	return keep_one(&cert->policy_mappings, value, CHK_DER_SEQUENCE);
}

static bool read_policy_constraints(struct value *value, struct chk_cert *cert)
{
	return keep_one(&cert->policy_constraints, value, CHK_DER_SEQUENCE);
}

static bool read_inhibit_any(struct value *value, struct chk_cert *cert)
{
	return keep_one(&cert->inhibit_any_policy, value, CHK_DER_INTEGER);
}

static bool read_authority_info(struct value *value, struct chk_cert *cert)
{
	return keep_one(&cert->authority_info, value, CHK_DER_SEQUENCE);
}

static bool read_crl_points(struct value *value, struct chk_cert *cert)
{
	return keep_one(&cert->crl_points, value, CHK_DER_SEQUENCE);
}

static bool read_tls_features(struct value *value, struct chk_cert *cert)
{
	return keep_one(&cert->tls_features, value, CHK_DER_SEQUENCE);
}

/* Known, and of no account to a search: it may be critical all the same. */
static bool read_nothing(struct value *value, struct chk_cert *cert)
{
	(void)value;
	(void)cert;
	return true;
}

/*
 * By the last byte of the identifier, which differs among all of these: each
 * certificate is asked some ten times. The whole identifier is compared.
 */
static const struct parser {
	enum chk_oid oid;
	bool (*read)(struct value *, struct chk_cert *);
} PARSERS[] = {
	[1] = { CHK_OID_EXT_AUTHORITY_INFO, read_authority_info },
	[14] = { CHK_OID_EXT_SUBJECT_KEY_ID, read_key_id },
	[15] = { CHK_OID_EXT_KEY_USAGE, read_key_usage },
	[17] = { CHK_OID_EXT_SUBJECT_ALT_NAME, read_alt_names },
	[18] = { CHK_OID_EXT_ISSUER_ALT_NAME, read_nothing },
	[19] = { CHK_OID_EXT_BASIC_CONSTRAINTS, read_basic_constraints },
	[24] = { CHK_OID_EXT_TLS_FEATURE, read_tls_features },
	[30] = { CHK_OID_EXT_NAME_CONSTRAINTS, read_name_constraints },
	[31] = { CHK_OID_EXT_CRL_POINTS, read_crl_points },
	[32] = { CHK_OID_EXT_POLICIES, read_policies },
	[33] = { CHK_OID_EXT_POLICY_MAPPINGS, read_policy_mappings },
	[35] = { CHK_OID_EXT_AUTHORITY_KEY_ID, read_authority },
	[36] = { CHK_OID_EXT_POLICY_CONSTRAINTS, read_policy_constraints },
	[37] = { CHK_OID_EXT_EXT_KEY_USAGE, read_ext_key_usage },
	[54] = { CHK_OID_EXT_INHIBIT_ANY_POLICY, read_inhibit_any },
};

/* NULL: an extension we do not know. */
static const struct parser *find_parser(struct chk_bytes oid)
{
	uint8_t last = oid.data[oid.size - 1];

	if (last >= CHK_COUNT(PARSERS) || !PARSERS[last].read ||
	    !chk_bytes_equal(oid, chk_oid_bytes(PARSERS[last].oid)))
		return NULL;
	return &PARSERS[last];
}

static bool read_one(struct chk_bytes oid, struct value *value,
		     struct chk_cert *cert)
{
	const struct parser *parser = find_parser(oid);

	if (parser) {
		value->der.element = chk_oid_name(parser->oid);
		return parser->read(value, cert);
	}
	if (value->critical && !cert->unknown_critical.data)
		cert->unknown_critical = oid;
	return true;
}

bool chk_extension_read(struct chk_bytes oid, bool critical,
			struct chk_bytes content, struct chk_cert *cert)
{
	struct value value = { chk_der_begin(content, NULL), content,
			       critical };

	return read_one(oid, &value, cert);
}

/* By content, and alike ones by where they stand. */
static int compare_oids(const void *left, const void *right)
{
	const struct chk_bytes *a = left, *b = right;
	int order;

	if (a->size != b->size)
		return a->size < b->size ? -1 : 1;
	order = memcmp(a->data, b->data, a->size);
	if (order == 0)
		order = (a->data > b->data) - (a->data < b->data);
	return order;
}

/* One that stands in the list before; NULL: none. */
static const uint8_t *find_again(struct chk_bytes *oids, size_t count)
{
	if (count > FEW)
		qsort(oids, count, sizeof(*oids), compare_oids);
	for (size_t i = 1; i < count; i++) {
		for (size_t j = count > FEW ? i - 1 : 0; j < i; j++) {
			if (chk_bytes_equal(oids[i], oids[j]))
				return oids[i].data;
		}
	}
	return NULL;
}

/* 4.2: an extension stands in a certificate once. */
static bool check_once(const struct chk_der *der, struct chk_bytes *oids,
		       size_t count)
{
	const uint8_t *again = find_again(oids, count);

	return !again || chk_der_fail(der, again, NULL,
				      "the same one twice (RFC 5280 4.2)");
}

bool chk_extensions_parse(struct chk_der *der, struct chk_cert *cert)
{
	struct chk_bytes oids[MAX_EXTENSIONS];
	struct value value;
	size_t count = 0;

	cert->extensions = der->rest;
	for (; !chk_der_at_end(der); count++) {
		if (count == MAX_EXTENSIONS)
			return chk_der_fail(der, der->rest.data, NULL,
					    "over 1,000 of them");
		if (!chk_extension_next(der, &oids[count], &value.critical,
					&value.bytes))
			return false;
		value.der = (struct chk_der){ value.bytes, der->start,
					      der->error, NULL };
		if (!read_one(oids[count], &value, cert))
			return false;
	}
	return check_once(der, oids, count);
}
