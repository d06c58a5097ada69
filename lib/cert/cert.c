/* lib/cert/cert.c: one certificate (RFC 5280 section 4.1). */
#include "cert/cert.h"

#include <stdlib.h>

#include "base/digest.h"
#include "cert/der.h"
#include "cert/dn.h"
#include "cert/extension.h"
#include "cert/oid.h"

#define MAX_SIZE (1u << 20) /* bytes; 10,000 names need half of it */

/* 4.1.2.1: [0] EXPLICIT, absent in version 1. */
static bool read_version(struct chk_der *tbs, struct chk_cert *cert)
{
	struct chk_tlv tlv;
	struct chk_der der;
	uint32_t version;

	cert->version = 1;
	if (chk_der_peek(tbs) != CHK_DER_CONTEXT_CONSTRUCTED(0))
		return true;
	if (!chk_der_next(tbs, &tlv))
		return false;
	der = chk_der_inside(tbs, &tlv);
	if (!chk_der_expect(&der, CHK_DER_INTEGER, "version", &tlv) ||
	    !chk_der_uint32(&der, &tlv, &version) ||
	    !chk_der_end(&der, "version"))
		return false;
	if (version > 2)
		return chk_der_fail(&der, tlv.whole.data, "version",
				    "neither 1, 2 nor 3 (RFC 5280 4.1.2.1)");
	cert->version = (uint8_t)(version + 1);
	return true;
}

static bool read_name(struct chk_der *tbs, const char *what,
		      struct chk_bytes *name, uint64_t *hash)
{
	struct chk_error *error = tbs->error;
	struct chk_tlv tlv;

	if (!chk_der_expect(tbs, CHK_DER_SEQUENCE, what, &tlv))
		return false;
	if (!chk_dn_check(tlv.whole, error)) {
		/* It counted from the name's first byte. */
		if (error)
			error->offset += (size_t)(tlv.whole.data - tbs->start);
		return false;
	}
	*name = tlv.whole;
	*hash = chk_dn_hash(tlv.whole);
	return true;
}

static bool read_validity(struct chk_der *tbs, struct chk_cert *cert)
{
	struct chk_tlv tlv;
	struct chk_der der;

	if (!chk_der_expect(tbs, CHK_DER_SEQUENCE, "validity", &tlv))
		return false;
	der = chk_der_inside(tbs, &tlv);
	return chk_der_next(&der, &tlv) &&
	       chk_der_time(&der, &tlv, &cert->not_before) &&
	       chk_der_next(&der, &tlv) &&
	       chk_der_time(&der, &tlv, &cert->not_after) &&
	       chk_der_end(&der, "validity");
}

static bool read_spki(struct chk_der *tbs, struct chk_cert *cert)
{
	struct chk_error *error = tbs->error;
	struct chk_tlv tlv;

	if (!chk_der_expect(tbs, CHK_DER_SEQUENCE, "subjectPublicKeyInfo", &tlv))
		return false;
	cert->spki = tlv.whole;
	if (chk_key_parse(tlv.whole, &cert->key, error))
		return true;
	if (error)
		error->offset += (size_t)(tlv.whole.data - tbs->start);
	return false;
}

/* 4.1.2.8, 4.1.2.9: unique ids are passed over, extensions are read. */
static bool read_rest(struct chk_der *tbs, struct chk_cert *cert)
{
	struct chk_tlv tlv;
	struct chk_der der;

	while (chk_der_peek(tbs) == CHK_DER_CONTEXT(1) ||
	       chk_der_peek(tbs) == CHK_DER_CONTEXT(2)) {
		if (!chk_der_next(tbs, &tlv))
			return false;
	}
	if (chk_der_at_end(tbs))
		return true;
	if (!chk_der_expect(tbs, CHK_DER_CONTEXT_CONSTRUCTED(3), "extensions",
			    &tlv) ||
	    !chk_der_end(tbs, "tbsCertificate"))
		return false;
	if (cert->version != 3)
		return chk_der_fail(tbs, tlv.whole.data, "extensions",
				    "before version 3 (RFC 5280 4.1.2.9)");
	der = chk_der_inside(tbs, &tlv);
	if (!chk_der_expect(&der, CHK_DER_SEQUENCE, "extensions", &tlv) ||
	    !chk_der_end(&der, "extensions"))
		return false;
	der = chk_der_inside(&der, &tlv);
	return chk_extensions_parse(&der, cert);
}

static bool read_tbs(struct chk_der der, struct chk_cert *cert,
		     struct chk_bytes *algorithm)
{
	struct chk_tlv tlv;

	if (!read_version(&der, cert) ||
	    !chk_der_expect(&der, CHK_DER_INTEGER, "serialNumber", &tlv) ||
	    !chk_der_integer(&der, &tlv))
		return false;
	cert->serial = tlv.value;
	if (!chk_der_expect(&der, CHK_DER_SEQUENCE, "signature", &tlv))
		return false;
	*algorithm = tlv.whole;
	return read_name(&der, "issuer", &cert->issuer, &cert->issuer_hash) &&
	       read_validity(&der, cert) &&
	       read_name(&der, "subject", &cert->subject,
			 &cert->subject_hash) &&
	       read_spki(&der, cert) && read_rest(&der, cert);
}

static bool read_cert(struct chk_cert *cert, struct chk_error *error)
{
	struct chk_der der = chk_der_begin(cert->der, error);
	struct chk_bytes algorithm;
	struct chk_tlv tlv, tbs;
	uint8_t unused;

	if (!chk_der_expect(&der, CHK_DER_SEQUENCE, "Certificate", &tlv) ||
	    !chk_der_end(&der, "Certificate"))
		return false;
	der = chk_der_inside(&der, &tlv);
	if (!chk_der_expect(&der, CHK_DER_SEQUENCE, "tbsCertificate", &tbs) ||
	    !read_tbs(chk_der_inside(&der, &tbs), cert, &algorithm))
		return false;
	cert->tbs = tbs.whole;
	if (!chk_der_expect(&der, CHK_DER_SEQUENCE, "signatureAlgorithm", &tlv))
		return false;
	cert->signature_algorithm = tlv.whole;
	if (!chk_bytes_equal(tlv.whole, algorithm))
		return chk_der_fail(&der, tlv.whole.data, "signatureAlgorithm",
				    "another than within tbsCertificate "
				    "(RFC 5280 4.1.1.2)");
	if (!chk_der_expect(&der, CHK_DER_BIT_STRING, "signatureValue", &tlv) ||
	    !chk_der_bit_string(&der, &tlv, &cert->signature, &unused))
		return false;
	if (unused)
		return chk_der_fail(&der, tlv.whole.data, "signatureValue",
				    "not whole bytes");
	return chk_der_end(&der, "Certificate");
}

/* The bytes stand behind the struct: one allocation a certificate. */
bool chk_cert_parse(struct chk_bytes der, struct chk_cert **cert,
		    struct chk_error *error)
{
	struct chk_cert *made;
	uint8_t *copy;

	*cert = NULL;
	if (der.size > MAX_SIZE)
		return chk_error_set(error, CHK_ERROR_TOO_LARGE, NULL,
				     "a certificate of over 1 MiB");
	made = calloc(1, sizeof(*made) + der.size);
	if (!made)
		return chk_error_memory(error);
	copy = (uint8_t *)(made + 1);
	if (der.size)
		memcpy(copy, der.data, der.size);
	made->der = chk_bytes_of(copy, der.size);
	atomic_init(&made->references, 1);
	if (!read_cert(made, error)) {
		free(made);
		return false;
	}
	*cert = made;
	return true;
}

struct chk_cert *chk_cert_ref(const struct chk_cert *cert)
{
	/* The count is the one thing of a certificate that changes. */
	union {
		const struct chk_cert *in;
		struct chk_cert *out;
	} counted = { cert };

	if (cert)
		atomic_fetch_add(&counted.out->references, 1);
	return counted.out;
}

void chk_cert_unref(struct chk_cert *cert)
{
	if (cert && atomic_fetch_sub(&cert->references, 1) == 1)
		free(cert);
}

struct chk_bytes chk_cert_der(const struct chk_cert *cert)
{
	return cert->der;
}

struct chk_bytes chk_cert_serial(const struct chk_cert *cert)
{
	return cert->serial;
}

struct chk_bytes chk_cert_key_id(const struct chk_cert *cert)
{
	return cert->key_id;
}

int64_t chk_cert_not_before(const struct chk_cert *cert)
{
	return cert->not_before;
}

int64_t chk_cert_not_after(const struct chk_cert *cert)
{
	return cert->not_after;
}

static char *name_text(struct chk_bytes name)
{
	struct chk_buffer buffer = { 0 };

	chk_dn_text(&buffer, name);
	if (buffer.size > 4096) {
		buffer.size = 4093;
		chk_buffer_text(&buffer, "...");
	}
	return chk_buffer_steal(&buffer);
}

char *chk_cert_subject(const struct chk_cert *cert)
{
	return name_text(cert->subject);
}

char *chk_cert_issuer(const struct chk_cert *cert)
{
	return name_text(cert->issuer);
}

void chk_cert_sha256(const struct chk_cert *cert, uint8_t digest[32])
{
	chk_digest_sha256(cert->der, digest);
}

void chk_cert_spki_sha256(const struct chk_cert *cert, uint8_t digest[32])
{
	chk_digest_sha256(cert->spki, digest);
}

bool chk_cert_is_self_issued(const struct chk_cert *cert)
{
	return chk_cert_names_match(cert, cert);
}

bool chk_cert_names_match(const struct chk_cert *cert,
			  const struct chk_cert *issuer)
{
	return cert->issuer_hash == issuer->subject_hash &&
	       chk_dn_match(cert->issuer, issuer->subject);
}

bool chk_cert_allows_usage(const struct chk_cert *cert, struct chk_bytes oid,
			   bool any_counts)
{
	struct chk_bytes any = chk_oid_bytes(CHK_OID_EKU_ANY);
	struct chk_der der = chk_der_begin(cert->ext_key_usage.value, NULL);
	struct chk_tlv tlv;

	if (!cert->ext_key_usage.present)
		return true;
	if (!chk_der_next(&der, &tlv))
		return false;
	der = chk_der_inside(&der, &tlv);
	while (!chk_der_at_end(&der) && chk_der_next(&der, &tlv)) {
		if (chk_bytes_equal(tlv.value, oid) ||
		    (any_counts && chk_bytes_equal(tlv.value, any)))
			return true;
	}
	return false;
}

/* RFC 5280 4.2.2.1: SEQUENCE OF { accessMethod, accessLocation }. */
struct chk_bytes chk_cert_ca_issuers(const struct chk_cert *cert)
{
	struct chk_bytes wanted = chk_oid_bytes(CHK_OID_AD_CA_ISSUERS);
	struct chk_der der = chk_der_begin(cert->authority_info.value, NULL);
	struct chk_tlv tlv, method, location;
	struct chk_der inner;

	if (!cert->authority_info.present || !chk_der_next(&der, &tlv))
		return (struct chk_bytes){ 0 };
	der = chk_der_inside(&der, &tlv);
	while (!chk_der_at_end(&der) && chk_der_next(&der, &tlv)) {
		inner = chk_der_inside(&der, &tlv);
		if (chk_der_next(&inner, &method) &&
		    chk_der_next(&inner, &location) &&
		    chk_bytes_equal(method.value, wanted) &&
		    location.tag == CHK_DER_CONTEXT(6))
			return location.value;
	}
	return (struct chk_bytes){ 0 };
}
