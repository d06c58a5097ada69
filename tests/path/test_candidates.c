/* tests/path/test_candidates.c: lib/path/candidates.c. */
#include "support/test.h"

#include "path/bench.h"

/* Who could have issued `cert`, the last of a path with `below` under it. */
static struct chk_candidates find(struct bench *bench,
				  const struct chk_cert *cert,
				  struct chk_node *below, size_t limit,
				  uint32_t *comparisons)
{
	struct chk_candidates candidates = { .comparisons = comparisons };
	struct chk_node node = {
		.link = { .cert = cert }, .below = below,
		.depth = below ? below->depth + 1 : 1,
	};

	assert_true(chk_candidates_find(&bench->search, &node, limit,
					&candidates));
	return candidates;
}

/* RFC 5280 4.2.1.1: key ids help to choose, whatever the place. */
static void key_ids_count_more_than_places(void **state)
{
	struct bench *bench = *state;
	const struct chk_cert *differs = ca(bench, "int", 1, "root", 0);
	const struct chk_cert *silent = make(bench, (struct recipe){
		.subject = "int", .key = 2, .issuer = "root", .issuer_key = 0,
		.ca = true, .no_key_ids = true });
	const struct chk_cert *agrees = ca(bench, "int", 3, "root", 0);
	struct chk_candidates candidates;
	uint32_t comparisons = 100;

	set_leaf(bench, "int", 3);
	trust(bench, differs);
	send(bench, silent);
	send(bench, agrees);
	candidates = find(bench, bench->search.leaf, NULL, 10, &comparisons);
	assert_int_equal(candidates.count, 3);
	assert_ptr_equal(candidates.items[0].link.cert, agrees);
	assert_ptr_equal(candidates.items[1].link.cert, silent);
	assert_ptr_equal(candidates.items[2].link.cert, differs);
	assert_false(candidates.more);
	chk_candidates_clear(&candidates);
}

static void an_anchor_comes_before_what_was_sent(void **state)
{
	struct bench *bench = *state;
	const struct chk_cert *sent = ca(bench, "int", 1, "root", 0);
	const struct chk_cert *anchor = ca(bench, "int", 1, "other", 2);
	struct chk_candidates candidates;
	uint32_t comparisons = 100;

	set_leaf(bench, "int", 1);
	send(bench, sent);
	trust(bench, anchor);
	candidates = find(bench, bench->search.leaf, NULL, 10, &comparisons);
	assert_int_equal(candidates.count, 2);
	assert_ptr_equal(candidates.items[0].link.cert, anchor);
	assert_non_null(candidates.items[0].anchor);
	assert_ptr_equal(candidates.items[1].link.cert, sent);
	assert_null(candidates.items[1].anchor);
	chk_candidates_clear(&candidates);
}

static void an_anchor_that_was_sent_as_well_is_one_candidate(void **state)
{
	struct bench *bench = *state;
	const struct chk_cert *anchor = ca(bench, "int", 1, "root", 0);
	struct chk_candidates candidates;
	uint32_t comparisons = 100;

	set_leaf(bench, "int", 1);
	send(bench, anchor);
	trust(bench, anchor);
	candidates = find(bench, bench->search.leaf, NULL, 10, &comparisons);
	assert_int_equal(candidates.count, 1);
	assert_non_null(candidates.items[0].anchor);
	chk_candidates_clear(&candidates);
}

/* RFC 4158 section 5.2: no entity stands twice on a path. */
static void who_is_on_the_path_is_left_out_and_told_as_a_circle(void **state)
{
	struct bench *bench = *state;
	const struct chk_cert *a = ca(bench, "a", 1, "b", 2);
	const struct chk_cert *b = ca(bench, "b", 2, "a", 1);
	struct chk_node leaf = { .depth = 1 }, lower = { .depth = 2 };
	struct chk_candidates candidates;
	uint32_t comparisons = 100;

	set_leaf(bench, "a", 1);
	leaf.link.cert = bench->search.leaf;
	lower.link.cert = a;
	lower.below = &leaf;
	send(bench, a);
	send(bench, b);
	candidates = find(bench, b, &lower, 10, &comparisons);
	assert_int_equal(candidates.count, 0);
	assert_int_equal(candidates.circle, 2);
	chk_candidates_clear(&candidates);
}

static void what_is_over_the_limit_is_told(void **state)
{
	struct bench *bench = *state;
	struct chk_candidates candidates;
	uint32_t comparisons = 100;

	set_leaf(bench, "int", 1);
	for (int key = 1; key <= 4; key++)
		send(bench, ca(bench, "int", key, "root", 0));
	candidates = find(bench, bench->search.leaf, NULL, 3, &comparisons);
	assert_int_equal(candidates.count, 3);
	assert_true(candidates.more);
	chk_candidates_clear(&candidates);
}

/* RFC 5280 7.1: "INT" is "int", which only a comparison can tell. */
static void without_comparisons_no_name_of_other_bytes_is_one(void **state)
{
	struct bench *bench = *state;
	struct chk_candidates candidates;
	uint32_t comparisons = 0;

	set_leaf(bench, "int", 1);
	send(bench, ca(bench, "INT", 1, "root", 0));
	candidates = find(bench, bench->search.leaf, NULL, 10, &comparisons);
	assert_int_equal(candidates.count, 0);
	assert_true(candidates.more);
	chk_candidates_clear(&candidates);
	comparisons = 100;
	candidates = find(bench, bench->search.leaf, NULL, 10, &comparisons);
	assert_int_equal(candidates.count, 1);
	assert_true(comparisons < 100);
	chk_candidates_clear(&candidates);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, lay, clear)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(key_ids_count_more_than_places),
		TEST(an_anchor_comes_before_what_was_sent),
		TEST(an_anchor_that_was_sent_as_well_is_one_candidate),
		TEST(who_is_on_the_path_is_left_out_and_told_as_a_circle),
		TEST(what_is_over_the_limit_is_told),
		TEST(without_comparisons_no_name_of_other_bytes_is_one),
	};

	return cmocka_run_group_tests_name("path/candidates", tests, NULL,
					   forget_made);
}
