/* tests/report/example_certs.c: the certificates of certificates.def. */
#include "support/test.h"

#include "report/example.h"

#include <gnutls/x509.h>

#include "base/cleanup.h"

static const struct {
	const char *sha256, *key_id, *pem;
} CERTS[] = {
#define CERTIFICATE(name, sha256, key_id, pem) { sha256, key_id, pem },
#include "report/certificates.def"
#undef CERTIFICATE
};

const char *chk_example_sha256(enum chk_example_cert cert)
{
	return CERTS[cert].sha256;
}

const char *chk_example_key_id(enum chk_example_cert cert)
{
	return CERTS[cert].key_id;
}

struct chk_cert *chk_example_cert(enum chk_example_cert cert)
{
	gnutls_datum_t pem = { (void *)(uintptr_t)CERTS[cert].pem,
			       (unsigned)strlen(CERTS[cert].pem) };
	CHK_CLEANUP(chk_cleanup_datum) gnutls_datum_t der = { 0 };
	struct chk_cert *parsed = NULL;

	assert_int_equal(gnutls_pem_base64_decode2("CERTIFICATE", &pem, &der),
			 0);
	assert_true(chk_cert_parse(chk_bytes_of(der.data, der.size), &parsed,
				   NULL));
	return parsed;
}
