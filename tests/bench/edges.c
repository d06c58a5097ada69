/* tests/bench/edges.c: which signatures a search could ask about at most. */
#include "bench/pile.h"

#include "bench/bench.h"
#include "cert/cert.h"

static struct chk_cert **parse(const struct bench_input *input, size_t *count)
{
	struct chk_cert **certs;
	size_t at = 0;

	*count = input->sent_count + input->trusted_count;
	certs = calloc(*count, sizeof(struct chk_cert *));
	BENCH_CHECK(certs);
	for (size_t i = 0; i < input->sent_count; i++)
		BENCH_CHECK(chk_cert_parse(input->sent[i], &certs[at++], NULL));
	for (size_t i = 0; i < input->trusted_count; i++)
		BENCH_CHECK(chk_cert_parse(input->trusted[i], &certs[at++],
					   NULL));
	return certs;
}

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* The different keys under the name of the issuer of `cert`. */
static size_t count_keys(struct chk_cert *const *certs, size_t count,
			 const struct chk_cert *cert, uint64_t *hashes)
{
	size_t found = 0, different = 0;

	for (size_t i = 0; i < count; i++) {
		if (chk_cert_names_match(cert, certs[i]))
			hashes[found++] = chk_bytes_hash(certs[i]->spki);
	}
	qsort(hashes, found, sizeof(*hashes), compare);
	for (size_t i = 0; i < found; i++)
		different += i == 0 || hashes[i] != hashes[i - 1];
	return different;
}

size_t bench_pile_edges(const struct bench_input *input)
{
	size_t count, edges = 0;
	struct chk_cert **certs = parse(input, &count);
	uint64_t *hashes = calloc(count, sizeof(*hashes));

	BENCH_CHECK(hashes);
	for (size_t i = 0; i < input->sent_count; i++)
		edges += count_keys(certs, count, certs[i], hashes);
	for (size_t i = 0; i < count; i++)
		chk_cert_unref(certs[i]);
	free(certs);
	free(hashes);
	return edges;
}
