/* tests/client/test_judge.c: lib/client/judge.c. */
#include "support/test.h"

#include "client/client.h"

/* TLS 1.2, ECDHE-RSA-AES128-GCM-SHA256, secp256r1, rsa_pkcs1_sha256. */
static const struct chk_answer GOOD = {
	.end = CHK_ANSWER_HELLO,
	.alert = -1,
	.version = 0x0303,
	.suite = 0xc02f,
	.group = 0x0017,
	.signature = 0x0401,
	.has_renegotiation_info = true,
};

static enum chk_client_refusal judge(const char *id,
				     const struct chk_answer *answer)
{
	const struct chk_client *client = chk_client_find(id);

	assert_non_null(client);
	return chk_client_judge(client, answer);
}

static void a_good_answer_is_taken(void **state)
{
	assert_int_equal(judge("java8", &GOOD), CHK_CLIENT_TAKES);
	assert_int_equal(judge("openssl3", &GOOD), CHK_CLIENT_TAKES);
	assert_int_equal(judge("firefox", &GOOD), CHK_CLIENT_TAKES);
}

static void an_answer_that_is_none_is_the_servers_refusal(void **state)
{
	static const enum chk_answer_end ENDS[] = {
		CHK_ANSWER_NONE, CHK_ANSWER_ALERT, CHK_ANSWER_CLOSED,
		CHK_ANSWER_RESET, CHK_ANSWER_SILENT, CHK_ANSWER_NOT_TLS,
		CHK_ANSWER_MALFORMED, CHK_ANSWER_FLOOD,
		CHK_ANSWER_UNCONNECTED,
	};

	for (size_t i = 0; i < CHK_COUNT(ENDS); i++) {
		struct chk_answer answer = GOOD;

		answer.end = ENDS[i];
		assert_int_equal(judge("java8", &answer),
				 CHK_CLIENT_REFUSES_ANSWER);
	}
}

/* OpenSSL 3 offers TLS 1.1 and cannot finish it at its security level. */
static void a_version_may_be_offered_and_not_be_taken(void **state)
{
	struct chk_answer answer = GOOD;

	answer.version = 0x0302;
	answer.suite = 0xc013;
	answer.signature = 0;
	assert_int_equal(judge("openssl3", &answer),
			 CHK_CLIENT_REFUSES_VERSION);
	assert_int_equal(judge("gnutls", &answer), CHK_CLIENT_TAKES);
}

static void what_was_not_offered_is_not_taken(void **state)
{
	struct chk_answer answer = GOOD;

	answer.suite = 0xc050; /* ARIA */
	assert_int_equal(judge("java8", &answer), CHK_CLIENT_REFUSES_SUITE);
	answer = GOOD;
	answer.group = 0x0019; /* secp521r1 */
	assert_int_equal(judge("chrome", &answer), CHK_CLIENT_REFUSES_GROUP);
	answer = GOOD;
	answer.signature = 0x0201; /* rsa_pkcs1_sha1 */
	assert_int_equal(judge("java17", &answer),
			 CHK_CLIENT_REFUSES_SIGNATURE);
}

/* TLS 1.0 signs with MD5 and SHA-1 together, which nobody offers. */
static void before_tls_1_2_there_is_no_signature_to_choose(void **state)
{
	struct chk_answer answer = GOOD;

	answer.version = 0x0301;
	answer.suite = 0xc013;
	answer.signature = 0x0201;
	assert_int_equal(judge("gnutls", &answer), CHK_CLIENT_TAKES);
}

static void a_prime_has_a_size(void **state)
{
	struct chk_answer answer = GOOD;

	answer.suite = 0x0033;
	answer.group = 0;
	answer.dh_bits = 1024;
	assert_int_equal(judge("openssl3", &answer), CHK_CLIENT_REFUSES_DH);
	assert_int_equal(judge("java17", &answer), CHK_CLIENT_TAKES);
	answer.dh_bits = 768;
	assert_int_equal(judge("java17", &answer), CHK_CLIENT_REFUSES_DH);
	answer.dh_bits = 2048;
	answer.version = 0x0301;
	assert_int_equal(judge("java7", &answer), CHK_CLIENT_REFUSES_DH);
}

/* SSL_CTX_set_options(3): "unsafe legacy renegotiation" is off in 3.0. */
static void openssl_3_wants_renegotiation_info(void **state)
{
	struct chk_answer answer = GOOD;

	answer.has_renegotiation_info = false;
	assert_int_equal(judge("openssl3", &answer),
			 CHK_CLIENT_REFUSES_RENEGOTIATION);
	assert_int_equal(judge("gnutls", &answer), CHK_CLIENT_TAKES);
	answer.version = 0x0304;
	answer.suite = 0x1301;
	answer.signature = 0;
	assert_int_equal(judge("openssl3", &answer), CHK_CLIENT_TAKES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_answer_is_taken),
		cmocka_unit_test(an_answer_that_is_none_is_the_servers_refusal),
		cmocka_unit_test(a_version_may_be_offered_and_not_be_taken),
		cmocka_unit_test(what_was_not_offered_is_not_taken),
		cmocka_unit_test(before_tls_1_2_there_is_no_signature_to_choose),
		cmocka_unit_test(a_prime_has_a_size),
		cmocka_unit_test(openssl_3_wants_renegotiation_info),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
