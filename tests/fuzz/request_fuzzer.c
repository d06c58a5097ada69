/*
 * tests/fuzz/request_fuzzer.c: any bytes as a CertificateRequest, in the form
 * that the first of them says. What was read is bounded, every name is one, and
 * of a body that ends early it is said.
 */
#include <stdlib.h>

#include "cert/dn.h"
#include "fetch/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct chk_arena arena = { 0 };
	struct chk_request request;
	enum chk_request_form form = size ? data[0] % 3 : 0;
	struct chk_bytes body = chk_bytes_of(data + (size > 0),
					     size - (size > 0));

	if (chk_request_read(&request, body, form, &arena)) {
		if (request.issuer_count > CHK_REQUEST_ISSUERS_MAX ||
		    request.signature_count > CHK_REQUEST_SIGNATURES_MAX ||
		    request.types.size > CHK_REQUEST_TYPES_MAX)
			abort();
		for (size_t i = 0; i < request.issuer_count; i++) {
			if (!chk_dn_check(request.issuers[i], NULL))
				abort();
		}
		if (!body.size && !request.fault)
			abort();
	}
	chk_arena_clear(&arena);
	return 0;
}
