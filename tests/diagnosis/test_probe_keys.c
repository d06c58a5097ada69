/* tests/diagnosis/test_probe_keys.c: lib/diagnosis/probe_keys.c, by hand. */
#include "support/test.h"

#include <gnutls/gnutls.h>

#include "base/arena.h"
#include "diagnosis/probe_keys.h"
#include "fetch/target.h"
#include "support/made.h"

static struct chk_arena arena;
static struct chk_cert *rsa, *ec, *inter;

static struct chk_presented *sends(struct chk_cert *leaf, size_t issuers)
{
	struct chk_presented *presented = chk_presented_new();

	presented->step = CHK_STEP_CERTIFICATE;
	assert_true(chk_chain_add(presented->chain, leaf, NULL, NULL));
	while (issuers--)
		assert_true(chk_chain_add(presented->chain, inter, NULL,
					  NULL));
	return presented;
}

static void expect(struct chk_presented *whole, enum chk_probe_kind kind,
		   struct chk_presented *changed, const char *wanted)
{
	struct chk_probed at = { .address = "192.0.2.1" };

	at.probes[CHK_PROBE_WHOLE].presented = whole;
	at.probes[kind].presented = changed;
	assert_string_equal(chk_probe_keys_tell(&arena, &at, kind), wanted);
	chk_presented_free(whole);
	chk_presented_free(changed);
}

static void a_server_of_one_kind_is_nothing_to_tell(void **state)
{
	expect(sends(rsa, 1), CHK_PROBE_ECDSA, sends(rsa, 1), "");
	expect(sends(rsa, 1), CHK_PROBE_ECDSA, chk_presented_new(), "");
	expect(chk_presented_new(), CHK_PROBE_ECDSA, sends(ec, 1), "");
	expect(sends(ec, 1), CHK_PROBE_RSA, sends(ec, 1), "");
}

static void two_kinds_are_told_with_what_one_lacks(void **state)
{
	expect(sends(rsa, 1), CHK_PROBE_ECDSA, sends(ec, 1),
	       "the server has an RSA and an ECDSA certificate");
	expect(sends(rsa, 2), CHK_PROBE_ECDSA, sends(ec, 0),
	       "the server has an RSA and an ECDSA certificate; the ECDSA one "
	       "is sent alone, without an intermediate, and the RSA one with 2 "
	       "more");
	expect(sends(ec, 1), CHK_PROBE_RSA, sends(rsa, 0),
	       "the server has an RSA and an ECDSA certificate; the RSA one is "
	       "sent alone, without an intermediate, and the ECDSA one with 1 "
	       "more");
}

static void the_priorities_are_such_as_gnutls_takes(void **state)
{
	static const enum chk_probe_kind KINDS[] = { CHK_PROBE_RSA,
						     CHK_PROBE_ECDSA };
	const struct chk_target target = { .host = "a.test" };

	assert_null(chk_probe_key_priority(CHK_PROBE_WHOLE));
	for (size_t i = 0; i < CHK_COUNT(KINDS); i++) {
		const char *text = chk_arena_format(
			&arena, "%s%s", chk_target_offer(&target, &arena),
			chk_probe_key_priority(KINDS[i]));
		gnutls_priority_t priorities;
		const char *fault = "";

		if (gnutls_priority_init(&priorities, text, &fault) < 0)
			fail_msg("%s", fault);
		gnutls_priority_deinit(priorities);
	}
}

static int begin(void **state)
{
	const struct recipe recipe = { .subject = "a", .key = 1,
				       .issuer = "I", .issuer_key = 2 };

	rsa = make_cert(&recipe);
	rsa->key.type = CHK_KEY_RSA;
	ec = make_cert(&recipe);
	inter = make_cert(&(struct recipe){ .subject = "I", .key = 2,
					    .issuer = "R", .issuer_key = 3,
					    .ca = true });
	return 0;
}

static int end(void **state)
{
	chk_cert_unref(rsa);
	chk_cert_unref(ec);
	chk_cert_unref(inter);
	chk_arena_clear(&arena);
	return forget_made(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_server_of_one_kind_is_nothing_to_tell),
		cmocka_unit_test(two_kinds_are_told_with_what_one_lacks),
		cmocka_unit_test(the_priorities_are_such_as_gnutls_takes),
	};

	return cmocka_run_group_tests_name("diagnosis/probe_keys", tests,
					   begin, end);
}
