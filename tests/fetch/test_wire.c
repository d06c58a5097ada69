/* tests/fetch/test_wire.c: lib/fetch/wire.c */
#include "support/test.h"

#include "fetch/wire.h"

static void numbers_and_vectors_are_taken_off_the_front(void **state)
{
	struct chk_bytes rest = BYTES("\x01\x02\x03\x00\x02" "ab" "\x05" "abc");
	struct chk_bytes vector;
	size_t number;

	assert_true(chk_wire_take(&rest, 3, &number));
	assert_int_equal(number, 0x010203);
	assert_true(chk_wire_take_vector(&rest, 2, &vector));
	assert_int_equal(vector.size, 2);
	assert_memory_equal(vector.data, "ab", 2);
	assert_false(chk_wire_take_vector(&rest, 1, &vector));
	assert_int_equal(rest.size, 3);
	assert_false(chk_wire_take(&rest, 4, &number));
	assert_true(chk_wire_take(&rest, 0, &number));
	assert_int_equal(number, 0);
}

static void lengths_are_filled_in_afterwards(void **state)
{
	struct chk_buffer out = { 0 };
	size_t outer = chk_wire_open(&out, 2), inner;

	chk_wire_add(&out, 0x0102, 3);
	inner = chk_wire_open(&out, 1);
	chk_wire_add(&out, 7, 12); /* wider than any number */
	chk_wire_close(&out, inner, 1);
	chk_wire_close(&out, outer, 2);
	assert_int_equal(out.size, 18);
	assert_memory_equal(out.data, "\0\x10\0\x01\x02\x0c\0\0\0\0\0\0\0\0\0"
				      "\0\0\x07", 18);
	assert_false(out.failed);
	chk_buffer_clear(&out);
}

static void a_length_that_cannot_be_told_fails(void **state)
{
	struct chk_buffer out = { 0 };
	size_t at = chk_wire_open(&out, 1);

	chk_wire_add(&out, 0, 255);
	chk_wire_close(&out, at, 1);
	assert_false(out.failed);
	chk_wire_add(&out, 0, 1);
	chk_wire_close(&out, at, 1);
	assert_true(out.failed);
	chk_buffer_clear(&out);
}

/* RFC 8446 section 5.1, and the heartbeat of RFC 6520. */
static void records_begin_with_a_type_and_three(void **state)
{
	for (unsigned type = 0; type < 256; type++) {
		uint8_t head[] = { (uint8_t)type, 3 };
		bool is_one = type >= 20 && type <= 24;

		assert_int_equal(chk_wire_begins_record(
			chk_bytes_of(head, 1)), is_one);
		assert_int_equal(chk_wire_begins_record(
			chk_bytes_of(head, 2)), is_one);
		head[1] = 2;
		assert_false(chk_wire_begins_record(chk_bytes_of(head, 2)));
	}
}

static void nobody_foretells_the_random(void **state)
{
	struct chk_buffer out = { 0 };

	chk_wire_random(&out, 200);
	assert_int_equal(out.size, 200);
	assert_memory_not_equal(out.data, out.data + 100, 100);
	chk_buffer_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_and_vectors_are_taken_off_the_front),
		cmocka_unit_test(lengths_are_filled_in_afterwards),
		cmocka_unit_test(a_length_that_cannot_be_told_fails),
		cmocka_unit_test(records_begin_with_a_type_and_three),
		cmocka_unit_test(nobody_foretells_the_random),
	};

	return cmocka_run_group_tests_name("fetch/wire", tests, NULL, NULL);
}
