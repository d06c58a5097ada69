/* lib/revocation/crl.c: one certificate revocation list (RFC 5280 5.1). */
#include "revocation/crl.h"

#include <stdlib.h>

#include "cert/dn.h"
#include "revocation/crl_extension.h"

/* SEQUENCE { INTEGER of one byte, UTCTime } is the shortest entry there is. */
#define LEAST_ENTRY 20u
#define MAX_SERIAL 127u /* bytes */

/* 5.1.2.1: absent in version 1, else 2. */
static bool read_version(struct chk_der *tbs, struct chk_crl *crl)
{
	struct chk_der named = *tbs;
	struct chk_tlv tlv;
	uint32_t version;

	crl->version = 1;
	if (chk_der_peek(tbs) != CHK_DER_INTEGER)
		return true;
	named.element = "version";
	if (!chk_der_next(tbs, &tlv) || !chk_der_uint32(&named, &tlv, &version))
		return false;
	if (version != 1)
		return chk_der_fail(&named, tlv.whole.data, NULL,
				    "not 2 (RFC 5280 5.1.2.1)");
	crl->version = 2;
	return true;
}

static bool read_time(struct chk_der *tbs, const char *what, int64_t *seconds)
{
	struct chk_der named = *tbs;
	struct chk_tlv tlv;

	named.element = what;
	if (!chk_der_next(&named, &tlv) ||
	    !chk_der_time(&named, &tlv, seconds))
		return false;
	tbs->rest = named.rest;
	return true;
}

/* 5.1.2.5: this profile wants it, and X.509 lets it be absent. */
static bool read_next_update(struct chk_der *tbs, struct chk_crl *crl)
{
	uint8_t tag = chk_der_peek(tbs);

	if (tag != CHK_DER_UTC_TIME && tag != CHK_DER_GENERALIZED_TIME)
		return true;
	crl->has_next_update = true;
	return read_time(tbs, "nextUpdate", &crl->next_update);
}

/* What an entry holds. */
struct entry {
	struct chk_revocation revocation;
	struct chk_entry_extensions extensions;
};

static bool read_entry(struct chk_der *list, uint8_t version,
		       struct entry *entry)
{
	struct chk_tlv tlv;
	struct chk_der der;

	*entry = (struct entry){ 0 };
	if (!chk_der_expect(list, CHK_DER_SEQUENCE, NULL, &tlv))
		return false;
	der = chk_der_inside(list, &tlv);
	if (!chk_der_expect(&der, CHK_DER_INTEGER, "userCertificate", &tlv) ||
	    !chk_der_integer(&der, &tlv))
		return false;
	/* 20 are allowed (4.1.2.2); one byte tells the length of these. */
	if (tlv.value.size > MAX_SERIAL)
		return chk_der_fail(&der, tlv.whole.data, "userCertificate",
				    "over 127 bytes");
	if (!read_time(&der, "revocationDate", &entry->revocation.date))
		return false;
	if (chk_der_at_end(&der))
		return true;
	if (version < 2)
		return chk_der_fail(&der, der.rest.data, "crlEntryExtensions",
				    "before version 2 (RFC 5280 5.1.2.1)");
	if (!chk_der_expect(&der, CHK_DER_SEQUENCE, "crlEntryExtensions",
			    &tlv) || !chk_der_end(&der, NULL))
		return false;
	der = chk_der_inside(&der, &tlv);
	return chk_entry_extensions_read(&der, &entry->revocation,
					 &entry->extensions);
}

/* 5.3.3: an entry that names no issuer has that of the one before it. */
static bool read_entries(struct chk_der list, struct chk_crl *crl)
{
	const uint8_t *issuer = NULL;
	struct entry entry;

	list.element = "revokedCertificates";
	while (!chk_der_at_end(&list)) {
		const uint8_t *at = list.rest.data;

		if (!read_entry(&list, crl->version, &entry))
			return false;
		if (entry.extensions.issuer)
			issuer = entry.extensions.issuer;
		if (!crl->unknown_critical.data)
			crl->unknown_critical =
				entry.extensions.unknown_critical;
		crl->entries[crl->entry_count++] =
			(struct chk_crl_entry){ at, issuer };
	}
	return true;
}

static bool read_revoked(struct chk_der *tbs, struct chk_crl *crl)
{
	struct chk_tlv tlv;

	if (chk_der_peek(tbs) != CHK_DER_SEQUENCE)
		return true;
	return chk_der_next(tbs, &tlv) &&
	       read_entries(chk_der_inside(tbs, &tlv), crl);
}

/* The entries of other issuers make sense in an indirect CRL alone. */
static bool check_issuers(const struct chk_der *tbs, const struct chk_crl *crl)
{
	for (size_t i = 0; !crl->point.indirect && i < crl->entry_count; i++) {
		if (crl->entries[i].issuer)
			return chk_der_fail(tbs, crl->entries[i].issuer,
					    "certificateIssuer",
					    "in a CRL that is not indirect "
					    "(RFC 5280 5.3.3)");
	}
	return true;
}

static bool read_extensions(struct chk_der *tbs, struct chk_crl *crl)
{
	struct chk_tlv tlv;
	struct chk_der der;

	if (chk_der_at_end(tbs))
		return true;
	if (!chk_der_expect(tbs, CHK_DER_CONTEXT_CONSTRUCTED(0),
			    "crlExtensions", &tlv))
		return false;
	if (crl->version < 2)
		return chk_der_fail(tbs, tlv.whole.data, "crlExtensions",
				    "before version 2 (RFC 5280 5.1.2.1)");
	der = chk_der_inside(tbs, &tlv);
	if (!chk_der_expect(&der, CHK_DER_SEQUENCE, "crlExtensions", &tlv) ||
	    !chk_der_end(&der, "crlExtensions"))
		return false;
	der = chk_der_inside(&der, &tlv);
	return chk_crl_extensions_read(&der, crl);
}

static bool read_tbs(struct chk_der der, struct chk_crl *crl,
		     struct chk_bytes *algorithm)
{
	struct chk_tlv tlv;

	if (!read_version(&der, crl) ||
	    !chk_der_expect(&der, CHK_DER_SEQUENCE, "signature", &tlv))
		return false;
	*algorithm = tlv.whole;
	return chk_dn_read(&der, "issuer", &crl->issuer, &crl->issuer_hash) &&
	       read_time(&der, "thisUpdate", &crl->this_update) &&
	       read_next_update(&der, crl) && read_revoked(&der, crl) &&
	       read_extensions(&der, crl) && chk_der_end(&der, NULL) &&
	       check_issuers(&der, crl);
}

static bool read_signature(struct chk_der *der, struct chk_bytes within,
			   struct chk_crl *crl)
{
	struct chk_der named = *der;
	struct chk_tlv tlv;
	uint8_t unused;

	if (!chk_der_expect(der, CHK_DER_SEQUENCE, "signatureAlgorithm", &tlv))
		return false;
	crl->signature_algorithm = tlv.whole;
	if (!chk_bytes_equal(tlv.whole, within))
		return chk_der_fail(der, tlv.whole.data, "signatureAlgorithm",
				    "another than within tbsCertList "
				    "(RFC 5280 5.1.1.2)");
	named.element = "signatureValue";
	if (!chk_der_expect(der, CHK_DER_BIT_STRING, "signatureValue", &tlv) ||
	    !chk_der_bit_string(&named, &tlv, &crl->signature, &unused))
		return false;
	return unused == 0 || chk_der_fail(&named, tlv.whole.data, NULL,
					   "not whole bytes");
}

static bool read_crl(struct chk_crl *crl, struct chk_error *error)
{
	struct chk_der der = chk_der_begin(crl->der, error), inner;
	struct chk_bytes algorithm;
	struct chk_tlv tlv, tbs;

	if (!chk_der_expect(&der, CHK_DER_SEQUENCE, "CertificateList", &tlv) ||
	    !chk_der_end(&der, "CertificateList"))
		return false;
	der = chk_der_inside(&der, &tlv);
	if (!chk_der_expect(&der, CHK_DER_SEQUENCE, "tbsCertList", &tbs))
		return false;
	crl->tbs = tbs.whole;
	inner = chk_der_inside(&der, &tbs);
	inner.element = "tbsCertList";
	return read_tbs(inner, crl, &algorithm) &&
	       read_signature(&der, algorithm, crl) &&
	       chk_der_end(&der, "CertificateList");
}

/* Of an entry that was read before: behind a header, a number behind one. */
static struct chk_bytes serial_of(const struct chk_crl_entry *entry)
{
	const uint8_t *integer = entry->at + 2;

	if (entry->at[1] >= 0x80)
		integer += entry->at[1] & 0x7f;
	return chk_bytes_of(integer + 2, integer[1]);
}

static int compare_serials(struct chk_bytes a, struct chk_bytes b)
{
	if (a.size != b.size)
		return a.size < b.size ? -1 : 1;
	return memcmp(a.data, b.data, a.size);
}

/* Entries of one serial number stay in their order. */
static int compare_entries(const void *left, const void *right)
{
	const struct chk_crl_entry *a = left, *b = right;
	int order = compare_serials(serial_of(a), serial_of(b));

	return order ? order : (a->at > b->at) - (a->at < b->at);
}

/* struct, entries and bytes: one allocation a CRL. */
static struct chk_crl *make(struct chk_bytes der)
{
	size_t room = der.size / LEAST_ENTRY + 1;
	struct chk_crl *crl = malloc(sizeof(*crl) +
				     room * sizeof(*crl->entries) + der.size);
	uint8_t *copy;

	if (!crl)
		return NULL;
	*crl = (struct chk_crl){ 0 };
	copy = (uint8_t *)(crl->entries + room);
	if (der.size)
		memcpy(copy, der.data, der.size);
	crl->der = chk_bytes_of(copy, der.size);
	return crl;
}

bool chk_crl_parse(struct chk_bytes der, struct chk_crl **crl,
		   struct chk_error *error)
{
	struct chk_crl *made;

	*crl = NULL;
	if (der.size > CHK_CRL_MAX)
		return chk_error_set(error, CHK_ERROR_TOO_LARGE, NULL,
				     "a CRL of over 64 MiB");
	made = make(der);
	if (!made)
		return chk_error_memory(error);
	if (!read_crl(made, error)) {
		free(made);
		return false;
	}
	if (made->entry_count > 1)
		qsort(made->entries, made->entry_count,
		      sizeof(*made->entries), compare_entries);
	*crl = made;
	return true;
}

/* What is left of the CRL from here on, for a walk. */
static struct chk_der walk_from(const struct chk_crl *crl, const uint8_t *at)
{
	const uint8_t *end = crl->der.data + crl->der.size;

	return chk_der_begin(chk_bytes_of(at, (size_t)(end - at)), NULL);
}

static bool is_issued_by(const struct chk_crl *crl,
			 const struct chk_crl_entry *entry,
			 struct chk_bytes issuer)
{
	struct chk_der der;
	struct chk_tlv tlv;

	if (!entry->issuer)
		return chk_dn_match(crl->issuer, issuer);
	der = walk_from(crl, entry->issuer);
	return chk_der_next(&der, &tlv) &&
	       chk_general_names_have(tlv.value, issuer);
}

/* The first entry whose number is not lower. */
static size_t lower_bound(const struct chk_crl *crl, struct chk_bytes serial)
{
	size_t low = 0, high = crl->entry_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_serials(serial_of(&crl->entries[middle]),
				    serial) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* How far it goes, where several are said of one certificate. */
static int weight_of(const struct chk_revocation *revocation)
{
	switch (revocation->reason) {
	case CHK_CRL_REMOVE_FROM_CRL:
		return 0;
	case CHK_CRL_CERTIFICATE_HOLD:
		return 1;
	default:
		return 2;
	}
}

bool chk_crl_find(const struct chk_crl *crl, struct chk_bytes issuer,
		  struct chk_bytes serial, struct chk_revocation *found)
{
	bool any = false;

	for (size_t i = lower_bound(crl, serial); i < crl->entry_count; i++) {
		const struct chk_crl_entry *at = &crl->entries[i];
		struct chk_der der = walk_from(crl, at->at);
		struct entry entry;

		if (compare_serials(serial_of(at), serial) != 0)
			break;
		if (!is_issued_by(crl, at, issuer) ||
		    !read_entry(&der, crl->version, &entry) ||
		    (any && weight_of(&entry.revocation) <= weight_of(found)))
			continue;
		*found = entry.revocation;
		any = true;
		if (weight_of(found) > 1)
			break;
	}
	return any;
}
