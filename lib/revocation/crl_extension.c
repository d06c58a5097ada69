/* lib/revocation/crl_extension.c: extensions of a CRL and of its entries. */
#include "revocation/crl_extension.h"

#include "cert/extension.h"
#include "cert/general_name.h"
#include "cert/oid.h"

/* 5.2.3, 5.2.4: INTEGER (0..MAX). */
static bool read_number(struct chk_der *der, struct chk_bytes *number)
{
	struct chk_tlv tlv;

	if (!chk_der_expect(der, CHK_DER_INTEGER, NULL, &tlv) ||
	    !chk_der_integer(der, &tlv) || !chk_der_end(der, NULL))
		return false;
	if (tlv.value.data[0] >= 0x80)
		return chk_der_fail(der, tlv.whole.data, NULL,
				    "INTEGER is negative");
	*number = tlv.value;
	return true;
}

static bool read_crl_number(struct chk_der *der, void *into)
{
	struct chk_crl *crl = into;

	return read_number(der, &crl->number);
}

static bool read_base(struct chk_der *der, void *into)
{
	struct chk_crl *crl = into;

	return read_number(der, &crl->base);
}

static bool read_authority(struct chk_der *der, void *into)
{
	struct chk_crl *crl = into;

	return chk_authority_key_id_read(der, &crl->authority);
}

static bool read_point(struct chk_der *der, void *into)
{
	struct chk_crl *crl = into;

	return chk_issuing_point_read(der, &crl->point);
}

/* Where more is to be had, or what a name is else: nothing to decide by. */
static bool read_nothing(struct chk_der *der, void *into)
{
	(void)der;
	(void)into;
	return true;
}

/* What the parsers of entries fill. */
struct entry {
	struct chk_revocation *revocation;
	struct chk_entry_extensions *extensions;
};

/* 5.3.1. A number that no RFC has names no reason, and revokes. */
static bool read_reason(struct chk_der *der, void *into)
{
	const struct entry *entry = into;
	struct chk_tlv tlv;

	return chk_der_expect(der, CHK_DER_ENUMERATED, NULL, &tlv) &&
	       chk_der_uint32(der, &tlv, &entry->revocation->reason) &&
	       chk_der_end(der, NULL);
}

/* 5.3.2: GeneralizedTime alone. */
static bool read_invalid_since(struct chk_der *der, void *into)
{
	const struct entry *entry = into;
	struct chk_tlv tlv;

	entry->revocation->has_invalid_since = true;
	return chk_der_expect(der, CHK_DER_GENERALIZED_TIME, NULL, &tlv) &&
	       chk_der_time(der, &tlv, &entry->revocation->invalid_since) &&
	       chk_der_end(der, NULL);
}

static bool has_more_names(struct chk_der names, int limit)
{
	struct chk_general_name name;

	while (limit >= 0 && chk_general_name_next(&names, &name))
		limit--;
	return limit < 0;
}

/*
 * 5.3.3. A name that is not compared would not be revoked, so that none may
 * stand behind those that are.
 */
static bool read_issuer(struct chk_der *der, void *into)
{
	const struct entry *entry = into;
	struct chk_tlv tlv;
	struct chk_der names;

	if (!chk_der_expect(der, CHK_DER_SEQUENCE, NULL, &tlv) ||
	    !chk_der_end(der, NULL))
		return false;
	names = chk_der_inside(der, &tlv);
	if (!chk_general_names_check(names, true))
		return false;
	if (has_more_names(names, CHK_POINT_MAX_NAMES))
		return chk_der_fail(&names, tlv.whole.data, NULL,
				    "over 100 names");
	entry->extensions->issuer = tlv.whole.data;
	return true;
}

struct parser {
	enum chk_oid oid;
	bool (*read)(struct chk_der *, void *into);
};

static const struct parser OF_CRLS[] = {
	{ CHK_OID_EXT_CRL_NUMBER, read_crl_number },
	{ CHK_OID_EXT_AUTHORITY_KEY_ID, read_authority },
	{ CHK_OID_EXT_ISSUING_POINT, read_point },
	{ CHK_OID_EXT_DELTA_CRL, read_base },
	{ CHK_OID_EXT_FRESHEST_CRL, read_nothing },
	{ CHK_OID_EXT_ISSUER_ALT_NAME, read_nothing },
	{ CHK_OID_EXT_AUTHORITY_INFO, read_nothing },
};

static const struct parser OF_ENTRIES[] = {
	{ CHK_OID_EXT_REASON_CODE, read_reason },
	{ CHK_OID_EXT_INVALIDITY_DATE, read_invalid_since },
	{ CHK_OID_EXT_CERTIFICATE_ISSUER, read_issuer },
};

/* One reading of one list of extensions. */
struct reading {
	const struct parser *parsers;
	size_t parser_count;
	unsigned seen; /* bit i: that of parser i */
	void *into;
	struct chk_bytes unknown_critical;
};

static const struct parser *find_parser(const struct reading *reading,
					struct chk_bytes oid)
{
	for (size_t i = 0; i < reading->parser_count; i++) {
		const struct parser *parser = &reading->parsers[i];

		if (chk_bytes_equal(oid, chk_oid_bytes(parser->oid)))
			return parser;
	}
	return NULL;
}

static bool read_one(struct chk_der *der, struct reading *reading)
{
	struct chk_bytes oid, value;
	const struct parser *parser;
	struct chk_der inner = *der;
	unsigned bit;
	bool critical;

	if (!chk_extension_next(der, &oid, &critical, &value))
		return false;
	parser = find_parser(reading, oid);
	if (!parser) {
		if (critical && !reading->unknown_critical.data)
			reading->unknown_critical = oid;
		return true;
	}
	bit = 1u << (parser - reading->parsers);
	inner.rest = value;
	inner.element = chk_oid_name(parser->oid);
	if (reading->seen & bit)
		return chk_der_fail(&inner, oid.data, NULL,
				    "the same one twice (RFC 5280 4.2)");
	reading->seen |= bit;
	return parser->read(&inner, reading->into);
}

static bool read_all(struct chk_der *der, struct reading *reading)
{
	while (!chk_der_at_end(der)) {
		if (!read_one(der, reading))
			return false;
	}
	return true;
}

bool chk_crl_extensions_read(struct chk_der *der, struct chk_crl *crl)
{
	struct reading reading = {
		.parsers = OF_CRLS, .parser_count = CHK_COUNT(OF_CRLS),
		.into = crl,
	};

	if (!read_all(der, &reading))
		return false;
	if (reading.unknown_critical.data)
		crl->unknown_critical = reading.unknown_critical;
	return true;
}

bool chk_entry_extensions_read(struct chk_der *der,
			       struct chk_revocation *revocation,
			       struct chk_entry_extensions *extensions)
{
	struct entry entry = { revocation, extensions };
	struct reading reading = {
		.parsers = OF_ENTRIES, .parser_count = CHK_COUNT(OF_ENTRIES),
		.into = &entry,
	};

	if (!read_all(der, &reading))
		return false;
	extensions->unknown_critical = reading.unknown_critical;
	return true;
}
