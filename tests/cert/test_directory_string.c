/* tests/cert/test_directory_string.c: lib/cert/directory_string.c. */
#include "support/test.h"

#include "cert/der.h"
#include "cert/directory_string.h"

enum {
	UTF8 = CHK_DER_UTF8_STRING,
	PRINTABLE = CHK_DER_PRINTABLE_STRING,
	LATIN = CHK_DER_TELETEX_STRING,
	BMP = CHK_DER_BMP_STRING,
	WIDE = CHK_DER_UNIVERSAL_STRING,
	IA5 = CHK_DER_IA5_STRING,
	OCTETS = CHK_DER_OCTET_STRING,
};

struct value {
	uint8_t tag;
	const char *bytes;
	size_t size;
};
#define VALUE(tag, text) { tag, text, sizeof(text) - 1 }

static const struct {
	struct value a, b;
	bool alike;
} PAIRS[] = {
	{ VALUE(UTF8, "Example"), VALUE(PRINTABLE, "EXAMPLE"), true },
	{ VALUE(UTF8, "  Example \t CA "), VALUE(IA5, "example ca"), true },
	{ VALUE(UTF8, "ExampleCA"), VALUE(UTF8, "Example CA"), false },
	{ VALUE(UTF8, "a b c"), VALUE(UTF8, "a  b\nc"), true },
	{ VALUE(UTF8, ""), VALUE(PRINTABLE, "  "), true },
	{ VALUE(UTF8, ""), VALUE(BMP, ""), true },
	{ VALUE(BMP, "\0E\0x"), VALUE(UTF8, "ex"), true },
	{ VALUE(WIDE, "\0\0\0E\0\0\0X"), VALUE(UTF8, "ex"), true },
	/* U+00D6 in three encodings; U+00F6 is its small letter */
	{ VALUE(LATIN, "\xd6ko"), VALUE(UTF8, "\xc3\xb6KO"), true },
	{ VALUE(BMP, "\0\xd6\0k\0o"), VALUE(UTF8, "\xc3\xb6ko"), true },
	/* o and U+0308 compose to U+00F6 */
	{ VALUE(UTF8, "o\xcc\x88"), VALUE(UTF8, "\xc3\x96"), true },
	{ VALUE(UTF8, "o"), VALUE(UTF8, "\xc3\x96"), false },
	/* RFC 4518 2.2, B.2: sharp s folds to ss */
	{ VALUE(UTF8, "stra\xc3\x9f" "e"), VALUE(PRINTABLE, "STRASSE"), true },
	/* full width A and bold capital A are A by compatibility */
	{ VALUE(UTF8, "\xef\xbc\xa1"), VALUE(PRINTABLE, "a"), true },
	{ VALUE(UTF8, "\xf0\x9d\x90\x80"), VALUE(PRINTABLE, "a"), true },
	/* U+1D400 as UTF-16, in a BMPString */
	{ VALUE(BMP, "\xd8\x35\xdc\x00"), VALUE(PRINTABLE, "a"), true },
	/* no-break space is a space, soft hyphen nothing */
	{ VALUE(UTF8, "a\xc2\xa0" "b"), VALUE(PRINTABLE, "a b"), true },
	{ VALUE(UTF8, "a\xc2\xad" "b"), VALUE(PRINTABLE, "ab"), true },
	{ VALUE(UTF8, "a\xe2\x80\x8b" "b"), VALUE(PRINTABLE, "ab"), true },
	{ VALUE(UTF8, "a\xe3\x80\x80" "b"), VALUE(PRINTABLE, "a b"), true },
	{ VALUE(UTF8, "a\x7f\x01" "b"), VALUE(PRINTABLE, "ab"), true },
	/* damaged: by type and bytes */
	{ VALUE(UTF8, "\xff"), VALUE(UTF8, "\xff"), true },
	{ VALUE(UTF8, "\xff"), VALUE(UTF8, "\xfe"), false },
	{ VALUE(UTF8, "\xff"), VALUE(LATIN, "\xff"), false },
	{ VALUE(BMP, "\0a\0"), VALUE(UTF8, "a"), false },
	{ VALUE(BMP, "\xd8\0\0a"), VALUE(UTF8, "a"), false },
	{ VALUE(BMP, "\xdc\0\0a"), VALUE(UTF8, "a"), false },
	/* no text */
	{ VALUE(OCTETS, "A"), VALUE(OCTETS, "a"), false },
	{ VALUE(OCTETS, "a"), VALUE(OCTETS, "a"), true },
	{ VALUE(OCTETS, "a"), VALUE(UTF8, "a"), false },
};

static struct chk_bytes bytes_of(const struct value *value)
{
	return chk_bytes_of(value->bytes, value->size);
}

static int compare(const struct value *a, const struct value *b)
{
	struct chk_prepared left = chk_string_prepare(a->tag, bytes_of(a));
	struct chk_prepared right = chk_string_prepare(b->tag, bytes_of(b));
	int order = chk_prepared_compare(&left, &right);

	chk_prepared_clear(&left);
	chk_prepared_clear(&right);
	return order;
}

static void values_compare_as_rfc_4518_prepares_them(void **state)
{
	for (size_t i = 0; i < CHK_COUNT(PAIRS); i++) {
		int there = compare(&PAIRS[i].a, &PAIRS[i].b);
		int back = compare(&PAIRS[i].b, &PAIRS[i].a);

		if ((there == 0) != PAIRS[i].alike)
			fail_msg("pair %zu", i);
		assert_true((there < 0) == (back > 0));
		assert_int_equal(compare(&PAIRS[i].a, &PAIRS[i].a), 0);
	}
}

static const struct value *value_of(size_t i)
{
	return i % 2 ? &PAIRS[i / 2].b : &PAIRS[i / 2].a;
}

/* All values of all pairs, each with each. */
static void what_compares_alike_hashes_alike(void **state)
{
	const size_t count = 2 * CHK_COUNT(PAIRS);

	for (size_t i = 0; i < count * count; i++) {
		size_t x = i / count, y = i % count;
		const struct value *a = value_of(x), *b = value_of(y);

		if (compare(a, b) == 0)
			assert_int_equal(chk_string_hash(a->tag, bytes_of(a)),
					 chk_string_hash(b->tag, bytes_of(b)));
	}
}

static void different_texts_hash_apart(void **state)
{
	static const char *const TEXTS[] = {
		"", "a", "b", "ab", "ba", "abcdefgh", "abcdefghi", "abcdefgi",
		"GTS Root R1", "GTS Root R2", "aaaaaaaa", "aaaaaaaaaaaaaaaa",
	};

	uint64_t hashes[CHK_COUNT(TEXTS)];

	for (size_t i = 0; i < CHK_COUNT(TEXTS); i++) {
		hashes[i] = chk_string_hash(UTF8, chk_bytes_text(TEXTS[i]));
		for (size_t j = 0; j < i; j++)
			assert_int_not_equal(hashes[i], hashes[j]);
	}
}

static void a_value_becomes_utf_8_or_nothing(void **state)
{
	static const struct {
		struct value value;
		const char *text; /* NULL: it is none */
	} ROWS[] = {
		{ VALUE(LATIN, "\xd6"), "\xc3\x96" },
		{ VALUE(BMP, "\x4e\x2d"), "\xe4\xb8\xad" },
		{ VALUE(BMP, "\xd8\x3d\xde\x00"), "\xf0\x9f\x98\x80" },
		{ VALUE(WIDE, "\0\1\xf6\0"), "\xf0\x9f\x98\x80" },
		{ VALUE(UTF8, "\xc3\x96"), "\xc3\x96" },
		{ VALUE(UTF8, "\xc0\x80"), NULL },
		{ VALUE(BMP, "a"), NULL },
		{ VALUE(BMP, "\xd8\x3d"), NULL },
		{ VALUE(BMP, "\0a\xde\x00"), NULL },
		{ VALUE(WIDE, "\0\x11\0\0"), NULL },
		{ VALUE(OCTETS, "a"), NULL },
	};

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_buffer buffer = { 0 };

		chk_buffer_text(&buffer, "x");
		assert_int_equal(chk_string_utf8(&buffer, ROWS[i].value.tag,
						 bytes_of(&ROWS[i].value)),
				 ROWS[i].text != NULL);
		assert_string_equal(buffer.data + 1,
				    ROWS[i].text ? ROWS[i].text : "");
		chk_buffer_clear(&buffer);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_compare_as_rfc_4518_prepares_them),
		cmocka_unit_test(what_compares_alike_hashes_alike),
		cmocka_unit_test(different_texts_hash_apart),
		cmocka_unit_test(a_value_becomes_utf_8_or_nothing),
	};

	return cmocka_run_group_tests_name("cert/directory_string", tests, NULL,
					   NULL);
}
