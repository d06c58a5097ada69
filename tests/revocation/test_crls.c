/* tests/revocation/test_crls.c: lib/revocation/crls.c. */
#include "support/test.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "path/made_names.h"
#include "revocation/crls.h"
#include "revocation/made_crl.h"
#include "support/scratch.h"

static void add_block(struct chk_buffer *text, const char *label,
		      struct chk_bytes der)
{
	char *block = pem_block(label, der.data, der.size);

	chk_buffer_text(text, block);
	free(block);
}

static struct chk_bytes der_of(struct chk_arena *arena, const char *issuer)
{
	struct crl_recipe recipe = { .issuer = issuer };

	return made_crl_der(arena, &recipe);
}

static bool read_text(struct chk_crls *crls, const struct chk_buffer *text,
		      struct chk_error *error)
{
	return chk_crls_read_bytes(crls, chk_bytes_of(text->data, text->size),
				   "some.pem", error);
}

static size_t count_of(const struct chk_crls *crls, struct chk_bytes issuer)
{
	size_t cursor = 0, count = 0;

	while (chk_crls_next(crls, issuer, &cursor))
		count++;
	return count;
}

static void a_file_of_several_is_found_by_issuer(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_crls *crls = chk_crls_new();
	struct chk_buffer text = { 0 };

	chk_buffer_text(&text, "# ours\n");
	add_block(&text, "X509 CRL", der_of(&arena, "CN=a"));
	add_block(&text, "X509 CRL", der_of(&arena, "CN=b"));
	add_block(&text, "X509 CRL", der_of(&arena, "CN=a"));
	assert_true(read_text(crls, &text, NULL));
	assert_int_equal(chk_crls_count(crls), 3);
	assert_int_equal(chk_crls_note_count(crls), 0);
	assert_string_equal(crls->items[0].where, "some.pem:2");
	assert_int_equal(count_of(crls, made_dn(&arena, "CN=a")), 2);
	assert_int_equal(count_of(crls, made_dn(&arena, "CN=B")), 1);
	assert_int_equal(count_of(crls, made_dn(&arena, "CN=c")), 0);
	chk_buffer_clear(&text);
	chk_crls_free(crls);
	chk_arena_clear(&arena);
}

static void a_file_in_der_is_one(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_crls *crls = chk_crls_new();
	struct chk_bytes der = der_of(&arena, "CN=a");
	struct chk_error error;

	scratch_write("a.crl", der.data, der.size);
	assert_true(chk_crls_read(crls, scratch_path("a.crl"), NULL));
	assert_int_equal(chk_crls_count(crls), 1);
	assert_string_equal(crls->items[0].where, scratch_path("a.crl"));
	scratch_write("b.crl", der.data, der.size - 1);
	assert_false(chk_crls_read(crls, scratch_path("b.crl"), &error));
	assert_int_equal(error.code, CHK_ERROR_FORMAT);
	assert_false(chk_crls_read(crls, scratch_path("none.crl"), &error));
	assert_int_equal(error.code, CHK_ERROR_NOT_FOUND);
	assert_int_equal(chk_crls_count(crls), 1);
	chk_crls_free(crls);
	chk_arena_clear(&arena);
}

static void check_note(const struct chk_crls *crls, size_t i,
		       const char *where, const char *what)
{
	const struct chk_note *note = chk_crls_note(crls, i);

	assert_non_null(note);
	assert_string_equal(note->where, where);
	if (!strstr(note->what, what))
		fail_msg("\"%s\" and not \"%s\"", note->what, what);
}

static void a_damaged_one_stays_behind_as_a_note(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_crls *crls = chk_crls_new();
	struct chk_buffer text = { 0 };
	struct chk_bytes der = der_of(&arena, "CN=a");

	add_block(&text, "CERTIFICATE", der);
	add_block(&text, "X509 CRL", der);
	assert_true(read_text(crls, &text, NULL));
	assert_null(crls->damaged);
	check_note(crls, 0, "some.pem:1", "CERTIFICATE is not an X509 CRL");
	chk_buffer_clear(&text);
	add_block(&text, "X509 CRL", chk_bytes_of(der.data, der.size - 1));
	add_block(&text, "X509 CRL", der);
	assert_true(read_text(crls, &text, NULL));
	assert_int_equal(chk_crls_count(crls), 2);
	assert_non_null(crls->damaged);
	check_note(crls, 1, crls->damaged, "CRL skipped");
	assert_null(chk_crls_note(crls, 2));
	chk_buffer_clear(&text);
	chk_crls_free(crls);
	chk_arena_clear(&arena);
}

static void a_file_without_any_is_an_error(void **state)
{
	static const char *const ROWS[] = {
		"", "text", "-----BEGIN X509 CRL-----\n",
		"-----BEGIN X509 CRL-----\nMAAA\n-----END X509 CRL-----\n",
		"-----BEGIN CERTIFICATE-----\nMAA=\n"
		"-----END CERTIFICATE-----\n",
	};

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_crls *crls = chk_crls_new();
		struct chk_error error;

		assert_false(chk_crls_read_bytes(crls,
						 chk_bytes_text(ROWS[i]),
						 "it", &error));
		assert_int_equal(error.code, CHK_ERROR_EMPTY);
		assert_int_equal(chk_crls_count(crls), 0);
		chk_crls_free(crls);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_of_several_is_found_by_issuer),
		cmocka_unit_test(a_file_in_der_is_one),
		cmocka_unit_test(a_damaged_one_stays_behind_as_a_note),
		cmocka_unit_test(a_file_without_any_is_an_error),
	};
	int failed = cmocka_run_group_tests(tests, scratch_begin, scratch_end);

	forget_keys();
	return failed;
}
