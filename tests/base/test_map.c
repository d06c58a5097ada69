/* tests/base/test_map.c: lib/base/map.c. */
#include "support/test.h"

#include "base/map.h"

static void check_items(const struct chk_map *map, uint64_t hash,
			uint32_t first, uint32_t step, size_t count)
{
	size_t cursor = 0;
	uint32_t item;

	for (size_t i = 0; i < count; i++) {
		assert_true(chk_map_find(map, hash, &cursor, &item));
		assert_int_equal(item, first + i * step);
	}
	assert_false(chk_map_find(map, hash, &cursor, &item));
}

static void an_empty_map_has_nothing(void **state)
{
	struct chk_map map = { 0 };

	check_items(&map, 0, 0, 0, 0);
	chk_map_clear(&map);
}

static void every_item_is_found_by_its_hash(void **state)
{
	struct chk_map map = { 0 };

	for (uint32_t i = 0; i < 10000; i++)
		assert_true(chk_map_add(&map, i * 0x9e3779b97f4a7c15u, i));
	assert_int_equal(map.count, 10000);
	for (uint32_t i = 0; i < 10000; i++)
		check_items(&map, i * 0x9e3779b97f4a7c15u, i, 0, 1);
	check_items(&map, 12345, 0, 0, 0);
	chk_map_clear(&map);
	assert_null(map.slots);
}

/*
 * Hashes that all want the last slots run over the end of the table, and the
 * items of each keep their order when it grows, at any size.
 */
static void items_of_one_hash_keep_their_order(void **state)
{
	for (uint32_t count = 1; count < 300; count++) {
		struct chk_map map = { 0 };

		for (uint32_t i = 0; i < count; i++)
			assert_true(chk_map_add(&map, UINT64_MAX - i % 3, i));
		for (uint32_t i = 0; i < 3; i++)
			check_items(&map, UINT64_MAX - i, i, 3,
				    (count + 2 - i) / 3);
		chk_map_clear(&map);
	}
}

/*
 * A million items of one hash: where each addition walked over those before,
 * this would take minutes.
 */
static void items_of_one_hash_cost_no_more_than_others(void **state)
{
	struct chk_map map = { 0 };

	for (uint32_t i = 0; i < 1000000; i++)
		assert_true(chk_map_add(&map, 7, i));
	check_items(&map, 7, 0, 1, 1000000);
	check_items(&map, 8, 0, 0, 0);
	chk_map_clear(&map);
}

static void what_was_walked_to_its_end_stays_there(void **state)
{
	struct chk_map map = { 0 };
	size_t cursor = 0;
	uint32_t item;

	assert_true(chk_map_add(&map, 7, 3));
	assert_true(chk_map_find(&map, 7, &cursor, &item));
	assert_false(chk_map_find(&map, 7, &cursor, &item));
	assert_false(chk_map_find(&map, 7, &cursor, &item));
	chk_map_clear(&map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_map_has_nothing),
		cmocka_unit_test(every_item_is_found_by_its_hash),
		cmocka_unit_test(items_of_one_hash_keep_their_order),
		cmocka_unit_test(items_of_one_hash_cost_no_more_than_others),
		cmocka_unit_test(what_was_walked_to_its_end_stays_there),
	};

	return cmocka_run_group_tests_name("base/map", tests, NULL, NULL);
}
