/*
 * tests/bench/peer_mbedtls.c: mbedtls_x509_crt_verify. The purpose is a call
 * of its own. Certificates are read without a copy of their bytes. It knows no
 * Ed25519, and trusts a leaf itself only if that names itself as its issuer.
 */
#include "bench/peer.h"

#include <mbedtls/oid.h>
#include <mbedtls/x509_crt.h>

#include "bench/bench.h"
#include "bench/issue.h"

struct prepared {
	const struct bench_input *input;
	mbedtls_x509_crt trusted;
};

static bool import(mbedtls_x509_crt *list, const struct chk_bytes *certs,
		   size_t count)
{
	mbedtls_x509_crt_init(list);
	for (size_t i = 0; i < count; i++) {
		if (mbedtls_x509_crt_parse_der_nocopy(list, certs[i].data,
						      certs[i].size) != 0)
			return false;
	}
	return true;
}

static void *prepare(const struct bench_input *input)
{
	struct prepared *prepared = calloc(1, sizeof(*prepared));

	BENCH_CHECK(prepared);
	prepared->input = input;
	/* What cannot be read is not trusted; verify will say so. */
	(void)import(&prepared->trusted, input->trusted, input->trusted_count);
	return prepared;
}

/* It asks for the trusted ones as if it would write to them. */
static bool ask(const struct prepared *prepared, mbedtls_x509_crt *sent)
{
	union {
		const mbedtls_x509_crt *in;
		mbedtls_x509_crt *out;
	} trusted = { &prepared->trusted };
	uint32_t flags;

	return mbedtls_x509_crt_verify(sent, trusted.out, NULL, BENCH_HOST,
				       &flags, NULL, NULL) == 0 &&
	       mbedtls_x509_crt_check_extended_key_usage(
		       sent, MBEDTLS_OID_SERVER_AUTH,
		       MBEDTLS_OID_SIZE(MBEDTLS_OID_SERVER_AUTH)) == 0;
}

static bool verify(const void *opaque)
{
	const struct prepared *prepared = opaque;
	mbedtls_x509_crt sent;
	bool trusted;

	trusted = import(&sent, prepared->input->sent,
			 prepared->input->sent_count) &&
		  ask(prepared, &sent);
	mbedtls_x509_crt_free(&sent);
	return trusted;
}

static void clear(void *opaque)
{
	struct prepared *prepared = opaque;

	mbedtls_x509_crt_free(&prepared->trusted);
	free(prepared);
}

const struct bench_peer BENCH_PEER_MBEDTLS = { "mbedTLS", prepare, verify,
					       clear };
