/* tests/store/test_sniff.c: what a file is by its first bytes. */
#include "support/test.h"

#include "store/sniff.h"

#define BEGIN "-----BEGIN CERTIFICATE-----\nMII\n"
#define END "-----END CERTIFICATE-----\n"

static const char *format_of(struct chk_bytes head, const char *name,
			     bool whole)
{
	const struct chk_sniffed *sniffed = chk_sniff(head, name, whole);

	return sniffed ? sniffed->format : "none";
}

static void bundles_are_known_by_their_first_block(void **state)
{
	assert_string_equal(format_of(BYTES("# roots\n" BEGIN), "x", false),
			    "pem");
	assert_string_equal(
		format_of(BYTES("-----BEGIN TRUSTED CERTIFICATE-----\n"), "x",
			  false), "pem");
	/* As `openssl x509 -text` begins. */
	assert_string_equal(
		format_of(BYTES("Certificate:\n    Data:\n        Version: 3"),
			  "x", false), "pem");
	assert_string_equal(format_of(BYTES("-----BEGIN RSA PRIVATE KEY-----"),
				      "x.pem", false), "none");
}

static void less_than_three_certificates_are_no_store(void **state)
{
	assert_string_equal(format_of(BYTES(BEGIN END BEGIN END), "x", true),
			    "none");
	assert_string_equal(format_of(BYTES(BEGIN END BEGIN END BEGIN END),
				      "x", true), "pem");
	/* There may be more behind what was read. */
	assert_string_equal(format_of(BYTES(BEGIN END), "x", false), "pem");
	/* Somebody is known to read it. */
	assert_non_null(chk_sniff_known(BYTES(BEGIN END), "x"));
}

/* Magic numbers as the keystores of sun.security.provider have them. */
static void keystores_are_known_by_their_magic(void **state)
{
	assert_string_equal(
		format_of(BYTES("\xfe\xed\xfe\xed\0\0\0\2\0\0\0\1"), "x",
			  false), "jks");
	assert_string_equal(
		format_of(BYTES("\xce\xce\xce\xce\0\0\0\2\0\0\0\1"), "x",
			  false), "jks");
	/* RFC 7292 section 4, with lengths of DER and of BER. */
	assert_string_equal(
		format_of(BYTES("\x30\x82\x09\x00\x02\x01\x03\x30\x82\x08\x00"
				"12345678"), "x", false), "pkcs12");
	assert_string_equal(
		format_of(BYTES("\x30\x80\x02\x01\x03\x30\x80\x06"
				"12345678"), "x", false), "pkcs12");
	/* An RSA private key is a SEQUENCE of integers, too. */
	assert_string_equal(
		format_of(BYTES("\x30\x82\x09\x00\x02\x01\x00\x02\x82\x08\x00"
				"12345678"), "x", false), "none");
}

static void databases_are_known_by_their_name(void **state)
{
	struct chk_bytes head = BYTES("SQLite format 3\0 and more");

	assert_string_equal(format_of(head, "cert9.db", false), "nss");
	assert_string_equal(format_of(head, "places.sqlite", false), "none");
	assert_string_equal(format_of(BYTES("[p11-kit-object-v1]\nclass: x"),
				      "a", false), "p11-kit");
}

static void endings_of_other_files_are_known(void **state)
{
	assert_true(chk_sniff_name("main.c"));
	assert_true(chk_sniff_name("certs.tar.GZ"));
	assert_true(chk_sniff_name("a.7z"));
	assert_true(chk_sniff_name("a.zst"));
	assert_false(chk_sniff_name("cacerts"));
	assert_false(chk_sniff_name("ca.pem"));
	assert_false(chk_sniff_name(".html"));
	assert_true(chk_sniff_likely("corp-truststore.bin"));
	assert_true(chk_sniff_likely("ROOT.CRT"));
	assert_false(chk_sniff_likely("cacert.pem.py"));
	assert_false(chk_sniff_likely("readme"));
}

static void every_ending_of_the_list_is_found(void **state)
{
	/* Bisection wants them sorted: the neighbours of each are found. */
	static const char *const NAMES[] = {
		"x.a", "x.apk", "x.br", "x.bz2", "x.def", "x.diff", "x.eot",
		"x.gif", "x.go", "x.json", "x.jsonl", "x.ko", "x.mjs",
		"x.pack", "x.patch", "x.pdf", "x.py", "x.pyc", "x.rst",
		"x.s", "x.scss", "x.so", "x.ttf", "x.woff2", "x.zip",
	};

	for (size_t i = 0; i < CHK_COUNT(NAMES); i++)
		assert_true(chk_sniff_name(NAMES[i]));
}

static void hashed_names_are_those_of_c_rehash(void **state)
{
	assert_true(chk_sniff_is_hash("1d3472b9.0"));
	assert_true(chk_sniff_is_hash("1d3472b9.12"));
	assert_false(chk_sniff_is_hash("1d3472b9.r0"));
	assert_false(chk_sniff_is_hash("1d3472b9."));
	assert_false(chk_sniff_is_hash("1d3472b.0"));
	assert_false(chk_sniff_is_hash("1d3472b9"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bundles_are_known_by_their_first_block),
		cmocka_unit_test(less_than_three_certificates_are_no_store),
		cmocka_unit_test(keystores_are_known_by_their_magic),
		cmocka_unit_test(databases_are_known_by_their_name),
		cmocka_unit_test(endings_of_other_files_are_known),
		cmocka_unit_test(every_ending_of_the_list_is_found),
		cmocka_unit_test(hashed_names_are_those_of_c_rehash),
	};

	return cmocka_run_group_tests_name("store/sniff", tests, NULL, NULL);
}
