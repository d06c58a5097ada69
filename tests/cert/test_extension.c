/* tests/cert/test_extension.c: lib/cert/extension.c. */
#include "support/test.h"

#include <stdio.h>
#include <time.h>

#include "cert/cert.h"
#include "cert/parts.h"
#include "path/made_names.h"

#define SKI "551d0e"
#define KEY_USAGE "551d0f"
#define SAN "551d11"
#define BASIC "551d13"
#define CONSTRAINTS "551d1e"
#define CRL "551d1f"
#define POLICIES "551d20"
#define MAPPINGS "551d21"
#define AKI "551d23"
#define POLICY_CONSTRAINTS "551d24"
#define EKU "551d25"
#define INHIBIT "551d36"
#define AIA "2b06010505070101"
#define OTHER "2a0304"

/* A certificate of these extensions; NULL: it was refused. */
static struct chk_cert *read_with(struct chk_arena *arena,
				  struct chk_bytes extensions,
				  struct chk_error *error)
{
	struct parts parts = plain_parts(arena);
	struct chk_cert *cert;

	*error = (struct chk_error){ 0 };
	parts.extensions = extensions;
	if (!chk_cert_parse(join_parts(arena, &parts), &cert, error))
		return NULL;
	return cert;
}

static struct chk_cert *read_one(struct chk_arena *arena, const char *oid,
				 bool critical, const char *value)
{
	struct chk_error error;
	struct chk_cert *cert = read_with(
		arena, extension_part(arena, oid, critical, hex(arena, value)),
		&error);

	if (!cert)
		fail_msg("%s %s: %s", oid, value, error.what);
	return cert;
}

static void basic_constraints_are_read(void **state)
{
	static const struct {
		const char *value;
		bool ca, has_path_len;
		uint32_t path_len;
	} ROWS[] = {
		{ "3000", false, false, 0 },
		{ "3003 0101ff", true, false, 0 },
		/* FALSE written out is no DER (X.690 11.5), and is in use */
		{ "3003 010100", false, false, 0 },
		{ "3006 0101ff 020100", true, true, 0 },
		{ "3008 0101ff 02030100ff", true, true, 65791 },
		{ "300a 0101ff 0205 00ffffffff", true, true, UINT32_MAX },
		{ "3003 020105", false, true, 5 },
	};
	struct chk_arena arena = { 0 };

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_cert *cert = read_one(&arena, BASIC, i % 2,
						 ROWS[i].value);
		const struct chk_basic_constraints *found =
			&cert->basic_constraints;

		assert_true(found->present);
		assert_int_equal(found->critical, i % 2);
		assert_int_equal(found->ca, ROWS[i].ca);
		assert_int_equal(found->has_path_len, ROWS[i].has_path_len);
		assert_int_equal(found->path_len, ROWS[i].path_len);
		chk_cert_unref(cert);
	}
	chk_arena_clear(&arena);
}

static void key_usage_bits_count_from_the_left(void **state)
{
	static const struct {
		const char *value;
		uint16_t bits;
	} ROWS[] = {
		{ "0301 00", 0 },
		{ "0302 0780", CHK_USAGE_DIGITAL_SIGNATURE },
		{ "0302 0106", CHK_USAGE_KEY_CERT_SIGN | CHK_USAGE_CRL_SIGN },
		{ "0303 070080", CHK_USAGE_DECIPHER_ONLY },
		{ "0302 0001", CHK_USAGE_ENCIPHER_ONLY },
		{ "0303 07ff80", 0x1ff },
		/* bits that are not needed, and bits without a name */
		{ "0302 0004", CHK_USAGE_KEY_CERT_SIGN },
		{ "0304 00 0400ff", CHK_USAGE_KEY_CERT_SIGN },
	};
	struct chk_arena arena = { 0 };

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_cert *cert = read_one(&arena, KEY_USAGE, true,
						 ROWS[i].value);

		assert_true(cert->key_usage.present);
		assert_true(cert->key_usage.critical);
		assert_int_equal(cert->key_usage.bits, ROWS[i].bits);
		chk_cert_unref(cert);
	}
	chk_arena_clear(&arena);
}

static void key_ids_are_read(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_cert *cert = read_one(&arena, SKI, false, "0402 abcd");
	const struct chk_authority_key_id *authority;

	assert_true(chk_bytes_equal(cert->key_id, BYTES("\xab\xcd")));
	chk_cert_unref(cert);
	cert = read_one(&arena, AKI, false,
			"300c 8001 aa a103 820161 8202 0102");
	authority = &cert->authority;
	assert_true(authority->present);
	assert_true(chk_bytes_equal(authority->key_id, BYTES("\xaa")));
	assert_true(chk_bytes_equal(authority->issuer, BYTES("\x82\1a")));
	assert_true(chk_bytes_equal(authority->serial, BYTES("\1\2")));
	chk_cert_unref(cert);
	cert = read_one(&arena, AKI, false, "3000");
	assert_true(cert->authority.present);
	assert_null(cert->authority.key_id.data);
	assert_null(cert->authority.serial.data);
	chk_cert_unref(cert);
	chk_arena_clear(&arena);
}

static void what_others_read_is_kept_as_it_stands(void **state)
{
	static const struct {
		const char *oid, *value;
		size_t field;
	} ROWS[] = {
		{ SAN, "3003 820161", offsetof(struct chk_cert, alt_names) },
		{ EKU, "3005 06032a0304",
		  offsetof(struct chk_cert, ext_key_usage) },
		{ CONSTRAINTS, "3007 a005 3003 820161",
		  offsetof(struct chk_cert, name_constraints) },
		{ POLICIES, "3000", offsetof(struct chk_cert, policies) },
		{ MAPPINGS, "3000",
		  offsetof(struct chk_cert, policy_mappings) },
		{ POLICY_CONSTRAINTS, "3003 800100",
		  offsetof(struct chk_cert, policy_constraints) },
		{ INHIBIT, "020100",
		  offsetof(struct chk_cert, inhibit_any_policy) },
		{ AIA, "3000", offsetof(struct chk_cert, authority_info) },
		{ CRL, "3000", offsetof(struct chk_cert, crl_points) },
	};
	struct chk_arena arena = { 0 };

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_cert *cert = read_one(&arena, ROWS[i].oid, true,
						 ROWS[i].value);
		struct chk_extension found;

		memcpy(&found, (const char *)cert + ROWS[i].field,
		       sizeof(found));
		assert_true(found.present);
		assert_true(found.critical);
		assert_true(chk_bytes_equal(found.value,
					    hex(&arena, ROWS[i].value)));
		assert_null(cert->unknown_critical.data);
		chk_cert_unref(cert);
	}
	chk_arena_clear(&arena);
}

static void a_damaged_extension_is_refused_by_name(void **state)
{
	static const struct {
		const char *oid, *value, *what;
	} ROWS[] = {
		{ BASIC, "", "basicConstraints: SEQUENCE expected" },
		{ BASIC, "3000 00", "basicConstraints: something is left" },
		{ BASIC, "3003 010101", "basicConstraints: BOOLEAN" },
		{ BASIC, "3003 0201ff", "basicConstraints: INTEGER is neg" },
		{ BASIC, "3006 020100 0101ff", "basicConstraints: something" },
		{ KEY_USAGE, "0301 01", "keyUsage: BIT STRING with a false" },
		{ KEY_USAGE, "0302 01ff", "keyUsage: BIT STRING whose" },
		{ KEY_USAGE, "0401 00", "keyUsage: BIT STRING expected" },
		{ SKI, "0302 00ff", "subjectKeyIdentifier: OCTET STRING" },
		{ AKI, "3002 8300", "authorityKeyIdentifier: something" },
		{ AKI, "3006 8001aa 8001bb", "authorityKeyIdentifier: some" },
		{ SAN, "3000", "subjectAltName: nothing in it" },
		{ SAN, "3002 a200", "subjectAltName.GeneralName: no such" },
		{ SAN, "3003 820261", "subjectAltName: longer than" },
		{ EKU, "3000", "extKeyUsage: nothing in it" },
		{ EKU, "3002 0600", "extKeyUsage: OBJECT IDENTIFIER without" },
		{ EKU, "3002 0500", "extKeyUsage.KeyPurposeId" },
		{ CONSTRAINTS, "3100", "nameConstraints: SEQUENCE expected" },
		{ INHIBIT, "3000", "inhibitAnyPolicy: INTEGER expected" },
		{ AIA, "3000 3000", "authorityInfoAccess: something is left" },
	};
	struct chk_arena arena = { 0 };

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_bytes value = hex(&arena, ROWS[i].value);
		struct chk_error error;

		assert_null(read_with(&arena,
				      extension_part(&arena, ROWS[i].oid, false,
						     value), &error));
		if (!strstr(error.what, ROWS[i].what))
			fail_msg("%zu: %s", i, error.what);
	}
	chk_arena_clear(&arena);
}

static void the_first_unknown_critical_one_is_kept(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_bytes value = hex(&arena, "0500"), all;
	struct chk_error error;
	struct chk_cert *cert;

	all = extension_part(&arena, "2a0305", false, value);
	all = made_joined(&arena, all,
			  extension_part(&arena, OTHER, true, value));
	all = made_joined(&arena, all,
			  extension_part(&arena, "2a0306", true, value));
	cert = read_with(&arena, all, &error);
	assert_non_null(cert);
	assert_true(chk_bytes_equal(cert->unknown_critical,
				    hex(&arena, OTHER)));
	chk_cert_unref(cert);
	/* The last byte of keyUsage's identifier alone is not keyUsage. */
	cert = read_one(&arena, "2a030f", true, "0500");
	assert_non_null(cert->unknown_critical.data);
	assert_false(cert->key_usage.present);
	chk_cert_unref(cert);
	chk_arena_clear(&arena);
}

/* RFC 5280 4.2.1.4: what is critical is interpreted whole, or refused. */
static void an_unknown_qualifier_of_a_critical_policy_is_unknown(void **state)
{
	/* { 1.2.3, { { qualifier, NULL } } }: CPS, and 1.2.4. */
	static const char CPS[] = "3014 3012 06022a03 300c 300a 0608"
				  "2b06010505070201";
	static const char STRANGE[] = "3010 300e 06022a03 3008 3006"
				      "06022a04 0500";
	struct chk_arena arena = { 0 };
	struct chk_cert *cert = read_one(&arena, POLICIES, true, CPS);
	struct chk_error error;

	assert_null(cert->unknown_critical.data);
	chk_cert_unref(cert);
	cert = read_one(&arena, POLICIES, false, STRANGE);
	assert_null(cert->unknown_critical.data);
	chk_cert_unref(cert);
	cert = read_one(&arena, POLICIES, true, STRANGE);
	assert_true(chk_bytes_equal(cert->unknown_critical,
				    hex(&arena, "2a04")));
	chk_cert_unref(cert);
	assert_null(read_with(&arena,
			      extension_part(&arena, POLICIES, true,
					     hex(&arena, "3003 020100")),
			      &error));
	assert_non_null(strstr(error.what, "PolicyInformation"));
	chk_arena_clear(&arena);
}

static void critical_false_written_out_is_read(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_error error;
	struct chk_cert *cert = read_with(
		&arena, hex(&arena, "300c 0603551d13 010100 0402 3000"),
		&error);

	assert_non_null(cert);
	assert_true(cert->basic_constraints.present);
	assert_false(cert->basic_constraints.critical);
	chk_cert_unref(cert);
	assert_null(read_with(&arena, hex(&arena, "300c 0603551d13 010101 "
						  "0402 3000"), &error));
	assert_null(read_with(&arena, hex(&arena, "300b 0603551d13 0402 3000 "
						  "0500"), &error));
	chk_arena_clear(&arena);
}

/* `count` unknown extensions of their own; the last one is `last`. */
static struct chk_bytes many(struct chk_arena *arena, size_t count,
			     unsigned int last)
{
	uint8_t *room = chk_arena_get(arena, count * 16), *at = room;

	for (unsigned int i = 0; i < count; i++) {
		unsigned int arc = i + 1 == count ? last : i;
		const uint8_t one[] = { 0x30, 9, 0x06, 3, 0x2a,
					0x80 | (uint8_t)(8 + arc / 128),
					arc % 128, 0x04, 2, 0x05, 0x00 };

		memcpy(at, one, sizeof(one));
		at += sizeof(one);
	}
	return chk_bytes_of(room, (size_t)(at - room));
}

static void one_extension_twice_is_refused(void **state)
{
	static const size_t COUNTS[] = { 2, 3, 16, 17, 400, 1000 };
	struct chk_arena arena = { 0 };
	struct chk_error error;
	struct chk_cert *cert;

	for (size_t i = 0; i < CHK_COUNT(COUNTS); i++) {
		size_t count = COUNTS[i];

		cert = read_with(&arena, many(&arena, count, 1001), &error);
		assert_non_null(cert);
		chk_cert_unref(cert);
		assert_null(read_with(&arena, many(&arena, count, 0), &error));
		assert_string_equal(error.what, "extensions: the same one "
						"twice (RFC 5280 4.2)");
		/* It is the last that comes again. */
		assert_true(error.offset > 11 * (count - 1));
	}
	chk_arena_clear(&arena);
}

static void extensions_are_bounded(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_error error;

	assert_null(read_with(&arena, many(&arena, 1001, 1001), &error));
	assert_non_null(strstr(error.what, "over 1,000"));
	chk_arena_clear(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(basic_constraints_are_read),
		cmocka_unit_test(key_usage_bits_count_from_the_left),
		cmocka_unit_test(key_ids_are_read),
		cmocka_unit_test(what_others_read_is_kept_as_it_stands),
		cmocka_unit_test(a_damaged_extension_is_refused_by_name),
		cmocka_unit_test(the_first_unknown_critical_one_is_kept),
		cmocka_unit_test(
			an_unknown_qualifier_of_a_critical_policy_is_unknown),
		cmocka_unit_test(critical_false_written_out_is_read),
		cmocka_unit_test(one_extension_twice_is_refused),
		cmocka_unit_test(extensions_are_bounded),
	};

	return cmocka_run_group_tests_name("cert/extension", tests, NULL, NULL);
}
