/* lib/store/nss_objects.c: objects of NSS become anchors with their trust. */
#include "store/nss_objects.h"

#include <p11-kit/pkcs11.h>
#include <p11-kit/pkcs11x.h>

#include "base/cleanup.h"

static const uint32_t COMMON[CHK_NSS_TRUST] = {
	[CHK_NSS_CLASS] = CKA_CLASS,
	[CHK_NSS_LABEL] = CKA_LABEL,
	[CHK_NSS_VALUE] = CKA_VALUE,
	[CHK_NSS_ISSUER] = CKA_ISSUER,
	[CHK_NSS_SERIAL] = CKA_SERIAL_NUMBER,
	[CHK_NSS_SERVER_DATE] = CKA_NSS_SERVER_DISTRUST_AFTER,
	[CHK_NSS_EMAIL_DATE] = CKA_NSS_EMAIL_DISTRUST_AFTER,
};

uint32_t chk_nss_attribute(size_t i)
{
	const struct chk_nss_kind *kind;
	size_t part;

	if (i < CHK_NSS_TRUST)
		return COMMON[i];
	kind = &CHK_NSS_KIND[(i - CHK_NSS_TRUST) / CHK_NSS_KIND_SIZE];
	part = (i - CHK_NSS_TRUST) % CHK_NSS_KIND_SIZE;
	return part == 0 ? kind->digest : kind->trust[part - 1];
}

uint32_t chk_nss_number(struct chk_bytes value)
{
	if (!value.data || value.size != 4)
		return CHK_NSS_NONE;
	return (uint32_t)value.data[0] << 24 | (uint32_t)value.data[1] << 16 |
	       (uint32_t)value.data[2] << 8 | value.data[3];
}

static bool take_certificate(struct chk_nss_reading *reading,
			     const struct chk_bytes *values, const char *where)
{
	CHK_CLEANUP(chk_cleanup_cert) struct chk_cert *cert = NULL;
	struct chk_anchor *anchor;
	struct chk_error fault;

	if (!values[CHK_NSS_VALUE].size)
		return chk_store_note_add(reading->store, where, "a "
					  "certificate without CKA_VALUE; "
					  "passed over");
	if (!chk_cert_parse(values[CHK_NSS_VALUE], &cert, &fault))
		return fault.code != CHK_ERROR_MEMORY &&
		       chk_store_note_add(reading->store, where, "%s",
					  fault.what);
	anchor = chk_store_anchor(reading->store, cert, where);
	return anchor &&
	       chk_nss_date(reading->store, anchor, CHK_PURPOSE_TLS_SERVER,
			    values[CHK_NSS_SERVER_DATE], where) &&
	       chk_nss_date(reading->store, anchor, CHK_PURPOSE_EMAIL,
			    values[CHK_NSS_EMAIL_DATE], where);
}

static bool take_trust(struct chk_nss_reading *reading,
		       const struct chk_nss_kind *kind,
		       const struct chk_bytes *values, const char *where)
{
	const struct chk_bytes *own = values + CHK_NSS_TRUST +
		(kind - CHK_NSS_KIND) * CHK_NSS_KIND_SIZE;
	struct chk_nss_object object = {
		.kind = kind,
		.issuer = values[CHK_NSS_ISSUER],
		.serial = values[CHK_NSS_SERIAL],
		.digest = own[0],
	};

	for (size_t i = 0; i < CHK_NSS_PURPOSES; i++)
		object.value[i] = chk_nss_number(own[1 + i]);
	return chk_nss_trust_add(&reading->trusts, reading->store, &object,
				 where);
}

bool chk_nss_take(struct chk_nss_reading *reading,
		  const struct chk_bytes values[CHK_NSS_ATTRIBUTES],
		  const char *where)
{
	uint32_t class = chk_nss_number(values[CHK_NSS_CLASS]);

	if (class == CHK_NSS_CLASS_CERTIFICATE)
		return take_certificate(reading, values, where);
	for (size_t i = 0; i < CHK_NSS_KINDS; i++)
		if (class == CHK_NSS_KIND[i].class)
			return take_trust(reading, &CHK_NSS_KIND[i], values,
					  where);
	return true;
}

/* An intermediate is kept for use and need not be marked; a root is told. */
static bool note_unmarked(const struct chk_nss_reading *reading,
			  const struct chk_anchor *anchor)
{
	if (!chk_anchor_is_unmarked(anchor) ||
	    !chk_cert_is_self_issued(anchor->cert))
		return true;
	return chk_store_note_add(reading->store, anchor->where[0],
				  "present, and trusted for nothing%s%s",
				  reading->hint ? ": " : "",
				  reading->hint ? reading->hint : "");
}

bool chk_nss_end(struct chk_nss_reading *reading)
{
	struct chk_store *store = reading->store;

	for (size_t i = reading->first; i < store->count; i++) {
		struct chk_anchor *anchor = store->anchors[i];

		chk_nss_trust_state(&reading->trusts, anchor->cert, anchor);
		if (!note_unmarked(reading, anchor))
			return false;
	}
	return chk_nss_trust_end(&reading->trusts, store, true);
}

void chk_nss_reading_clear(struct chk_nss_reading *reading)
{
	chk_nss_trust_clear(&reading->trusts);
}
