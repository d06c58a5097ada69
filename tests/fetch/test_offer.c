/*
 * tests/fetch/test_offer.c: what is offered, in words. The suites are those
 * that `gnutls-cli -l --priority` lists.
 */
#include "support/test.h"

#include "fetch/offer.h"

static void expect(const char *priority, const char *words)
{
	struct chk_arena arena = { 0 };
	gnutls_priority_t priorities;

	assert_int_equal(gnutls_priority_init(&priorities, priority, NULL), 0);
	assert_string_equal(chk_offer_text(priorities, &arena), words);
	gnutls_priority_deinit(priorities);
	chk_arena_clear(&arena);
}

static void the_preferred_come_first(void **state)
{
	expect("NONE:+VERS-TLS1.3:+VERS-TLS1.2:+AES-128-GCM:+AEAD:+ECDHE-RSA:"
	       "+SIGN-RSA-SHA256:+SIGN-RSA-PSS-RSAE-SHA256:+GROUP-X25519:"
	       "+GROUP-SECP256R1:+CTYPE-X509",
	       "TLS 1.3, TLS 1.2; 2 cipher suites; groups X25519, SECP256R1");
}

static void one_of_each(void **state)
{
	expect("NONE:+VERS-TLS1.2:+AES-128-GCM:+AEAD:+RSA:+SIGN-RSA-SHA256:"
	       "+CTYPE-X509",
	       "TLS 1.2; 1 cipher suite");
}

static void versions_have_a_space(void **state)
{
	struct chk_arena arena = { 0 };

	assert_string_equal(chk_offer_version("TLS1.3", &arena), "TLS 1.3");
	assert_string_equal(chk_offer_version("SSL3.0", &arena), "SSL3.0");
	chk_arena_clear(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_preferred_come_first),
		cmocka_unit_test(one_of_each),
		cmocka_unit_test(versions_have_a_space),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
