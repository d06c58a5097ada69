/*
 * tests/store/test_pkcs12_kdf.c: lib/store/pkcs12_kdf.c; the values are those
 * of openssl kdf -kdfopt digest:D -kdfopt hexpass:P -kdfopt hexsalt:S
 * -kdfopt iter:N -kdfopt id:ID -keylen SIZE PKCS12KDF.
 */
#include "support/test.h"

#include <stdlib.h>

#include <gnutls/gnutls.h>

#include "store/pkcs12_kdf.h"

#define SMEG BYTES("\0s\0m\0e\0g\0\0")
#define QUEEG BYTES("\0q\0u\0e\0e\0g\0\0")

static void check_key(const struct chk_pkcs12_kdf *kdf, enum chk_pkcs12_id id,
		      struct chk_bytes expected)
{
	/* Of its own size, so that a write beyond the end is seen. */
	uint8_t *key = malloc(expected.size);

	assert_non_null(key);
	assert_true(chk_pkcs12_derive(kdf, id, key, expected.size));
	assert_memory_equal(key, expected.data, expected.size);
	free(key);
}

static void one_round_gives_what_openssl_gives(void **state)
{
	struct chk_pkcs12_kdf kdf = {
		.digest = GNUTLS_DIG_SHA1, .password = SMEG, .rounds = 1,
		.salt = BYTES("\x0a\x58\xcf\x64\x53\x0d\x82\x3f") };

	check_key(&kdf, CHK_PKCS12_KEY, BYTES(
		"\x8a\xaa\xe6\x29\x7b\x6c\xb0\x46\x42\xab\x5b\x07"
		"\x78\x51\x28\x4e\xb7\x12\x8f\x1a\x2a\x7f\xbc\xa3"));
	check_key(&kdf, CHK_PKCS12_IV,
		  BYTES("\x79\x99\x3d\xfe\x04\x8d\x3b\x76"));
	kdf.salt = BYTES("\x3d\x83\xc0\xe4\x54\x6a\xc1\x40");
	check_key(&kdf, CHK_PKCS12_MAC, BYTES(
		"\x8d\x96\x7d\x88\xf6\xca\xa9\xd7\x14\x80"
		"\x0a\xb3\xd4\x80\x51\xd6\x3f\x73\xa3\x12"));
}

static void and_so_do_a_thousand(void **state)
{
	struct chk_pkcs12_kdf kdf = {
		.digest = GNUTLS_DIG_SHA1, .password = QUEEG, .rounds = 1000,
		.salt = BYTES("\x05\xde\xc9\x59\xac\xff\x72\xf7") };

	check_key(&kdf, CHK_PKCS12_KEY, BYTES(
		"\xed\x20\x34\xe3\x63\x28\x83\x0f\xf0\x9d\xf1\xe1"
		"\xa0\x7d\xd3\x57\x18\x5d\xac\x0d\x4f\x9e\xb3\xd4"));
	check_key(&kdf, CHK_PKCS12_IV,
		  BYTES("\x11\xde\xda\xd7\x75\x8d\x48\x60"));
	kdf.salt = BYTES("\x26\x32\x16\xfc\xc2\xfa\xb3\x1c");
	check_key(&kdf, CHK_PKCS12_MAC, BYTES(
		"\x5e\xc4\xc7\xa8\x0d\xf6\x52\x29\x4c\x39"
		"\x25\xb6\x48\x9a\x7a\xb8\x57\xc8\x34\x76"));
}

static void the_empty_password_is_its_nul(void **state)
{
	const struct chk_pkcs12_kdf kdf = {
		.digest = GNUTLS_DIG_SHA1, .password = BYTES("\0\0"),
		.rounds = 3,
		.salt = BYTES("\x05\xde\xc9\x59\xac\xff\x72\xf7") };

	check_key(&kdf, CHK_PKCS12_KEY, BYTES(
		"\xb3\x97\x4c\xc4\x22\x83\xe9\x38\x24\x1d\x58\x00"
		"\x3c\xf8\x25\x02\x70\x76\xca\x83\x10\x48\xca\xe6"));
}

static void a_salt_may_be_longer_than_a_block(void **state)
{
	uint8_t salt[70];
	const struct chk_pkcs12_kdf kdf = {
		.digest = GNUTLS_DIG_SHA1, .password = QUEEG, .rounds = 3,
		.salt = chk_bytes_of(salt, sizeof(salt)) };

	for (size_t i = 0; i < sizeof(salt); i++)
		salt[i] = (uint8_t)i;
	check_key(&kdf, CHK_PKCS12_KEY, BYTES(
		"\x1c\x85\x92\xd9\x2f\x17\x72\xa2\xc7\x40\x51\x24\xd6\xa1\x40"
		"\x8b\x2a\xd9\x8c\x5c\x3c\x32\xde\x9e\xf7\x72\x1c\xb5\x12\xa2"
		"\xf4\x71\xe4\x58\x24\xe7\x32\xc8\x90\xd7\x76\x2a\x37\x28\x37"
		"\x7a\xd5\x9f\x3d\x43\x76\x3e\x81\x83\x05\xd3\x00\x86\x42\x65"
		"\x11\xb4\x45\x31"));
}

static void digests_of_other_blocks_too(void **state)
{
	struct chk_pkcs12_kdf kdf = {
		.digest = GNUTLS_DIG_SHA256, .password = QUEEG, .rounds = 5,
		.salt = BYTES("\x05\xde\xc9\x59\xac\xff\x72\xf7") };

	check_key(&kdf, CHK_PKCS12_KEY, BYTES(
		"\x00\x4a\x41\x42\xe1\x47\xa5\x53\xdc\x3c\x2a\x69\x43\xb1\xd4"
		"\xd2\x8f\x81\x33\x5b\x46\xa9\xf9\x9f\x76\xd6\x29\x72\x42\xcb"
		"\x42\x01\x48\xc2\x3d\x54\x89\x6b\xf0\x16\x35\xab\x1d\x47\x41"
		"\xd6\xfb\x14"));
	kdf.digest = GNUTLS_DIG_SHA512;
	check_key(&kdf, CHK_PKCS12_KEY, BYTES(
		"\x32\xf3\x60\x5d\x92\xc8\x7f\xc0\x05\x43\x6c\xaf\x9f\xaf\xa9"
		"\x50\x32\x29\x99\x28\x15\x23\xbd\xa0\xe0\x8a\x7c\x82\xf8\xa3"
		"\x4e\xf1\x66\x8b\xa7\x1f\x17\xd6\x47\x89\x9a\x81\x26\x9a\xe1"
		"\x5c\x44\x10\x34\xfa\x30\x0e\x83\xd4\x39\x5d\x0f\x5f\x0d\x42"
		"\x2f\x03\x37\x31\x04\x6e\x8e\xfd\xd4\x28\x62\x22\x1f\xa3\x57"
		"\xbc\x0c\xc6\xd9\xd3"));
}

static void what_makes_no_sense_is_refused(void **state)
{
	static const uint8_t LONG[65537];
	const struct chk_pkcs12_kdf good = {
		.digest = GNUTLS_DIG_SHA1, .password = SMEG, .rounds = 1,
		.salt = BYTES("12345678") };
	struct chk_pkcs12_kdf kdf = good;
	uint8_t key[8];

	kdf.rounds = 0;
	assert_false(chk_pkcs12_derive(&kdf, CHK_PKCS12_KEY, key, sizeof(key)));
	kdf = good;
	kdf.digest = GNUTLS_DIG_UNKNOWN;
	assert_false(chk_pkcs12_derive(&kdf, CHK_PKCS12_KEY, key, sizeof(key)));
	kdf = good;
	kdf.salt = chk_bytes_of(LONG, sizeof(LONG));
	assert_false(chk_pkcs12_derive(&kdf, CHK_PKCS12_KEY, key, sizeof(key)));
}

/* All that is left is SHA-1 of 64 times the ID, as sha1sum has it. */
static void nothing_at_all_still_gives_a_key(void **state)
{
	const struct chk_pkcs12_kdf kdf = { .digest = GNUTLS_DIG_SHA1,
					    .rounds = 1 };

	check_key(&kdf, CHK_PKCS12_KEY, BYTES(
		"\x32\x0b\x01\x87\x58\xec\xe3\x75\x2f\xfe"
		"\xdb\xae\xb1\xa6\xdb\x67\xc8\x0b\x93\x59"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_round_gives_what_openssl_gives),
		cmocka_unit_test(and_so_do_a_thousand),
		cmocka_unit_test(the_empty_password_is_its_nul),
		cmocka_unit_test(a_salt_may_be_longer_than_a_block),
		cmocka_unit_test(digests_of_other_blocks_too),
		cmocka_unit_test(what_makes_no_sense_is_refused),
		cmocka_unit_test(nothing_at_all_still_gives_a_key),
	};

	return cmocka_run_group_tests_name("store/pkcs12_kdf", tests, NULL,
					   NULL);
}
