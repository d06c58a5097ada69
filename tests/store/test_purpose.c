/* tests/store/test_purpose.c: lib/store/purpose.c. */
#include "support/test.h"

#include "store/purpose.h"

static void our_words_and_those_of_usages_name_the_same(void **state)
{
	/* The names of RFC 5280 section 4.2.1.12, without "id-kp-". */
	static const char *const ROWS[][2] = {
		{ "tls-server", "serverAuth" },
		{ "tls-client", "clientAuth" },
		{ "email", "emailProtection" },
		{ "code-signing", "codeSigning" },
		{ "time-stamping", "timeStamping" },
		{ "ocsp-signing", "OCSPSigning" },
		{ "any", "anyExtendedKeyUsage" },
	};

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		enum chk_purpose ours, theirs;

		assert_true(chk_purpose_find(ROWS[i][0], &ours));
		assert_true(chk_purpose_find(ROWS[i][1], &theirs));
		assert_int_equal(ours, theirs);
		assert_string_equal(chk_purpose_name(ours), ROWS[i][0]);
	}
}

static void what_is_no_purpose_is_refused(void **state)
{
	static const char *const NONE[] = {
		NULL, "", "server", "TLS-SERVER", "serverauth", "1.3.6.1",
	};
	enum chk_purpose purpose;

	for (size_t i = 0; i < CHK_COUNT(NONE); i++)
		assert_false(chk_purpose_find(NONE[i], &purpose));
	assert_non_null(chk_purpose_name((enum chk_purpose)99));
}

/* RFC 5280: id-kp 1.3.6.1.5.5.7.3; serverAuth 1, clientAuth 2. */
#define KP "\x06\x08\x2b\x06\x01\x05\x05\x07\x03"

static void usages_set_their_purposes_alone(void **state)
{
	struct chk_anchor anchor = { .cert = NULL };

	assert_true(chk_usages_apply(BYTES(KP "\x01" KP "\x63" KP "\x02"),
				     CHK_TRUST_TRUSTED, &anchor));
	assert_int_equal(anchor.trust[CHK_PURPOSE_TLS_SERVER],
			 CHK_TRUST_TRUSTED);
	assert_int_equal(anchor.trust[CHK_PURPOSE_TLS_CLIENT],
			 CHK_TRUST_TRUSTED);
	assert_int_equal(anchor.trust[CHK_PURPOSE_EMAIL],
			 CHK_TRUST_NOT_STATED);
}

static void any_usage_is_every_purpose(void **state)
{
	struct chk_anchor anchor = { .cert = NULL };

	assert_true(chk_usages_apply(BYTES("\x06\x04\x55\x1d\x25\x00"),
				     CHK_TRUST_DISTRUSTED, &anchor));
	for (int i = 0; i < CHK_PURPOSE_ANY; i++)
		assert_int_equal(anchor.trust[i], CHK_TRUST_DISTRUSTED);
}

static void what_is_no_identifier_is_refused(void **state)
{
	struct chk_anchor anchor = { .cert = NULL };

	assert_false(chk_usages_apply(BYTES("\x02\x01\x01"),
				      CHK_TRUST_TRUSTED, &anchor));
	assert_false(chk_usages_apply(BYTES("\x06\x08\x2b"),
				      CHK_TRUST_TRUSTED, &anchor));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(our_words_and_those_of_usages_name_the_same),
		cmocka_unit_test(what_is_no_purpose_is_refused),
		cmocka_unit_test(usages_set_their_purposes_alone),
		cmocka_unit_test(any_usage_is_every_purpose),
		cmocka_unit_test(what_is_no_identifier_is_refused),
	};

	return cmocka_run_group_tests_name("store/purpose", tests, NULL, NULL);
}
