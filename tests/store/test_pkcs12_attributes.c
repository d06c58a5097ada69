/*
 * tests/store/test_pkcs12_attributes.c: lib/store/pkcs12_attributes.c on bags
 * written by hand after RFC 7292 section 4.2 and appendix D.
 */
#include "support/test.h"

#include "store/pkcs12_attributes.h"

#define CERT_BAG "\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x0a\x01\x03"
#define PLAIN_BAG "\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x0a\x01\x01"
#define SECRET_BAG "\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x0a\x01\x05"
#define KEY_BAG "\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x0a\x01\x02"
#define CRL_BAG "\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x0a\x01\x04"
#define X509 "\x06\x0a\x2a\x86\x48\x86\xf7\x0d\x01\x09\x16\x01"
#define NAME "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x14"
#define KEY_ID "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x15"
#define TRUSTED "\x06\x0c\x60\x86\x48\x01\x86\xf9\x66\xad\xca\x7b\x01\x01"
/* [0] EXPLICIT CertBag with "DER" as the certificate. */
#define VALUE "\xa0\x17\x30\x15" X509 "\xa0\x07\x04\x05" "DERxx"

static bool next(struct chk_bytes contents, struct chk_bag *bag)
{
	struct chk_der der;

	return chk_bags_begin(&der, contents, NULL) &&
	       chk_bags_next(&der, bag) && chk_der_at_end(&der);
}

static void a_certificate_without_attributes(void **state)
{
	struct chk_bag bag;

	assert_true(next(BYTES("\x30\x28\x30\x26" CERT_BAG VALUE), &bag));
	assert_int_equal(bag.kind, CHK_BAG_CERTIFICATE);
	assert_true(chk_bytes_equal(bag.certificate, BYTES("DERxx")));
	assert_null(bag.name.data);
	assert_null(bag.key_id.data);
	assert_false(bag.java_trusted);
}

static void name_id_and_mark_are_read(void **state)
{
	struct chk_bag bag;

	assert_true(next(BYTES(
		"\x30\x66\x30\x64" CERT_BAG VALUE "\x31\x3c"
		"\x30\x11" NAME "\x31\x04\x1e\x02\x00o"
		"\x30\x10" KEY_ID "\x31\x03\x04\x01\x07"
		"\x30\x15" TRUSTED "\x31\x05\x06\x03\x55\x1d\x25"), &bag));
	assert_true(chk_bytes_equal(bag.name, BYTES("\0o")));
	assert_true(chk_bytes_equal(bag.key_id, BYTES("\x07")));
	assert_true(bag.java_trusted);
}

/* Java refuses a mark without a value, or with one that is no identifier. */
static void a_mark_without_a_usage_is_none(void **state)
{
	struct chk_bag bag;

	assert_true(next(BYTES(
		"\x30\x3c\x30\x3a" CERT_BAG VALUE "\x31\x12"
		"\x30\x10" TRUSTED "\x31\x00"), &bag));
	assert_false(bag.java_trusted);
	assert_true(next(BYTES(
		"\x30\x3e\x30\x3c" CERT_BAG VALUE "\x31\x14"
		"\x30\x12" TRUSTED "\x31\x02\x05\x00"), &bag));
	assert_false(bag.java_trusted);
}

static void keys_and_others_are_told_apart(void **state)
{
	struct chk_bag bag;

	assert_true(next(BYTES("\x30\x13\x30\x11" KEY_BAG "\xa0\x02\x05\x00"),
			 &bag));
	assert_int_equal(bag.kind, CHK_BAG_KEY);
	assert_true(next(BYTES("\x30\x13\x30\x11" SECRET_BAG
			       "\xa0\x02\x05\x00"), &bag));
	assert_int_equal(bag.kind, CHK_BAG_SECRET);
	/* A key that is not encrypted is none to Java. */
	assert_true(next(BYTES("\x30\x13\x30\x11" PLAIN_BAG
			       "\xa0\x02\x05\x00"), &bag));
	assert_int_equal(bag.kind, CHK_BAG_OTHER);
	assert_true(next(BYTES("\x30\x13\x30\x11" CRL_BAG "\xa0\x02\x05\x00"),
			 &bag));
	assert_int_equal(bag.kind, CHK_BAG_OTHER);
}

static void what_is_malformed_is_refused(void **state)
{
	const struct chk_bytes bad[] = {
		BYTES(""),
		BYTES("\x31\x00"),
		BYTES("\x30\x00\x00"),
		BYTES("\x30\x02\x31\x00"),
		BYTES("\x30\x02\x30\x00"),
		/* No value, and one that is no CertBag. */
		BYTES("\x30\x0f\x30\x0d" CERT_BAG),
		BYTES("\x30\x13\x30\x11" CERT_BAG "\xa0\x02\x05\x00"),
		/* Attributes in a SEQUENCE; something behind them. */
		BYTES("\x30\x2a\x30\x28" CERT_BAG VALUE "\x30\x00"),
		BYTES("\x30\x2c\x30\x2a" CERT_BAG VALUE "\x31\x00\x05\x00"),
		/* An attribute without its values. */
		BYTES("\x30\x3a\x30\x38" CERT_BAG VALUE "\x31\x10"
		      "\x30\x0e" TRUSTED),
	};
	struct chk_bag bag;

	for (size_t i = 0; i < CHK_COUNT(bad); i++)
		assert_false(next(bad[i], &bag));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_certificate_without_attributes),
		cmocka_unit_test(name_id_and_mark_are_read),
		cmocka_unit_test(a_mark_without_a_usage_is_none),
		cmocka_unit_test(keys_and_others_are_told_apart),
		cmocka_unit_test(what_is_malformed_is_refused),
	};

	return cmocka_run_group_tests_name("store/pkcs12_attributes", tests,
					   NULL, NULL);
}
