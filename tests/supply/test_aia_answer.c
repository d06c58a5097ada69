/* tests/supply/test_aia_answer.c: lib/supply/aia_answer.c */
#include "support/test.h"

#include <stdlib.h>

#include <gnutls/pkcs7.h>

#include "supply/aia_answer.h"
#include "support/made.h"
#include "support/scratch.h"

#define URL "http://a.test/ca"

static struct chk_cert *one, *two;
static struct chk_chain *chain;
static struct chk_error error;

static int begin(void **state)
{
	one = make_cert(&(struct recipe){ .subject = "one", .ca = true });
	two = make_cert(&(struct recipe){ .subject = "two", .key = 1 });
	return 0;
}

static int end(void **state)
{
	chk_cert_unref(one);
	chk_cert_unref(two);
	forget_keys();
	return 0;
}

static int set_up(void **state)
{
	chain = chk_chain_new();
	return chain ? 0 : -1;
}

static int tear_down(void **state)
{
	chk_chain_free(chain);
	return 0;
}

/* A PKCS #7 of certificates, by GnuTLS; free() it. */
static struct chk_bytes pkcs7_of(size_t count, gnutls_x509_crt_fmt_t format)
{
	gnutls_datum_t der = { (unsigned char *)(uintptr_t)one->der.data,
			       (unsigned)one->der.size };
	gnutls_pkcs7_t pkcs7;
	gnutls_datum_t out;

	assert_int_equal(gnutls_pkcs7_init(&pkcs7), 0);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(gnutls_pkcs7_set_crt_raw(pkcs7, &der), 0);
	assert_int_equal(gnutls_pkcs7_export2(pkcs7, format, &out), 0);
	gnutls_pkcs7_deinit(pkcs7);
	return chk_bytes_of(out.data, out.size);
}

static void assert_one(struct chk_bytes bytes)
{
	assert_true(chk_aia_answer_read(bytes, URL, chain, &error));
	assert_int_equal(chain->count, 1);
	assert_true(chk_bytes_equal(chain->items[0].cert->der, one->der));
	assert_string_equal(chain->items[0].where, URL);
}

static void a_certificate_in_der_is_taken(void **state)
{
	assert_one(one->der);
}

static void a_certificate_in_pem_is_taken(void **state)
{
	char *pem = pem_of(one);

	assert_one(chk_bytes_text(pem));
	free(pem);
}

static void a_pkcs7_is_taken(void **state)
{
	struct chk_bytes bytes = pkcs7_of(1, GNUTLS_X509_FMT_DER);

	assert_one(bytes);
	gnutls_free((void *)(uintptr_t)bytes.data);
}

static void a_pkcs7_in_pem_is_taken(void **state)
{
	struct chk_bytes bytes = pkcs7_of(1, GNUTLS_X509_FMT_PEM);

	assert_one(bytes);
	gnutls_free((void *)(uintptr_t)bytes.data);
}

static void what_was_there_before_stays(void **state)
{
	assert_true(chk_aia_answer_read(one->der, URL, chain, &error));
	assert_true(chk_aia_answer_read(two->der, URL, chain, &error));
	assert_int_equal(chain->count, 2);
}

static void more_than_can_be_meant_are_passed_over(void **state)
{
	struct chk_bytes bytes = pkcs7_of(CHK_AIA_MAX_CERTS + 3,
					  GNUTLS_X509_FMT_DER);

	assert_true(chk_aia_answer_read(bytes, URL, chain, &error));
	assert_int_equal(chain->count, CHK_AIA_MAX_CERTS);
	assert_int_equal(chain->notes.count, 1);
	assert_string_equal(chain->notes.items[0].where, URL);
	gnutls_free((void *)(uintptr_t)bytes.data);
}

static void assert_refused(struct chk_bytes bytes, const char *words)
{
	assert_false(chk_aia_answer_read(bytes, URL, chain, &error));
	assert_int_equal(chain->count, 0);
	assert_non_null(strstr(error.what, words));
}

static void what_is_no_certificate_is_told(void **state)
{
	/* RFC 2315 section 9.1: a signedData of nothing, by nobody. */
	const struct chk_bytes empty = BYTES(
		"\x30\x23\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
		"\xa0\x16\x30\x14\x02\x01\x01\x31\x00"
		"\x30\x0b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"
		"\x31\x00");

	assert_refused(chk_bytes_of("", 0), "empty");
	assert_refused(BYTES("<html>sorry</html>"), "a web page");
	assert_refused(BYTES("-----BEGIN CERTIFICATE-----\nAAAA\n"
			     "-----END CERTIFICATE-----\n"),
		       "no certificate could be read");
	assert_refused(BYTES("-----BEGIN PKCS7-----\nMAAA\n"
			     "-----END PKCS7-----\n"), "PKCS #7");
	assert_refused(empty, "no certificate in the answer");
	assert_refused(chk_bytes_of(one->der.data, one->der.size - 1),
		       "not a certificate");
}

#define ANSWER_TEST(name) \
	cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ANSWER_TEST(a_certificate_in_der_is_taken),
		ANSWER_TEST(a_certificate_in_pem_is_taken),
		ANSWER_TEST(a_pkcs7_is_taken),
		ANSWER_TEST(a_pkcs7_in_pem_is_taken),
		ANSWER_TEST(what_was_there_before_stays),
		ANSWER_TEST(more_than_can_be_meant_are_passed_over),
		ANSWER_TEST(what_is_no_certificate_is_told),
	};

	return cmocka_run_group_tests_name("supply/aia_answer", tests, begin,
					   end);
}
