/* lib/cert/pkcs7.c: certificates out of PKCS #7, by GnuTLS. */
#include "cert/pkcs7.h"

#include <gnutls/pkcs7.h>

#include "base/cleanup.h"
#include "cert/der.h"
#include "cert/oid.h"

CHK_CLEANUP_FUNCTION(cleanup_pkcs7, gnutls_pkcs7_t, gnutls_pkcs7_deinit);

/* ContentInfo ::= SEQUENCE { contentType signedData, ... } */
bool chk_pkcs7_is(struct chk_bytes bytes)
{
	struct chk_der content = chk_der_begin(chk_ber_content(bytes), NULL);
	struct chk_tlv type;

	return chk_der_expect(&content, CHK_DER_OID, "contentType", &type) &&
	       chk_oid_find(type.value) == CHK_OID_P7_SIGNED;
}

static bool failed(struct chk_error *error, const char *name, int cause)
{
	chk_error_set(error, CHK_ERROR_FORMAT, name, "damaged PKCS #7: %s",
		      gnutls_strerror(cause));
	if (error)
		error->cause = cause;
	return false;
}

bool chk_pkcs7_walk(struct chk_bytes bytes, const char *name, size_t most,
		    chk_pkcs7_visit *visit, void *context, size_t *count,
		    struct chk_error *error)
{
	const gnutls_datum_t datum = { (void *)(uintptr_t)bytes.data,
				       (unsigned)bytes.size };
	CHK_CLEANUP(cleanup_pkcs7) gnutls_pkcs7_t pkcs7 = NULL;
	int status;

	*count = 0;
	if (gnutls_pkcs7_init(&pkcs7) < 0)
		return chk_error_memory(error);
	status = gnutls_pkcs7_import(pkcs7, &datum, GNUTLS_X509_FMT_DER);
	if (status >= 0)
		status = gnutls_pkcs7_get_crt_count(pkcs7);
	if (status < 0)
		return failed(error, name, status);
	*count = (size_t)status;
	for (size_t i = 0; i < *count && i < most; i++) {
		CHK_CLEANUP(chk_cleanup_datum) gnutls_datum_t der = { NULL, 0 };

		status = gnutls_pkcs7_get_crt_raw2(pkcs7, (unsigned)i, &der);
		if (status < 0)
			return failed(error, name, status);
		if (!visit(context, chk_bytes_of(der.data, der.size), error))
			return false;
	}
	return true;
}
