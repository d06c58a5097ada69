/*
 * tests/bench/peer_openssl.c: X509_verify_cert, with the host name and the
 * purpose. Any trusted certificate ends a path, as with the others. OpenSSL
 * keeps what it found in the extensions of a certificate that was read; of
 * what is trusted that is found once.
 */
#include "bench/peer.h"

#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include "bench/bench.h"
#include "bench/issue.h"

struct prepared {
	const struct bench_input *input;
	X509_STORE *trusted;
};

static X509 *import(struct chk_bytes bytes)
{
	const unsigned char *at = bytes.data;
	X509 *cert = d2i_X509(NULL, &at, (long)bytes.size);

	BENCH_CHECK(cert);
	return cert;
}

static void *prepare(const struct bench_input *input)
{
	struct prepared *prepared = calloc(1, sizeof(*prepared));
	X509_VERIFY_PARAM *wanted;

	BENCH_CHECK(prepared);
	prepared->input = input;
	prepared->trusted = X509_STORE_new();
	BENCH_CHECK(prepared->trusted);
	wanted = X509_STORE_get0_param(prepared->trusted);
	BENCH_CHECK(X509_VERIFY_PARAM_set1_host(wanted, BENCH_HOST, 0));
	BENCH_CHECK(X509_VERIFY_PARAM_set_purpose(wanted,
						  X509_PURPOSE_SSL_SERVER));
	BENCH_CHECK(X509_VERIFY_PARAM_set_flags(wanted,
						X509_V_FLAG_PARTIAL_CHAIN));
	for (size_t i = 0; i < input->trusted_count; i++) {
		X509 *cert = import(input->trusted[i]);

		BENCH_CHECK(X509_STORE_add_cert(prepared->trusted, cert));
		X509_free(cert);
	}
	return prepared;
}

static bool verify(const void *opaque)
{
	const struct prepared *prepared = opaque;
	const struct bench_input *input = prepared->input;
	X509 *leaf = import(input->sent[0]);
	STACK_OF(X509) *others = sk_X509_new_null();
	X509_STORE_CTX *context = X509_STORE_CTX_new();
	bool trusted;

	BENCH_CHECK(others && context);
	for (size_t i = 1; i < input->sent_count; i++)
		BENCH_CHECK(sk_X509_push(others, import(input->sent[i])));
	BENCH_CHECK(X509_STORE_CTX_init(context, prepared->trusted, leaf,
					others));
	trusted = X509_verify_cert(context) == 1;
	X509_STORE_CTX_free(context);
	sk_X509_pop_free(others, X509_free);
	X509_free(leaf);
	return trusted;
}

static void clear(void *opaque)
{
	struct prepared *prepared = opaque;

	X509_STORE_free(prepared->trusted);
	free(prepared);
}

const struct bench_peer BENCH_PEER_OPENSSL = { "OpenSSL", prepare, verify,
					       clear };
