/*
 * lib/store/spoilt.c: OpenSSL, GnuTLS and Java read a file of PEM as a whole
 * or not at all. None of them is as strict as we are with what a certificate
 * says, so a certificate is broken only where GnuTLS cannot read it either.
 */
#include "store/spoilt.h"

#include <stdio.h>

#include <gnutls/x509.h>

#include "base/cleanup.h"
#include "cert/cert.h"
#include "cert/der.h"
#include "cert/pem.h"

CHK_CLEANUP_FUNCTION(cleanup_crt, gnutls_x509_crt_t, gnutls_x509_crt_deinit);

static bool ends_with(struct chk_bytes label, const char *ending)
{
	size_t size = strlen(ending);

	return label.size >= size &&
	       memcmp(label.data + label.size - size, ending, size) == 0;
}

static bool gnutls_reads(struct chk_bytes der)
{
	const gnutls_datum_t datum = { (void *)(uintptr_t)der.data,
				       (unsigned)der.size };
	CHK_CLEANUP(cleanup_crt) gnutls_x509_crt_t crt = NULL;

	return gnutls_x509_crt_init(&crt) < 0 ||
	       gnutls_x509_crt_import(crt, &datum, GNUTLS_X509_FMT_DER) >= 0;
}

/* NULL: it is none. OpenSSL passes over what is behind it. */
static const char *certificate_fault(const struct chk_pem_block *block,
				     struct chk_error *error)
{
	struct chk_bytes der = chk_bytes_of(block->data, block->size);
	CHK_CLEANUP(chk_cleanup_cert) struct chk_cert *cert = NULL;
	struct chk_der cursor = chk_der_begin(der, NULL);
	struct chk_tlv tlv;

	if (chk_der_next(&cursor, &tlv))
		der = tlv.whole;
	if (chk_cert_parse(der, &cert, error) ||
	    error->code != CHK_ERROR_FORMAT || gnutls_reads(der))
		return NULL;
	return error->what;
}

/* A BEGIN line that is cut off is text to them, and an encrypted key good. */
static const char *fault_of(const struct chk_pem_block *block,
			    bool certificate, struct chk_error *error)
{
	if (!block->label.data || ends_with(block->label, "PRIVATE KEY"))
		return NULL;
	if (block->fault)
		return block->fault;
	return certificate ? certificate_fault(block, error) : NULL;
}

bool chk_pem_is_spoilt(struct chk_bytes bytes, struct chk_spoilt *spoilt)
{
	struct chk_pem pem = chk_pem_begin(bytes);
	struct chk_pem_block block;
	const char *fault = NULL;

	while (!fault && chk_pem_next(&pem, &block)) {
		struct chk_error error;

		spoilt->certificate = ends_with(block.label, "CERTIFICATE");
		fault = fault_of(&block, spoilt->certificate, &error);
		spoilt->line = block.line;
		spoilt->offset = block.offset;
		if (fault)
			snprintf(spoilt->why, sizeof(spoilt->why), "%s",
				 fault);
		free(block.data);
	}
	return fault != NULL;
}
