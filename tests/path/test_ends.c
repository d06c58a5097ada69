/* tests/path/test_ends.c: lib/path/ends.c. */
#include "support/test.h"

#include "path/bench.h"

static bool breaks(const struct chk_path *path, enum chk_rule rule)
{
	const struct chk_defect_node *node = path->defects;

	while (node && node->defect.rule != rule)
		node = node->next;
	return node;
}

/* A CA's certificate that expired before MADE_NOW. */
static const struct chk_cert *old_ca(struct bench *bench, const char *subject,
				     int key, const char *issuer,
				     int issuer_key)
{
	return make(bench, (struct recipe){
		.subject = subject, .key = key, .issuer = issuer,
		.issuer_key = issuer_key, .ca = true,
		.not_after = MADE_NOW - 1 });
}

static void what_is_there_explains_before_what_nobody_saw(void **state)
{
	struct bench *bench = *state;
	const struct chk_path *path;

	set_leaf(bench, "int", 1);
	send(bench, ca(bench, "int", 1, "unseen", 2));
	send(bench, old_ca(bench, "int", 1, "root", 0));
	trust(bench, ca(bench, "root", 0, NULL, 0));
	path = run(bench);
	assert_int_equal(path->end, CHK_END_ANCHOR);
	assert_int_equal(only_rule(path), CHK_RULE_EXPIRED);
	assert_int_equal(only_rule(&bench->outcome.paths[1]),
			 CHK_RULE_ISSUER_UNKNOWN);
}

static void an_unfit_issuer_below_an_unseen_one_is_wanted_anew(void **state)
{
	struct bench *bench = *state;
	const struct chk_cert *old = old_ca(bench, "int", 1, "unseen", 2);
	const struct chk_path *path;

	set_leaf(bench, "int", 1);
	send(bench, old);
	path = run(bench);
	assert_int_equal(path->end, CHK_END_MISSING);
	assert_int_equal(path->count, 1);
	assert_int_equal(only_rule(path), CHK_RULE_ISSUER_UNFIT);
	assert_ptr_equal(path->defects->defect.cert, bench->search.leaf);
	assert_ptr_equal(path->defects->defect.other, old);
	/* and the longer story is there as well */
	assert_true(breaks(&bench->outcome.paths[1], CHK_RULE_EXPIRED));
	assert_true(breaks(&bench->outcome.paths[1], CHK_RULE_ISSUER_UNKNOWN));
}

static void a_fit_issuer_is_not_wanted_anew(void **state)
{
	struct bench *bench = *state;
	const struct chk_path *path;

	set_leaf(bench, "int", 1);
	send(bench, old_ca(bench, "int", 1, "unseen", 2));
	send(bench, ca(bench, "int", 1, "other", 3));
	path = run(bench);
	assert_int_equal(only_rule(path), CHK_RULE_ISSUER_UNKNOWN);
	assert_int_equal(path->count, 2);
}

static void a_distrusted_issuer_is_never_wanted_anew(void **state)
{
	struct bench *bench = *state;
	const struct chk_cert *bad = ca(bench, "int", 1, "unseen", 2);

	set_leaf(bench, "int", 1);
	send(bench, bad);
	assert_true(chk_store_add(bench->store, bad, CHK_PURPOSE_ANY,
				  CHK_TRUST_DISTRUSTED, "store", NULL));
	run(bench);
	for (size_t i = 0; i < bench->outcome.count; i++) {
		assert_true(breaks(&bench->outcome.paths[i],
				   CHK_RULE_DISTRUSTED));
		assert_false(breaks(&bench->outcome.paths[i],
				    CHK_RULE_ISSUER_UNFIT));
	}
}

static void of_a_circle_the_lowest_is_missing(void **state)
{
	struct bench *bench = *state;
	const struct chk_cert *a = ca(bench, "a", 2, "b", 3);
	const struct chk_path *path;

	set_leaf(bench, "int", 1);
	send(bench, ca(bench, "int", 1, "a", 2));
	send(bench, a);
	send(bench, ca(bench, "b", 3, "c", 4));
	send(bench, ca(bench, "b", 3, "a", 2));
	send(bench, ca(bench, "c", 4, "b", 3));
	send(bench, ca(bench, "c", 4, "a", 2));
	path = run(bench);
	assert_int_equal(only_rule(path), CHK_RULE_ISSUER_CIRCLE);
	assert_ptr_equal(path->defects->defect.cert, a);
	assert_int_equal(path->count, 3);
}

/* RFC 5280 6.1.3 (a)(1): the signature counts whoever made it. */
static void a_weak_signature_counts_below_an_unseen_issuer(void **state)
{
	static const struct chk_strength STRICT = { "strict", 0, 0, 512 };
	struct bench *bench = *state;
	const struct chk_path *path;

	bench->search.strength = &STRICT;
	set_leaf(bench, "unseen", 1);
	path = run(bench);
	assert_true(breaks(path, CHK_RULE_ISSUER_UNKNOWN));
	assert_true(breaks(path, CHK_RULE_WEAK_SIGNATURE));
}

static void of_equal_explanations_the_shorter_is_first(void **state)
{
	struct bench *bench = *state;
	const struct chk_path *path;

	set_leaf(bench, "int", 1);
	send(bench, ca(bench, "int", 1, "cross", 2));
	send(bench, ca(bench, "cross", 2, "unseen", 3));
	send(bench, ca(bench, "int", 1, "unseen too", 4));
	path = run(bench);
	assert_int_equal(path->count, 2);
	assert_int_equal(bench->outcome.paths[1].count, 3);
}

static void a_self_signed_top_is_no_unseen_one(void **state)
{
	struct bench *bench = *state;
	const struct chk_path *path;

	set_leaf(bench, "int", 1);
	send(bench, ca(bench, "int", 1, "root", 0));
	send(bench, ca(bench, "root", 0, NULL, 0));
	path = run(bench);
	assert_int_equal(path->end, CHK_END_TOP);
	assert_int_equal(only_rule(path), CHK_RULE_ANCHOR_MISSING);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, lay, clear)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_there_explains_before_what_nobody_saw),
		TEST(an_unfit_issuer_below_an_unseen_one_is_wanted_anew),
		TEST(a_fit_issuer_is_not_wanted_anew),
		TEST(a_distrusted_issuer_is_never_wanted_anew),
		TEST(of_a_circle_the_lowest_is_missing),
		TEST(a_weak_signature_counts_below_an_unseen_issuer),
		TEST(of_equal_explanations_the_shorter_is_first),
		TEST(a_self_signed_top_is_no_unseen_one),
	};
	int failed = cmocka_run_group_tests_name("path/ends", tests, NULL,
						 NULL);

	forget_keys();
	return failed;
}
