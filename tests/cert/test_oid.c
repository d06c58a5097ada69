/* tests/cert/test_oid.c: lib/cert/oid.c and its table. */
#include "support/test.h"

#include <stdlib.h>

#include "cert/oid.h"

static const struct {
	enum chk_oid oid;
	const char *dotted, *name;
} ROWS[] = {
#define CHK_OID(name, dotted, text, bytes) { CHK_OID_##name, dotted, text },
#include "cert/oid.def"
#undef CHK_OID
};

static size_t add_arc(uint8_t *room, unsigned long arc)
{
	size_t count = 1;

	while (arc >> (7 * count))
		count++;
	for (size_t i = 0; i < count; i++)
		room[i] = (uint8_t)(arc >> (7 * (count - 1 - i)) & 0x7f) |
			  (i + 1 < count ? 0x80 : 0);
	return count;
}

/* X.690 8.19, from the dotted text. */
static size_t encode(const char *dotted, uint8_t *room)
{
	char *at;
	unsigned long first = strtoul(dotted, &at, 10);
	unsigned long second = strtoul(at + 1, &at, 10);
	size_t size = add_arc(room, 40 * first + second);

	while (*at == '.')
		size += add_arc(room + size, strtoul(at + 1, &at, 10));
	return size;
}

static void the_bytes_of_a_row_are_its_dotted_form(void **state)
{
	uint8_t room[64];

	assert_int_equal(CHK_COUNT(ROWS), CHK_OID_COUNT - 1);
	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_bytes bytes = chk_oid_bytes(ROWS[i].oid);
		struct chk_buffer buffer = { 0 };

		assert_int_equal(bytes.size, encode(ROWS[i].dotted, room));
		assert_memory_equal(bytes.data, room, bytes.size);
		assert_int_equal(chk_oid_find(bytes), ROWS[i].oid);
		assert_string_equal(chk_oid_name(ROWS[i].oid), ROWS[i].name);
		chk_oid_dotted(&buffer, bytes);
		assert_string_equal(buffer.data, ROWS[i].dotted);
		chk_buffer_clear(&buffer);
	}
}

static void what_is_not_in_the_table_is_unknown(void **state)
{
	assert_int_equal(chk_oid_find(BYTES("\x55\x1d\x7f")), CHK_OID_UNKNOWN);
	assert_int_equal(chk_oid_find(BYTES("\x55\x1d")), CHK_OID_UNKNOWN);
	assert_int_equal(chk_oid_find((struct chk_bytes){ 0 }),
			 CHK_OID_UNKNOWN);
	assert_null(chk_oid_name(CHK_OID_UNKNOWN));
	assert_null(chk_oid_bytes(CHK_OID_UNKNOWN).data);
}

static void hostile_bytes_print_as_something(void **state)
{
	static const struct {
		struct chk_bytes bytes;
		const char *text;
	} HOSTILE[] = {
		{ { (const uint8_t *)"", 0 }, "oid#" },
		{ { (const uint8_t *)"\x55\x81", 2 }, "oid#5581" },
		{ { (const uint8_t *)"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
				     "\x7f", 11 },
		  "oid#ffffffffffffffffffff7f" },
		/* 2.999: X.690 8.19.5's own example */
		{ { (const uint8_t *)"\x88\x37", 2 }, "2.999" },
		{ { (const uint8_t *)"\x27", 1 }, "0.39" },
		{ { (const uint8_t *)"\x4f", 1 }, "1.39" },
	};

	for (size_t i = 0; i < CHK_COUNT(HOSTILE); i++) {
		struct chk_buffer buffer = { 0 };

		chk_oid_dotted(&buffer, HOSTILE[i].bytes);
		assert_string_equal(buffer.data, HOSTILE[i].text);
		chk_buffer_clear(&buffer);
	}
}

static bool parses_as(const char *dotted, struct chk_bytes content)
{
	struct chk_buffer buffer = { 0 };
	bool same = chk_oid_parse(dotted, &buffer) &&
		    chk_bytes_equal(chk_bytes_of(buffer.data, buffer.size),
				    content);

	chk_buffer_clear(&buffer);
	return same;
}

static void a_dotted_form_gives_the_bytes(void **state)
{
	for (size_t i = 1; i < CHK_OID_COUNT; i++)
		assert_true(parses_as(chk_oid_text((enum chk_oid)i),
				      chk_oid_bytes((enum chk_oid)i)));
	assert_true(parses_as("2.999", BYTES("\x88\x37"))); /* X.690 8.19.5 */
	assert_true(parses_as("0.39", BYTES("\x27")));
	assert_true(parses_as("1.2.0", BYTES("\x2a\x00")));
}

static void what_is_no_dotted_form_is_refused(void **state)
{
	static const char *const BAD[] = {
		"", "1", "1.", ".1", "3.1", "1.40", "1.2.", "1..2", "1.02",
		"1.2.x", "1.2 ", " 1.2", "-1.2", "1.-2",
		"1.2.99999999999999999999",
	};

	for (size_t i = 0; i < CHK_COUNT(BAD); i++) {
		struct chk_buffer buffer = { 0 };

		assert_false(chk_oid_parse(BAD[i], &buffer));
		chk_buffer_clear(&buffer);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_bytes_of_a_row_are_its_dotted_form),
		cmocka_unit_test(what_is_not_in_the_table_is_unknown),
		cmocka_unit_test(hostile_bytes_print_as_something),
		cmocka_unit_test(a_dotted_form_gives_the_bytes),
		cmocka_unit_test(what_is_no_dotted_form_is_refused),
	};

	return cmocka_run_group_tests_name("cert/oid", tests, NULL, NULL);
}
