/* tests/cert/test_key.c: lib/cert/key.c. */
#include "support/test.h"

#include "cert/key.h"
#include "cert/parts.h"
#include "path/made_names.h"

#define RSA "300d 06092a864886f70d010101 0500"
#define PSS "300b 06092a864886f70d01010a"

/* subjectPublicKeyInfo of an algorithm and the content of its key. */
static struct chk_bytes spki_of(struct chk_arena *arena, const char *algorithm,
				struct chk_bytes key)
{
	struct chk_bytes bits = made_tlv(arena, CHK_DER_BIT_STRING,
					 made_joined(arena, BYTES("\0"), key));

	return made_tlv(arena, CHK_DER_SEQUENCE,
			made_joined(arena, hex(arena, algorithm), bits));
}

/* RSAPublicKey of a modulus in `size` bytes that begins with `first`. */
static struct chk_bytes modulus(struct chk_arena *arena, size_t size,
				uint8_t first)
{
	uint8_t *room = chk_arena_get(arena, size + 1);
	size_t pad = first >= 0x80;

	room[pad + size - 1] = 1; /* it is odd */
	room[pad] = first;
	return made_tlv(arena, CHK_DER_SEQUENCE,
			made_joined(arena,
				    made_tlv(arena, CHK_DER_INTEGER,
					     chk_bytes_of(room, size + pad)),
				    hex(arena, "0203010001")));
}

static void rsa_bits_are_those_of_the_modulus(void **state)
{
	static const struct {
		size_t size;
		uint8_t first;
		uint32_t bits;
	} ROWS[] = {
		{ 256, 0x80, 2048 },
		{ 256, 0x7f, 2047 },
		{ 256, 0x01, 2041 },
		{ 512, 0xff, 4096 },
		{ 64, 0xc0, 512 },
	};
	struct chk_arena arena = { 0 };

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_bytes key = modulus(&arena, ROWS[i].size,
					       ROWS[i].first);
		struct chk_key read;

		assert_true(chk_key_parse(spki_of(&arena, RSA, key), &read,
					  NULL));
		assert_int_equal(read.type, CHK_KEY_RSA);
		assert_int_equal(read.bits, ROWS[i].bits);
		assert_true(chk_bytes_equal(read.point, key));
	}
	chk_arena_clear(&arena);
}

static void the_algorithm_says_type_and_size(void **state)
{
	static const struct {
		const char *algorithm;
		enum chk_key_type type;
		uint32_t bits;
	} ROWS[] = {
		{ "3013 06072a8648ce3d0201 06082a8648ce3d030107", CHK_KEY_EC,
		  256 },
		{ "3010 06072a8648ce3d0201 06052b81040022", CHK_KEY_EC, 384 },
		{ "3010 06072a8648ce3d0201 06052b81040023", CHK_KEY_EC, 521 },
		/* secp256k1, whose point is none here */
		{ "3010 06072a8648ce3d0201 06052b8104000a", CHK_KEY_EC, 0 },
		/* explicit parameters, RFC 5480 2.1.1 forbids them */
		{ "300b 06072a8648ce3d0201 3000", CHK_KEY_EC, 0 },
		{ "3005 06032b6570", CHK_KEY_ED25519, 256 },
		{ "3005 06032b6571", CHK_KEY_ED448, 456 },
		/* p of 5 is 3 bits */
		{ "3014 06072a8648ce380401 3009 020105 020103 020102",
		  CHK_KEY_DSA, 3 },
		{ "3009 06072a8648ce380401", CHK_KEY_DSA, 0 },
		{ "3005 06032a0304", CHK_KEY_UNKNOWN, 0 },
	};
	struct chk_arena arena = { 0 };

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_key read;

		assert_true(chk_key_parse(spki_of(&arena, ROWS[i].algorithm,
						  BYTES("\4x")), &read, NULL));
		assert_int_equal(read.type, ROWS[i].type);
		assert_int_equal(read.bits, ROWS[i].bits);
		assert_int_equal(read.point.size, 2);
	}
	chk_arena_clear(&arena);
}

/* Of a curve that is not known the point tells the size (SEC 1, 2.3.3). */
static void an_unknown_curve_has_the_bits_of_its_points(void **state)
{
	/* secp112r1, secp256k1; explicit parameters */
	static const char SECP112R1[] =
		"3010 06072a8648ce3d0201 06052b81040006";
	static const char SECP256K1[] =
		"3010 06072a8648ce3d0201 06052b8104000a";
	static const char EXPLICIT[] = "300b 06072a8648ce3d0201 3000";
	static const struct {
		const char *algorithm;
		uint8_t form;
		size_t size;
		uint32_t bits;
	} ROWS[] = {
		{ SECP112R1, 4, 29, 112 }, { SECP112R1, 2, 15, 112 },
		{ SECP112R1, 3, 15, 112 }, { SECP256K1, 4, 65, 256 },
		{ SECP256K1, 6, 65, 256 }, { SECP256K1, 7, 65, 256 },
		{ SECP256K1, 2, 33, 256 }, { SECP256K1, 4, 1, 0 },
		{ SECP256K1, 0, 65, 0 },   { SECP256K1, 4, 0, 0 },
		{ EXPLICIT, 4, 65, 0 },
	};
	struct chk_arena arena = { 0 };

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		uint8_t point[65] = { ROWS[i].form };
		struct chk_key read;

		assert_true(chk_key_parse(
			spki_of(&arena, ROWS[i].algorithm,
				chk_bytes_of(point, ROWS[i].size)),
			&read, NULL));
		assert_int_equal(read.bits, ROWS[i].bits);
	}
	chk_arena_clear(&arena);
}

/*
 * RFC 8017 3.1: the exponent is odd and 3 at least, the modulus a product of
 * odd primes. With 1 a signature is its own message, for anybody to write.
 */
static void an_rsa_key_that_is_none_has_no_bits(void **state)
{
	static const struct {
		const char *key;
		uint32_t bits;
	} ROWS[] = {
		{ "3006 020111 020103", 5 },     { "3006 020111 020101", 0 },
		{ "3006 020111 020100", 0 },     { "3006 020111 020102", 0 },
		{ "3006 020110 020103", 0 },     { "3006 020191 020103", 0 },
		{ "3006 020111 020183", 0 },     { "3003 020111", 0 },
		{ "3008 020111 0203010001", 5 }, { "3005 020111 0200", 0 },
		{ "3009 020111 020103 020101", 0 },
	};
	struct chk_arena arena = { 0 };
	struct chk_key read;

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		assert_true(chk_key_parse(spki_of(&arena, RSA,
						  hex(&arena, ROWS[i].key)),
					  &read, NULL));
		assert_int_equal(read.bits, ROWS[i].bits);
	}
	chk_arena_clear(&arena);
}

static void a_key_that_cannot_be_read_has_no_bits(void **state)
{
	static const char *const KEYS[] = { "", "0500", "3000", "3003 020100",
					    "3003 0401ff", "3002 0200" };
	struct chk_arena arena = { 0 };
	struct chk_key read;

	for (size_t i = 0; i < CHK_COUNT(KEYS); i++) {
		assert_true(chk_key_parse(spki_of(&arena, RSA,
						  hex(&arena, KEYS[i])),
					  &read, NULL));
		assert_int_equal(read.type, CHK_KEY_RSA);
		assert_int_equal(read.bits, 0);
	}
	chk_arena_clear(&arena);
}

static void what_is_no_key_is_refused(void **state)
{
	static const char *const NONE[] = {
		"", "3000", "3002 3000", "3007 3005 06032b6570",
		"300b 3005 06032b6570 0302 0100 00",
		"300b 3005 06032b6570 0302 0801",
		"300b 3005 06032b6580 0302 0000",
		"300d 3005 06032b6570 0302 0000 0500",
	};
	struct chk_arena arena = { 0 };

	for (size_t i = 0; i < CHK_COUNT(NONE); i++) {
		struct chk_error error = { 0 };
		struct chk_key read;

		if (chk_key_parse(hex(&arena, NONE[i]), &read, &error))
			fail_msg("%zu is read", i);
		assert_int_equal(error.code, CHK_ERROR_FORMAT);
		assert_non_null(strstr(error.what, "subjectPublicKeyInfo"));
	}
	chk_arena_clear(&arena);
}

static void signatures_say_key_digest_and_name(void **state)
{
	static const struct {
		const char *algorithm;
		enum chk_key_type type;
		uint32_t digest_bits;
		const char *name;
	} ROWS[] = {
		{ "300d 06092a864886f70d01010b 0500", CHK_KEY_RSA, 256,
		  "sha256WithRSAEncryption" },
		{ "300d 06092a864886f70d010105 0500", CHK_KEY_RSA, 160,
		  "sha1WithRSAEncryption" },
		{ "3007 06052b0e03021d", CHK_KEY_RSA, 160,
		  "sha1WithRSASignature" },
		{ "300d 06092a864886f70d010104 0500", CHK_KEY_RSA, 128,
		  "md5WithRSAEncryption" },
		{ "300a 06082a8648ce3d040303", CHK_KEY_EC, 384,
		  "ecdsa-with-SHA384" },
		{ "3005 06032b6570", CHK_KEY_ED25519, 512, "Ed25519" },
		{ "300b 0609608648016503040302", CHK_KEY_DSA, 256,
		  "dsa-with-SHA256" },
		/* RFC 4055 3.1: absent is SHA-1; [0] SHA-512 */
		{ "300d 06092a864886f70d01010a 3000", CHK_KEY_RSA_PSS, 160,
		  "rsassaPss" },
		{ "301e 06092a864886f70d01010a 3011 a00f 300d "
		  "0609608648016503040203 0500", CHK_KEY_RSA_PSS, 512,
		  "rsassaPss" },
		{ "3005 06032a0304", CHK_KEY_UNKNOWN, 0, NULL },
		{ "", CHK_KEY_UNKNOWN, 0, NULL },
		{ "3000", CHK_KEY_UNKNOWN, 0, NULL },
	};
	struct chk_arena arena = { 0 };

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_signature_algorithm found =
			chk_signature_algorithm_find(
				hex(&arena, ROWS[i].algorithm));

		assert_int_equal(found.type, ROWS[i].type);
		assert_int_equal(found.digest_bits, ROWS[i].digest_bits);
		if (ROWS[i].name)
			assert_string_equal(found.name, ROWS[i].name);
		else
			assert_null(found.name);
	}
	chk_arena_clear(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rsa_bits_are_those_of_the_modulus),
		cmocka_unit_test(the_algorithm_says_type_and_size),
		cmocka_unit_test(an_unknown_curve_has_the_bits_of_its_points),
		cmocka_unit_test(an_rsa_key_that_is_none_has_no_bits),
		cmocka_unit_test(a_key_that_cannot_be_read_has_no_bits),
		cmocka_unit_test(what_is_no_key_is_refused),
		cmocka_unit_test(signatures_say_key_digest_and_name),
	};

	return cmocka_run_group_tests_name("cert/key", tests, NULL, NULL);
}
