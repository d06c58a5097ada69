/*
 * tests/fuzz/name_constraints_fuzzer.c: any constraints on any names. The
 * input is the size of the constraints in two bytes, their content, and the
 * content of a subjectAltName.
 */
#include <stdlib.h>

#include "cert/der.h"
#include "path/made_names.h"
#include "path/name_constraints.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define BUDGET 1000u

static bool is_allowed(struct chk_arena *arena, const struct chk_cert *cert,
		       struct chk_bytes constraints, uint32_t budget)
{
	static const struct chk_cert ISSUER = { 0 };
	struct chk_defects defects = { .arena = arena };
	uint32_t left = budget;

	chk_name_constraints_check(constraints, &ISSUER, cert, &left, &defects);
	if (left > budget || defects.count > 1 ||
	    (defects.count == 0) != (defects.cost == 0))
		abort();
	return defects.count == 0;
}

static struct chk_bytes sequence(struct chk_arena *arena, struct chk_bytes a,
				 struct chk_bytes b)
{
	return made_tlv(arena, CHK_DER_SEQUENCE, made_joined(arena, a, b));
}

/* What is permitted and excluded alike is allowed only where both allow it. */
static void check_both(struct chk_arena *arena, const struct chk_cert *cert,
		       struct chk_bytes subtrees)
{
	struct chk_bytes none = { 0 };
	struct chk_bytes permitted = made_tlv(arena, 0xa0, subtrees);
	struct chk_bytes excluded = made_tlv(arena, 0xa1, subtrees);

	if (!is_allowed(arena, cert, sequence(arena, permitted, excluded),
			BUDGET))
		return;
	if (!is_allowed(arena, cert, sequence(arena, permitted, none),
			BUDGET) ||
	    !is_allowed(arena, cert, sequence(arena, none, excluded), BUDGET))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct chk_arena arena = { 0 };
	struct chk_bytes constraints, names;
	struct chk_cert cert;
	size_t split;

	if (size < 2)
		return 0;
	split = (size_t)data[0] << 8 | data[1];
	if (split > size - 2)
		split = size - 2;
	constraints = chk_bytes_of(data + 2, split);
	names = chk_bytes_of(data + 2 + split, size - 2 - split);
	cert = made_cert(&arena, "O=Acme,CN=a,E=joe@a.test", "DNS:a.test");
	cert.alt_names.value = made_tlv(&arena, CHK_DER_SEQUENCE, names);
	/* Less to compare with never makes a yes of a no. */
	if (is_allowed(&arena, &cert, constraints, 0) &&
	    !is_allowed(&arena, &cert, constraints, BUDGET))
		abort();
	check_both(&arena, &cert, constraints);
	chk_arena_clear(&arena);
	return 0;
}
