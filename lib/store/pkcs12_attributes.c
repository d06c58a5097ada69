/* lib/store/pkcs12_attributes.c: the bags of a PKCS #12 file (RFC 7292). */
#include "store/pkcs12_attributes.h"

#include "cert/oid.h"

bool chk_bags_begin(struct chk_der *der, struct chk_bytes safe_contents,
		    struct chk_error *error)
{
	struct chk_der outer = chk_der_begin(safe_contents, error);
	struct chk_tlv tlv;

	if (!chk_der_expect(&outer, CHK_DER_SEQUENCE, "SafeContents", &tlv) ||
	    !chk_der_end(&outer, "SafeContents"))
		return false;
	*der = chk_der_inside(&outer, &tlv);
	return true;
}

/*
 * PKCS12Attribute ::= SEQUENCE { attrId OID, attrValues SET OF ANY }. Of the
 * values Java takes the first, and of trustedKeyUsage only that it is there.
 */
static bool read_attribute(struct chk_der *der, struct chk_bag *bag)
{
	struct chk_der values;
	struct chk_tlv attribute, id, set, value = { 0 };

	if (!chk_der_expect(der, CHK_DER_SEQUENCE, "PKCS12Attribute",
			    &attribute))
		return false;
	values = chk_der_inside(der, &attribute);
	if (!chk_der_expect(&values, CHK_DER_OID, "attrId", &id) ||
	    !chk_der_oid(&values, &id) ||
	    !chk_der_expect(&values, CHK_DER_SET, "attrValues", &set) ||
	    !chk_der_end(&values, "PKCS12Attribute"))
		return false;
	values = chk_der_inside(&values, &set);
	if (!chk_der_at_end(&values) && !chk_der_next(&values, &value))
		return false;
	switch (chk_oid_find(id.value)) {
	case CHK_OID_P9_FRIENDLY_NAME:
		if (value.tag == CHK_DER_BMP_STRING)
			bag->name = value.value;
		return true;
	case CHK_OID_P9_LOCAL_KEY_ID:
		if (value.tag == CHK_DER_OCTET_STRING)
			bag->key_id = value.value;
		return true;
	case CHK_OID_JAVA_TRUSTED:
		bag->java_trusted = value.tag == CHK_DER_OID;
		return true;
	default:
		return true;
	}
}

static bool read_attributes(struct chk_der *der, struct chk_bag *bag)
{
	struct chk_der inside;
	struct chk_tlv set;

	if (chk_der_at_end(der))
		return true;
	if (!chk_der_expect(der, CHK_DER_SET, "bagAttributes", &set) ||
	    !chk_der_end(der, "SafeBag"))
		return false;
	inside = chk_der_inside(der, &set);
	while (!chk_der_at_end(&inside))
		if (!read_attribute(&inside, bag))
			return false;
	return true;
}

/* CertBag ::= SEQUENCE { certId OID, certValue [0] EXPLICIT ANY } */
static bool read_certificate(struct chk_der *der, struct chk_bag *bag)
{
	struct chk_der inside;
	struct chk_tlv tlv, id;

	if (!chk_der_expect(der, CHK_DER_SEQUENCE, "CertBag", &tlv))
		return false;
	inside = chk_der_inside(der, &tlv);
	if (!chk_der_expect(&inside, CHK_DER_OID, "certId", &id) ||
	    !chk_der_oid(&inside, &id) ||
	    !chk_der_expect(&inside, CHK_DER_CONTEXT_CONSTRUCTED(0),
			    "certValue", &tlv))
		return false;
	if (chk_oid_find(id.value) != CHK_OID_P9_X509_CERT)
		return true;
	inside = chk_der_inside(&inside, &tlv);
	if (!chk_der_expect(&inside, CHK_DER_OCTET_STRING, "x509Certificate",
			    &tlv))
		return false;
	bag->kind = CHK_BAG_CERTIFICATE;
	bag->certificate = tlv.value;
	return true;
}

/* SafeBag ::= SEQUENCE { bagId OID, bagValue [0], bagAttributes OPTIONAL } */
bool chk_bags_next(struct chk_der *der, struct chk_bag *bag)
{
	struct chk_der inside, value;
	struct chk_tlv tlv, id;

	*bag = (struct chk_bag){ .kind = CHK_BAG_OTHER };
	if (!chk_der_expect(der, CHK_DER_SEQUENCE, "SafeBag", &tlv))
		return false;
	inside = chk_der_inside(der, &tlv);
	if (!chk_der_expect(&inside, CHK_DER_OID, "bagId", &id) ||
	    !chk_der_oid(&inside, &id) ||
	    !chk_der_expect(&inside, CHK_DER_CONTEXT_CONSTRUCTED(0),
			    "bagValue", &tlv))
		return false;
	value = chk_der_inside(&inside, &tlv);
	switch (chk_oid_find(id.value)) {
	case CHK_OID_P12_CERT_BAG:
		if (!read_certificate(&value, bag))
			return false;
		break;
	case CHK_OID_P12_SHROUDED_BAG:
		bag->kind = CHK_BAG_KEY;
		break;
	case CHK_OID_P12_SECRET_BAG:
		bag->kind = CHK_BAG_SECRET;
		break;
	default:
		break;
	}
	return read_attributes(&inside, bag);
}
