/*
 * tests/fuzz/trusted_cert_fuzzer.c: any bytes as what stands behind the
 * certificate of a TRUSTED CERTIFICATE block. What is rejected is never
 * trusted.
 */
#include <stdlib.h>

#include "store/certificate_aux.h"
#include "store/purpose.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct chk_der der = chk_der_begin(chk_bytes_of(data, size), NULL);
	struct chk_anchor anchor = { .cert = NULL }, rejected = anchor;
	struct chk_certificate_aux aux;

	if (!chk_certificate_aux_parse(&der, &aux))
		return 0;
	chk_certificate_aux_apply(&aux, &anchor);
	if (aux.reject.data)
		chk_usages_apply(aux.reject, CHK_TRUST_DISTRUSTED, &rejected);
	for (int i = 0; i < CHK_PURPOSE_ANY; i++)
		if (rejected.trust[i] == CHK_TRUST_DISTRUSTED &&
		    anchor.trust[i] != CHK_TRUST_DISTRUSTED)
			abort();
	return 0;
}
