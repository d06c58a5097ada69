/* lib/store/read_certificate.c: one certificate of a keystore. */
#include "store/format.h"

#include "base/array.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "cert/der.h"
#include "cert/pem.h"

static bool skip(struct chk_store *store, const char *where,
		 const struct chk_error *fault, struct chk_error *error)
{
	if (fault->code != CHK_ERROR_MEMORY &&
	    chk_store_note_add(store, where, "not a certificate: %s "
			       "(byte %zu of it)", fault->what,
			       fault->offset == SIZE_MAX ? 0 : fault->offset))
		return true;
	return chk_error_memory(error);
}

bool chk_read_certificate(struct chk_store *store, struct chk_bytes der,
			  enum chk_trust trust, const char *where,
			  struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_cert) struct chk_cert *cert = NULL;
	struct chk_error fault;

	if (chk_cert_parse(der, &cert, &fault))
		return chk_store_add(store, cert, CHK_PURPOSE_ANY, trust,
				     where, error);
	return skip(store, where, &fault, error);
}

/* The element of `within` that the byte lies in; false: it lies in none. */
static bool enter(const struct chk_der *within, const uint8_t *byte,
		  struct chk_tlv *tlv)
{
	struct chk_der der = *within;

	while (!chk_der_at_end(&der) && chk_der_next(&der, tlv))
		if (byte >= tlv->whole.data &&
		    byte < tlv->whole.data + tlv->whole.size)
			return true;
	return false;
}

/*
 * Is what is wrong within an extension, and not what holds it? The byte is in
 * its value or its mark, six elements down.
 */
static bool is_of_extension(struct chk_bytes der, size_t offset)
{
	/* Certificate, tbsCertificate, [3], Extensions, Extension */
	static const uint8_t DOWN[] = {
		CHK_DER_SEQUENCE, CHK_DER_SEQUENCE,
		CHK_DER_CONTEXT_CONSTRUCTED(3), CHK_DER_SEQUENCE,
		CHK_DER_SEQUENCE,
	};
	struct chk_der within = chk_der_begin(der, NULL);
	struct chk_tlv tlv;

	if (offset >= der.size)
		return false;
	for (size_t i = 0; i < CHK_COUNT(DOWN); i++) {
		if (!enter(&within, der.data + offset, &tlv) ||
		    tlv.tag != DOWN[i])
			return false;
		within = chk_der_inside(&within, &tlv);
	}
	return enter(&within, der.data + offset, &tlv) &&
	       (tlv.tag == CHK_DER_BOOLEAN || tlv.tag == CHK_DER_OCTET_STRING);
}

/* Java reads PEM too, where DER belongs, and is lenient with extensions. */
static bool java_may_read(struct chk_bytes der, const struct chk_error *fault)
{
	return fault->code != CHK_ERROR_FORMAT || chk_pem_is(der) ||
	       is_of_extension(der, fault->offset);
}

bool chk_read_java_certificate(struct chk_store *store, struct chk_bytes der,
			       enum chk_trust trust, const char *where,
			       struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_cert) struct chk_cert *cert = NULL;
	struct chk_der all = chk_der_begin(der, NULL);
	struct chk_error fault;
	struct chk_tlv tlv;

	if (chk_der_next(&all, &tlv))
		der = tlv.whole;
	if (chk_cert_parse(der, &cert, &fault))
		return chk_store_add(store, cert, CHK_PURPOSE_ANY, trust,
				     where, error);
	if (java_may_read(der, &fault))
		return skip(store, where, &fault, error);
	return chk_error_set(error, CHK_ERROR_FORMAT, where,
			     "not a certificate, so that Java refuses the "
			     "whole keystore: %s (byte %zu of it)", fault.what,
			     fault.offset == SIZE_MAX ? 0 : fault.offset);
}
