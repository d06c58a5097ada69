/*
 * tests/fuzz/aia_answer_fuzzer.c: any bytes as what an URL gave. What was read
 * is bounded, has the URL for its place, and is there when it says so.
 */
#include <stdlib.h>
#include <string.h>

#include "supply/aia_answer.h"

#define URL "http://ca.test/issuer"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct chk_chain *chain = chk_chain_new();
	struct chk_error error = { 0 };
	bool read = chk_aia_answer_read(chk_bytes_of(data, size), URL, chain,
					&error);

	if (read != (chain->count > 0) || read == (error.what[0] != '\0') ||
	    chain->count > CHK_AIA_MAX_CERTS)
		abort();
	for (size_t i = 0; i < chain->count; i++) {
		if (strcmp(chain->items[i].where, URL) != 0)
			abort();
	}
	chk_chain_free(chain);
	return 0;
}
