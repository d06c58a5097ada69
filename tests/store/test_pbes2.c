/*
 * tests/store/test_pbes2.c: lib/store/pbes2.c on what keytool and openssl
 * encrypted; tests/cli/keystores.sh has the other ciphers and hashes.
 */
#include "support/test.h"

#include <stdlib.h>

#include "store/pbes2.h"
#include "store/pkcs12_file.h"
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

static void check_opens(const char *name)
{
	struct chk_bytes file = keystore_read(name);
	struct chk_pkcs12_part part = part_of(file);
	struct chk_pbes2 pbes2;
	struct chk_bytes plain;
	uint8_t *data;

	assert_true(chk_pbes2_parse(part.algorithm, &pbes2));
	assert_int_equal(pbes2.rounds, 2);
	assert_true(chk_pbes2_decrypt(&pbes2, part.content, "changeit", &data,
				      &plain));
	/* SafeContents ::= SEQUENCE, with a two-byte length here. */
	assert_int_equal(plain.data[0], 0x30);
	assert_int_equal(plain.data[1], 0x82);
	assert_int_equal(plain.data[2] * 256 + plain.data[3] + 4, plain.size);
	free(data);
	free((void *)(uintptr_t)file.data);
}

static void what_keytool_and_openssl_encrypt_is_opened(void **state)
{
	check_opens("java.p12");
	check_opens("openssl.p12");
	check_opens("key.p12");
}

static void another_password_does_not_open_it(void **state)
{
	static const char *const WRONG[] = { "", "Changeit", "changeit " };
	struct chk_bytes file = keystore_read("java.p12");
	struct chk_pkcs12_part part = part_of(file);
	struct chk_pbes2 pbes2;
	struct chk_bytes plain;
	uint8_t *data;

	assert_true(chk_pbes2_parse(part.algorithm, &pbes2));
	for (size_t i = 0; i < CHK_COUNT(WRONG); i++) {
		assert_false(chk_pbes2_decrypt(&pbes2, part.content, WRONG[i],
					       &data, &plain));
		assert_null(data);
	}
	free((void *)(uintptr_t)file.data);
}

static void what_is_not_whole_blocks_is_refused(void **state)
{
	struct chk_bytes file = keystore_read("java.p12");
	struct chk_pkcs12_part part = part_of(file);
	struct chk_pbes2 pbes2;
	struct chk_bytes plain;
	uint8_t *data;

	assert_true(chk_pbes2_parse(part.algorithm, &pbes2));
	part.content.size--;
	assert_false(chk_pbes2_decrypt(&pbes2, part.content, "changeit", &data,
				       &plain));
	part.content.size = 0;
	assert_false(chk_pbes2_decrypt(&pbes2, part.content, "changeit", &data,
				       &plain));
	free((void *)(uintptr_t)file.data);
}

static void other_ways_are_not_parsed(void **state)
{
	struct chk_bytes file = keystore_read("legacy.p12");
	struct chk_pkcs12_part part = part_of(file);
	struct chk_pbes2 pbes2;

	assert_false(chk_pbes2_parse(part.algorithm, &pbes2));
	assert_false(chk_pbes2_parse(BYTES(""), &pbes2));
	free((void *)(uintptr_t)file.data);
}

static void it_may_be_cut_nowhere(void **state)
{
	struct chk_bytes file = keystore_read("java.p12");
	struct chk_pkcs12_part part = part_of(file);
	struct chk_pbes2 pbes2;

	for (size_t size = 0; size < part.algorithm.size; size++)
		assert_false(chk_pbes2_parse(
			chk_bytes_of(part.algorithm.data, size), &pbes2));
	free((void *)(uintptr_t)file.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_keytool_and_openssl_encrypt_is_opened),
		cmocka_unit_test(another_password_does_not_open_it),
		cmocka_unit_test(what_is_not_whole_blocks_is_refused),
		cmocka_unit_test(other_ways_are_not_parsed),
		cmocka_unit_test(it_may_be_cut_nowhere),
	};

	return cmocka_run_group_tests_name("store/pbes2", tests, NULL, NULL);
}
