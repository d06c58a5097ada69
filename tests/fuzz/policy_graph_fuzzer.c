/*
 * tests/fuzz/policy_graph_fuzzer.c: any policies on a path. A byte says what
 * the caller demands; then, for each certificate, four sizes of one byte and
 * the contents of its four extensions.
 */
#include <stdlib.h>

#include "path/policy_graph.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MAX_CERTS 8

static struct chk_extension take(struct chk_bytes *rest, size_t size)
{
	struct chk_extension extension = { .present = size > 0 };

	if (size > rest->size)
		size = rest->size;
	extension.value = chk_bytes_of(rest->data, size);
	*rest = chk_bytes_of(rest->data + size, rest->size - size);
	return extension;
}

static bool take_cert(struct chk_bytes *rest, struct chk_cert *cert)
{
	uint8_t sizes[4];

	if (rest->size < sizeof(sizes))
		return false;
	memcpy(sizes, rest->data, sizeof(sizes));
	*rest = chk_bytes_of(rest->data + sizeof(sizes),
			     rest->size - sizeof(sizes));
	*cert = (struct chk_cert){ .issuer_hash = 1, .subject_hash = 2 };
	cert->policies = take(rest, sizes[0]);
	cert->policy_mappings = take(rest, sizes[1]);
	cert->policy_constraints = take(rest, sizes[2]);
	cert->inhibit_any_policy = take(rest, sizes[3]);
	return true;
}

static bool fits(const struct chk_cert *const *certs, size_t count,
		 struct chk_policy_inputs inputs)
{
	struct chk_arena arena = { 0 };
	size_t left = CHK_POLICY_MAX_NODES;
	struct chk_policy_result result =
		chk_policy_graph_check(certs, count, &inputs, &left, &arena);

	if (result.answer != CHK_POLICY_FITS && !result.cert)
		abort();
	chk_arena_clear(&arena);
	return result.answer == CHK_POLICY_FITS;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct chk_bytes WANTED = { (const uint8_t *)"\x2a\x03",
						 2 };
	struct chk_policy_inputs inputs = { .initial = &WANTED };
	struct chk_cert made[MAX_CERTS];
	const struct chk_cert *certs[MAX_CERTS];
	struct chk_bytes rest;
	size_t count = 0;

	if (size == 0)
		return 0;
	inputs.explicit_policy = data[0] & 1;
	inputs.inhibit_mapping = data[0] & 2;
	inputs.inhibit_any = data[0] & 4;
	inputs.initial_count = data[0] & 8 ? 1 : 0;
	rest = chk_bytes_of(data + 1, size - 1);
	while (count < MAX_CERTS && take_cert(&rest, &made[count])) {
		certs[count] = &made[count];
		count++;
	}
	/* What fits where a policy is demanded fits where none is. */
	if (fits(certs, count, inputs)) {
		inputs.explicit_policy = false;
		if (!fits(certs, count, inputs))
			abort();
		inputs.initial_count = 0;
		if (!fits(certs, count, inputs))
			abort();
	}
	return 0;
}
