/* tests/diagnosis/test_client_words.c: lib/diagnosis/client_words.c. */
#include "support/test.h"

#include "diagnosis/client_words.h"
#include "fetch/fit.h"
#include "support/made.h"

static struct chk_arena arena;
static struct chk_cert *cas[8];

static struct chk_request listing(struct chk_bytes names[8], size_t count)
{
	for (size_t i = 0; i < count; i++)
		names[i] = cas[i]->subject;
	return (struct chk_request){ .issuers = names, .issuer_count = count };
}

static void what_is_asked_for_names_its_cas(void **state)
{
	struct chk_bytes names[8];
	struct chk_request request = listing(names, 0);

	assert_string_equal(chk_client_wanted(&arena, &request),
			    "a client certificate");
	request = listing(names, 1);
	assert_string_equal(chk_client_wanted(&arena, &request),
			    "a client certificate issued by «A»");
	request = listing(names, 3);
	assert_string_equal(
		chk_client_wanted(&arena, &request),
		"a client certificate issued by «A», «B» or «C»");
	request = listing(names, 8);
	assert_string_equal(chk_client_wanted(&arena, &request),
			    "a client certificate issued by «A», «B», «C», "
			    "«D», «E», «F» or 2 more");
	request = listing(names, 1);
	request.issuers_left_out = 1;
	assert_string_equal(chk_client_issuers(&arena, &request),
			    "«A», 1 more");
}

static void signatures_have_their_names_or_numbers(void **state)
{
	uint16_t signatures[] = { 0x0403, 0xfe01 };
	const struct chk_request request = { .signatures = signatures,
					     .signature_count = 2 };

	assert_string_equal(chk_client_signatures(&arena, &request),
			    "ecdsa_secp256r1_sha256, 0xfe01");
}

static void each_misfit_is_told(void **state)
{
	struct chk_at_hand at_hand = { .where = "c.pem:1", .count = 1,
				       .leaf = cas[1], .last = cas[1] };

	assert_string_equal(chk_client_misfits(&arena, &at_hand), "");
	at_hand.sent = true;
	assert_string_equal(chk_client_at_hand(&arena, &at_hand),
			    "c.pem:1, «B»: nothing speaks against it; it was "
			    "sent");
	at_hand.misfits = CHK_MISFIT_KEY | CHK_MISFIT_ISSUER;
	at_hand.sent = false;
	assert_string_equal(chk_client_at_hand(&arena, &at_hand),
			    "c.pem:1, «B»: the private key belongs to another "
			    "certificate; it is from «B», which is not listed; "
			    "it was not sent");
	at_hand.misfits = CHK_MISFIT_ISSUER | CHK_MISFIT_ALONE;
	assert_non_null(strstr(chk_client_misfits(&arena, &at_hand),
			       "its certificate must be sent as well"));
	assert_null(strstr(chk_client_misfits(&arena, &at_hand), "; it is"));
	at_hand.misfits = CHK_MISFIT_EXPIRED;
	assert_string_equal(chk_client_misfits(&arena, &at_hand),
			    "it expired on 2040-01-01T00:00:00Z");
	at_hand.misfits = ~0u;
	assert_non_null(strstr(chk_client_misfits(&arena, &at_hand),
			       "digitalSignature"));
	assert_null(strchr(chk_client_misfits(&arena, &at_hand), '{'));
}

/* Behind a CertificateRequest, and with an alert that can be about it. */
static void a_refusal_is_told_from_other_ends(void **state)
{
	struct chk_presented presented = {
		.step = CHK_STEP_CERTIFICATE, .failure = CHK_FAILURE_ALERT,
		.alert = 48, .client_certificate_wanted = true,
	};

	assert_true(chk_client_is_refused(&presented));
	presented.step = CHK_STEP_FINISHED;
	presented.alert = 116;
	assert_true(chk_client_is_refused(&presented));
	presented.alert = 70;
	assert_false(chk_client_is_refused(&presented));
	presented.failure = CHK_FAILURE_CLOSED;
	assert_true(chk_client_is_refused(&presented));
	presented.failure = CHK_FAILURE_NONE;
	assert_false(chk_client_is_refused(&presented));
	presented.failure = CHK_FAILURE_RESET;
	presented.client_certificate_wanted = false;
	assert_false(chk_client_is_refused(&presented));
}

static int begin(void **state)
{
	for (int i = 0; i < 8; i++) {
		const char name[] = { (char)('A' + i), '\0' };

		cas[i] = make_cert(&(struct recipe){
			.subject = name, .ca = true,
			.not_after = INT64_C(2208988800) });
	}
	return 0;
}

static int end(void **state)
{
	for (size_t i = 0; i < 8; i++)
		chk_cert_unref(cas[i]);
	chk_arena_clear(&arena);
	return forget_made(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_asked_for_names_its_cas),
		cmocka_unit_test(signatures_have_their_names_or_numbers),
		cmocka_unit_test(each_misfit_is_told),
		cmocka_unit_test(a_refusal_is_told_from_other_ends),
	};

	return cmocka_run_group_tests_name("diagnosis/client_words", tests,
					   begin, end);
}
