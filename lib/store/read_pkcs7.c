/*
 * lib/store/read_pkcs7.c: the certificates of PKCS #7 (RFC 2315 section 9), as
 * Windows and CAs hand them out. Nothing that is signed is of any interest.
 */
#include "store/format.h"

#include <gnutls/pkcs7.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "cert/der.h"
#include "cert/oid.h"

/* GnuTLS looks each up from the start of the list. */
#define CERTIFICATES_MAX 10000

CHK_CLEANUP_FUNCTION(cleanup_pkcs7, gnutls_pkcs7_t, gnutls_pkcs7_deinit);

/* ContentInfo ::= SEQUENCE { contentType signedData, ... } */
bool chk_pkcs7_is(struct chk_bytes bytes)
{
	struct chk_bytes oid = chk_oid_bytes(CHK_OID_P7_SIGNED);
	size_t header;

	if (bytes.size < 2 || bytes.data[0] != CHK_DER_SEQUENCE)
		return false;
	/* Not chk_der_next: BER may leave the length open. */
	header = bytes.data[1] & 0x80 ? 2 + (bytes.data[1] & 0x7fu) : 2;
	return header <= 6 && header + 2 + oid.size <= bytes.size &&
	       bytes.data[header] == CHK_DER_OID &&
	       bytes.data[header + 1] == oid.size &&
	       memcmp(bytes.data + header + 2, oid.data, oid.size) == 0;
}

static bool failed(struct chk_error *error, const char *name, int cause)
{
	chk_error_set(error, CHK_ERROR_FORMAT, name, "damaged PKCS #7: %s",
		      gnutls_strerror(cause));
	if (error)
		error->cause = cause;
	return false;
}

static bool read_one(struct chk_store *store, gnutls_pkcs7_t pkcs7, int i,
		     const char *name, struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_datum) gnutls_datum_t der = { NULL, 0 };
	int status = gnutls_pkcs7_get_crt_raw2(pkcs7, (unsigned)i, &der);

	if (status < 0)
		return failed(error, name, status);
	return chk_read_certificate(store, chk_bytes_of(der.data, der.size),
				    CHK_TRUST_TRUSTED, name, error);
}

bool chk_read_pkcs7(struct chk_store *store, struct chk_bytes bytes,
		    const char *name, const struct chk_store_options *options,
		    struct chk_error *error)
{
	const gnutls_datum_t datum = { (void *)(uintptr_t)bytes.data,
				       (unsigned)bytes.size };
	CHK_CLEANUP(cleanup_pkcs7) gnutls_pkcs7_t pkcs7 = NULL;
	size_t notes = store->note_count;
	int status, count;

	if (gnutls_pkcs7_init(&pkcs7) < 0)
		return chk_error_memory(error);
	status = gnutls_pkcs7_import(pkcs7, &datum, GNUTLS_X509_FMT_DER);
	if (status < 0)
		return failed(error, name, status);
	count = gnutls_pkcs7_get_crt_count(pkcs7);
	if (count > CERTIFICATES_MAX)
		return chk_error_set(error, CHK_ERROR_TOO_LARGE, name,
				     "more than %d certificates",
				     CERTIFICATES_MAX);
	for (int i = 0; i < count; i++)
		if (!read_one(store, pkcs7, i, name, error))
			return false;
	if (count > 0 && store->note_count - notes < (size_t)count)
		return true;
	return chk_error_set(error, CHK_ERROR_EMPTY, name,
			     "no certificate is in the PKCS #7");
}
