/* lib/cert/cert.c: one certificate (RFC 5280 section 4.1). */
#include "cert/cert.h"

#include <stdlib.h>

#include "base/digest.h"
#include "cert/der.h"
#include "cert/dn.h"
#include "cert/extension.h"
#include "cert/oid.h"

#define MAX_SIZE (1u << 20) /* bytes; 10,000 names need half of it */
#define MAX_TEXT 4096u      /* bytes of a name as text */
#define START_OF_2050 INT64_C(2524608000) /* seconds since 1970 */

/*
 * 4.1.2.1: [0] EXPLICIT, absent in version 1. Written out it is no DER (11.5),
 * and the other libraries read it.
 */
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
	der.element = "version";
	if (!chk_der_expect(&der, CHK_DER_INTEGER, NULL, &tlv) ||
	    !chk_der_uint32(&der, &tlv, &version) || !chk_der_end(&der, NULL))
		return false;
	if (version > 2)
		return chk_der_fail(&der, tlv.whole.data, NULL,
				    "neither 1, 2 nor 3 (RFC 5280 4.1.2.1)");
	cert->version = (uint8_t)(version + 1);
	return true;
}

/*
 * 4.1.2.2. Zero and negative numbers are forbidden to CAs; old certificates
 * have them, and they identify one as well as any other.
 */
static bool read_serial(struct chk_der *tbs, struct chk_cert *cert)
{
	struct chk_der named = *tbs;
	struct chk_tlv tlv;

	named.element = "serialNumber";
	if (!chk_der_expect(tbs, CHK_DER_INTEGER, "serialNumber", &tlv) ||
	    !chk_der_integer(&named, &tlv))
		return false;
	cert->serial = tlv.value;
	return true;
}

/* RFC 5280 4.1.2.5 wants UTCTime before; the other form reads as well. */
static bool read_time(struct chk_der *validity, const char *what,
		      int64_t *seconds, bool *early)
{
	struct chk_tlv tlv;

	validity->element = what;
	if (!chk_der_next(validity, &tlv) ||
	    !chk_der_time(validity, &tlv, seconds))
		return false;
	*early = *early || (tlv.tag == CHK_DER_GENERALIZED_TIME &&
			    *seconds < START_OF_2050);
	return true;
}

static bool read_validity(struct chk_der *tbs, struct chk_cert *cert)
{
	struct chk_tlv tlv;
	struct chk_der der;

	if (!chk_der_expect(tbs, CHK_DER_SEQUENCE, "validity", &tlv))
		return false;
	der = chk_der_inside(tbs, &tlv);
	if (!read_time(&der, "validity.notBefore", &cert->not_before,
		       &cert->early_generalized_time) ||
	    !read_time(&der, "validity.notAfter", &cert->not_after,
		       &cert->early_generalized_time))
		return false;
	der.element = "validity";
	return chk_der_end(&der, NULL);
}

/* 4.1.2.8: issuerUniqueID [1] and subjectUniqueID [2], passed over. */
static bool read_unique_ids(struct chk_der *tbs, const struct chk_cert *cert)
{
	struct chk_bytes bits;
	struct chk_tlv tlv;
	uint8_t unused;

	for (unsigned int i = 1; i <= 2; i++) {
		if (chk_der_peek(tbs) != CHK_DER_CONTEXT(i))
			continue;
		if (!chk_der_next(tbs, &tlv) ||
		    !chk_der_bit_string(tbs, &tlv, &bits, &unused))
			return false;
		if (cert->version < 2)
			return chk_der_fail(tbs, tlv.whole.data, "uniqueID",
					    "in version 1 "
					    "(RFC 5280 4.1.2.8)");
	}
	return true;
}

static bool read_extensions(struct chk_der *tbs, struct chk_cert *cert)
{
	struct chk_tlv tlv;
	struct chk_der der, list;

	if (!chk_der_expect(tbs, CHK_DER_CONTEXT_CONSTRUCTED(3), "extensions",
			    &tlv))
		return false;
	if (cert->version != 3)
		return chk_der_fail(tbs, tlv.whole.data, "extensions",
				    "before version 3 (RFC 5280 4.1.2.9)");
	der = chk_der_inside(tbs, &tlv);
	der.element = "extensions";
	return chk_der_sequence(&der, &list) &&
	       chk_extensions_parse(&list, cert);
}

static bool read_tbs(struct chk_der der, struct chk_cert *cert,
		     struct chk_bytes *algorithm)
{
	struct chk_tlv tlv;

	if (!read_version(&der, cert) || !read_serial(&der, cert) ||
	    !chk_der_expect(&der, CHK_DER_SEQUENCE, "signature", &tlv))
		return false;
	*algorithm = tlv.whole;
	return chk_dn_read(&der, "issuer", &cert->issuer,
			   &cert->issuer_hash) &&
	       read_validity(&der, cert) &&
	       chk_dn_read(&der, "subject", &cert->subject,
			   &cert->subject_hash) &&
	       chk_key_read(&der, "subjectPublicKeyInfo", &cert->spki,
			    &cert->key) &&
	       read_unique_ids(&der, cert) &&
	       (chk_der_at_end(&der) || read_extensions(&der, cert)) &&
	       chk_der_end(&der, NULL);
}

static bool read_signature(struct chk_der *der, struct chk_bytes within,
			   struct chk_cert *cert)
{
	struct chk_der named = *der;
	struct chk_tlv tlv;
	uint8_t unused;

	if (!chk_der_expect(der, CHK_DER_SEQUENCE, "signatureAlgorithm", &tlv))
		return false;
	cert->signature_algorithm = tlv.whole;
	if (!chk_bytes_equal(tlv.whole, within))
		return chk_der_fail(der, tlv.whole.data, "signatureAlgorithm",
				    "another than within tbsCertificate "
				    "(RFC 5280 4.1.1.2)");
	named.element = "signatureValue";
	if (!chk_der_expect(der, CHK_DER_BIT_STRING, "signatureValue", &tlv) ||
	    !chk_der_bit_string(&named, &tlv, &cert->signature, &unused))
		return false;
	return unused == 0 || chk_der_fail(&named, tlv.whole.data, NULL,
					   "not whole bytes");
}

static bool read_cert(struct chk_cert *cert, struct chk_error *error)
{
	struct chk_der der = chk_der_begin(cert->der, error), inner;
	struct chk_bytes algorithm;
	struct chk_tlv tlv, tbs;

	if (!chk_der_expect(&der, CHK_DER_SEQUENCE, "Certificate", &tlv) ||
	    !chk_der_end(&der, "Certificate"))
		return false;
	der = chk_der_inside(&der, &tlv);
	if (!chk_der_expect(&der, CHK_DER_SEQUENCE, "tbsCertificate", &tbs))
		return false;
	cert->tbs = tbs.whole;
	inner = chk_der_inside(&der, &tbs);
	inner.element = "tbsCertificate";
	return read_tbs(inner, cert, &algorithm) &&
	       read_signature(&der, algorithm, cert) &&
	       chk_der_end(&der, "Certificate");
}

/* Its offset is 0: readers tell where in the input it is. */
static bool too_large(struct chk_error *error)
{
	chk_error_set(error, CHK_ERROR_TOO_LARGE, NULL,
		      "a certificate of over 1 MiB");
	if (error)
		error->offset = 0;
	return false;
}

/* The bytes stand behind the struct: one allocation a certificate. */
bool chk_cert_parse(struct chk_bytes der, struct chk_cert **cert,
		    struct chk_error *error)
{
	struct chk_cert *made;
	uint8_t *copy;

	*cert = NULL;
	if (der.size > MAX_SIZE)
		return too_large(error);
	made = malloc(sizeof(*made) + der.size);
	if (!made)
		return chk_error_memory(error);
	memset(made, 0, sizeof(*made));
	copy = (uint8_t *)(made + 1);
	if (der.size)
		memcpy(copy, der.data, der.size);
	made->der = chk_bytes_of(copy, der.size);
	atomic_init(&made->references, 1);
	if (!read_cert(made, error)) {
		free(made);
		return false;
	}
	made->self_issued = chk_cert_names_match(made, made);
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

/* Cut between characters, where it must be cut. */
static char *name_text(struct chk_bytes name)
{
	struct chk_buffer buffer = { 0 };

	chk_dn_text(&buffer, name);
	if (buffer.size > MAX_TEXT) {
		buffer.size = MAX_TEXT - strlen("...");
		while (((uint8_t)buffer.data[buffer.size] & 0xc0) == 0x80)
			buffer.size--;
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

/*
 * The end of a certificate is its signature, which no two share by chance;
 * who makes two alike on purpose only has them compared.
 */
uint64_t chk_cert_hash(const struct chk_cert *cert)
{
	size_t size = cert->der.size < 32 ? cert->der.size : 32;

	return chk_bytes_hash(chk_bytes_of(
		cert->der.data + cert->der.size - size, size));
}

bool chk_cert_is_self_issued(const struct chk_cert *cert)
{
	return cert->self_issued;
}

bool chk_cert_is_root(const struct chk_cert *cert)
{
	return cert->self_issued &&
	       (!cert->authority.key_id.data || !cert->key_id.data ||
		chk_bytes_equal(cert->authority.key_id, cert->key_id));
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

/* More than there are: two (RFC 6066, RFC 6961). Each is looked for in each. */
#define MAX_FEATURES 16

/* The content of Features ::= SEQUENCE OF INTEGER. */
static struct chk_der begin_features(const struct chk_cert *cert)
{
	struct chk_der der = chk_der_begin(cert->tls_features.value, NULL);
	struct chk_tlv list;

	if (!cert->tls_features.present || !chk_der_next(&der, &list))
		return (struct chk_der){ 0 };
	return chk_der_inside(&der, &list);
}

static bool has_feature(const struct chk_cert *cert, struct chk_bytes feature)
{
	struct chk_der features = begin_features(cert);
	struct chk_tlv tlv;

	for (size_t i = 0; i < MAX_FEATURES && chk_der_next(&features, &tlv);
	     i++) {
		if (chk_bytes_equal(tlv.whole, feature))
			return true;
	}
	return false;
}

bool chk_cert_must_staple(const struct chk_cert *cert)
{
	return has_feature(cert, chk_bytes_of("\x02\x01\x05", 3));
}

bool chk_tls_features_hold(const struct chk_cert *issuer,
			   const struct chk_cert *cert)
{
	struct chk_der features = begin_features(issuer);
	struct chk_tlv tlv;

	for (size_t i = 0; i < MAX_FEATURES && chk_der_next(&features, &tlv);
	     i++) {
		if (!has_feature(cert, tlv.whole))
			return false;
	}
	return chk_der_at_end(&features);
}

/* RFC 5280 4.2.2.1: SEQUENCE OF { accessMethod, accessLocation }. */
struct chk_bytes chk_cert_ca_issuers_at(const struct chk_cert *cert, size_t i)
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
		    location.tag == CHK_DER_CONTEXT(6) && i-- == 0)
			return location.value;
	}
	return (struct chk_bytes){ 0 };
}

struct chk_bytes chk_cert_ca_issuers(const struct chk_cert *cert)
{
	return chk_cert_ca_issuers_at(cert, 0);
}
