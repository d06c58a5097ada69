/* tests/path/test_search.c: lib/path/search.c and lib/path/candidates.c. */
#include "support/test.h"

#include "path/bench.h"

static void a_path_goes_from_the_leaf_to_the_anchor(void **state)
{
	struct bench *bench = *state;
	const struct chk_cert *root = ca(bench, "root", 0, NULL, 0);
	const struct chk_cert *int1 = ca(bench, "int", 1, "root", 0);
	const struct chk_path *path;

	set_leaf(bench, "int", 1);
	send(bench, int1);
	trust(bench, root);
	path = run(bench);
	assert_true(chk_path_is_valid(path));
	assert_int_equal(path->count, 3);
	assert_ptr_equal(path->links[0].cert, bench->search.leaf);
	assert_ptr_equal(path->links[1].cert, int1);
	assert_ptr_equal(path->anchor->cert, root);
	assert_int_equal(bench->outcome.used.signatures, 2);
}

static void a_path_is_found_among_many_of_the_name(void **state)
{
	struct bench *bench = *state;

	set_leaf(bench, "int", 1);
	for (int key = 2; key < 12; key++)
		send(bench, ca(bench, "int", key, "root", 0));
	send(bench, ca(bench, "int", 1, "root", 0));
	trust(bench, ca(bench, "root", 0, NULL, 0));
	assert_true(is_trusted(bench));
	/*
	 * The key ids say which one it is: nothing is tried in vain, though
	 * more paths are asked for.
	 */
	assert_int_equal(bench->outcome.used.signatures, 2);
}

static void without_key_ids_every_candidate_is_tried(void **state)
{
	struct bench *bench = *state;

	bench->search.leaf = make(bench, (struct recipe){
		.subject = "leaf", .key = 15, .issuer = "int", .issuer_key = 1,
		.no_key_ids = true });
	for (int key = 2; key < 6; key++)
		send(bench, ca(bench, "int", key, "root", 0));
	send(bench, ca(bench, "int", 1, "root", 0));
	trust(bench, ca(bench, "root", 0, NULL, 0));
	assert_true(is_trusted(bench));
	assert_true(bench->outcome.used.signatures <= 6);
	assert_true(bench->outcome.refusal_count >= 1);
	assert_int_equal(bench->outcome.refusals[0].defect.rule,
			 CHK_RULE_KEY_MISMATCH);
}

static void an_expired_twin_is_passed_by_and_kept_in_the_ledger(void **state)
{
	struct bench *bench = *state;
	const struct chk_cert *expired = make(bench, (struct recipe){
		.subject = "int", .key = 1, .issuer = "root", .issuer_key = 0,
		.ca = true, .not_before = 1000, .not_after = MADE_NOW - 1 });

	set_leaf(bench, "int", 1);
	send(bench, expired);
	send(bench, ca(bench, "int", 1, "root", 0));
	trust(bench, ca(bench, "root", 0, NULL, 0));
	assert_true(is_trusted(bench));
	assert_int_equal(bench->outcome.refusal_count, 1);
	assert_ptr_equal(bench->outcome.refusals[0].cert, expired);
	assert_int_equal(bench->outcome.refusals[0].defect.rule,
			 CHK_RULE_EXPIRED);
}

static void a_cross_sign_leads_to_the_anchor_that_is_there(void **state)
{
	struct bench *bench = *state;

	set_leaf(bench, "int", 1);
	send(bench, ca(bench, "int", 1, "new root", 2));
	send(bench, ca(bench, "new root", 2, "old root", 3));
	send(bench, ca(bench, "new root", 2, NULL, 2));
	trust(bench, ca(bench, "old root", 3, NULL, 3));
	assert_true(is_trusted(bench));
	assert_int_equal(bench->outcome.paths[0].count, 4);
}

static void a_missing_issuer_ends_the_path(void **state)
{
	struct bench *bench = *state;
	const struct chk_path *path;

	set_leaf(bench, "int", 1);
	trust(bench, ca(bench, "root", 0, NULL, 0));
	path = run(bench);
	assert_int_equal(path->end, CHK_END_MISSING);
	assert_int_equal(only_rule(path), CHK_RULE_ISSUER_UNKNOWN);
	assert_int_equal(bench->outcome.used.signatures, 0);
}

static void a_root_that_was_sent_proves_nothing(void **state)
{
	struct bench *bench = *state;
	const struct chk_path *path;

	set_leaf(bench, "root", 0);
	send(bench, ca(bench, "root", 0, NULL, 0));
	trust(bench, ca(bench, "other", 1, NULL, 1));
	path = run(bench);
	assert_int_equal(path->end, CHK_END_TOP);
	assert_int_equal(only_rule(path), CHK_RULE_ANCHOR_MISSING);
}

static void an_anchor_of_another_key_is_refused(void **state)
{
	struct bench *bench = *state;
	const struct chk_path *path;

	set_leaf(bench, "root", 0);
	trust(bench, ca(bench, "root", 1, NULL, 1));
	path = run(bench);
	assert_int_equal(path->end, CHK_END_MISSING);
	assert_int_equal(only_rule(path), CHK_RULE_KEY_MISMATCH);
	assert_int_equal(bench->outcome.refusal_count, 1);
}

static void two_cas_that_issued_each_other_are_no_endless_path(void **state)
{
	struct bench *bench = *state;

	set_leaf(bench, "a", 1);
	send(bench, ca(bench, "a", 1, "b", 2));
	send(bench, ca(bench, "b", 2, "a", 1));
	assert_false(is_trusted(bench));
	assert_false(bench->outcome.spent);
	assert_true(bench->outcome.used.signatures <= 2);
}

static void a_signature_is_checked_once_whatever_the_paths(void **state)
{
	struct bench *bench = *state;
	const struct chk_cert *roots[3];

	/* leaf <- a <- {b1, b2} <- three roots of one key and no trust. */
	set_leaf(bench, "a", 1);
	send(bench, ca(bench, "a", 1, "b", 2));
	for (int i = 0; i < 3; i++) {
		send(bench, ca(bench, "b", 2, "root", 3));
		roots[i] = ca(bench, "root", 3, NULL, 3);
		send(bench, roots[i]);
	}
	assert_false(is_trusted(bench));
	/* Edges: leaf-a, a-b, b-root (3 bytes each differing), root-root. */
	assert_true(chk_memory_facts(bench->memory).checks <= 8);
	assert_int_equal(chk_memory_facts(bench->memory).checks,
			 bench->outcome.used.signatures);
}

static void assert_spent(struct bench *bench, struct chk_budget budget)
{
	set_leaf(bench, "int", 1);
	send(bench, ca(bench, "int", 1, "root", 0));
	trust(bench, ca(bench, "root", 0, NULL, 0));
	bench->search.budget = budget;
	assert_false(is_trusted(bench));
	assert_true(bench->outcome.spent);
}

static void a_spent_budget_trusts_nothing(void **state)
{
	assert_spent(*state, (struct chk_budget){
		1000, 1, 1000, CHK_POLICY_MAX_NODES });
}

static void a_spent_budget_of_steps_trusts_nothing(void **state)
{
	assert_spent(*state, (struct chk_budget){
		2, 100, 1000, CHK_POLICY_MAX_NODES });
}

/* Names that match and are spelt otherwise cost what they are long. */
static void a_spent_budget_of_names_trusts_nothing(void **state)
{
	struct bench *bench = *state;

	set_leaf(bench, "ROOT", 0);
	trust(bench, ca(bench, "Root", 0, NULL, 0));
	assert_true(is_trusted(bench));
	bench->search.budget = (struct chk_budget){
		1000, 100, 0, CHK_POLICY_MAX_NODES };
	assert_false(is_trusted(bench));
	assert_true(bench->outcome.spent);
}

/*
 * An issuer's extensions are read for each node that it makes. One that is too
 * dear is not looked at, and not said to be missing.
 */
static void a_spent_budget_leaves_a_long_issuer_out(void **state)
{
	static char name[4096];
	struct bench *bench = *state;

	memset(name, 'a', sizeof(name) - 1);
	set_leaf(bench, "int", 1);
	send(bench, make(bench, (struct recipe){
		.subject = "int", .key = 1, .issuer = "root", .issuer_key = 0,
		.ca = true, .dns = name }));
	trust(bench, ca(bench, "root", 0, NULL, 0));
	assert_true(is_trusted(bench));
	assert_true(bench->outcome.used.comparisons >= 4096 / 256);
	bench->search.budget.comparisons = 4096 / 256 - 1;
	assert_null(run(bench));
	assert_true(bench->outcome.spent);
}

static void what_is_sent_is_never_an_anchor(void **state)
{
	struct bench *bench = *state;

	set_leaf(bench, "int", 1);
	send(bench, ca(bench, "int", 1, "root", 0));
	send(bench, ca(bench, "root", 0, NULL, 0));
	assert_false(is_trusted(bench));
}

static void a_distrusted_intermediate_is_on_no_valid_path(void **state)
{
	struct bench *bench = *state;
	const struct chk_cert *int1 = ca(bench, "int", 1, "root", 0);

	set_leaf(bench, "int", 1);
	send(bench, int1);
	trust(bench, ca(bench, "root", 0, NULL, 0));
	assert_true(chk_store_add(bench->store, int1, CHK_PURPOSE_ANY,
				  CHK_TRUST_DISTRUSTED, "store", NULL));
	assert_false(is_trusted(bench));
	assert_int_equal(only_rule(&bench->outcome.paths[0]),
			 CHK_RULE_DISTRUSTED);
}

static void an_entry_without_trust_ends_no_valid_path(void **state)
{
	struct bench *bench = *state;
	const struct chk_cert *root = ca(bench, "root", 0, NULL, 0);

	set_leaf(bench, "root", 0);
	assert_non_null(chk_store_anchor(bench->store, root, "token"));
	assert_false(is_trusted(bench));
	assert_int_equal(only_rule(&bench->outcome.paths[0]),
			 CHK_RULE_WRONG_PURPOSE_ANCHOR);
}

/* A CA's new key, vouched for by its old one, which is the one trusted. */
static void an_entry_without_trust_that_is_no_root_is_a_step(void **state)
{
	struct bench *bench = *state;

	set_leaf(bench, "root", 2);
	assert_true(chk_store_add(bench->store,
				  ca(bench, "root", 2, "root", 0),
				  CHK_PURPOSE_ANY, CHK_TRUST_NOT_STATED,
				  "store", NULL));
	trust(bench, ca(bench, "root", 0, NULL, 0));
	assert_true(is_trusted(bench));
	assert_int_equal(bench->outcome.paths[0].count, 3);
}

static void a_leaf_that_is_trusted_needs_no_issuer(void **state)
{
	struct bench *bench = *state;

	set_leaf(bench, "int", 1);
	trust(bench, bench->search.leaf);
	assert_true(is_trusted(bench));
	assert_int_equal(bench->outcome.paths[0].count, 1);
	assert_int_equal(bench->outcome.used.signatures, 0);
}

/* NSS's "P": this certificate, and nothing that it issued. */
static void a_trusted_peer_is_a_leaf_and_no_issuer(void **state)
{
	struct bench *bench = *state;
	const struct chk_cert *root = ca(bench, "root", 0, NULL, 0);
	struct chk_anchor *anchor;

	set_leaf(bench, "root", 0);
	anchor = chk_store_anchor(bench->store, root, "peer");
	assert_non_null(anchor);
	anchor->peer[CHK_PURPOSE_TLS_SERVER] = true;
	assert_false(is_trusted(bench));
	anchor = chk_store_anchor(bench->store, bench->search.leaf, "peer");
	assert_non_null(anchor);
	anchor->peer[CHK_PURPOSE_TLS_CLIENT] = true;
	assert_false(is_trusted(bench));
	anchor->peer[CHK_PURPOSE_TLS_SERVER] = true;
	assert_true(is_trusted(bench));
	chk_anchor_set(anchor, CHK_PURPOSE_TLS_SERVER, CHK_TRUST_DISTRUSTED);
	assert_false(is_trusted(bench));
}

/* NSS's "C": what it issued, and itself only where it issued that. */
static void a_trusted_issuer_is_no_leaf(void **state)
{
	struct bench *bench = *state;
	struct chk_anchor *anchor;

	set_leaf(bench, "root", 0);
	trust(bench, bench->search.leaf);
	assert_true(is_trusted(bench));
	anchor = chk_store_anchor(bench->store, bench->search.leaf, "issuer");
	anchor->issuer_only = true;
	assert_false(is_trusted(bench));
	/* Issued by itself, but said to be no CA. */
	bench->search.leaf = make(bench, (struct recipe){
		.subject = "own", .key = 3, .issuer_key = 3 });
	trust(bench, bench->search.leaf);
	anchor = chk_store_anchor(bench->store, bench->search.leaf, "issuer");
	anchor->issuer_only = anchor->cert->basic_constraints.present;
	assert_int_equal(is_trusted(bench), !anchor->issuer_only);
	bench->search.leaf = ca(bench, "own ca", 4, NULL, 4);
	trust(bench, bench->search.leaf);
	anchor = chk_store_anchor(bench->store, bench->search.leaf, "issuer");
	anchor->issuer_only = true;
	assert_true(is_trusted(bench));
}

static void an_expired_leaf_that_is_trusted_is_expired(void **state)
{
	struct bench *bench = *state;

	bench->search.leaf = make(bench, (struct recipe){
		.subject = "leaf", .key = 15, .not_before = 1000,
		.not_after = MADE_NOW - 1 });
	trust(bench, bench->search.leaf);
	assert_false(is_trusted(bench));
	assert_int_equal(only_rule(&bench->outcome.paths[0]),
			 CHK_RULE_EXPIRED);
}

static void equal_explanations_come_in_the_order_sent(void **state)
{
	struct bench *bench = *state;
	const struct chk_cert *first = ca(bench, "int", 1, "root a", 2);

	set_leaf(bench, "int", 1);
	send(bench, first);
	send(bench, ca(bench, "int", 1, "root b", 3));
	run(bench);
	assert_int_equal(bench->outcome.count, 2);
	assert_ptr_equal(bench->outcome.paths[0].links[1].cert, first);
}

/* A certificate that the client has not, wherever it is. */
static void find(struct bench *bench, const struct chk_cert *cert,
		 enum chk_origin origin)
{
	assert_true(chk_supply_add(&bench->supply, cert, origin, 0, "far"));
}

static void an_issuer_that_was_fetched_is_one_that_was_not_sent(void **state)
{
	struct bench *bench = *state;
	const struct chk_path *path;

	set_leaf(bench, "int", 1);
	find(bench, ca(bench, "int", 1, "root", 0), CHK_ORIGIN_FETCHED);
	trust(bench, ca(bench, "root", 0, NULL, 0));
	path = run(bench);
	assert_int_equal(only_rule(path), CHK_RULE_ISSUER_ELSEWHERE);
	assert_int_equal(path->end, CHK_END_ANCHOR);
	assert_int_equal(path->links[1].origin, CHK_ORIGIN_FETCHED);
}

/* RFC 4210 section 4.4: the new key of a CA, signed with its old one. */
static void a_self_issued_issuer_that_was_not_sent_is_missing_too(void **state)
{
	static const enum chk_origin FAR[] = { CHK_ORIGIN_ELSEWHERE,
					       CHK_ORIGIN_FETCHED };
	struct bench *bench = *state;
	const struct chk_cert *new_with_old = ca(bench, "ca", 1, "ca", 0);

	set_leaf(bench, "ca", 1);
	trust(bench, ca(bench, "ca", 0, NULL, 0));
	for (size_t i = 0; i < CHK_COUNT(FAR); i++) {
		chk_supply_clear(&bench->supply);
		find(bench, new_with_old, FAR[i]);
		assert_false(is_trusted(bench));
		assert_int_equal(only_rule(&bench->outcome.paths[0]),
				 CHK_RULE_ISSUER_ELSEWHERE);
	}
	chk_supply_clear(&bench->supply);
	send(bench, new_with_old);
	assert_true(is_trusted(bench));
}

static void a_root_that_was_fetched_is_no_anchor(void **state)
{
	struct bench *bench = *state;

	set_leaf(bench, "root", 0);
	find(bench, ca(bench, "root", 0, NULL, 0), CHK_ORIGIN_FETCHED);
	assert_int_equal(only_rule(run(bench)), CHK_RULE_ANCHOR_MISSING);
}

static void a_wrong_answer_stands_in_the_ledger_and_explains_nothing(
	void **state)
{
	struct bench *bench = *state;

	set_leaf(bench, "int", 1);
	trust(bench, ca(bench, "root", 0, NULL, 0));
	find(bench, ca(bench, "int", 2, "root", 0), CHK_ORIGIN_FETCHED);
	assert_int_equal(only_rule(run(bench)), CHK_RULE_ISSUER_UNKNOWN);
	assert_int_equal(bench->outcome.refusal_count, 1);
	assert_int_equal(bench->outcome.refusals[0].defect.rule,
			 CHK_RULE_KEY_MISMATCH);
}

static void a_fetched_issuer_that_is_no_ca_explains_nothing(void **state)
{
	struct bench *bench = *state;

	set_leaf(bench, "int", 1);
	trust(bench, ca(bench, "root", 0, NULL, 0));
	find(bench, make(bench, (struct recipe){
		.subject = "int", .key = 1, .issuer = "root" }),
	     CHK_ORIGIN_FETCHED);
	assert_int_equal(only_rule(run(bench)), CHK_RULE_ISSUER_UNKNOWN);
	assert_int_equal(bench->outcome.refusal_count, 1);
	assert_int_equal(bench->outcome.refusals[0].defect.rule,
			 CHK_RULE_NOT_A_CA);
}

#define SEARCH_TEST(name) cmocka_unit_test_setup_teardown(name, lay, clear)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SEARCH_TEST(a_path_goes_from_the_leaf_to_the_anchor),
		SEARCH_TEST(a_path_is_found_among_many_of_the_name),
		SEARCH_TEST(without_key_ids_every_candidate_is_tried),
		SEARCH_TEST(an_expired_twin_is_passed_by_and_kept_in_the_ledger),
		SEARCH_TEST(a_cross_sign_leads_to_the_anchor_that_is_there),
		SEARCH_TEST(a_missing_issuer_ends_the_path),
		SEARCH_TEST(a_root_that_was_sent_proves_nothing),
		SEARCH_TEST(an_anchor_of_another_key_is_refused),
		SEARCH_TEST(two_cas_that_issued_each_other_are_no_endless_path),
		SEARCH_TEST(a_signature_is_checked_once_whatever_the_paths),
		SEARCH_TEST(a_spent_budget_trusts_nothing),
		SEARCH_TEST(a_spent_budget_of_steps_trusts_nothing),
		SEARCH_TEST(a_spent_budget_of_names_trusts_nothing),
		SEARCH_TEST(a_spent_budget_leaves_a_long_issuer_out),
		SEARCH_TEST(what_is_sent_is_never_an_anchor),
		SEARCH_TEST(a_distrusted_intermediate_is_on_no_valid_path),
		SEARCH_TEST(an_entry_without_trust_ends_no_valid_path),
		SEARCH_TEST(an_entry_without_trust_that_is_no_root_is_a_step),
		SEARCH_TEST(a_leaf_that_is_trusted_needs_no_issuer),
		SEARCH_TEST(a_trusted_peer_is_a_leaf_and_no_issuer),
		SEARCH_TEST(a_trusted_issuer_is_no_leaf),
		SEARCH_TEST(an_expired_leaf_that_is_trusted_is_expired),
		SEARCH_TEST(equal_explanations_come_in_the_order_sent),
		SEARCH_TEST(
			an_issuer_that_was_fetched_is_one_that_was_not_sent),
		SEARCH_TEST(
			a_self_issued_issuer_that_was_not_sent_is_missing_too),
		SEARCH_TEST(a_root_that_was_fetched_is_no_anchor),
		SEARCH_TEST(
			a_wrong_answer_stands_in_the_ledger_and_explains_nothing),
		SEARCH_TEST(a_fetched_issuer_that_is_no_ca_explains_nothing),
	};

	return cmocka_run_group_tests_name("path/search", tests, NULL, forget_made);
}
