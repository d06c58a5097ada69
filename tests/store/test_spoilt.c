/*
 * tests/store/test_spoilt.c: lib/store/spoilt.c. Each was given to openssl
 * verify -CAfile, curl --cacert and gnutls-cli --x509cafile, behind a good one.
 */
#include "support/test.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "cert/cert.h"
#include "store/spoilt.h"
#include "support/made.h"
#include "support/scratch.h"

static struct chk_cert *one;
static char *good;

static int begin(void **state)
{
	one = make_cert(&(struct recipe){ .subject = "One", .ca = true });
	good = pem_of(one);
	return 0;
}

static int end(void **state)
{
	free(good);
	chk_cert_unref(one);
	forget_keys();
	return 0;
}

static bool spoils(const char *block, struct chk_spoilt *spoilt)
{
	struct chk_buffer text = { 0 };
	bool is;

	chk_buffer_format(&text, "%s%s%s", good, block, good);
	assert_non_null(text.data);
	is = chk_pem_is_spoilt(chk_bytes_of(text.data, text.size), spoilt);
	if (is) {
		assert_int_equal(spoilt->offset, strlen(good));
		assert_true(spoilt->why[0]);
	}
	chk_buffer_clear(&text);
	return is;
}

static bool spoils_as(const char *label, const void *data, size_t size)
{
	struct chk_spoilt spoilt;
	char *block = pem_block(label, data, size);
	bool is = spoils(block, &spoilt);

	free(block);
	return is;
}

static void bad_base64_and_no_end_spoil(void **state)
{
	struct chk_spoilt spoilt;

	assert_true(spoils("-----BEGIN CERTIFICATE-----\n%%%%\n"
			   "-----END CERTIFICATE-----\n", &spoilt));
	assert_true(spoilt.certificate);
	assert_true(spoils("-----BEGIN CERTIFICATE-----\nAAAA\n", &spoilt));
	assert_true(spoils("-----BEGIN CERTIFICATE-----\nAAAA\n"
			   "-----END X-----\n", &spoilt));
	assert_true(spoils("-----BEGIN X-----\n%%%%\n-----END X-----\n",
			   &spoilt));
	assert_false(spoilt.certificate);
}

static void what_is_no_certificate_spoils(void **state)
{
	assert_true(spoils_as("CERTIFICATE", "\x30\x03\x02\x01\x01", 5));
	assert_true(spoils_as("X509 CERTIFICATE", "junk", 4));
	assert_true(spoils_as("CERTIFICATE", one->der.data,
			      one->der.size - 9));
}

static void what_others_read_does_not(void **state)
{
	struct chk_spoilt spoilt;
	uint8_t *der = malloc(one->der.size + 1);

	memcpy(der, one->der.data, one->der.size);
	der[one->der.size] = 0;
	assert_false(spoils("", &spoilt));
	assert_false(spoils_as("CERTIFICATE", der, one->der.size + 1));
	assert_false(spoils_as("X", "junk", 4));
	assert_false(spoils("-----BEGIN RSA PRIVATE KEY-----\n"
			    "DEK-Info: x\n\n%%%%\n"
			    "-----END RSA PRIVATE KEY-----\n", &spoilt));
	assert_false(spoils("-----BEGIN CERT\n", &spoilt));
	free(der);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_base64_and_no_end_spoil),
		cmocka_unit_test(what_is_no_certificate_spoils),
		cmocka_unit_test(what_others_read_does_not),
	};

	return cmocka_run_group_tests_name("store/spoilt", tests, begin, end);
}
