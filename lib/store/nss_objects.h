/*
 * lib/store/nss_objects.h: certificates and trust objects as NSS keeps them in
 * a database and Mozilla in certdata.txt. A reader decodes the attributes; what
 * they mean is the same for all.
 */
#ifndef CHK_STORE_NSS_OBJECTS_H
#define CHK_STORE_NSS_OBJECTS_H

#include "store/nss_trust.h"

/* Places in a row of attributes: chk_nss_attribute tells which each is. */
enum {
	CHK_NSS_CLASS, CHK_NSS_LABEL, CHK_NSS_VALUE, CHK_NSS_ISSUER,
	CHK_NSS_SERIAL, CHK_NSS_SERVER_DATE, CHK_NSS_EMAIL_DATE,
	CHK_NSS_TRUST, /* digest and trust, kind after kind */
	CHK_NSS_KIND_SIZE = 1 + CHK_NSS_PURPOSES,
	CHK_NSS_ATTRIBUTES = CHK_NSS_TRUST + CHK_NSS_KINDS * CHK_NSS_KIND_SIZE,
};

#define CHK_NSS_CLASS_CERTIFICATE 1

/* The attribute type of a place; CHK_NSS_NONE: that kind has none there. */
uint32_t chk_nss_attribute(size_t i);
/* Four bytes, the first the highest; CHK_NSS_NONE for anything else. */
uint32_t chk_nss_number(struct chk_bytes value);

/* Begin with the first two, all else zero. */
struct chk_nss_reading {
	struct chk_store *store;
	const char *hint; /* how one is marked as trusted; NULL: not told */
	size_t first;     /* anchors of others before this reading */
	struct chk_nss_trust trusts;
};

/*
 * chk_nss_take takes one object: a certificate becomes an anchor of which
 * nothing is stated yet, a trust object is remembered, others are passed over.
 * `values` are borrowed, .data NULL for what is not there; numbers are as
 * chk_nss_number reads them. False: no memory.
 */
bool chk_nss_take(struct chk_nss_reading *reading,
		  const struct chk_bytes values[CHK_NSS_ATTRIBUTES],
		  const char *where);
/* States what the trust objects say, when all are taken. False: no memory. */
bool chk_nss_end(struct chk_nss_reading *reading);
void chk_nss_reading_clear(struct chk_nss_reading *reading);

#endif
