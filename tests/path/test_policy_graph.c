/*
 * tests/path/test_policy_graph.c: lib/path/policy_graph.c and policy_level.c.
 * A policy is a letter, '*' is anyPolicy.
 */
#include "support/test.h"

#include <stdlib.h>

#include "cert/oid.h"
#include "path/made_names.h"
#include "path/policy_graph.h"

#define NAME_A "\x30\x0c\x31\x0a\x30\x08\x06\x03\x55\x04\x03\x0c\x01" "A"
#define NONE (-1)
#define MAX_PATH 50

struct plan {
	const char *policies; /* NULL: no extension */
	const char *mappings; /* pairs of letters; NULL: no extension */
	int require_explicit, inhibit_mapping, inhibit_any; /* or NONE */
	bool self_issued;
};
#define PLAIN(text) { text, NULL, NONE, NONE, NONE, false }
#define EXPLICIT(text) { text, NULL, 0, NONE, NONE, false }
#define MAPS(text, pairs) { text, pairs, NONE, NONE, NONE, false }

struct table {
	struct chk_arena arena;
	struct chk_cert made[MAX_PATH], anchor;
	const struct chk_cert *certs[MAX_PATH];
	struct chk_policy_inputs inputs;
	struct chk_bytes initial[8];
	size_t left;
};

static struct chk_bytes oid(struct chk_arena *arena, char letter)
{
	uint8_t content[] = { 0x2a, (uint8_t)letter & 0x7f };

	if (letter == '*')
		return chk_oid_bytes(CHK_OID_POLICY_ANY);
	return chk_arena_bytes(arena, chk_bytes_of(content, 2));
}

/* SEQUENCE OF SEQUENCE { `each` OIDs }. */
static struct chk_extension list(struct chk_arena *arena, const char *letters,
				 size_t each)
{
	struct chk_bytes content = { 0 };

	if (!letters)
		return (struct chk_extension){ 0 };
	for (size_t i = 0; letters[i]; i += each) {
		struct chk_bytes one = { 0 };

		for (size_t j = i; j < i + each; j++)
			one = made_joined(arena, one, made_tlv(
				arena, 0x06, oid(arena, letters[j])));
		content = made_joined(arena, content, made_tlv(arena, 0x30, one));
	}
	return (struct chk_extension){
		true, true, made_tlv(arena, 0x30, content) };
}

static struct chk_bytes number(struct chk_arena *arena, uint8_t tag, int value)
{
	uint8_t byte = (uint8_t)value;

	if (value == NONE)
		return (struct chk_bytes){ 0 };
	return made_tlv(arena, tag, chk_arena_bytes(arena,
					chk_bytes_of(&byte, 1)));
}

static struct chk_cert make(struct chk_arena *arena, const struct plan *plan)
{
	struct chk_bytes limits = made_joined(
		arena, number(arena, 0x80, plan->require_explicit),
		number(arena, 0x81, plan->inhibit_mapping));
	struct chk_cert cert = {
		.version = 3,
		.self_issued = plan->self_issued,
		.policies = list(arena, plan->policies, 1),
		.policy_mappings = list(arena, plan->mappings, 2),
	};

	if (limits.size)
		cert.policy_constraints = (struct chk_extension){
			true, true, made_tlv(arena, 0x30, limits) };
	if (plan->inhibit_any != NONE)
		cert.inhibit_any_policy = (struct chk_extension){
			true, true, number(arena, 0x02, plan->inhibit_any) };
	return cert;
}

static int lay(void **state)
{
	*state = calloc(1, sizeof(struct table));
	return *state ? 0 : -1;
}

static int clear(void **state)
{
	struct table *table = *state;

	chk_arena_clear(&table->arena);
	free(table);
	return 0;
}

/* The path of `plans`, from below the anchor down; "" wants any policy. */
static struct chk_policy_result ask(struct table *table,
				    const struct plan *plans, size_t count,
				    const char *initial)
{
	assert_true(count <= MAX_PATH);
	for (size_t i = 0; i < count; i++) {
		table->made[i] = make(&table->arena, &plans[i]);
		table->certs[i] = &table->made[i];
	}
	table->inputs.initial = table->initial;
	table->inputs.initial_count = strlen(initial);
	for (size_t i = 0; initial[i]; i++)
		table->initial[i] = oid(&table->arena, initial[i]);
	table->left = CHK_POLICY_MAX_NODES;
	return chk_policy_graph_check(table->certs, count, &table->inputs,
				      &table->left, &table->arena);
}

#define ANSWER(wanted, plans, initial)                                  \
	assert_int_equal(ask(*state, plans, CHK_COUNT(plans), initial)  \
				 .answer, CHK_POLICY_##wanted)

static void without_a_demand_policies_do_not_matter(void **state)
{
	static const struct plan NOWHERE[] = { PLAIN(NULL), PLAIN("A") };
	static const struct plan APART[] = { PLAIN("A"), PLAIN("B") };

	ANSWER(FITS, NOWHERE, "");
	ANSWER(FITS, APART, "C");
}

static void a_demand_wants_one_policy_all_the_way(void **state)
{
	static const struct plan SAME[] = { EXPLICIT("AB"), PLAIN("BC") };
	static const struct plan APART[] = { EXPLICIT("A"), PLAIN("B") };
	static const struct plan GAP[] = { EXPLICIT("A"), PLAIN(NULL),
					   PLAIN("A") };

	ANSWER(FITS, SAME, "");
	ANSWER(FITS, SAME, "B");
	ANSWER(NONE_LEFT, SAME, "A");
	ANSWER(NONE_LEFT, APART, "");
	ANSWER(NONE_LEFT, GAP, "");
}

static void both_who_demands_and_where_none_is_left_are_told(void **state)
{
	static const struct plan GAP[] = { EXPLICIT("A"), PLAIN(NULL),
					   PLAIN("A") };
	struct table *table = *state;
	struct chk_policy_result result = ask(table, GAP, 3, "");

	assert_ptr_equal(result.demands, table->certs[0]);
	assert_ptr_equal(result.cert, table->certs[1]);
	table->inputs.explicit_policy = true;
	result = ask(table, GAP, 3, "");
	assert_null(result.demands);
}

static void the_caller_can_demand_one(void **state)
{
	static const struct plan NONE_THERE[] = { PLAIN("A"), PLAIN(NULL) };
	static const struct plan THERE[] = { PLAIN("A"), PLAIN("A") };
	struct table *table = *state;

	table->inputs.explicit_policy = true;
	ANSWER(NONE_LEFT, NONE_THERE, "");
	ANSWER(FITS, THERE, "");
	ANSWER(FITS, THERE, "BA");
	ANSWER(NONE_LEFT, THERE, "B");
}

/* requireExplicitPolicy counts what follows, self-issued ones not. */
static void a_demand_may_begin_later(void **state)
{
	static const struct plan IN_TIME[] = {
		{ "A", NULL, 2, NONE, NONE, false }, PLAIN("A"), PLAIN(NULL),
		PLAIN(NULL) };
	static const struct plan TOO_LATE[] = {
		{ "A", NULL, 3, NONE, NONE, false }, PLAIN("A"), PLAIN(NULL) };
	static const struct plan SELF_ISSUED[] = {
		{ "A", NULL, 2, NONE, NONE, false },
		{ NULL, NULL, NONE, NONE, NONE, true }, PLAIN(NULL) };
	static const struct plan BY_LEAF[] = { PLAIN("A"), EXPLICIT("B") };

	ANSWER(NONE_LEFT, IN_TIME, "");
	ANSWER(FITS, TOO_LATE, "");
	ANSWER(FITS, SELF_ISSUED, "");
	ANSWER(NONE_LEFT, BY_LEAF, "");
}

static void any_policy_stands_for_every_one(void **state)
{
	static const struct plan ABOVE[] = { EXPLICIT("*"), PLAIN("A") };
	static const struct plan BELOW[] = { EXPLICIT("A"), PLAIN("*") };
	static const struct plan ALL[] = { EXPLICIT("*"), PLAIN("*") };

	ANSWER(FITS, ABOVE, "A");
	ANSWER(NONE_LEFT, ABOVE, "B");
	ANSWER(FITS, BELOW, "A");
	ANSWER(NONE_LEFT, BELOW, "B");
	ANSWER(FITS, ALL, "B");
}

static void any_policy_can_be_inhibited(void **state)
{
	static const struct plan AT_ONCE[] = {
		{ "A", NULL, 0, NONE, 0, false }, PLAIN("*") };
	static const struct plan LATER[] = {
		{ "A", NULL, 0, NONE, 1, false }, PLAIN("*"), PLAIN("A") };
	static const struct plan SELF_ISSUED[] = {
		{ "A", NULL, 0, NONE, 0, false },
		{ "*", NULL, NONE, NONE, NONE, true }, PLAIN("A") };
	static const struct plan TOP[] = { EXPLICIT("*"), PLAIN("A") };
	struct table *table = *state;

	ANSWER(NONE_LEFT, AT_ONCE, "");
	ANSWER(FITS, LATER, "A");
	ANSWER(FITS, SELF_ISSUED, "A");
	table->inputs.inhibit_any = true;
	ANSWER(NONE_LEFT, TOP, "");
}

static void a_mapped_policy_is_the_other_below(void **state)
{
	static const struct plan MAPPED[] = {
		{ "A", "AB", 0, NONE, NONE, false }, PLAIN("B") };
	static const struct plan NOT_MAPPED[] = {
		{ "A", "AB", 0, NONE, NONE, false }, PLAIN("A") };
	static const struct plan BY_ANY[] = {
		{ "*", "AB", 0, NONE, NONE, false }, PLAIN("B") };
	static const struct plan TWO[] = {
		{ "AC", "ABCB", 0, NONE, NONE, false }, PLAIN("B") };

	ANSWER(FITS, MAPPED, "A"); /* the caller speaks of the top's */
	ANSWER(NONE_LEFT, MAPPED, "B");
	ANSWER(NONE_LEFT, NOT_MAPPED, "");
	ANSWER(FITS, BY_ANY, "A");
	ANSWER(FITS, TWO, "C");
	ANSWER(FITS, TWO, "A");
}

static void a_mapping_that_is_inhibited_deletes(void **state)
{
	static const struct plan INHIBITED[] = {
		{ "AC", NULL, 0, 0, NONE, false },
		{ "AC", "AB", NONE, NONE, NONE, false }, PLAIN("B") };
	static const struct plan OTHERS_STAY[] = {
		{ "AC", NULL, 0, 0, NONE, false },
		{ "AC", "AB", NONE, NONE, NONE, false }, PLAIN("ABC") };
	static const struct plan MAPPED[] = {
		{ "A", "AB", 0, NONE, NONE, false }, PLAIN("B") };
	struct table *table = *state;

	ANSWER(NONE_LEFT, INHIBITED, "");
	ANSWER(FITS, OTHERS_STAY, "C");
	ANSWER(NONE_LEFT, OTHERS_STAY, "A");
	table->inputs.inhibit_mapping = true;
	ANSWER(NONE_LEFT, MAPPED, "");
}

static void what_leads_nowhere_does_not_count(void **state)
{
	/* A has no child; B alone goes down to the leaf. */
	static const struct plan PRUNED[] = {
		EXPLICIT("AB"), PLAIN("B"), PLAIN("B") };

	ANSWER(NONE_LEFT, PRUNED, "A");
	ANSWER(FITS, PRUNED, "B");
}

static void ill_formed_policies_are_refused(void **state)
{
	static const struct plan TWICE[] = { EXPLICIT("AA"), PLAIN("A") };
	static const struct plan ANY_TWICE[] = { EXPLICIT("**"), PLAIN("A") };
	static const struct plan FROM_ANY[] = { MAPS("*", "*B"), PLAIN("B") };
	static const struct plan TO_ANY[] = { MAPS("A", "A*"), PLAIN("B") };
	struct table *table = *state;
	struct chk_cert cert;

	ANSWER(MALFORMED, TWICE, "");
	ANSWER(MALFORMED, ANY_TWICE, "");
	ANSWER(MALFORMED, FROM_ANY, ""); /* demanded or not (6.1.4 (a)) */
	ANSWER(MALFORMED, TO_ANY, "");
	cert = make(&table->arena, &(struct plan)EXPLICIT("A"));
	cert.policy_constraints.value = BYTES("\x30\x00");
	table->certs[0] = &cert;
	assert_int_equal(chk_policy_graph_check(table->certs, 1,
						&table->inputs, &table->left,
						&table->arena).answer, CHK_POLICY_MALFORMED);
}

static void an_anchor_constrains_what_is_below(void **state)
{
	static const struct plan PATH[] = { PLAIN("A"), PLAIN("A") };
	static const struct plan ROOT = EXPLICIT("A"), OTHER = EXPLICIT("B"),
				 SILENT = EXPLICIT(NULL);
	struct table *table = *state;

	table->inputs.anchor = &table->anchor;
	table->anchor = make(&table->arena, &ROOT);
	ANSWER(FITS, PATH, "A");
	ANSWER(NONE_LEFT, PATH, "B");
	table->anchor = make(&table->arena, &SILENT);
	ANSWER(FITS, PATH, "A");
	table->anchor = make(&table->arena, &OTHER);
	ANSWER(NONE_LEFT, PATH, "");
}

/* RFC 9618 section 3: a tree of these doubles with each certificate. */
static void the_graph_does_not_grow_exponentially(void **state)
{
	static struct plan plans[MAX_PATH];
	struct table *table = *state;

	for (size_t i = 0; i < MAX_PATH; i++)
		plans[i] = (struct plan)MAPS("AB", "AAABBABB");
	plans[MAX_PATH - 1] = (struct plan)PLAIN("AB");
	table->inputs.explicit_policy = true;
	ANSWER(FITS, plans, "A");
	ANSWER(NONE_LEFT, plans, "C");
}

/* As many as a certificate of 1 MiB can hold are not worked through. */
static void too_many_policies_are_refused(void **state)
{
	struct table *table = *state;
	struct chk_cert cert = { .version = 3 };
	struct chk_bytes content = { 0 };
	uint8_t *bytes = chk_arena_get(&table->arena,
				       (CHK_POLICY_MAX_NODES + 1) * 8);

	for (size_t i = 0; i <= CHK_POLICY_MAX_NODES; i++) {
		const uint8_t one[] = { 0x30, 6, 0x06, 4, 0x2a,
					(uint8_t)(0x80 | (1 + i / 16384)),
					(uint8_t)(0x80 | (i / 128 & 0x7f)),
					(uint8_t)(i & 0x7f) };

		memcpy(bytes + 8 * i, one, sizeof(one));
	}
	content = chk_bytes_of(bytes, (CHK_POLICY_MAX_NODES + 1) * 8);
	cert.policies = (struct chk_extension){
		true, true, made_tlv(&table->arena, 0x30, content) };
	table->certs[0] = &cert;
	table->inputs.explicit_policy = true;
	table->left = CHK_POLICY_MAX_NODES;
	assert_int_equal(chk_policy_graph_check(table->certs, 1,
						&table->inputs, &table->left,
						&table->arena).answer, CHK_POLICY_TOO_MANY);
}

/* What one path of a search used is not there for the next. */
static void paths_share_what_may_be_made(void **state)
{
	static const struct plan PATH[] = { EXPLICIT("AB"), PLAIN("AB") };
	struct table *table = *state;
	size_t used;

	ANSWER(FITS, PATH, "");
	used = CHK_POLICY_MAX_NODES - table->left;
	assert_true(used > 0);
	table->left = used - 1;
	assert_int_equal(chk_policy_graph_check(table->certs, 2,
						&table->inputs, &table->left,
						&table->arena).answer,
			 CHK_POLICY_TOO_MANY);
	assert_int_equal(table->left, 0);
}

#define POLICY_TEST(name) cmocka_unit_test_setup_teardown(name, lay, clear)

int main(void)
{
	const struct CMUnitTest tests[] = {
		POLICY_TEST(without_a_demand_policies_do_not_matter),
		POLICY_TEST(a_demand_wants_one_policy_all_the_way),
		POLICY_TEST(both_who_demands_and_where_none_is_left_are_told),
		POLICY_TEST(the_caller_can_demand_one),
		POLICY_TEST(a_demand_may_begin_later),
		POLICY_TEST(any_policy_stands_for_every_one),
		POLICY_TEST(any_policy_can_be_inhibited),
		POLICY_TEST(a_mapped_policy_is_the_other_below),
		POLICY_TEST(a_mapping_that_is_inhibited_deletes),
		POLICY_TEST(what_leads_nowhere_does_not_count),
		POLICY_TEST(ill_formed_policies_are_refused),
		POLICY_TEST(an_anchor_constrains_what_is_below),
		POLICY_TEST(the_graph_does_not_grow_exponentially),
		POLICY_TEST(too_many_policies_are_refused),
		POLICY_TEST(paths_share_what_may_be_made),
	};

	return cmocka_run_group_tests_name("path/policy_graph", tests, NULL,
					   NULL);
}
