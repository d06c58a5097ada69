/*
 * tests/store/test_pkcs12_pbe.c: lib/store/pkcs12_pbe.c on what keytool,
 * openssl and certtool encrypted.
 */
#include "support/test.h"

#include <stdlib.h>

#include "store/pkcs12_file.h"
#include "store/pkcs12_pbe.h"
#include "support/keystore.h"

/* The first part of a keystore that is encrypted. */
static struct chk_pkcs12_part part_of(struct chk_bytes file)
{
	struct chk_pkcs12_part part;
	struct chk_der der;

	assert_true(chk_pkcs12_begin(&der, file));
	do
		assert_true(chk_pkcs12_next(&der, &part));
	while (!part.encrypted);
	return part;
}

static bool opens(const char *name, const char *password)
{
	struct chk_bytes file = keystore_read(name), plain;
	struct chk_pkcs12_part part = part_of(file);
	struct chk_pkcs12_pbe pbe;
	uint8_t *data;
	bool ok;

	assert_true(chk_pkcs12_pbe_parse(part.algorithm, &pbe));
	ok = chk_pkcs12_pbe_decrypt(&pbe, part.content, password, &data,
				    &plain);
	if (!ok)
		assert_null(data);
	/* SafeContents ::= SEQUENCE, with a two-byte length here. */
	ok = ok && plain.data[0] == 0x30 && plain.data[1] == 0x82 &&
	     plain.data[2] * 256u + plain.data[3] + 4 == plain.size;
	free(data);
	free((void *)(uintptr_t)file.data);
	return ok;
}

static void what_others_encrypt_is_opened(void **state)
{
	assert_true(opens("legacy.p12", "changeit"));
	assert_true(opens("3des.p12", "changeit"));
	assert_true(opens("empty.p12", ""));
	assert_true(opens("none.p12", NULL));
}

static void another_password_does_not_open_it(void **state)
{
	assert_false(opens("3des.p12", NULL));
	assert_false(opens("3des.p12", ""));
	assert_false(opens("3des.p12", "Changeit"));
	assert_false(opens("3des.p12", "changeit "));
	assert_false(opens("3des.p12", "changeit\xff"));
	assert_false(opens("empty.p12", NULL));
	assert_false(opens("none.p12", ""));
}

static void what_is_not_whole_blocks_is_refused(void **state)
{
	struct chk_bytes file = keystore_read("3des.p12"), plain;
	struct chk_pkcs12_part part = part_of(file);
	struct chk_pkcs12_pbe pbe;
	uint8_t *data;

	assert_true(chk_pkcs12_pbe_parse(part.algorithm, &pbe));
	assert_int_equal(pbe.rounds, 2);
	part.content.size--;
	assert_false(chk_pkcs12_pbe_decrypt(&pbe, part.content, "changeit",
					    &data, &plain));
	assert_null(data);
	free((void *)(uintptr_t)file.data);
}

static void other_ways_are_not_parsed(void **state)
{
	static const char *const NAMES[] = { "java.p12", "rc4.p12",
					     "rc2-128.p12" };
	struct chk_pkcs12_pbe pbe;

	for (size_t i = 0; i < CHK_COUNT(NAMES); i++) {
		struct chk_bytes file = keystore_read(NAMES[i]);

		assert_false(chk_pkcs12_pbe_parse(part_of(file).algorithm,
						  &pbe));
		free((void *)(uintptr_t)file.data);
	}
}

/* pbeWithSHAAnd3-KeyTripleDES-CBC, a salt of one byte, then `rounds`. */
#define PBE(size, inner, rounds)                                     \
	BYTES("\x30" size "\x06\x0a\x2a\x86\x48\x86\xf7\x0d\x01\x0c" \
	      "\x01\x03\x30" inner "\x04\x01s" rounds)

static void rounds_are_a_number_and_the_last(void **state)
{
	struct chk_pkcs12_pbe pbe;

	assert_true(chk_pkcs12_pbe_parse(PBE("\x14", "\x06", "\x02\x01\x07"),
					 &pbe));
	assert_int_equal(pbe.rounds, 7);
	assert_int_equal(pbe.salt.size, 1);
	assert_false(chk_pkcs12_pbe_parse(PBE("\x14", "\x06", "\x02\x01\x00"),
					  &pbe));
	assert_false(chk_pkcs12_pbe_parse(PBE("\x14", "\x06", "\x02\x01\xff"),
					  &pbe));
	assert_false(chk_pkcs12_pbe_parse(
		PBE("\x16", "\x08", "\x02\x01\x07\x05\x00"), &pbe));
	assert_false(chk_pkcs12_pbe_parse(
		PBE("\x16", "\x06", "\x02\x01\x07\x05\x00"), &pbe));
}

static void it_may_be_cut_nowhere(void **state)
{
	struct chk_bytes file = keystore_read("legacy.p12");
	struct chk_pkcs12_part part = part_of(file);
	struct chk_pkcs12_pbe pbe;

	for (size_t size = 0; size < part.algorithm.size; size++)
		assert_false(chk_pkcs12_pbe_parse(
			chk_bytes_of(part.algorithm.data, size), &pbe));
	free((void *)(uintptr_t)file.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_others_encrypt_is_opened),
		cmocka_unit_test(another_password_does_not_open_it),
		cmocka_unit_test(what_is_not_whole_blocks_is_refused),
		cmocka_unit_test(other_ways_are_not_parsed),
		cmocka_unit_test(rounds_are_a_number_and_the_last),
		cmocka_unit_test(it_may_be_cut_nowhere),
	};

	return cmocka_run_group_tests_name("store/pkcs12_pbe", tests, NULL,
					   NULL);
}
