/*
 * tests/bench/issue.h: certificates for a benchmark, made by GnuTLS when it
 * runs, and valid then.
 */
#ifndef CHK_BENCH_ISSUE_H
#define CHK_BENCH_ISSUE_H

#include <gnutls/x509.h>

#include "base/bytes.h"

#define BENCH_HOST "www.example.test"

/* A leaf is for BENCH_HOST and a TLS server. */
struct bench_recipe {
	const char *subject, *issuer; /* the CNs */
	gnutls_x509_privkey_t key, issuer_key;
	bool ca;
	bool no_key_ids;
};

/* RSA-2048, P-256 or Ed25519. Give it back: gnutls_x509_privkey_deinit. */
gnutls_x509_privkey_t bench_key(gnutls_pk_algorithm_t algorithm);
/* DER; give it back: bench_bytes_free. */
struct chk_bytes bench_issue(const struct bench_recipe *recipe);
void bench_bytes_free(struct chk_bytes bytes);
/* GnuTLS takes pointers to non-const, and writes through none. */
gnutls_datum_t bench_datum(struct chk_bytes bytes);

#endif
