/* tests/path/test_rsa_pss.c: lib/path/rsa_pss.c, RFC 4055 section 3.1. */
#include "support/test.h"

#include "path/made_names.h"
#include "path/rsa_pss.h"

#define SHA256 "\x60\x86\x48\x01\x65\x03\x04\x02\x01"
#define SHA384 "\x60\x86\x48\x01\x65\x03\x04\x02\x02"
#define MGF1 "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x08"
#define MGF2 "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x09"

/* What the fields are to hold; NULL or a negative number: absent. */
struct plan {
	const char *digest, *mask, *mask_digest;
	int salt, trailer;
};

static struct chk_bytes algorithm(struct chk_arena *arena, const char *oid,
				  struct chk_bytes parameters)
{
	return made_tlv(arena, 0x30, made_joined(arena,
		made_tlv(arena, 0x06, chk_bytes_text(oid)), parameters));
}

static struct chk_bytes number(struct chk_arena *arena, uint8_t tag, int value)
{
	uint8_t byte = (uint8_t)value;

	if (value < 0)
		return (struct chk_bytes){ 0 };
	return made_tlv(arena, tag, made_tlv(arena, 0x02,
					     chk_bytes_of(&byte, 1)));
}

static struct chk_bytes identifier(struct chk_arena *arena,
				   const struct plan *plan)
{
	struct chk_bytes none = { 0 }, digest = none, mask = none, numbers;

	if (plan->digest)
		digest = made_tlv(arena, 0xa0,
				  algorithm(arena, plan->digest, none));
	if (plan->mask)
		mask = made_tlv(arena, 0xa1, algorithm(arena, plan->mask,
			algorithm(arena, plan->mask_digest, none)));
	numbers = made_joined(arena, number(arena, 0xa2, plan->salt),
			      number(arena, 0xa3, plan->trailer));
	return algorithm(arena, "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a",
			 made_tlv(arena, 0x30, made_joined(arena,
				made_joined(arena, digest, mask), numbers)));
}

static void parameters_and_their_defaults_are_read(void **state)
{
	static const struct plan NOTHING = { NULL, NULL, NULL, -1, -1 };
	static const struct plan ALL = { SHA256, MGF1, SHA256, 32, 1 };
	struct chk_arena arena = { 0 };
	struct chk_rsa_pss pss;
	bool absent;

	assert_true(chk_rsa_pss_parse(identifier(&arena, &NOTHING), &pss,
				      &absent));
	assert_false(absent);
	assert_int_equal(pss.digest, CHK_OID_DIGEST_SHA1);
	assert_int_equal(pss.salt_size, 20);
	assert_true(chk_rsa_pss_parse(identifier(&arena, &ALL), &pss, &absent));
	assert_int_equal(pss.digest, CHK_OID_DIGEST_SHA256);
	assert_int_equal(pss.salt_size, 32);
	assert_true(chk_rsa_pss_parse(algorithm(&arena, MGF1,
				(struct chk_bytes){ 0 }), &pss, &absent));
	assert_true(absent);
	chk_arena_clear(&arena);
}

static void parameters_that_do_not_fit_are_refused(void **state)
{
	static const struct plan ROWS[] = {
		{ SHA256, MGF1, SHA384, 32, -1 },
		{ SHA256, NULL, NULL, 32, -1 }, /* the mask is SHA-1's */
		{ SHA256, MGF2, SHA256, 32, -1 },
		{ MGF1, MGF1, MGF1, 32, -1 },
		{ SHA256, MGF1, SHA256, 32, 2 },
		{ SHA256, MGF1, SHA256, 0x80, 1 }, /* -128 */
	};
	struct chk_arena arena = { 0 };
	struct chk_rsa_pss pss;
	bool absent;

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++)
		assert_false(chk_rsa_pss_parse(identifier(&arena, &ROWS[i]),
					       &pss, &absent));
	assert_false(chk_rsa_pss_parse(BYTES(""), &pss, &absent));
	assert_false(chk_rsa_pss_parse(BYTES("\x30\x05\x06\x03\x2a"), &pss,
				       &absent));
	chk_arena_clear(&arena);
}

/* Every prefix of good parameters is cut somewhere. */
static void cut_parameters_are_refused(void **state)
{
	static const struct plan ALL = { SHA256, MGF1, SHA256, 32, 1 };
	struct chk_arena arena = { 0 };
	struct chk_bytes whole = identifier(&arena, &ALL);
	struct chk_rsa_pss pss;
	bool absent;

	for (size_t i = 0; i < whole.size; i++)
		assert_false(chk_rsa_pss_parse(chk_bytes_of(whole.data, i),
					       &pss, &absent));
	chk_arena_clear(&arena);
}

static struct chk_bytes spki(struct chk_arena *arena, const struct plan *plan)
{
	struct chk_bytes none = { 0 };
	struct chk_bytes head = plan ? identifier(arena, plan) :
		algorithm(arena, "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a", none);

	return made_tlv(arena, 0x30, made_joined(arena, head,
		made_tlv(arena, 0x03, chk_bytes_of("\0", 1))));
}

/* RFC 4055 section 3.3. */
static void a_key_limits_digest_and_salt(void **state)
{
	static const struct plan LEAST = { SHA256, MGF1, SHA256, 32, -1 };
	struct chk_rsa_pss pss = { CHK_OID_DIGEST_SHA256, 32 };
	struct chk_arena arena = { 0 };

	assert_true(chk_rsa_pss_allows(spki(&arena, &LEAST), &pss));
	assert_true(chk_rsa_pss_allows(spki(&arena, NULL), &pss));
	pss.salt_size = 48;
	assert_true(chk_rsa_pss_allows(spki(&arena, &LEAST), &pss));
	pss.salt_size = 31;
	assert_false(chk_rsa_pss_allows(spki(&arena, &LEAST), &pss));
	pss = (struct chk_rsa_pss){ CHK_OID_DIGEST_SHA384, 48 };
	assert_false(chk_rsa_pss_allows(spki(&arena, &LEAST), &pss));
	assert_false(chk_rsa_pss_allows(BYTES("\x30\x00"), &pss));
	chk_arena_clear(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parameters_and_their_defaults_are_read),
		cmocka_unit_test(parameters_that_do_not_fit_are_refused),
		cmocka_unit_test(cut_parameters_are_refused),
		cmocka_unit_test(a_key_limits_digest_and_salt),
	};

	return cmocka_run_group_tests_name("path/rsa_pss", tests, NULL, NULL);
}
