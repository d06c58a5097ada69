/* lib/store/pkcs12_file.c: the parts of a PKCS #12 file (RFC 7292), in DER. */
#include "store/pkcs12_file.h"

#include "cert/oid.h"

/* PFX ::= SEQUENCE { version INTEGER (3), ... } */
bool chk_pkcs12_is(struct chk_bytes bytes)
{
	return chk_bytes_begin_with(chk_ber_content(bytes), "\x02\x01\x03");
}

/* ContentInfo ::= SEQUENCE { contentType OID, content [0] EXPLICIT ANY } */
static bool enter_content(struct chk_der *der, enum chk_oid *type,
			  struct chk_der *content)
{
	struct chk_tlv tlv;

	if (!chk_der_expect(der, CHK_DER_SEQUENCE, "ContentInfo", &tlv))
		return false;
	*content = chk_der_inside(der, &tlv);
	if (!chk_der_expect(content, CHK_DER_OID, "contentType", &tlv) ||
	    !chk_der_oid(content, &tlv))
		return false;
	*type = chk_oid_find(tlv.value);
	if (!chk_der_expect(content, CHK_DER_CONTEXT_CONSTRUCTED(0), "content",
			    &tlv))
		return false;
	*content = chk_der_inside(content, &tlv);
	return true;
}

bool chk_pkcs12_begin(struct chk_der *der, struct chk_bytes bytes)
{
	struct chk_der inside, content;
	struct chk_tlv tlv;
	enum chk_oid type;

	*der = chk_der_begin(bytes, NULL);
	if (!chk_der_expect(der, CHK_DER_SEQUENCE, "PFX", &tlv) ||
	    !chk_der_end(der, "PFX"))
		return false;
	inside = chk_der_inside(der, &tlv);
	/* authSafe is data that is a SEQUENCE OF ContentInfo. */
	if (!chk_der_expect(&inside, CHK_DER_INTEGER, "version", &tlv) ||
	    !enter_content(&inside, &type, &content) ||
	    type != CHK_OID_P7_DATA ||
	    !chk_der_expect(&content, CHK_DER_OCTET_STRING, "authSafe", &tlv))
		return false;
	inside = chk_der_inside(&content, &tlv);
	if (!chk_der_expect(&inside, CHK_DER_SEQUENCE, "AuthenticatedSafe",
			    &tlv) ||
	    !chk_der_end(&inside, "AuthenticatedSafe"))
		return false;
	*der = chk_der_inside(&inside, &tlv);
	return true;
}

/*
 * EncryptedData ::= SEQUENCE { version, EncryptedContentInfo SEQUENCE {
 *	contentType, AlgorithmIdentifier, [0] IMPLICIT OCTET STRING } }
 */
static bool read_encrypted(struct chk_der *content,
			   struct chk_pkcs12_part *part)
{
	struct chk_der inside;
	struct chk_tlv tlv;

	if (!chk_der_expect(content, CHK_DER_SEQUENCE, "EncryptedData", &tlv))
		return false;
	inside = chk_der_inside(content, &tlv);
	if (!chk_der_expect(&inside, CHK_DER_INTEGER, "version", &tlv) ||
	    !chk_der_expect(&inside, CHK_DER_SEQUENCE, "EncryptedContentInfo",
			    &tlv))
		return false;
	inside = chk_der_inside(&inside, &tlv);
	if (!chk_der_expect(&inside, CHK_DER_OID, "contentType", &tlv) ||
	    !chk_der_expect(&inside, CHK_DER_SEQUENCE, "AlgorithmIdentifier",
			    &tlv))
		return false;
	part->algorithm = tlv.whole;
	if (!chk_der_expect(&inside, CHK_DER_CONTEXT(0), "encryptedContent",
			    &tlv))
		return false;
	part->content = tlv.value;
	part->encrypted = true;
	return true;
}

bool chk_pkcs12_next(struct chk_der *der, struct chk_pkcs12_part *part)
{
	struct chk_der content;
	struct chk_tlv tlv;
	enum chk_oid type;

	*part = (struct chk_pkcs12_part){ .encrypted = false };
	if (!enter_content(der, &type, &content))
		return false;
	if (type == CHK_OID_P7_ENCRYPTED)
		return read_encrypted(&content, part);
	if (type != CHK_OID_P7_DATA ||
	    !chk_der_expect(&content, CHK_DER_OCTET_STRING, "data", &tlv))
		return false;
	part->content = tlv.value;
	return true;
}
