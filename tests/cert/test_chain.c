/* tests/cert/test_chain.c: lib/cert/chain.c and looks.c. */
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "cert/cert.h"
#include "cert/looks.h"
#include "cert/parts.h"
#include "support/scratch.h"

static struct chk_bytes plain_der(struct chk_arena *arena)
{
	struct parts parts = plain_parts(arena);

	return join_parts(arena, &parts);
}

/* Adds a PEM block around `der`. */
static void add_block(struct chk_buffer *text, const char *label,
		      struct chk_bytes der)
{
	char *block = pem_block(label, der.data, der.size);

	chk_buffer_text(text, block);
	free(block);
}

static bool read_text(struct chk_chain *chain, const struct chk_buffer *text,
		      struct chk_error *error)
{
	return chk_chain_read_bytes(chain, chk_bytes_of(text->data, text->size),
				    "some.pem", error);
}

static void check_note(const struct chk_chain *chain, size_t i,
		       const char *where, const char *what)
{
	const struct chk_note *note = chk_chain_note(chain, i);

	assert_non_null(note);
	assert_string_equal(note->where, where);
	if (!strstr(note->what, what))
		fail_msg("\"%s\" and not \"%s\"", note->what, what);
}

static void a_file_of_several_gives_each_its_line(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_chain *chain = chk_chain_new();
	struct chk_buffer text = { 0 };
	unsigned int line = 1;
	char where[32];

	chk_buffer_text(&text, "# our chain\n");
	add_block(&text, "CERTIFICATE", plain_der(&arena));
	chk_buffer_text(&text, "\nbetween\n");
	for (const char *at = text.data; *at; at++)
		line += *at == '\n';
	add_block(&text, "X509 CERTIFICATE", plain_der(&arena));
	assert_true(read_text(chain, &text, NULL));
	assert_int_equal(chk_chain_count(chain), 2);
	assert_string_equal(chk_chain_where(chain, 0), "some.pem:2");
	snprintf(where, sizeof(where), "some.pem:%u", line);
	assert_string_equal(chk_chain_where(chain, 1), where);
	assert_non_null(chk_chain_get(chain, 1));
	assert_null(chk_chain_get(chain, 2));
	assert_null(chk_chain_where(chain, 2));
	assert_int_equal(chk_chain_note_count(chain), 0);
	assert_null(chk_chain_note(chain, 0));
	chk_buffer_clear(&text);
	chk_chain_free(chain);
	chk_arena_clear(&arena);
}

static void der_is_one_certificate(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_chain *chain = chk_chain_new();
	struct chk_bytes der = plain_der(&arena);

	assert_true(chk_chain_read_bytes(chain, der, "a.der", NULL));
	assert_int_equal(chk_chain_count(chain), 1);
	assert_string_equal(chk_chain_where(chain, 0), "a.der");
	assert_true(chk_bytes_equal(chk_cert_der(chk_chain_get(chain, 0)),
				    der));
	chk_chain_free(chain);
	chk_arena_clear(&arena);
}

static void what_is_passed_over_leaves_a_note(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_chain *chain = chk_chain_new();
	struct chk_bytes der = plain_der(&arena);
	struct chk_buffer text = { 0 };

	add_block(&text, "EC PRIVATE KEY", BYTES("x"));
	add_block(&text, "X509 CRL", BYTES("x"));
	chk_buffer_text(&text, "-----BEGIN CERTIFICATE-----\nMII*\n"
			       "-----END CERTIFICATE-----\n");
	add_block(&text, "CERTIFICATE", BYTES("\x30\x03\x02\x01\x05"));
	add_block(&text, "A\x1b[2J", BYTES("x"));
	add_block(&text, "CERTIFICATE", der);
	assert_true(read_text(chain, &text, NULL));
	assert_int_equal(chk_chain_count(chain), 1);
	assert_int_equal(chk_chain_note_count(chain), 5);
	check_note(chain, 0, "some.pem:1", "a private key is in this file");
	check_note(chain, 1, "some.pem:4", "X509 CRL is not a certificate");
	check_note(chain, 2, "some.pem:7",
		   "line 8: not base64; certificate skipped");
	check_note(chain, 3, "some.pem:10",
		   "byte 2: tbsCertificate: SEQUENCE expected, tag 0x02 found; "
		   "certificate skipped");
	check_note(chain, 4, "some.pem:13", "A\\x1b[2J is not a certificate");
	chk_buffer_clear(&text);
	chk_chain_free(chain);
	chk_arena_clear(&arena);
}

static void a_trusted_certificate_is_read_without_its_trust(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_chain *chain = chk_chain_new();
	struct parts parts = plain_parts(&arena);
	struct chk_buffer text = { 0 };

	parts.behind = hex(&arena, "300c 300a 06082b06010505070301");
	add_block(&text, "TRUSTED CERTIFICATE", join_parts(&arena, &parts));
	assert_true(read_text(chain, &text, NULL));
	assert_int_equal(chk_chain_count(chain), 1);
	check_note(chain, 0, "some.pem:1", "trusted for was not read");
	chk_buffer_clear(&text);
	chk_chain_free(chain);
	chk_arena_clear(&arena);
}

static void a_file_without_certificates_says_why(void **state)
{
	static const struct {
		struct chk_bytes bytes;
		enum chk_code code;
		const char *what;
	} ROWS[] = {
		{ { (const uint8_t *)"", 0 }, CHK_ERROR_EMPTY,
		  "the file is empty" },
		{ { (const uint8_t *)"hello", 5 }, CHK_ERROR_EMPTY,
		  "no certificate: neither PEM nor DER" },
		{ { (const uint8_t *)"\xfe\xed\xfe\xed\0\0\0\2", 8 },
		  CHK_ERROR_EMPTY, "a JKS keystore" },
		{ { (const uint8_t *)"\x30\x05\x02\x01\x03\x30\x00\x00", 8 },
		  CHK_ERROR_EMPTY, "a PKCS #12 keystore" },
		/* ContentInfo (RFC 2315 section 7) of signedData, as BER */
		{ { (const uint8_t *)"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7"
				     "\x0d\x01\x07\x02", 13 },
		  CHK_ERROR_EMPTY, "PKCS #7" },
		{ { (const uint8_t *)"\x30\x03\x02\x01\x05", 5 },
		  CHK_ERROR_FORMAT,
		  "not a certificate in DER: tbsCertificate" },
		{ { (const uint8_t *)"\x30\x82\x05", 3 }, CHK_ERROR_FORMAT,
		  "ends inside a length (byte 1)" },
		{ { (const uint8_t *)"-----BEGIN CERTIFICATE-----\n", 28 },
		  CHK_ERROR_EMPTY, "END is missing" },
		{ { (const uint8_t *)"#-----BEGIN CERTIFICATE-----\n", 29 },
		  CHK_ERROR_EMPTY, "no whole PEM block" },
		{ { (const uint8_t *)"-----BEGIN PRIVATE KEY-----\neA==\n"
				     "-----END PRIVATE KEY-----\n", 59 },
		  CHK_ERROR_EMPTY, "a private key" },
	};

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_chain *chain = chk_chain_new();
		struct chk_error error = { 0 };

		assert_false(chk_chain_read_bytes(chain, ROWS[i].bytes, "f",
						  &error));
		if (!strstr(error.what, ROWS[i].what))
			fail_msg("%zu: %s", i, error.what);
		assert_int_equal(error.code, ROWS[i].code);
		assert_int_equal(error.where[0], 'f');
		assert_int_equal(chk_chain_count(chain), 0);
		chk_chain_free(chain);
	}
}

static void a_file_that_cannot_be_read_is_named(void **state)
{
	struct chk_chain *chain = chk_chain_new();
	struct chk_error error;

	assert_false(chk_chain_read(chain, scratch_path("none"), &error));
	assert_int_equal(error.code, CHK_ERROR_NOT_FOUND);
	assert_non_null(strstr(error.where, "none"));
	scratch_mkdir("folder");
	assert_false(chk_chain_read(chain, scratch_path("folder"), &error));
	assert_int_equal(error.code, CHK_ERROR_READ);
	chk_chain_free(chain);
}

static void where_is_escaped_and_the_reference_kept(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_chain *chain = chk_chain_new();
	struct chk_cert *cert;

	assert_true(chk_cert_parse(plain_der(&arena), &cert, NULL));
	assert_true(chk_chain_add(chain, cert, "a\x1b[2J", NULL));
	assert_true(chk_chain_add(chain, cert, NULL, NULL));
	chk_cert_unref(cert);
	assert_string_equal(chk_chain_where(chain, 0), "a\\x1b[2J");
	assert_string_equal(chk_chain_where(chain, 1), "");
	assert_int_equal(chk_chain_get(chain, 1)->version, 3);
	chk_chain_free(chain);
	chk_chain_free(NULL);
	chk_arena_clear(&arena);
}

static void notes_are_bounded_and_the_last_says_so(void **state)
{
	struct chk_chain *chain = chk_chain_new();
	size_t count;

	for (size_t i = 0; i < 20000; i++)
		assert_true(chk_notes_add(&chain->notes, "w", "x", NULL));
	count = chk_chain_note_count(chain);
	assert_true(count < 20000);
	check_note(chain, count - 1, "w", "more notes");
	check_note(chain, count - 2, "w", "x");
	chk_chain_free(chain);
}

/* A mistaken file is recognised, a certificate is not taken for one. */
static void what_people_give_instead_is_recognised(void **state)
{
	struct chk_arena arena = { 0 };

	assert_non_null(chk_looks_like(BYTES("SQLite format 3")));
	assert_non_null(chk_looks_like(BYTES("<!DOCTYPE html>")));
	assert_non_null(chk_looks_like(BYTES("MIIBIjANBg")));
	assert_null(chk_looks_like(BYTES("")));
	assert_null(chk_looks_like(BYTES("\x30\x82\x05")));
	assert_null(chk_looks_like(BYTES("hello")));
	assert_null(chk_looks_like(plain_der(&arena)));
	chk_arena_clear(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_of_several_gives_each_its_line),
		cmocka_unit_test(der_is_one_certificate),
		cmocka_unit_test(what_is_passed_over_leaves_a_note),
		cmocka_unit_test(
			a_trusted_certificate_is_read_without_its_trust),
		cmocka_unit_test(a_file_without_certificates_says_why),
		cmocka_unit_test(a_file_that_cannot_be_read_is_named),
		cmocka_unit_test(where_is_escaped_and_the_reference_kept),
		cmocka_unit_test(notes_are_bounded_and_the_last_says_so),
		cmocka_unit_test(what_people_give_instead_is_recognised),
	};

	return cmocka_run_group_tests_name("cert/chain", tests, scratch_begin,
					   scratch_end);
}
