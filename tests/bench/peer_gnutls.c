/*
 * tests/bench/peer_gnutls.c: gnutls_x509_trust_list_verify_crt2. It checks
 * every signature each time, the host name and the purpose; that GnuTLS holds
 * other things against a certificate than we do is not made up for.
 */
#include "bench/peer.h"

#include <gnutls/x509.h>

#include "bench/bench.h"
#include "bench/issue.h"

struct prepared {
	const struct bench_input *input;
	gnutls_x509_trust_list_t trusted;
};

static gnutls_x509_crt_t import(struct chk_bytes bytes)
{
	gnutls_datum_t der = bench_datum(bytes);
	gnutls_x509_crt_t crt;

	BENCH_CHECK(gnutls_x509_crt_init(&crt) >= 0);
	BENCH_CHECK(gnutls_x509_crt_import(crt, &der, GNUTLS_X509_FMT_DER) >=
		    0);
	return crt;
}

static void *prepare(const struct bench_input *input)
{
	struct prepared *prepared = calloc(1, sizeof(*prepared));

	BENCH_CHECK(prepared);
	prepared->input = input;
	BENCH_CHECK(gnutls_x509_trust_list_init(
			    &prepared->trusted,
			    (unsigned int)input->trusted_count) >= 0);
	for (size_t i = 0; i < input->trusted_count; i++) {
		gnutls_x509_crt_t crt = import(input->trusted[i]);

		BENCH_CHECK(gnutls_x509_trust_list_add_cas(prepared->trusted,
							   &crt, 1, 0) == 1);
	}
	return prepared;
}

/* Writing through none of these pointers, it asks for them all the same. */
static unsigned int ask(gnutls_x509_trust_list_t trusted,
			gnutls_x509_crt_t *crts, size_t count)
{
	char host[] = BENCH_HOST, purpose[] = GNUTLS_KP_TLS_WWW_SERVER;
	gnutls_typed_vdata_st wanted[] = {
		{ .type = GNUTLS_DT_DNS_HOSTNAME,
		  .data = (unsigned char *)host },
		{ .type = GNUTLS_DT_KEY_PURPOSE_OID,
		  .data = (unsigned char *)purpose },
	};
	unsigned int status;

	BENCH_CHECK(gnutls_x509_trust_list_verify_crt2(
			    trusted, crts, (unsigned int)count, wanted,
			    CHK_COUNT(wanted), 0, &status, NULL) >= 0);
	return status;
}

static bool verify(const void *opaque)
{
	const struct prepared *prepared = opaque;
	size_t count = prepared->input->sent_count;
	gnutls_x509_crt_t *crts = calloc(count, sizeof(*crts));
	unsigned int status;

	BENCH_CHECK(crts);
	for (size_t i = 0; i < count; i++)
		crts[i] = import(prepared->input->sent[i]);
	status = ask(prepared->trusted, crts, count);
	for (size_t i = 0; i < count; i++)
		gnutls_x509_crt_deinit(crts[i]);
	free(crts);
	return status == 0;
}

static void clear(void *opaque)
{
	struct prepared *prepared = opaque;

	gnutls_x509_trust_list_deinit(prepared->trusted, 1);
	free(prepared);
}

const struct bench_peer BENCH_PEER_GNUTLS = { "GnuTLS", prepare, verify,
					      clear };
