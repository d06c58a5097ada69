/*
 * tests/bench/peer_raw.c: the signatures of a chain and nothing else, by
 * GnuTLS as ours are, with the keys loaded before: the least that anybody who
 * uses GnuTLS can take.
 */
#include "bench/peer.h"

#include <gnutls/abstract.h>
#include <gnutls/x509.h>

#include "bench/bench.h"
#include "bench/issue.h"
#include "cert/cert.h"

struct signature {
	struct chk_cert *cert;
	gnutls_pubkey_t key; /* the issuer's */
	gnutls_sign_algorithm_t algorithm;
};

struct prepared {
	struct signature *signatures;
	size_t count;
};

static void load_algorithm(struct signature *signature)
{
	gnutls_datum_t der = bench_datum(signature->cert->der);
	gnutls_x509_crt_t crt;
	int algorithm;

	BENCH_CHECK(gnutls_x509_crt_init(&crt) >= 0);
	BENCH_CHECK(gnutls_x509_crt_import(crt, &der, GNUTLS_X509_FMT_DER) >=
		    0);
	algorithm = gnutls_x509_crt_get_signature_algorithm(crt);
	BENCH_CHECK(algorithm > 0);
	signature->algorithm = (gnutls_sign_algorithm_t)algorithm;
	gnutls_x509_crt_deinit(crt);
}

static void load_key(struct signature *signature, struct chk_bytes issuer_der)
{
	struct chk_cert *issuer;
	gnutls_datum_t spki;

	BENCH_CHECK(chk_cert_parse(issuer_der, &issuer, NULL));
	spki = bench_datum(issuer->spki);
	BENCH_CHECK(gnutls_pubkey_init(&signature->key) >= 0);
	BENCH_CHECK(gnutls_pubkey_import(signature->key, &spki,
					 GNUTLS_X509_FMT_DER) >= 0);
	chk_cert_unref(issuer);
}

/* Each is issued by the next one; the last by what is trusted, or itself. */
static void *prepare(const struct bench_input *input)
{
	struct prepared *prepared = calloc(1, sizeof(*prepared));

	BENCH_CHECK(prepared);
	prepared->signatures = calloc(input->sent_count,
				      sizeof(*prepared->signatures));
	BENCH_CHECK(prepared->signatures);
	if (chk_bytes_equal(input->sent[0], input->trusted[0]))
		return prepared;
	for (size_t i = 0; i < input->sent_count; i++) {
		struct signature *signature = &prepared->signatures[i];

		BENCH_CHECK(chk_cert_parse(input->sent[i], &signature->cert,
					   NULL));
		load_algorithm(signature);
		load_key(signature, i + 1 < input->sent_count ?
					    input->sent[i + 1] :
					    input->trusted[0]);
	}
	prepared->count = input->sent_count;
	return prepared;
}

static bool verify(const void *opaque)
{
	const struct prepared *prepared = opaque;

	for (size_t i = 0; i < prepared->count; i++) {
		const struct signature *signature = &prepared->signatures[i];
		gnutls_datum_t tbs = bench_datum(signature->cert->tbs);
		gnutls_datum_t value = bench_datum(signature->cert->signature);

		if (gnutls_pubkey_verify_data2(signature->key,
					       signature->algorithm, 0, &tbs,
					       &value) < 0)
			return false;
	}
	return true;
}

static void clear(void *opaque)
{
	struct prepared *prepared = opaque;

	for (size_t i = 0; i < prepared->count; i++) {
		chk_cert_unref(prepared->signatures[i].cert);
		gnutls_pubkey_deinit(prepared->signatures[i].key);
	}
	free(prepared->signatures);
	free(prepared);
}

const struct bench_peer BENCH_PEER_RAW = { "signatures", prepare, verify,
					   clear };
