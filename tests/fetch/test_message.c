/* tests/fetch/test_message.c: lib/fetch/message.c, bodies by hand. */
#include "support/test.h"

#include "base/buffer.h"
#include "fetch/message.h"

static struct chk_presented *certificates(struct chk_bytes body, bool tls13)
{
	struct chk_presented *presented = chk_presented_new();

	assert_non_null(presented);
	assert_true(chk_message_certificates(presented, body, tls13, NULL));
	return presented;
}

/* One note and no certificate; the note holds `what`. */
static void noted(struct chk_bytes body, bool tls13, const char *what)
{
	struct chk_presented *presented = certificates(body, tls13);

	assert_int_equal(chk_chain_count(presented->chain), 0);
	assert_int_equal(chk_chain_note_count(presented->chain), 1);
	assert_string_equal(chk_chain_note(presented->chain, 0)->where,
			    "server");
	assert_non_null(strstr(chk_chain_note(presented->chain, 0)->what,
			       what));
	chk_presented_free(presented);
}

static void what_is_no_certificate_is_a_note_with_its_place(void **state)
{
	noted(BYTES("\0\0\6" "\0\0\3" "abc"), false, "certificate 1 of 1: ");
	noted(BYTES("\0" "\0\0\x8" "\0\0\3" "abc" "\0\0"), true,
	      "certificate 1 of 1: ");
}

static void an_empty_list_is_an_empty_chain(void **state)
{
	struct chk_presented *presented = certificates(BYTES("\0\0\0"), false);

	assert_int_equal(chk_chain_count(presented->chain), 0);
	assert_int_equal(chk_chain_note_count(presented->chain), 0);
	chk_presented_free(presented);
}

static void a_list_that_ends_early_says_where(void **state)
{
	noted(BYTES(""), false, "ends before its list");
	noted(BYTES("\0\0"), false, "ends before its list");
	noted(BYTES("\0\0\x7f" "abc"), false, "ends before its list");
	noted(BYTES("\5" "\0\0\0"), true, "ends before its list");
	noted(BYTES("\0\0\4" "\0\0\x9" "a"), false,
	      "in the middle of certificate 1");
	noted(BYTES("\0" "\0\0\6" "\0\0\3" "abc"), true,
	      "in the middle of certificate 1");
}

static void extensions_beside_a_certificate_are_passed_over(void **state)
{
	struct chk_presented *presented = certificates(
		BYTES("\0" "\0\0\x20" "\0\0\1" "x" "\0\x11"
		      "\0\5" "\0\6" "\1\0\0\2" "ok" /* status_request */
		      "\0\x12" "\0\3" "sct"
		      "\0\0\1" "y" "\0\3" "abc"),
		true);

	/* Neither "x" nor "y" is one, and each has its place. */
	assert_int_equal(chk_chain_note_count(presented->chain), 2);
	assert_non_null(strstr(chk_chain_note(presented->chain, 0)->what,
			       "certificate 1 of 2"));
	assert_non_null(strstr(chk_chain_note(presented->chain, 1)->what,
			       "certificate 2 of 2"));
	chk_presented_free(presented);
}

static void too_many_certificates_are_counted_and_left(void **state)
{
	struct chk_buffer body = { 0 };
	struct chk_presented *presented;
	size_t notes, size = 4 * (CHK_CERTIFICATES_MAX + 10);

	chk_buffer_add(&body, (uint8_t[]){ (uint8_t)(size >> 16),
					   (uint8_t)(size >> 8),
					   (uint8_t)size }, 3);
	for (size_t i = 0; i < size; i += 4)
		chk_buffer_add(&body, "\0\0\1x", 4);
	presented = certificates(chk_bytes_of(body.data, body.size), false);
	notes = chk_chain_note_count(presented->chain);
	assert_int_equal(notes, CHK_CERTIFICATES_MAX + 1);
	assert_string_equal(
		chk_chain_note(presented->chain, notes - 1)->what,
		"certificates 4097 to 4106 were not read, 4096 are the most");
	chk_presented_free(presented);
	chk_buffer_clear(&body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			what_is_no_certificate_is_a_note_with_its_place),
		cmocka_unit_test(an_empty_list_is_an_empty_chain),
		cmocka_unit_test(a_list_that_ends_early_says_where),
		cmocka_unit_test(
			extensions_beside_a_certificate_are_passed_over),
		cmocka_unit_test(too_many_certificates_are_counted_and_left),
	};

	return cmocka_run_group_tests_name("fetch/message", tests, NULL, NULL);
}
