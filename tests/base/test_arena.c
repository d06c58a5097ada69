/* tests/base/test_arena.c: lib/base/arena.c. */
#include "support/test.h"

#include "base/arena.h"

static void what_it_gives_is_zeroed_aligned_and_apart(void **state)
{
	struct chk_arena arena = { 0 };
	uint8_t *before = NULL;

	for (size_t size = 1; size < 5000; size += 7) {
		uint8_t *got = chk_arena_get(&arena, size);

		assert_non_null(got);
		assert_int_equal((uintptr_t)got % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(got[i], 0);
		assert_true(got != before);
		memset(got, 0xff, size);
		before = got;
	}
	chk_arena_clear(&arena);
	assert_null(arena.blocks);
}

static void impossible_sizes_fail_and_are_remembered(void **state)
{
	struct chk_arena arena = { 0 };

	assert_null(chk_arena_get(&arena, SIZE_MAX));
	assert_true(arena.failed);
	chk_arena_clear(&arena);
	assert_false(arena.failed);
	assert_null(chk_arena_array(&arena, SIZE_MAX / 2, 3));
	assert_true(arena.failed);
	assert_non_null(chk_arena_array(&arena, 0, SIZE_MAX));
	assert_true(arena.failed);
	chk_arena_clear(&arena);
}

static void copies_are_its_own(void **state)
{
	struct chk_arena arena = { 0 };
	char text[] = "text";
	struct chk_bytes bytes;
	char *copy = chk_arena_text(&arena, text);

	text[0] = 'n';
	assert_string_equal(copy, "text");
	bytes = chk_arena_bytes(&arena, BYTES("a\0b"));
	assert_true(chk_bytes_equal(bytes, BYTES("a\0b")));
	/* Absent and empty stay two things. */
	assert_null(chk_arena_bytes(&arena, (struct chk_bytes){ 0 }).data);
	assert_non_null(chk_arena_bytes(&arena, BYTES("")).data);
	assert_string_equal(chk_arena_format(&arena, "%s-%d", "a", 7), "a-7");
	chk_arena_clear(&arena);
}

static void a_large_wish_leaves_the_others_alone(void **state)
{
	struct chk_arena arena = { 0 };
	char *small = chk_arena_text(&arena, "small");
	uint8_t *large = chk_arena_get(&arena, 1u << 20);

	assert_non_null(large);
	memset(large, 0xff, 1u << 20);
	assert_string_equal(small, "small");
	assert_string_equal(chk_arena_text(&arena, "next"), "next");
	chk_arena_clear(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_it_gives_is_zeroed_aligned_and_apart),
		cmocka_unit_test(impossible_sizes_fail_and_are_remembered),
		cmocka_unit_test(copies_are_its_own),
		cmocka_unit_test(a_large_wish_leaves_the_others_alone),
	};

	return cmocka_run_group_tests_name("base/arena", tests, NULL, NULL);
}
