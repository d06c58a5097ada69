/* tests/cert/test_cert.c: lib/cert/cert.c on certificates put together. */
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "cert/cert.h"
#include "cert/dn.h"
#include "cert/oid.h"
#include "cert/parts.h"
#include "path/made_names.h"

#define BASIC_CONSTRAINTS "551d13"
#define EKU "551d25"

/* Parses what the parts make; fails the test when it cannot. */
static struct chk_cert *read_parts(struct chk_arena *arena,
				   const struct parts *parts)
{
	struct chk_error error = { 0 };
	struct chk_cert *cert;

	if (!chk_cert_parse(join_parts(arena, parts), &cert, &error))
		fail_msg("%s at byte %zu", error.what, error.offset);
	return cert;
}

static void check_refused(struct chk_arena *arena, const struct parts *parts,
			  const char *what)
{
	struct chk_bytes der = join_parts(arena, parts);
	struct chk_error error = { 0 };
	struct chk_cert *cert;

	assert_false(chk_cert_parse(der, &cert, &error));
	assert_null(cert);
	assert_int_equal(error.code, CHK_ERROR_FORMAT);
	assert_true(error.offset <= der.size);
	if (!strstr(error.what, what))
		fail_msg("\"%s\" and not \"%s\"", error.what, what);
}

static void the_fields_are_where_they_stand(void **state)
{
	struct chk_arena arena = { 0 };
	struct parts parts = plain_parts(&arena);
	struct chk_cert *cert = read_parts(&arena, &parts);
	char *text;

	assert_int_equal(cert->version, 3);
	assert_true(chk_bytes_equal(chk_cert_serial(cert), BYTES("\7")));
	assert_true(chk_bytes_equal(cert->issuer, parts.issuer));
	assert_true(chk_bytes_equal(cert->subject, parts.subject));
	assert_true(chk_bytes_equal(cert->spki, parts.spki));
	assert_true(chk_bytes_equal(cert->signature_algorithm,
				    parts.algorithm));
	assert_int_equal(cert->signature.size, 64);
	assert_int_equal(cert->issuer_hash, chk_dn_hash(parts.issuer));
	assert_int_equal(cert->subject_hash, chk_dn_hash(parts.subject));
	/* date -u -d '2020-01-02 03:04:05' +%s, '2049-12-31 23:59:59' */
	assert_int_equal(chk_cert_not_before(cert), 1577934245);
	assert_int_equal(chk_cert_not_after(cert), 2524607999);
	assert_ptr_equal(cert->tbs.data, cert->der.data + 3);
	assert_null(chk_cert_key_id(cert).data);
	assert_null(cert->unknown_critical.data);
	text = chk_cert_subject(cert);
	assert_string_equal(text, "CN=www");
	free(text);
	text = chk_cert_issuer(cert);
	assert_string_equal(text, "O=CA");
	free(text);
	assert_false(chk_cert_is_self_issued(cert));
	chk_cert_unref(cert);
	chk_arena_clear(&arena);
}

static void a_certificate_is_counted_and_its_bytes_are_its_own(void **state)
{
	struct chk_arena arena = { 0 };
	struct parts parts = plain_parts(&arena);
	struct chk_cert *cert = read_parts(&arena, &parts), *other;

	chk_arena_clear(&arena);
	other = chk_cert_ref(cert);
	assert_ptr_equal(other, cert);
	chk_cert_unref(cert);
	assert_int_equal(chk_cert_der(other).data[0], 0x30);
	assert_int_equal(other->serial.data[0], 7);
	chk_cert_unref(other);
	chk_cert_unref(NULL);
}

static void odd_serials_identify_as_well_as_others(void **state)
{
	static const char *const SERIALS[] = {
		"0201 00", "0201 80", "0201 ff", "0202 0080",
		"0218 7f0102030405060708090a0b0c0d0e0f1011121314151617",
	};
	struct chk_arena arena = { 0 };
	struct parts parts = plain_parts(&arena);

	for (size_t i = 0; i < CHK_COUNT(SERIALS); i++) {
		struct chk_cert *cert;

		parts.serial = hex(&arena, SERIALS[i]);
		cert = read_parts(&arena, &parts);
		assert_int_equal(cert->serial.size, parts.serial.size - 2);
		chk_cert_unref(cert);
	}
	parts.serial = hex(&arena, "0202 0001");
	check_refused(&arena, &parts, "serialNumber: INTEGER is not in its "
				      "shortest form");
	parts.serial = hex(&arena, "0200");
	check_refused(&arena, &parts, "INTEGER without content");
	chk_arena_clear(&arena);
}

static void versions_1_to_3_are_read(void **state)
{
	struct chk_arena arena = { 0 };
	struct parts parts = plain_parts(&arena);
	static const struct {
		const char *bytes;
		uint8_t version; /* 0: refused */
	} ROWS[] = {
		{ "", 1 },	       { "a003 020100", 1 },
		{ "a003 020101", 2 },  { "a003 020102", 3 },
		{ "a003 020103", 0 },  { "a003 0201ff", 0 },
		{ "a000", 0 },	       { "a006 020102 020102", 0 },
	};

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_cert *cert;

		parts.version = hex(&arena, ROWS[i].bytes);
		if (ROWS[i].version == 0) {
			check_refused(&arena, &parts, "version");
			continue;
		}
		cert = read_parts(&arena, &parts);
		assert_int_equal(cert->version, ROWS[i].version);
		chk_cert_unref(cert);
	}
	chk_arena_clear(&arena);
}

static void later_fields_need_a_later_version(void **state)
{
	struct chk_arena arena = { 0 };
	struct parts parts = plain_parts(&arena);
	struct chk_cert *cert;

	parts.unique_ids = hex(&arena, "8102 0001 8202 0002");
	cert = read_parts(&arena, &parts);
	chk_cert_unref(cert);
	parts.version = hex(&arena, "");
	check_refused(&arena, &parts, "uniqueID: in version 1");
	parts.unique_ids = (struct chk_bytes){ 0 };
	parts.extensions = extension_part(&arena, BASIC_CONSTRAINTS, true,
					  hex(&arena, "3000"));
	check_refused(&arena, &parts, "extensions: before version 3");
	parts.version = hex(&arena, "a003 020101");
	check_refused(&arena, &parts, "extensions: before version 3");
	parts.extensions = (struct chk_bytes){ 0 };
	parts.unique_ids = hex(&arena, "8202 0001 8102 0002");
	check_refused(&arena, &parts, "tbsCertificate");
	chk_arena_clear(&arena);
}

static void what_is_no_certificate_says_which_element(void **state)
{
	struct chk_arena arena = { 0 };
	const struct parts plain = plain_parts(&arena);
	struct parts parts = plain;

	parts.behind = hex(&arena, "00");
	check_refused(&arena, &parts, "Certificate: something is left behind");
	parts = plain;
	parts.not_before = made_tlv(&arena, 0x17,
				    chk_bytes_text("2001020304Z"));
	check_refused(&arena, &parts, "validity.notBefore: UTCTime without "
				      "seconds (RFC 5280 4.1.2.5.1)");
	parts = plain;
	parts.not_after = hex(&arena, "");
	check_refused(&arena, &parts, "validity.notAfter: ends too early");
	parts = plain;
	parts.issuer = hex(&arena, "3002 3100");
	check_refused(&arena, &parts, "issuer.RelativeDistinguishedName: an "
				      "empty SET");
	parts = plain;
	parts.subject = hex(&arena, "0500");
	check_refused(&arena, &parts, "tbsCertificate.subject: SEQUENCE "
				      "expected, tag 0x05 found");
	parts = plain;
	parts.spki = hex(&arena, "3000");
	check_refused(&arena, &parts, "subjectPublicKeyInfo.algorithm");
	parts = plain;
	parts.outer_algorithm = hex(&arena, "3005 06032b6571");
	check_refused(&arena, &parts, "RFC 5280 4.1.1.2");
	parts = plain;
	parts.signature = hex(&arena, "0302 0180");
	check_refused(&arena, &parts, "signatureValue: not whole bytes");
	parts = plain;
	parts.signature = hex(&arena, "");
	check_refused(&arena, &parts, "signatureValue: BIT STRING expected, "
				      "nothing found");
	chk_arena_clear(&arena);
}

static void an_empty_name_can_be_read(void **state)
{
	struct chk_arena arena = { 0 };
	struct parts parts = plain_parts(&arena);
	struct chk_cert *cert;
	char *text;

	parts.issuer = parts.subject = hex(&arena, "3000");
	cert = read_parts(&arena, &parts);
	text = chk_cert_subject(cert);
	assert_string_equal(text, "");
	assert_true(chk_cert_is_self_issued(cert));
	free(text);
	chk_cert_unref(cert);
	chk_arena_clear(&arena);
}

/* A cut at every byte: never read, and the byte is inside what there is. */
static void every_cut_is_an_error(void **state)
{
	struct chk_arena arena = { 0 };
	struct parts parts = plain_parts(&arena);
	struct chk_bytes der;
	struct chk_cert *cert;

	parts.extensions = extension_part(&arena, BASIC_CONSTRAINTS, true,
					  hex(&arena, "3003 0101ff"));
	der = join_parts(&arena, &parts);
	for (size_t size = 0; size < der.size; size++) {
		/* On the heap, so that a reader beyond the end is seen. */
		uint8_t *copy = malloc(size ? size : 1);
		struct chk_error error = { 0 };

		memcpy(copy, der.data, size);
		assert_false(chk_cert_parse(chk_bytes_of(copy, size), &cert,
					    &error));
		assert_int_equal(error.code, CHK_ERROR_FORMAT);
		assert_true(error.offset <= size);
		free(copy);
	}
	chk_arena_clear(&arena);
}

static void over_1_mib_is_refused(void **state)
{
	const size_t size = (1u << 20) + 1;
	uint8_t *room = calloc(1, size);
	struct chk_error error;
	struct chk_cert *cert;

	assert_false(chk_cert_parse(chk_bytes_of(room, size), &cert, &error));
	assert_int_equal(error.code, CHK_ERROR_TOO_LARGE);
	/* A reader says "byte N" of it. */
	assert_int_equal(error.offset, 0);
	free(room);
}

static void a_long_name_is_cut_between_characters(void **state)
{
	struct chk_arena arena = { 0 };
	struct parts parts = plain_parts(&arena);
	struct chk_bytes value;
	struct chk_cert *cert;
	char room[6000];
	char *text;

	for (size_t i = 0; i < sizeof(room); i += 2)
		memcpy(room + i, "\xc3\x96", 2);
	value = made_tlv(&arena, 0x0c, chk_bytes_of(room, sizeof(room)));
	value = made_joined(&arena, hex(&arena, "0603550403"), value);
	value = made_tlv(&arena, 0x31, made_tlv(&arena, 0x30, value));
	parts.subject = made_tlv(&arena, 0x30, value);
	cert = read_parts(&arena, &parts);
	text = chk_cert_subject(cert);
	/* "CN=" and 2045 characters are 4093 bytes. */
	assert_int_equal(strlen(text), 4096);
	assert_string_equal(text + 4091, "\xc3\x96...");
	free(text);
	chk_cert_unref(cert);
	chk_arena_clear(&arena);
}

static void usage_is_allowed_when_named_or_when_none_is(void **state)
{
	struct chk_bytes server = chk_oid_bytes(CHK_OID_EKU_SERVER_AUTH);
	struct chk_bytes client = chk_oid_bytes(CHK_OID_EKU_CLIENT_AUTH);
	struct chk_arena arena = { 0 };
	struct parts parts = plain_parts(&arena);
	struct chk_cert *cert = read_parts(&arena, &parts);

	assert_true(chk_cert_allows_usage(cert, server, false));
	chk_cert_unref(cert);
	parts.extensions = extension_part(
		&arena, EKU, false,
		hex(&arena, "3010 06082b06010505070301 0604551d2500"));
	cert = read_parts(&arena, &parts);
	assert_true(chk_cert_allows_usage(cert, server, false));
	assert_false(chk_cert_allows_usage(cert, client, false));
	assert_true(chk_cert_allows_usage(cert, client, true));
	chk_cert_unref(cert);
	chk_arena_clear(&arena);
}

static void the_first_ca_issuers_url_is_found(void **state)
{
	struct chk_arena arena = { 0 };
	struct parts parts = plain_parts(&arena);
	struct chk_cert *cert = read_parts(&arena, &parts);

	assert_null(chk_cert_ca_issuers(cert).data);
	chk_cert_unref(cert);
	/* an OCSP URL, caIssuers by a DNS name, caIssuers by URL */
	parts.extensions = extension_part(
		&arena, "2b06010505070101", false,
		hex(&arena, "302d 300d 06082b06010505073001 8601 6f"
			    "     300d 06082b06010505073002 8201 64"
			    "     300d 06082b06010505073002 8601 75"));
	cert = read_parts(&arena, &parts);
	assert_true(chk_bytes_equal(chk_cert_ca_issuers(cert), BYTES("u")));
	chk_cert_unref(cert);
	chk_arena_clear(&arena);
}

static void ten_thousand_names_are_read_at_once(void **state)
{
	struct chk_arena arena = { 0 };
	struct parts parts = plain_parts(&arena);
	uint8_t *room = chk_arena_get(&arena, 10000 * 32), *at = room;
	struct chk_bytes names;
	struct chk_cert *cert;
	clock_t start;

	for (unsigned int i = 0; i < 10000; i++) {
		int size = snprintf((char *)at + 2, 30, "host-%u.test", i);

		at[0] = 0x82;
		at[1] = (uint8_t)size;
		at += 2 + size;
	}
	names = made_tlv(&arena, 0x30, chk_bytes_of(room, (size_t)(at - room)));
	parts.extensions = extension_part(&arena, "551d11", false, names);
	start = clock();
	cert = read_parts(&arena, &parts);
	assert_true(clock() - start < CLOCKS_PER_SEC);
	assert_true(chk_bytes_equal(cert->alt_names.value, names));
	chk_cert_unref(cert);
	chk_arena_clear(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_fields_are_where_they_stand),
		cmocka_unit_test(
			a_certificate_is_counted_and_its_bytes_are_its_own),
		cmocka_unit_test(odd_serials_identify_as_well_as_others),
		cmocka_unit_test(versions_1_to_3_are_read),
		cmocka_unit_test(later_fields_need_a_later_version),
		cmocka_unit_test(what_is_no_certificate_says_which_element),
		cmocka_unit_test(an_empty_name_can_be_read),
		cmocka_unit_test(every_cut_is_an_error),
		cmocka_unit_test(over_1_mib_is_refused),
		cmocka_unit_test(a_long_name_is_cut_between_characters),
		cmocka_unit_test(usage_is_allowed_when_named_or_when_none_is),
		cmocka_unit_test(the_first_ca_issuers_url_is_found),
		cmocka_unit_test(ten_thousand_names_are_read_at_once),
	};

	return cmocka_run_group_tests_name("cert/cert", tests, NULL, NULL);
}
