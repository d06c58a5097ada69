/*
 * tests/store/test_cbc.c: lib/store/cbc.c on NIST SP 800-38A F.2.1, whose first
 * block has a second one of padding here, as openssl enc -aes-128-cbc has it.
 */
#include "support/test.h"

#include <stdlib.h>

#include <gnutls/gnutls.h>

#include "store/cbc.h"

#define SECRET BYTES("\x76\x49\xab\xac\x81\x19\xb2\x46" \
		     "\xce\xe9\x8e\x9b\x12\xe9\x19\x7d" \
		     "\x89\x64\xe0\xb1\x49\xc1\x0b\x7b" \
		     "\x68\x2e\x6e\x39\xaa\xeb\x73\x1c")

static const struct chk_cbc AES = {
	.cipher = GNUTLS_CIPHER_AES_128_CBC,
	.key = { (const uint8_t *)"\x2b\x7e\x15\x16\x28\xae\xd2\xa6"
				  "\xab\xf7\x15\x88\x09\xcf\x4f\x3c", 16 },
	.iv = { (const uint8_t *)"\x00\x01\x02\x03\x04\x05\x06\x07"
				 "\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f", 16 },
};

static void what_openssl_encrypted_is_decrypted(void **state)
{
	struct chk_bytes plain;
	uint8_t *data;

	assert_true(chk_cbc_decrypt(&AES, SECRET, &data, &plain));
	assert_int_equal(plain.size, 16);
	assert_memory_equal(plain.data, "\x6b\xc1\xbe\xe2\x2e\x40\x9f\x96"
			    "\xe9\x3d\x7e\x11\x73\x93\x17\x2a", 16);
	free(data);
}

static void padding_that_is_none_is_refused(void **state)
{
	/* The block of F.2.1 ends in 2a; all of it is no padding. */
	struct chk_bytes secret = SECRET, plain;
	uint8_t *data;

	secret.size = 16;
	assert_false(chk_cbc_decrypt(&AES, secret, &data, &plain));
	assert_null(data);
}

static void what_is_not_whole_blocks_is_refused(void **state)
{
	struct chk_bytes secret = SECRET, plain;
	uint8_t *data;

	while (secret.size-- > 17) {
		assert_false(chk_cbc_decrypt(&AES, secret, &data, &plain));
		assert_null(data);
	}
	secret.size = 0;
	assert_false(chk_cbc_decrypt(&AES, secret, &data, &plain));
}

static void a_key_of_another_size_is_refused(void **state)
{
	struct chk_cbc cbc = AES;
	struct chk_bytes plain;
	uint8_t *data;

	cbc.key.size--;
	assert_false(chk_cbc_decrypt(&cbc, SECRET, &data, &plain));
	cbc = AES;
	cbc.cipher = GNUTLS_CIPHER_UNKNOWN;
	assert_false(chk_cbc_decrypt(&cbc, SECRET, &data, &plain));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_openssl_encrypted_is_decrypted),
		cmocka_unit_test(padding_that_is_none_is_refused),
		cmocka_unit_test(what_is_not_whole_blocks_is_refused),
		cmocka_unit_test(a_key_of_another_size_is_refused),
	};

	return cmocka_run_group_tests_name("store/cbc", tests, NULL, NULL);
}
