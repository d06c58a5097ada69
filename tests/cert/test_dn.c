/* tests/cert/test_dn.c: lib/cert/dn.c, dn_text.c, dn_difference.c. */
#include "support/test.h"

#include <stdlib.h>
#include <time.h>

#include "cert/dn.h"
#include "cert/oid.h"
#include "cert/parts.h"
#include "path/made_names.h"

#define CN "0603550403"
#define O "060355040a"

/* A Name of RDNs in hexadecimal, each the content of its SET. */
static struct chk_bytes name_of(struct chk_arena *arena,
				const char *const *rdns, size_t count)
{
	struct chk_bytes content = { 0 };

	for (size_t i = 0; i < count; i++)
		content = made_joined(arena, content,
				      made_tlv(arena, CHK_DER_SET,
					       hex(arena, rdns[i])));
	return made_tlv(arena, CHK_DER_SEQUENCE, content);
}

static struct chk_bytes one(struct chk_arena *arena, const char *rdn)
{
	return name_of(arena, &rdn, 1);
}

static void check_text(struct chk_bytes name, const char *text,
		       const char *brief)
{
	struct chk_buffer buffer = { 0 };

	assert_true(chk_dn_check(name, NULL));
	chk_dn_text(&buffer, name);
	assert_string_equal(buffer.data ? buffer.data : "", text);
	chk_buffer_clear(&buffer);
	if (!brief)
		return;
	chk_dn_short(&buffer, name);
	assert_string_equal(buffer.data ? buffer.data : "", brief);
	chk_buffer_clear(&buffer);
}

static void text_is_rfc_4514_with_the_most_specific_first(void **state)
{
	/* openssl x509 -nameopt RFC2253 prints the same texts */
	static const char *const THREE[] = {
		"3009 0603550406 0c024445",         /* C=DE */
		"300e 060355040a 0c07 4578616d706c65", /* O=Example */
		"300a 0603550403 1303 777777",      /* CN=www */
	};
	struct chk_arena arena = { 0 };

	check_text(name_of(&arena, THREE, 3), "CN=www,O=Example,C=DE", "www");
	check_text(name_of(&arena, THREE, 2), "O=Example,C=DE", "Example");
	check_text(name_of(&arena, THREE, 1), "C=DE", "C=DE");
	check_text(hex(&arena, "3000"), "", "");
	/* two in one RDN */
	check_text(one(&arena, "3008" CN "0c0161 3008" O "0c0162"),
		   "CN=a+O=b", "a");
	chk_arena_clear(&arena);
}

static void what_would_end_a_value_is_escaped(void **state)
{
	struct chk_arena arena = { 0 };

	/* RFC 4514 section 2.4 */
	check_text(one(&arena, "300d" CN "0c06 61 2c 2b 22 5c 62"),
		   "CN=a\\,\\+\\\"\\\\b", "a,+\"\\b");
	check_text(one(&arena, "300b" CN "0c04 20 61 20 20"), "CN=\\ a \\ ",
		   NULL);
	check_text(one(&arena, "3009" CN "0c02 23 23"), "CN=\\##", NULL);
	check_text(one(&arena, "300a" CN "0c03 3c 3b 3e"), "CN=\\<\\;\\>",
		   NULL);
	/* an escape sequence moves no cursor, U+202E turns no line */
	check_text(one(&arena, "300c" CN "0c05 1b 5b 32 4a 0a"),
		   "CN=\\x1b[2J\\x0a", "\\x1b[2J\\x0a");
	check_text(one(&arena, "300a" CN "0c03 e2 80 ae"),
		   "CN=\\xe2\\x80\\xae", NULL);
	check_text(one(&arena, "300a" CN "0c03 61 00 62"), "CN=a\\x00b", NULL);
	chk_arena_clear(&arena);
}

static void what_is_no_text_is_its_tlv_in_hexadecimal(void **state)
{
	struct chk_arena arena = { 0 };

	/* 2.5.4.127 has no name; RFC 4514 2.4 gives it #hex */
	check_text(one(&arena, "3008 060355047f 0c0161"), "2.5.4.127=#0c0161",
		   NULL);
	check_text(one(&arena, "3008" CN "040161"), "CN=#040161", "#040161");
	check_text(one(&arena, "3008" CN "0c01ff"), "CN=#0c01ff", NULL);
	/* serverAuth is known, and no attribute type */
	check_text(one(&arena, "300d 06082b06010505070301 0c0161"),
		   "1.3.6.1.5.5.7.3.1=#0c0161", NULL);
	chk_arena_clear(&arena);
}

static void the_last_common_name_is_the_short_one(void **state)
{
	static const char *const TWO[] = { "3008" CN "0c0161",
					   "3008" CN "0c0162",
					   "3008" O "0c0163" };
	struct chk_arena arena = { 0 };
	struct chk_bytes name = name_of(&arena, TWO, 3), value;
	size_t cursor = 0;
	uint8_t tag;

	check_text(name, "O=c,CN=b,CN=a", "b");
	assert_true(chk_dn_find(name, chk_oid_bytes(CHK_OID_AT_COMMON_NAME),
				&cursor, &tag, &value));
	assert_int_equal(value.data[0], 'a');
	assert_true(chk_dn_find(name, chk_oid_bytes(CHK_OID_AT_COMMON_NAME),
				&cursor, &tag, &value));
	assert_int_equal(value.data[0], 'b');
	assert_int_equal(tag, CHK_DER_UTF8_STRING);
	assert_false(chk_dn_find(name, chk_oid_bytes(CHK_OID_AT_COMMON_NAME),
				 &cursor, &tag, &value));
	chk_arena_clear(&arena);
}

static void names_match_by_section_7_1(void **state)
{
	static const struct {
		const char *a, *b;
		bool match;
	} ROWS[] = {
		/* UTF8String and PrintableString, case, spaces */
		{ "300a" CN "0c03 41 20 42", "300b" CN "1304 61 20 20 62",
		  true },
		{ "3008" CN "0c0161", "3008" CN "0c0162", false },
		{ "3008" CN "0c0161", "3008" O "0c0161", false },
		/* sets */
		{ "3008" CN "0c0161 3008" O "0c0162",
		  "3008" O "130142 3008" CN "0c0141", true },
		{ "3008" CN "0c0161 3008" O "0c0162", "3008" CN "0c0161",
		  false },
		{ "3008" CN "0c0161 3008" CN "0c0161 3008" CN "0c0162",
		  "3008" CN "0c0161 3008" CN "0c0162 3008" CN "130142",
		  false },
		{ "3008" CN "0c0161 3008" CN "0c0161 3008" CN "0c0162",
		  "3008" CN "130142 3008" CN "130141 3008" CN "0c0161",
		  true },
	};
	struct chk_arena arena = { 0 };

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_bytes a = one(&arena, ROWS[i].a);
		struct chk_bytes b = one(&arena, ROWS[i].b);

		assert_int_equal(chk_dn_match(a, b), ROWS[i].match);
		assert_int_equal(chk_dn_match(b, a), ROWS[i].match);
		assert_int_equal(chk_dn_hash(a) == chk_dn_hash(b),
				 ROWS[i].match);
	}
	assert_true(chk_dn_is_empty(hex(&arena, "3000")));
	assert_false(chk_dn_is_empty(one(&arena, ROWS[0].a)));
	chk_arena_clear(&arena);
}

static void the_first_difference_of_names_that_match_is_told(void **state)
{
	static const struct {
		const char *a, *b, *text;
	} ROWS[] = {
		{ "3008" CN "0c0161", "3008" CN "130161",
		  "CN is a UTF8String here and a PrintableString there" },
		{ "3009" CN "1e020061", "3008" CN "140161",
		  "CN is a BMPString here and a TeletexString there" },
		{ "3008" O "0c0141", "3008" O "0c0161",
		  "O has other letters or blanks" },
		{ "3008" CN "0c0161 3008" O "0c0162",
		  "3008" O "0c0162 3008" CN "0c0161",
		  "its parts stand in another order" },
		{ "3008" CN "0c0161", "3008" CN "0c0161", "" },
	};

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_arena arena = { 0 };
		struct chk_buffer text = { 0 };
		struct chk_bytes a = one(&arena, ROWS[i].a);
		struct chk_bytes b = one(&arena, ROWS[i].b);

		assert_true(chk_dn_match(a, b));
		chk_dn_difference(&text, a, b);
		assert_string_equal(text.data ? text.data : "", ROWS[i].text);
		chk_buffer_clear(&text);
		chk_arena_clear(&arena);
	}
}

static void the_order_of_rdns_counts(void **state)
{
	static const char *const AB[] = { "3008" CN "0c0161",
					  "3008" O "0c0162" };
	static const char *const BA[] = { "3008" O "0c0162",
					  "3008" CN "0c0161" };
	struct chk_arena arena = { 0 };
	struct chk_bytes ab = name_of(&arena, AB, 2);
	struct chk_bytes ba = name_of(&arena, BA, 2);

	assert_false(chk_dn_match(ab, ba));
	assert_int_not_equal(chk_dn_hash(ab), chk_dn_hash(ba));
	assert_false(chk_dn_match(ab, one(&arena, AB[0])));
	assert_false(chk_dn_match(one(&arena, AB[0]), ab));
	chk_arena_clear(&arena);
}

static void a_subtree_holds_the_names_that_begin_with_it(void **state)
{
	static const char *const ABC[] = { "3008" O "0c0161",
					   "3008" O "0c0162",
					   "3008" CN "0c0163" };
	struct chk_arena arena = { 0 };
	struct chk_bytes abc = name_of(&arena, ABC, 3);

	assert_true(chk_dn_is_within(abc, hex(&arena, "3000")));
	assert_true(chk_dn_is_within(abc, one(&arena, "3008" O "130141")));
	assert_true(chk_dn_is_within(abc, abc));
	assert_false(chk_dn_is_within(abc, one(&arena, ABC[1])));
	assert_false(chk_dn_is_within(name_of(&arena, ABC, 2), abc));
	chk_arena_clear(&arena);
}

static void what_is_no_name_says_the_byte(void **state)
{
	static const struct {
		const char *bytes;
		size_t offset;
		const char *rule;
	} ROWS[] = {
		{ "3100", 0, "SEQUENCE expected" },
		{ "3000 00", 2, "left behind" },
		{ "3002 3000", 2, "SET expected" },
		{ "3002 3100", 2, "empty SET" },
		{ "3004 3102 3000", 6, "OBJECT IDENTIFIER expected" },
		{ "3009 3107 3005" CN, 11, "ends too early" },
		{ "300c 310a 3008" CN "0c0261", 12, "longer than" },
		{ "300e 310c 300a" CN "0c0161 0500", 14, "left behind" },
		{ "300b 3109 3007 0602 5581 0c0161", 6, "inside an arc" },
	};
	struct chk_arena arena = { 0 };

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_error error = { 0 };

		assert_false(chk_dn_check(hex(&arena, ROWS[i].bytes), &error));
		assert_int_equal(error.code, CHK_ERROR_FORMAT);
		if (!strstr(error.what, ROWS[i].rule))
			fail_msg("%zu: %s", i, error.what);
		assert_int_equal(error.offset, ROWS[i].offset);
	}
	chk_arena_clear(&arena);
}

/* `count` attributes in one RDN, the last one apart. */
static struct chk_bytes wide(struct chk_arena *arena, size_t count, char last)
{
	static char long_value[1000];
	uint8_t *room = chk_arena_get(arena, count * (sizeof(long_value) + 32));
	size_t size = 0;

	memset(long_value, 'x', sizeof(long_value));
	memcpy(long_value, "\xc3\x96", 2);
	for (size_t i = 0; i < count; i++) {
		struct chk_bytes part;

		long_value[999] = i + 1 == count ? last : 'x';
		part = made_tlv(arena, CHK_DER_UTF8_STRING,
				chk_bytes_of(long_value,
					     sizeof(long_value)));
		part = made_tlv(arena, CHK_DER_SEQUENCE,
				made_joined(arena, hex(arena, CN), part));
		memcpy(room + size, part.data, part.size);
		size += part.size;
	}
	return made_tlv(arena, CHK_DER_SEQUENCE,
			made_tlv(arena, CHK_DER_SET, chk_bytes_of(room, size)));
}

static void the_widest_names_compare_in_time(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_bytes a = wide(&arena, 1024, 'a');
	struct chk_bytes b = wide(&arena, 1024, 'b');
	clock_t start = clock();
	struct chk_error error;

	assert_true(chk_dn_check(a, NULL));
	assert_false(chk_dn_match(a, b));
	/* Preparing each value for each other one takes longer by far. */
	assert_true(clock() - start < 5 * CLOCKS_PER_SEC);
	assert_false(chk_dn_check(wide(&arena, 1025, 'a'), &error));
	assert_non_null(strstr(error.what, "over 1,024"));
	chk_arena_clear(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_rfc_4514_with_the_most_specific_first),
		cmocka_unit_test(what_would_end_a_value_is_escaped),
		cmocka_unit_test(what_is_no_text_is_its_tlv_in_hexadecimal),
		cmocka_unit_test(the_last_common_name_is_the_short_one),
		cmocka_unit_test(names_match_by_section_7_1),
		cmocka_unit_test(
			the_first_difference_of_names_that_match_is_told),
		cmocka_unit_test(the_order_of_rdns_counts),
		cmocka_unit_test(a_subtree_holds_the_names_that_begin_with_it),
		cmocka_unit_test(what_is_no_name_says_the_byte),
		cmocka_unit_test(the_widest_names_compare_in_time),
	};

	return cmocka_run_group_tests_name("cert/dn", tests, NULL, NULL);
}
