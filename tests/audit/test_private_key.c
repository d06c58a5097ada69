/* tests/audit/test_private_key.c: lib/audit/private_key.c, with openssl's keys. */
#include "support/test.h"

#include <stdlib.h>

#include "audit/private_key.h"
#include "base/file.h"
#include "support/scratch.h"

struct file {
	uint8_t *data;
	size_t size;
};

static struct chk_bytes read_file(struct file *file, const char *name)
{
	assert_true(chk_file_read(scratch_path(name), &file->data, &file->size,
				  NULL));
	return chk_bytes_of(file->data, file->size);
}

static struct chk_private_key read_key(const char *name, const char *password)
{
	struct chk_private_key key = { 0 };
	struct file file = { 0 };

	chk_private_key_read(&key, read_file(&file, name), password);
	free(file.data);
	return key;
}

static struct chk_cert *read_cert(const char *name)
{
	struct chk_chain *chain = chk_chain_new();
	struct chk_cert *cert;

	assert_true(chk_chain_read(chain, scratch_path(name), NULL));
	cert = chk_cert_ref(chk_chain_get(chain, 0));
	chk_chain_free(chain);
	return cert;
}

static void each_form_fits_its_certificate(void **state)
{
	static const char *const FORMS[] = { "rsa.pem", "rsa1.pem", "rsa.der",
					     "rsa8.der" };
	struct chk_cert *rsa = read_cert("rsa.crt"), *ec = read_cert("ec.crt");
	struct chk_private_key key;

	for (size_t i = 0; i < CHK_COUNT(FORMS); i++) {
		key = read_key(FORMS[i], NULL);
		assert_int_equal(key.state, CHK_PRIVATE_KEY_READ);
		assert_true(chk_private_key_fits(&key, rsa));
		assert_false(chk_private_key_fits(&key, ec));
		assert_false(key.encrypted);
		chk_private_key_clear(&key);
	}
	key = read_key("ec.pem", NULL);
	assert_true(chk_private_key_fits(&key, ec));
	chk_private_key_clear(&key);
	chk_cert_unref(rsa);
	chk_cert_unref(ec);
}

static void an_encrypted_key_wants_its_password(void **state)
{
	static const char *const FORMS[] = { "locked8.pem", "locked1.pem" };
	struct chk_cert *rsa = read_cert("rsa.crt");

	for (size_t i = 0; i < CHK_COUNT(FORMS); i++) {
		struct chk_private_key key = read_key(FORMS[i], NULL);

		assert_int_equal(key.state, CHK_PRIVATE_KEY_LOCKED);
		assert_false(chk_private_key_fits(&key, rsa));
		chk_private_key_clear(&key);
		key = read_key(FORMS[i], "wrong");
		assert_int_equal(key.state, CHK_PRIVATE_KEY_WRONG);
		chk_private_key_clear(&key);
		key = read_key(FORMS[i], "secret");
		assert_int_equal(key.state, CHK_PRIVATE_KEY_READ);
		assert_true(key.encrypted);
		assert_true(chk_private_key_fits(&key, rsa));
		chk_private_key_clear(&key);
	}
	chk_cert_unref(rsa);
}

static void a_keystore_has_its_key(void **state)
{
	struct chk_cert *rsa = read_cert("rsa.crt");
	struct chk_private_key key = { 0 };
	struct file file = { 0 };
	struct chk_bytes bytes = read_file(&file, "rsa.p12");

	chk_private_key_read_pkcs12(&key, bytes, "secret");
	assert_int_equal(key.state, CHK_PRIVATE_KEY_READ);
	assert_true(chk_private_key_fits(&key, rsa));
	chk_private_key_clear(&key);
	chk_private_key_read_pkcs12(&key, bytes, "wrong");
	assert_int_equal(key.state, CHK_PRIVATE_KEY_WRONG);
	chk_private_key_clear(&key);
	chk_private_key_read_pkcs12(&key, bytes, NULL);
	assert_int_equal(key.state, CHK_PRIVATE_KEY_LOCKED);
	free(file.data);
	bytes = read_file(&file, "none.p12");
	chk_private_key_read_pkcs12(&key, bytes, "secret");
	assert_int_equal(key.state, CHK_PRIVATE_KEY_NONE);
	free(file.data);
	/* One in a cipher that GnuTLS does not have is no key that is not. */
	bytes = read_file(&file, "aria.p12");
	chk_private_key_read_pkcs12(&key, bytes, "secret");
	assert_int_equal(key.state, CHK_PRIVATE_KEY_BROKEN);
	free(file.data);
	chk_cert_unref(rsa);
}

/* A password that takes too long to try is not tried. */
static void a_key_of_eight_million_rounds_is_left_alone(void **state)
{
	static const char COUNT[] = "\x02\x03\x01\x00\x00"; /* 65,536 */
	struct chk_private_key key = { 0 };
	struct file file = { 0 };
	struct chk_bytes bytes = read_file(&file, "rounds.der");
	size_t at = 0;
	char *pem;

	while (at + 5 < bytes.size && memcmp(bytes.data + at, COUNT, 5) != 0)
		at++;
	assert_true(at + 5 < bytes.size);
	file.data[at + 2] = 0x7f;
	pem = pem_block("ENCRYPTED PRIVATE KEY", file.data, file.size);
	chk_private_key_read(&key, chk_bytes_text(pem), "secret");
	assert_int_equal(key.state, CHK_PRIVATE_KEY_BROKEN);
	file.data[at + 2] = 0x01;
	free(pem);
	pem = pem_block("ENCRYPTED PRIVATE KEY", file.data, file.size);
	chk_private_key_read(&key, chk_bytes_text(pem), "secret");
	assert_int_equal(key.state, CHK_PRIVATE_KEY_READ);
	chk_private_key_clear(&key);
	free(pem);
	free(file.data);
}

static void what_is_no_key_is_none(void **state)
{
	struct chk_private_key key = { 0 };

	chk_private_key_read(&key, BYTES("-----BEGIN PRIVATE KEY-----\nMIIB\n"
					 "-----END PRIVATE KEY-----\n"), NULL);
	assert_int_equal(key.state, CHK_PRIVATE_KEY_BROKEN);
	chk_private_key_read(&key, BYTES("0\x82"), NULL);
	assert_int_equal(key.state, CHK_PRIVATE_KEY_BROKEN);
	chk_private_key_read(&key, BYTES(""), "secret");
	assert_int_equal(key.state, CHK_PRIVATE_KEY_BROKEN);
	assert_null(key.spki.data);
}

static int make(void **state)
{
	int failed = scratch_begin(state);

	return failed || scratch_run(
		"{ openssl genrsa -out rsa.pem 2048 &&"
		" openssl rsa -in rsa.pem -traditional -out rsa1.pem &&"
		" openssl rsa -in rsa.pem -traditional -outform DER"
		" -out rsa.der &&"
		" openssl pkcs8 -topk8 -nocrypt -in rsa.pem -outform DER"
		" -out rsa8.der &&"
		" openssl pkcs8 -topk8 -in rsa.pem -passout pass:secret"
		" -out locked8.pem &&"
		" openssl pkcs8 -topk8 -in rsa.pem -iter 65536 -outform DER"
		" -passout pass:secret -out rounds.der &&"
		" openssl rsa -in rsa.pem -traditional -aes128"
		" -passout pass:secret -out locked1.pem &&"
		" openssl req -x509 -new -key rsa.pem -subj /CN=r -days 3650"
		" -out rsa.crt &&"
		" openssl ecparam -name prime256v1 -genkey -noout -out ec.pem &&"
		" openssl req -x509 -new -key ec.pem -subj /CN=e -days 3650"
		" -out ec.crt &&"
		" openssl pkcs12 -export -in rsa.crt -inkey rsa.pem"
		" -passout pass:secret -out rsa.p12 &&"
		" openssl pkcs12 -export -nokeys -in rsa.crt"
		" -passout pass:secret -out none.p12 &&"
		" openssl pkcs12 -export -in rsa.crt -inkey rsa.pem"
		" -keypbe aria-256-cbc -passout pass:secret"
		" -out aria.p12; } >/dev/null 2>&1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_form_fits_its_certificate),
		cmocka_unit_test(an_encrypted_key_wants_its_password),
		cmocka_unit_test(a_keystore_has_its_key),
		cmocka_unit_test(a_key_of_eight_million_rounds_is_left_alone),
		cmocka_unit_test(what_is_no_key_is_none),
	};

	return cmocka_run_group_tests(tests, make, scratch_end);
}
