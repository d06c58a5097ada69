/* tests/fetch/test_presented.c: lib/fetch/presented.c, words and getters. */
#include "support/test.h"

#include <stdlib.h>

#include "fetch/presented.h"

static void nothing_failed_at_first(void **state)
{
	struct chk_presented *presented = chk_presented_new();

	assert_int_equal(chk_presented_step(presented), CHK_STEP_RESOLVE);
	assert_int_equal(chk_presented_failure(presented), CHK_FAILURE_NONE);
	assert_string_equal(chk_presented_why(presented), "");
	assert_int_equal(chk_chain_count(chk_presented_chain(presented)), 0);
	assert_int_equal(presented->alert, -1);
	chk_presented_free(presented);
}

static void the_first_failure_stands(void **state)
{
	struct chk_presented *presented = chk_presented_new();

	chk_presented_fail(presented, CHK_FAILURE_RESET, 104, "reset by %s",
			   "a");
	chk_presented_fail(presented, CHK_FAILURE_CLOSED, 0, "closed");
	assert_int_equal(chk_presented_failure(presented), CHK_FAILURE_RESET);
	assert_string_equal(chk_presented_why(presented), "reset by a");
	assert_int_equal(presented->cause, 104);
	chk_presented_free(presented);
}

static void nothing_is_freed_for_null(void **state)
{
	chk_presented_free(NULL);
}

static void peers_and_times_have_words(void **state)
{
	struct chk_arena arena = { 0 };

	assert_string_equal(chk_peer_text(&arena, "192.0.2.1", 443),
			    "192.0.2.1:443");
	assert_string_equal(chk_peer_text(&arena, "::1", 65535),
			    "[::1]:65535");
	assert_string_equal(chk_millis_text(&arena, 10000), "10 seconds");
	assert_string_equal(chk_millis_text(&arena, 1000), "1 second");
	assert_string_equal(chk_millis_text(&arena, 1),
			    "1 millisecond");
	assert_string_equal(chk_millis_text(&arena, 1500),
			    "1500 milliseconds");
	chk_arena_clear(&arena);
}

/* SEQUENCE { SET { SEQUENCE { commonName, UTF8String "A" } } } */
#define NAME_A "\x30\x0c\x31\x0a\x30\x08\x06\x03\x55\x04\x03\x0c\x01" "A"

static void what_was_asked_of_the_client_is_given_out(void **state)
{
	struct chk_presented *presented = chk_presented_new();
	struct chk_bytes name = BYTES(NAME_A);
	struct chk_at_hand at_hand[2] = { { .sent = false },
					  { .sent = true } };
	size_t which = 7;
	char *text;

	assert_false(chk_presented_asks(presented));
	assert_int_equal(chk_presented_issuer_count(presented), 0);
	assert_null(chk_presented_issuer(presented, 0));
	assert_false(chk_presented_credential(presented, &which));
	presented->client_certificate_wanted = true;
	presented->request.issuers = &name;
	presented->request.issuer_count = 1;
	presented->at_hand = at_hand;
	presented->at_hand_count = 2;
	assert_true(chk_presented_asks(presented));
	assert_int_equal(chk_presented_issuer_count(presented), 1);
	text = chk_presented_issuer(presented, 0);
	assert_string_equal(text, "CN=A");
	free(text);
	assert_null(chk_presented_issuer(presented, 1));
	assert_true(chk_presented_credential(presented, &which));
	assert_int_equal(which, 1);
	chk_presented_free(presented);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_failed_at_first),
		cmocka_unit_test(the_first_failure_stands),
		cmocka_unit_test(nothing_is_freed_for_null),
		cmocka_unit_test(peers_and_times_have_words),
		cmocka_unit_test(what_was_asked_of_the_client_is_given_out),
	};

	return cmocka_run_group_tests_name("fetch/presented", tests, NULL,
					   NULL);
}
