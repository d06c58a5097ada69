/* lib/path/rsa_pss.c: the parameters of RSASSA-PSS (RFC 4055 section 3.1). */
#include "path/rsa_pss.h"

#include "cert/der.h"

/* 1.2.840.113549.1.1.8, id-mgf1 */
static const char MGF1[] = "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x08";

/* The OID of an AlgorithmIdentifier; what follows it in `*rest`. */
static bool open_algorithm(struct chk_der *der, struct chk_bytes *oid,
			   struct chk_der *rest)
{
	struct chk_tlv sequence, identifier;

	if (!chk_der_expect(der, CHK_DER_SEQUENCE, "AlgorithmIdentifier",
			    &sequence))
		return false;
	*rest = chk_der_inside(der, &sequence);
	if (!chk_der_expect(rest, CHK_DER_OID, "algorithm", &identifier))
		return false;
	*oid = identifier.value;
	return true;
}

/* A digest's AlgorithmIdentifier: NULL parameters or none (section 2.1). */
static bool read_digest(struct chk_der *der, enum chk_oid *digest)
{
	struct chk_bytes oid;
	struct chk_der rest;
	struct chk_tlv none;

	if (!open_algorithm(der, &oid, &rest))
		return false;
	if (!chk_der_at_end(&rest) &&
	    (!chk_der_expect(&rest, CHK_DER_NULL, "parameters", &none) ||
	     none.value.size))
		return false;
	*digest = chk_oid_find(oid);
	return chk_der_at_end(&rest);
}

/* maskGenAlgorithm: MGF1 with a digest as its parameter. */
static bool read_mask(struct chk_der *der, enum chk_oid *digest)
{
	struct chk_bytes oid;
	struct chk_der rest;

	return open_algorithm(der, &oid, &rest) &&
	       chk_bytes_equal(oid, chk_bytes_of(MGF1, sizeof(MGF1) - 1)) &&
	       read_digest(&rest, digest) && chk_der_at_end(&rest);
}

/* The content of the optional field [n]; false: broken. */
static bool open_field(struct chk_der *der, uint8_t n, bool *present,
		       struct chk_der *inside)
{
	struct chk_tlv field;

	*present = chk_der_peek(der) == CHK_DER_CONTEXT_CONSTRUCTED(n);
	if (!*present)
		return true;
	if (!chk_der_next(der, &field))
		return false;
	*inside = chk_der_inside(der, &field);
	return true;
}

static bool read_number(struct chk_der *der, uint8_t n, uint32_t *number)
{
	struct chk_der inside;
	struct chk_tlv integer;
	bool present;

	if (!open_field(der, n, &present, &inside))
		return false;
	if (!present)
		return true;
	return chk_der_expect(&inside, CHK_DER_INTEGER, "number", &integer) &&
	       chk_der_uint32(&inside, &integer, number) &&
	       chk_der_at_end(&inside);
}

static bool read_digests(struct chk_der *der, struct chk_rsa_pss *pss,
			 enum chk_oid *mask)
{
	struct chk_der inside;
	bool present;

	if (!open_field(der, 0, &present, &inside) ||
	    (present && (!read_digest(&inside, &pss->digest) ||
			 !chk_der_at_end(&inside))))
		return false;
	return open_field(der, 1, &present, &inside) &&
	       (!present || (read_mask(&inside, mask) &&
			     chk_der_at_end(&inside)));
}

bool chk_rsa_pss_parse(struct chk_bytes algorithm, struct chk_rsa_pss *pss,
		       bool *absent)
{
	struct chk_der der = chk_der_begin(algorithm, NULL), rest;
	enum chk_oid mask = CHK_OID_DIGEST_SHA1;
	uint32_t trailer = 1;
	struct chk_tlv sequence;
	struct chk_bytes oid;

	*pss = (struct chk_rsa_pss){ .digest = CHK_OID_DIGEST_SHA1,
				     .salt_size = 20 };
	*absent = false;
	if (!open_algorithm(&der, &oid, &rest))
		return false;
	if (chk_der_at_end(&rest)) {
		*absent = true;
		return true;
	}
	if (!chk_der_expect(&rest, CHK_DER_SEQUENCE, "RSASSA-PSS-params",
			    &sequence) || !chk_der_at_end(&rest))
		return false;
	der = chk_der_inside(&rest, &sequence);
	return read_digests(&der, pss, &mask) &&
	       read_number(&der, 2, &pss->salt_size) &&
	       read_number(&der, 3, &trailer) && chk_der_at_end(&der) &&
	       pss->digest != CHK_OID_UNKNOWN && mask == pss->digest &&
	       trailer == 1;
}

bool chk_rsa_pss_allows(struct chk_bytes spki, const struct chk_rsa_pss *pss)
{
	struct chk_der der = chk_der_begin(spki, NULL);
	struct chk_rsa_pss least;
	struct chk_tlv outer, algorithm;
	bool absent;

	if (!chk_der_expect(&der, CHK_DER_SEQUENCE, "subjectPublicKeyInfo",
			    &outer))
		return false;
	der = chk_der_inside(&der, &outer);
	if (!chk_der_expect(&der, CHK_DER_SEQUENCE, "algorithm", &algorithm) ||
	    !chk_rsa_pss_parse(algorithm.whole, &least, &absent))
		return false;
	return absent || (least.digest == pss->digest &&
			  pss->salt_size >= least.salt_size);
}
