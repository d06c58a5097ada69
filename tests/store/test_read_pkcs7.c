/*
 * tests/store/test_read_pkcs7.c: lib/store/read_pkcs7.c, and PKCS #7 in PEM, on
 * what openssl made (tests/store/keystores/make.sh).
 */
#include "support/test.h"

#include <stdlib.h>

#include "cert/pem.h"
#include "cert/pkcs7.h"
#include "store/format.h"
#include "support/keystore.h"

static const struct chk_store_options NONE;

/* The DER in both.p7b. */
static struct chk_bytes both(void)
{
	struct chk_bytes file = keystore_read("both.p7b");
	struct chk_pem pem = chk_pem_begin(file);
	struct chk_pem_block block;

	assert_true(chk_pem_next(&pem, &block));
	free((void *)(uintptr_t)file.data);
	return chk_bytes_of(block.data, block.size);
}

static bool read_copy(struct chk_store *store, struct chk_bytes bytes,
		      struct chk_error *error)
{
	uint8_t *copy = malloc(bytes.size ? bytes.size : 1);
	bool ok;

	/* Of its own size, so that a read beyond the end is seen. */
	assert_non_null(copy);
	memcpy(copy, bytes.data, bytes.size);
	ok = chk_read_pkcs7(store, chk_bytes_of(copy, bytes.size), "a", &NONE,
			    error);
	free(copy);
	return ok;
}

static void its_certificates_are_trusted_as_a_file_s(void **state)
{
	struct chk_store *store = chk_store_new("a");
	struct chk_bytes bytes = both();
	struct chk_error error;

	assert_true(chk_pkcs7_is(bytes));
	assert_true(read_copy(store, bytes, &error));
	assert_int_equal(chk_store_count(store), 2);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(chk_anchor_trust(chk_store_get(store, i),
						  CHK_PURPOSE_TLS_SERVER),
				 CHK_TRUST_TRUSTED);
	chk_store_free(store);
	free((void *)(uintptr_t)bytes.data);
}

static void it_may_be_cut_nowhere(void **state)
{
	struct chk_bytes bytes = both();
	struct chk_error error;

	for (size_t size = 0; size < bytes.size; size++) {
		struct chk_store *store = chk_store_new("a");

		chk_pkcs7_is(chk_bytes_of(bytes.data, size));
		assert_false(read_copy(store, chk_bytes_of(bytes.data, size),
				       &error));
		assert_string_equal(error.where, "a");
		chk_store_free(store);
	}
	free((void *)(uintptr_t)bytes.data);
}

static void a_changed_bit_does_no_harm(void **state)
{
	struct chk_bytes bytes = both();
	uint8_t *data = (void *)(uintptr_t)bytes.data;
	struct chk_error error;

	for (size_t bit = 0; bit < 8 * bytes.size; bit++) {
		struct chk_store *store = chk_store_new("a");

		data[bit / 8] ^= (uint8_t)(1 << bit % 8);
		if (read_copy(store, bytes, &error))
			assert_true(chk_store_count(store) > 0);
		data[bit / 8] ^= (uint8_t)(1 << bit % 8);
		chk_store_free(store);
	}
	free(data);
}

static void none_in_it_is_an_error(void **state)
{
	/* SignedData of openssl crl2pkcs7 -nocrl without a certificate. */
	const struct chk_bytes empty = BYTES(
		"\x30\x23\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x16"
		"\x30\x14\x02\x01\x01\x31\x00\x30\x0b\x06\x09\x2a\x86\x48\x86"
		"\xf7\x0d\x01\x07\x01\x31\x00");
	struct chk_store *store = chk_store_new("a");
	struct chk_error error;

	assert_true(chk_pkcs7_is(empty));
	assert_false(read_copy(store, empty, &error));
	assert_int_equal(error.code, CHK_ERROR_EMPTY);
	chk_store_free(store);
}

static void a_block_in_pem_is_read_where_the_file_is_named(void **state)
{
	struct chk_bytes file = keystore_read("both.p7b");
	struct chk_store *store = chk_store_new("a");
	struct chk_error error;

	assert_true(chk_read_pem(store, file, "a", &NONE, &error));
	assert_int_equal(chk_store_count(store), 2);
	assert_string_equal(chk_anchor_where(chk_store_get(store, 0), 0),
			    "a:1");
	chk_store_free(store);
	/* OpenSSL and GnuTLS take none of it from a bundle. */
	store = chk_store_new("a");
	assert_false(chk_read_certificates(store, file, "a", &error));
	assert_int_equal(chk_store_count(store), 0);
	assert_non_null(strstr(error.what, "openssl pkcs7 -print_certs"));
	chk_store_free(store);
	free((void *)(uintptr_t)file.data);
}

static void a_block_that_is_damaged_is_noted(void **state)
{
	struct chk_store *store = chk_store_new("a");
	struct chk_error error;

	assert_false(chk_read_pem(store, BYTES(
		"-----BEGIN PKCS7-----\nAAAA\n-----END PKCS7-----\n"), "a",
		&NONE, &error));
	assert_int_equal(error.code, CHK_ERROR_EMPTY);
	assert_int_equal(chk_store_note_count(store), 1);
	chk_store_free(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(its_certificates_are_trusted_as_a_file_s),
		cmocka_unit_test(it_may_be_cut_nowhere),
		cmocka_unit_test(a_changed_bit_does_no_harm),
		cmocka_unit_test(none_in_it_is_an_error),
		cmocka_unit_test(
			a_block_in_pem_is_read_where_the_file_is_named),
		cmocka_unit_test(a_block_that_is_damaged_is_noted),
	};

	return cmocka_run_group_tests_name("store/read_pkcs7", tests, NULL,
					   NULL);
}
