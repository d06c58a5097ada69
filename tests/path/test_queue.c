/* tests/path/test_queue.c: lib/path/queue.c. */
#include "support/test.h"

#include "path/queue.h"

static struct chk_node node_of(uint32_t cost, uint32_t order)
{
	return (struct chk_node){ .defects = { .cost = cost }, .order = order };
}

static void the_cheapest_comes_first(void **state)
{
	static const uint32_t COSTS[] = { 40, 0, 200, 20, 0, 1000, 45, 20, 300 };
	struct chk_node nodes[CHK_COUNT(COSTS)];
	struct chk_queue queue = { 0 };
	uint32_t last = 0;

	for (uint32_t i = 0; i < CHK_COUNT(COSTS); i++) {
		nodes[i] = node_of(COSTS[i], i);
		assert_true(chk_queue_add(&queue, &nodes[i]));
	}
	for (size_t i = 0; i < CHK_COUNT(COSTS); i++) {
		struct chk_node *node = chk_queue_take(&queue);

		assert_non_null(node);
		assert_true(node->defects.cost >= last);
		last = node->defects.cost;
	}
	assert_null(chk_queue_take(&queue));
	chk_queue_clear(&queue);
}

static void of_equal_cost_the_youngest_comes_first(void **state)
{
	struct chk_node nodes[5];
	struct chk_queue queue = { 0 };

	for (uint32_t i = 0; i < 5; i++) {
		nodes[i] = node_of(7, i);
		assert_true(chk_queue_add(&queue, &nodes[i]));
	}
	for (uint32_t i = 5; i > 0; i--)
		assert_ptr_equal(chk_queue_take(&queue), &nodes[i - 1]);
	chk_queue_clear(&queue);
}

/* What can still end in an anchor comes before an explanation. */
static void dead_ends_come_last_and_the_oldest_first(void **state)
{
	struct chk_node nodes[4] = { node_of(7, 0), node_of(7, 1),
				     node_of(7, 2), node_of(7, 3) };
	struct chk_queue queue = { 0 };

	for (size_t i = 0; i < 3; i++) {
		nodes[i].complete = true;
		nodes[i].end = i == 1 ? CHK_END_ANCHOR : CHK_END_MISSING;
	}
	for (size_t i = 0; i < 4; i++)
		assert_true(chk_queue_add(&queue, &nodes[i]));
	assert_ptr_equal(chk_queue_take(&queue), &nodes[3]);
	assert_ptr_equal(chk_queue_take(&queue), &nodes[1]);
	assert_ptr_equal(chk_queue_take(&queue), &nodes[0]);
	assert_ptr_equal(chk_queue_take(&queue), &nodes[2]);
	chk_queue_clear(&queue);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cheapest_comes_first),
		cmocka_unit_test(of_equal_cost_the_youngest_comes_first),
		cmocka_unit_test(dead_ends_come_last_and_the_oldest_first),
	};

	return cmocka_run_group_tests_name("path/queue", tests, NULL, NULL);
}
