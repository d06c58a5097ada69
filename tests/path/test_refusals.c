/* tests/path/test_refusals.c: lib/path/refusals.c. */
#include "support/test.h"

#include <stdlib.h>

#include "path/refusals.h"

static const struct chk_cert LEAF, A, B;

static struct chk_node node_of(const struct chk_cert *cert,
			       struct chk_node *below)
{
	return (struct chk_node){ .link.cert = cert, .below = below };
}

static void each_candidate_is_a_row_once_in_a_row(void **state)
{
	struct chk_node leaf = node_of(&LEAF, NULL);
	struct chk_node a = node_of(&A, &leaf), b = node_of(&B, &leaf);
	struct chk_refusals refusals = { 0 };
	struct chk_arena arena = { 0 };
	const struct chk_refusal *copy;
	struct chk_defect defect = { .rule = CHK_RULE_KEY_MISMATCH };

	assert_true(chk_refusals_add(&refusals, &a, defect));
	assert_true(chk_refusals_add(&refusals, &a, defect));
	assert_true(chk_refusals_add(&refusals, &b, defect));
	assert_int_equal(refusals.count, 2);
	copy = chk_refusals_copy(&refusals, &arena);
	assert_ptr_equal(copy[0].cert, &A);
	assert_ptr_equal(copy[0].issued, &LEAF);
	assert_ptr_equal(copy[1].cert, &B);
	assert_int_equal(copy[1].defect.rule, CHK_RULE_KEY_MISMATCH);
	free(refusals.items);
	chk_arena_clear(&arena);
}

static void none_is_no_failure(void **state)
{
	struct chk_refusals refusals = { 0 };
	struct chk_arena arena = { 0 };

	chk_refusals_copy(&refusals, &arena);
	assert_false(arena.failed);
	chk_arena_clear(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_candidate_is_a_row_once_in_a_row),
		cmocka_unit_test(none_is_no_failure),
	};

	return cmocka_run_group_tests_name("path/refusals", tests, NULL, NULL);
}
