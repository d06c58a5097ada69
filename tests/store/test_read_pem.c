/* tests/store/test_read_pem.c: lib/store/read_pem.c. */
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "store/format.h"
#include "support/scratch.h"
#include "support/two_roots.h"

/* Reads `text`, in which "@1" and "@2" stand for the certificates as PEM. */
static bool read_text(struct chk_store *store, const char *text,
		      struct chk_error *error)
{
	struct chk_buffer buffer = { 0 };
	bool ok;

	for (; *text; text++) {
		char *pem;

		if (*text != '@') {
			chk_buffer_add(&buffer, text, 1);
			continue;
		}
		pem = pem_of(*++text == '1' ? one : two);
		chk_buffer_text(&buffer, pem);
		free(pem);
	}
	ok = chk_read_certificates(store, chk_bytes_of(buffer.data,
						       buffer.size),
				   "f.pem", error);
	chk_buffer_clear(&buffer);
	return ok;
}

static struct chk_store *read_well(const char *text)
{
	struct chk_store *store = chk_store_new("test");

	assert_non_null(store);
	assert_true(read_text(store, text, NULL));
	return store;
}

static void check_refused(struct chk_bytes bytes, enum chk_code code,
			  const char *what)
{
	struct chk_store *store = chk_store_new("test");
	struct chk_error error;

	assert_false(chk_read_certificates(store, bytes, "f.pem", &error));
	assert_int_equal(error.code, code);
	assert_string_equal(error.where, "f.pem");
	if (!strstr(error.what, what))
		fail_msg("%s, and not %s", error.what, what);
	assert_int_equal(chk_store_count(store), 0);
	chk_store_free(store);
}

static void every_certificate_is_trusted_for_all(void **state)
{
	struct chk_store *store = read_well("@1@2");

	assert_int_equal(chk_store_count(store), 2);
	assert_int_equal(chk_store_note_count(store), 0);
	for (int i = 0; i < CHK_PURPOSE_COUNT; i++) {
		enum chk_purpose purpose = (enum chk_purpose)i;

		assert_int_equal(chk_anchor_trust(chk_store_get(store, 0),
						  purpose),
				 CHK_TRUST_TRUSTED);
		assert_int_equal(chk_anchor_trust(chk_store_get(store, 1),
						  purpose),
				 CHK_TRUST_TRUSTED);
	}
	chk_store_free(store);
}

static void a_place_is_the_line_of_begin(void **state)
{
	struct chk_store *store = read_well("# a comment\n\n@1");

	assert_string_equal(chk_anchor_where(chk_store_get(store, 0), 0),
			    "f.pem:3");
	chk_store_free(store);
}

static void one_certificate_twice_is_one_anchor(void **state)
{
	struct chk_store *store = read_well("@1@2@1");

	assert_int_equal(chk_store_count(store), 2);
	assert_non_null(chk_anchor_where(chk_store_get(store, 0), 1));
	chk_store_free(store);
}

static void a_broken_block_loses_nothing_else(void **state)
{
	struct chk_store *store = read_well(
		"@1-----BEGIN CERTIFICATE-----\n%%%%\n"
		"-----END CERTIFICATE-----\n@2");

	assert_int_equal(chk_store_count(store), 2);
	assert_int_equal(chk_store_note_count(store), 1);
	assert_non_null(strstr(chk_store_note(store, 0)->where, "f.pem:"));
	chk_store_free(store);
}

static void good_base64_of_no_certificate_is_noted(void **state)
{
	struct chk_store *store = read_well(
		"-----BEGIN CERTIFICATE-----\nAAAA\n"
		"-----END CERTIFICATE-----\n@2");

	assert_int_equal(chk_store_count(store), 1);
	assert_int_equal(chk_store_note_count(store), 1);
	assert_string_equal(chk_store_note(store, 0)->where, "f.pem:1");
	assert_non_null(strstr(chk_store_note(store, 0)->what,
			       "not a certificate"));
	chk_store_free(store);
}

static void a_private_key_is_noted(void **state)
{
	static const char *const LABELS[] = {
		"PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY",
		"EC PRIVATE KEY", "OPENSSH PRIVATE KEY",
	};

	for (size_t i = 0; i < CHK_COUNT(LABELS); i++) {
		char text[256];
		struct chk_store *store;

		snprintf(text, sizeof(text), "-----BEGIN %s-----\nAAAA\n"
			 "-----END %s-----\n@1", LABELS[i], LABELS[i]);
		store = read_well(text);
		assert_int_equal(chk_store_count(store), 1);
		assert_non_null(strstr(chk_store_note(store, 0)->what,
				       "private key"));
		chk_store_free(store);
	}
}

static void other_blocks_are_named(void **state)
{
	struct chk_store *store = read_well(
		"-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n@1");

	assert_int_equal(chk_store_count(store), 1);
	assert_non_null(strstr(chk_store_note(store, 0)->what, "X509 CRL"));
	chk_store_free(store);
}

static void one_certificate_in_der_is_read(void **state)
{
	struct chk_store *store = chk_store_new("test");

	assert_true(chk_read_certificates(store, one->der, "one.der", NULL));
	assert_int_equal(chk_store_count(store), 1);
	assert_string_equal(chk_anchor_where(chk_store_get(store, 0), 0),
			    "one.der");
	assert_int_equal(chk_anchor_trust(chk_store_get(store, 0),
					  CHK_PURPOSE_TLS_SERVER),
			 CHK_TRUST_TRUSTED);
	chk_store_free(store);
}

static void an_empty_file_is_called_empty(void **state)
{
	check_refused(BYTES(""), CHK_ERROR_EMPTY, "empty");
}

static void what_it_looks_like_is_said(void **state)
{
	check_refused(BYTES("\xfe\xed\xfe\xed\0\0\0\2"), CHK_ERROR_FORMAT,
		      "JKS");
	check_refused(BYTES("\xce\xce\xce\xce\0\0\0\2"), CHK_ERROR_FORMAT,
		      "JCEKS");
	check_refused(BYTES("SQLite format 3"), CHK_ERROR_FORMAT, "cert9.db");
	check_refused(BYTES("<html>"), CHK_ERROR_FORMAT, "web page");
	check_refused(BYTES("[p11-kit-object-v1]\n"), CHK_ERROR_FORMAT,
		      "p11-kit:PATH");
	check_refused(BYTES("\xff\xfe-\0-\0"), CHK_ERROR_FORMAT, "UTF-16");
	check_refused(BYTES("hello"), CHK_ERROR_FORMAT, "neither PEM nor DER");
	check_refused(BYTES("\0"), CHK_ERROR_FORMAT, "neither PEM nor DER");
	/* The head of a PKCS #12 file of keytool. */
	check_refused(BYTES("\x30\x82\x04\x00\x02\x01\x03\x30\x82"),
		      CHK_ERROR_FORMAT, "PKCS #12");
}

static void pem_without_a_good_certificate_says_why(void **state)
{
	check_refused(BYTES("-----BEGIN X509 CRL-----\nAAAA\n"
			    "-----END X509 CRL-----\n"),
		      CHK_ERROR_EMPTY, "X509 CRL is not a certificate");
}

/* Whatever the cut, no crash and no certificate. */
static void a_truncated_file_is_refused(void **state)
{
	for (size_t size = 1; size < one->der.size; size++)
		check_refused(chk_bytes_of(one->der.data, size),
			      CHK_ERROR_FORMAT, "");
}

/* What `openssl x509 -addtrust X -addreject Y -trustout` writes. */
static struct chk_store *read_trusted(const char *options)
{
	struct chk_store *store = chk_store_new("test");

	scratch_pem("plain.pem", one, NULL);
	assert_int_equal(scratch_run("openssl x509 -in plain.pem -trustout "
				     "-out trusted.pem %s", options), 0);
	assert_true(chk_read_file(store, scratch_path("trusted.pem"), NULL,
				  NULL));
	assert_int_equal(chk_store_count(store), 1);
	assert_true(chk_bytes_equal(chk_store_get(store, 0)->cert->der,
				    one->der));
	return store;
}

static void check_trust(const struct chk_store *store,
			const enum chk_trust trust[CHK_PURPOSE_ANY])
{
	for (int i = 0; i < CHK_PURPOSE_ANY; i++)
		assert_int_equal(chk_anchor_trust(chk_store_get(store, 0),
						  (enum chk_purpose)i),
				 trust[i]);
}

static void openssl_trust_is_for_what_it_says_alone(void **state)
{
	struct chk_store *store =
		read_trusted("-addtrust serverAuth -setalias Alias");
	static const enum chk_trust TRUST[CHK_PURPOSE_ANY] = {
		[CHK_PURPOSE_TLS_SERVER] = CHK_TRUST_TRUSTED,
	};

	check_trust(store, TRUST);
	chk_store_free(store);
}

static void openssl_rejection_is_distrust(void **state)
{
	struct chk_store *store = read_trusted(
		"-addtrust serverAuth -addtrust emailProtection "
		"-addreject emailProtection -addreject clientAuth");
	static const enum chk_trust TRUST[CHK_PURPOSE_ANY] = {
		[CHK_PURPOSE_TLS_SERVER] = CHK_TRUST_TRUSTED,
		[CHK_PURPOSE_TLS_CLIENT] = CHK_TRUST_DISTRUSTED,
		[CHK_PURPOSE_EMAIL] = CHK_TRUST_DISTRUSTED,
	};

	check_trust(store, TRUST);
	chk_store_free(store);
}

static void openssl_rejection_of_any_usage_is_of_all(void **state)
{
	struct chk_store *store =
		read_trusted("-addreject anyExtendedKeyUsage");

	assert_true(chk_store_blocks(store, one, CHK_PURPOSE_TLS_SERVER));
	assert_true(chk_store_blocks(store, one, CHK_PURPOSE_ANY));
	chk_store_free(store);
}

static void openssl_block_that_states_nothing_is_plain(void **state)
{
	struct chk_store *store = read_trusted("");

	assert_int_equal(chk_anchor_trust(chk_store_get(store, 0),
					  CHK_PURPOSE_TLS_SERVER),
			 CHK_TRUST_TRUSTED);
	chk_store_free(store);
}

/* Trust that cannot be read is no trust. */
static void garbage_behind_a_trusted_certificate_is_not_believed(void **state)
{
	static const char *const TAILS[] = {
		"\x30", "\x31\x00", "\x30\x02\x30\x05", "\x30\x00\x30\x00",
		"\x30\x05\x30\x03\x02\x01\x01", "\x02\x01\x01",
	};

	for (size_t i = 0; i < CHK_COUNT(TAILS); i++) {
		struct chk_store *store = chk_store_new("test");
		struct chk_buffer bytes = { 0 };
		/* Some hold a NUL: their length stands in the second byte. */
		size_t size = i == 0 ? 1 : (size_t)TAILS[i][1] + 2;
		char *pem;

		if (i == 3)
			size = 4;
		chk_buffer_add(&bytes, one->der.data, one->der.size);
		chk_buffer_add(&bytes, TAILS[i], size);
		pem = pem_block("TRUSTED CERTIFICATE", bytes.data, bytes.size);
		assert_true(chk_read_certificates(store, chk_bytes_text(pem),
						  "f.pem", NULL));
		assert_int_equal(chk_anchor_trust(chk_store_get(store, 0),
						  CHK_PURPOSE_ANY),
				 CHK_TRUST_NOT_STATED);
		assert_int_equal(chk_store_note_count(store), 1);
		free(pem);
		chk_buffer_clear(&bytes);
		chk_store_free(store);
	}
}

static void a_file_that_is_not_there_is_not_found(void **state)
{
	struct chk_store *store = chk_store_new("test");
	struct chk_error error;

	assert_false(chk_read_file(store, scratch_path("none"), NULL, &error));
	assert_int_equal(error.code, CHK_ERROR_NOT_FOUND);
	chk_store_free(store);
}

static void what_a_caller_has_in_memory_is_read_or_noted(void **state)
{
	static const char RUBBISH[] = "neither the one nor the other";
	struct chk_store *store = chk_store_new("memory");
	struct chk_bytes none = { 0 };

	assert_true(chk_store_read(store, one->der, "here", NULL));
	assert_int_equal(chk_store_count(store), 1);
	assert_int_equal(chk_store_note_count(store), 0);
	assert_true(chk_store_read(store, chk_bytes_text(RUBBISH), "there",
				   NULL));
	assert_true(chk_store_read(store, none, "nowhere", NULL));
	assert_int_equal(chk_store_count(store), 1);
	assert_int_equal(chk_store_note_count(store), 2);
	assert_string_equal(chk_store_note(store, 0)->where, "there");
	chk_store_free(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_certificate_is_trusted_for_all),
		cmocka_unit_test(a_place_is_the_line_of_begin),
		cmocka_unit_test(one_certificate_twice_is_one_anchor),
		cmocka_unit_test(a_broken_block_loses_nothing_else),
		cmocka_unit_test(good_base64_of_no_certificate_is_noted),
		cmocka_unit_test(a_private_key_is_noted),
		cmocka_unit_test(other_blocks_are_named),
		cmocka_unit_test(one_certificate_in_der_is_read),
		cmocka_unit_test(an_empty_file_is_called_empty),
		cmocka_unit_test(what_it_looks_like_is_said),
		cmocka_unit_test(pem_without_a_good_certificate_says_why),
		cmocka_unit_test(a_truncated_file_is_refused),
		cmocka_unit_test(openssl_trust_is_for_what_it_says_alone),
		cmocka_unit_test(openssl_rejection_is_distrust),
		cmocka_unit_test(openssl_rejection_of_any_usage_is_of_all),
		cmocka_unit_test(openssl_block_that_states_nothing_is_plain),
		cmocka_unit_test(
			garbage_behind_a_trusted_certificate_is_not_believed),
		cmocka_unit_test(a_file_that_is_not_there_is_not_found),
		cmocka_unit_test(what_a_caller_has_in_memory_is_read_or_noted),
	};

	return cmocka_run_group_tests_name("store/read_pem", tests,
					   two_roots_begin, two_roots_end);
}
