/*
 * tests/fetch/test_key_share.c: lib/fetch/key_share.c. That servers take the
 * points and residues is in test_ask.c; GnuTLS and OpenSSL of today know no
 * ML-KEM, so that FIPS 203 itself is asked here.
 */
#include "support/test.h"

#include "fetch/key_share.h"

/* Sizes: RFC 8446 section 4.2.8, draft-ietf-tls-ecdhe-mlkem section 4. */
static const struct {
	uint16_t group;
	size_t size;
	size_t ml_kem_at, ml_kem_size; /* size 0: none */
} SHARES[] = {
	{ 0x0017, 65, 0, 0 },
	{ 0x0018, 97, 0, 0 },
	{ 0x0019, 133, 0, 0 },
	{ 0x001d, 32, 0, 0 },
	{ 0x001e, 56, 0, 0 },
	{ 0x0100, 256, 0, 0 },
	{ 0x0101, 384, 0, 0 },
	{ 0x0102, 512, 0, 0 },
	{ 0x0103, 768, 0, 0 },
	{ 0x0104, 1024, 0, 0 },
	{ 0x0200, 800, 0, 800 },
	{ 0x0201, 1184, 0, 1184 },
	{ 0x0202, 1568, 0, 1568 },
	{ 0x11eb, 65 + 1184, 65, 1184 },
	{ 0x11ec, 1184 + 32, 0, 1184 },
	{ 0x11ed, 97 + 1568, 97, 1568 },
	{ 0x6399, 32 + 1184, 32, 1184 },
};

/* FIPS 203 section 7.2, the modulus check: ByteDecode12 gives them below q. */
static void is_below_the_modulus(const uint8_t *data, size_t size)
{
	for (size_t bit = 0; bit < (size - 32) * 8; bit += 12) {
		unsigned coefficient = 0;

		for (size_t i = 0; i < 12; i++)
			coefficient |= (data[(bit + i) / 8] >> (bit + i) % 8 &
					1u) << i;
		assert_in_range(coefficient, 0, 3328);
	}
}

static void every_share_has_its_size(void **state)
{
	for (size_t i = 0; i < CHK_COUNT(SHARES); i++) {
		struct chk_buffer out = { 0 };

		assert_true(chk_key_share_write(SHARES[i].group, &out));
		assert_int_equal(out.size, SHARES[i].size);
		if (SHARES[i].ml_kem_size)
			is_below_the_modulus((const uint8_t *)out.data +
						     SHARES[i].ml_kem_at,
					     SHARES[i].ml_kem_size);
		chk_buffer_clear(&out);
	}
}

static void what_is_made_up_differs(void **state)
{
	static const uint16_t MADE_UP[] = { 0x001d, 0x001e, 0x11ec };

	for (size_t i = 0; i < CHK_COUNT(MADE_UP); i++) {
		struct chk_buffer out = { 0 };
		size_t half;

		assert_true(chk_key_share_write(MADE_UP[i], &out));
		half = out.size;
		assert_true(chk_key_share_write(MADE_UP[i], &out));
		assert_memory_not_equal(out.data, out.data + half, half);
		chk_buffer_clear(&out);
	}
}

static void other_groups_have_none(void **state)
{
	static const uint16_t NONE[] = { 0, 0x0001, 0x0016, 0x001a, 0x0105,
					 0x11ee, 0x0a0a, 0xffff };
	struct chk_buffer out = { 0 };

	for (size_t i = 0; i < CHK_COUNT(NONE); i++)
		assert_false(chk_key_share_write(NONE[i], &out));
	assert_int_equal(out.size, 0);
	chk_buffer_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_share_has_its_size),
		cmocka_unit_test(what_is_made_up_differs),
		cmocka_unit_test(other_groups_have_none),
	};

	return cmocka_run_group_tests_name("fetch/key_share", tests, NULL,
					   NULL);
}
