/*
 * tests/report/example.h: reports made by hand, one for each thing that a
 * person may be told, so that the formats are tested without a search.
 */
#ifndef CHK_TEST_EXAMPLE_H
#define CHK_TEST_EXAMPLE_H

#include "diagnosis/report.h"

enum chk_example_cert {
#define CERTIFICATE(name, sha256, key_id, pem) CHK_EXAMPLE_##name,
#include "report/certificates.def"
#undef CERTIFICATE
	CHK_EXAMPLE_CERTS,
};

/* The names in order, NULL past the last: "missing-intermediate". */
const char *chk_example_name(size_t i);
/* The report of this name; free it with chk_report_free. */
struct chk_report *chk_example_new(const char *name);
/* What openssl says of a certificate, hexadecimal. */
const char *chk_example_sha256(enum chk_example_cert cert);
const char *chk_example_key_id(enum chk_example_cert cert);
/* A reference of its own; give it back with chk_cert_unref. */
struct chk_cert *chk_example_cert(enum chk_example_cert cert);

#endif
