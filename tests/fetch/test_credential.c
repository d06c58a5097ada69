/*
 * tests/fetch/test_credential.c: lib/fetch/credential.c and its parts for
 * files and PKCS #12, with files that openssl makes. What a server makes of
 * them, and tokens: tests/peers/client_certificate.sh.
 */
#include "support/test.h"

#include <chaincheck.h>

#include "fetch/credential.h"
#include "support/peer.h"
#include "support/scratch.h"

static bool made; /* openssl is here */

static void make_files(void)
{
	assert_int_equal(scratch_run(
		"for n in a b; do openssl req -x509 -newkey ec -pkeyopt "
		"ec_paramgen_curve:P-256 -nodes -subj /CN=$n -days 9 "
		"-keyout $n.key -out $n.pem 2>/dev/null || exit 1; done"), 0);
	assert_int_equal(scratch_run(
		"cat a.key a.pem b.pem >all.pem && openssl ecparam -name "
		"prime256v1 -out par.pem && cat par.pem a.key a.pem "
		">params.pem && openssl x509 -in a.pem -outform der -out "
		"a.der && openssl pkcs8 -topk8 -in a.key -passout pass:pw "
		"-out sealed.key && openssl pkcs8 -topk8 -in a.key -outform "
		"der -nocrypt -out key.der && openssl ec -in a.key -aes128 "
		"-passout pass:pw -out old.key 2>/dev/null"), 0);
	assert_int_equal(scratch_run(
		"openssl pkcs12 -export -in a.pem -inkey a.key -certfile "
		"b.pem -passout pass:pw -out a.p12 && openssl pkcs12 -export "
		"-in a.pem -inkey a.key -passout pass: -out open.p12 && "
		"openssl pkcs12 -export -nokeys -in a.pem -passout pass:pw "
		"-out nokey.p12"), 0);
}

/* CHK_OK: it was opened, has `count` certificates, and belongs together. */
static void expect(const char *cert, const char *key, const char *password,
		   enum chk_code code, size_t count)
{
	const struct chk_credential_source source = {
		.cert = scratch_path(cert),
		.key = key ? scratch_path(key) : NULL,
		.password = password,
	};
	struct chk_credential *credential;
	struct chk_error error = { .code = CHK_OK };

	if (!chk_credential_open(&source, &credential, &error)) {
		assert_null(credential);
		if (error.code != code)
			fail_msg("%s: %s", error.where, error.what);
		assert_null(strstr(error.what, "pw"));
		return;
	}
	assert_int_equal(code, CHK_OK);
	assert_int_equal(chk_chain_count(chk_credential_chain(credential)),
			 count);
	assert_true(chk_credential_matches(credential));
	assert_null(credential->pin);
	chk_credential_free(credential);
}

static void each_form_is_read(void **state)
{
	if (!made)
		skip();
	expect("all.pem", NULL, NULL, CHK_OK, 2);
	expect("params.pem", NULL, NULL, CHK_OK, 1);
	expect("a.pem", "a.key", NULL, CHK_OK, 1);
	expect("a.pem", "key.der", NULL, CHK_OK, 1);
	expect("a.der", "a.key", NULL, CHK_OK, 1);
	expect("a.pem", "sealed.key", "pw", CHK_OK, 1);
	expect("a.pem", "old.key", "pw", CHK_OK, 1);
	expect("a.p12", NULL, "pw", CHK_OK, 1);
	expect("a.p12", "a.key", "pw", CHK_OK, 1);
	expect("open.p12", NULL, NULL, CHK_OK, 1);
}

static void a_password_that_is_missing_or_wrong_is_told_apart(void **state)
{
	static const char *const KEYS[] = { "sealed.key", "old.key" };

	if (!made)
		skip();
	for (size_t i = 0; i < CHK_COUNT(KEYS); i++) {
		expect("a.pem", KEYS[i], NULL, CHK_ERROR_PASSWORD, 0);
		expect("a.pem", KEYS[i], "wrong", CHK_ERROR_PASSWORD, 0);
	}
	expect("a.p12", NULL, NULL, CHK_ERROR_PASSWORD, 0);
	expect("a.p12", NULL, "wrong", CHK_ERROR_PASSWORD, 0);
}

static void what_is_missing_is_named(void **state)
{
	if (!made)
		skip();
	scratch_text("empty", "");
	expect("empty", NULL, NULL, CHK_ERROR_EMPTY, 0);
	expect("a.pem", NULL, NULL, CHK_ERROR_EMPTY, 0);
	expect("a.der", NULL, NULL, CHK_ERROR_EMPTY, 0);
	expect("a.key", NULL, NULL, CHK_ERROR_EMPTY, 0);
	expect("a.pem", "b.pem", NULL, CHK_ERROR_EMPTY, 0);
	expect("nokey.p12", NULL, "pw", CHK_ERROR_EMPTY, 0);
	expect("nowhere", NULL, NULL, CHK_ERROR_NOT_FOUND, 0);
	expect("a.pem", "nowhere", NULL, CHK_ERROR_NOT_FOUND, 0);
}

static void what_is_damaged_is_refused_whole(void **state)
{
	if (!made)
		skip();
	assert_int_equal(scratch_run(
		"sed '3s/./*/' a.pem >torn.pem && cat b.pem torn.pem b.key "
		">half.pem && head -c 300 a.p12 >half.p12 && sed 3d a.key "
		">torn.key && head -c 1048577 /dev/zero >big && for i in "
		"$(seq 33); do cat a.pem; done >many.pem && cat a.key "
		">>many.pem && mkfifo fifo"), 0);
	expect("torn.pem", "a.key", NULL, CHK_ERROR_FORMAT, 0);
	expect("half.pem", NULL, NULL, CHK_ERROR_FORMAT, 0);
	expect("half.p12", NULL, "pw", CHK_ERROR_FORMAT, 0);
	expect("a.pem", "torn.key", NULL, CHK_ERROR_FORMAT, 0);
	expect("big", NULL, NULL, CHK_ERROR_TOO_LARGE, 0);
	expect("many.pem", NULL, NULL, CHK_ERROR_TOO_LARGE, 0);
	expect("fifo", NULL, NULL, CHK_ERROR_READ, 0);
	expect("a.pem", "fifo", NULL, CHK_ERROR_READ, 0);
}

static void a_key_of_another_certificate_is_told(void **state)
{
	struct chk_credential_source source;
	struct chk_credential *credential;

	if (!made)
		skip();
	source = (struct chk_credential_source){
		.cert = scratch_path("a.pem"), .key = scratch_path("b.key"),
	};
	assert_true(chk_credential_open(&source, &credential, NULL));
	assert_false(chk_credential_matches(credential));
	chk_credential_free(credential);
}

static void no_certificate_is_no_question(void **state)
{
	const struct chk_credential_source source = { .key = "key" };
	struct chk_credential *credential;
	struct chk_error error;

	assert_false(chk_credential_open(&source, &credential, &error));
	assert_int_equal(error.code, CHK_ERROR_ARGUMENT);
	chk_credential_free(NULL);
}

static int begin(void **state)
{
	int status = scratch_begin(state);

	made = status == 0 && peer_has("openssl");
	if (made)
		make_files();
	return status;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_form_is_read),
		cmocka_unit_test(
			a_password_that_is_missing_or_wrong_is_told_apart),
		cmocka_unit_test(what_is_missing_is_named),
		cmocka_unit_test(what_is_damaged_is_refused_whole),
		cmocka_unit_test(a_key_of_another_certificate_is_told),
		cmocka_unit_test(no_certificate_is_no_question),
	};

	return cmocka_run_group_tests_name("fetch/credential", tests, begin,
					   scratch_end);
}
