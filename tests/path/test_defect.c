/* tests/path/test_defect.c: lib/path/defect.c. */
#include "support/test.h"

#include "path/defect.h"

static void a_rule_is_described_by_the_table(void **state)
{
	const struct chk_rule_facts *facts =
		chk_rule_facts(CHK_RULE_PATH_LENGTH);

	assert_string_equal(facts->name, "path-length");
	assert_string_equal(facts->code, "cert.path-length");
	assert_int_equal(facts->actor, CHK_ACTOR_CA);
	assert_non_null(strstr(facts->source, "6.1.4"));
}

/* A defect that costs nothing would leave its path trusted. */
static void every_rule_costs_something(void **state)
{
	for (int rule = 0; rule < CHK_RULE_COUNT; rule++) {
		assert_true(chk_rule_facts(rule)->cost > 0);
		assert_non_null(strchr(chk_rule_facts(rule)->code, '.'));
	}
}

static void costs_keep_the_order_of_the_repairs(void **state)
{
	static const enum chk_rule ORDER[] = {
		CHK_RULE_ISSUER_ELSEWHERE, CHK_RULE_ANCHOR_MISSING,
		CHK_RULE_HOST_NAME, CHK_RULE_EXPIRED, CHK_RULE_KEY_USAGE,
		CHK_RULE_NOT_A_CA, CHK_RULE_DISTRUSTED,
		CHK_RULE_ISSUER_UNKNOWN, CHK_RULE_ISSUER_CIRCLE,
		CHK_RULE_ISSUER_UNFIT, CHK_RULE_KEY_MISMATCH,
		CHK_RULE_SIGNATURE,
	};

	for (size_t i = 1; i < CHK_COUNT(ORDER); i++)
		assert_true(chk_rule_facts(ORDER[i - 1])->cost <
			    chk_rule_facts(ORDER[i])->cost);
}

static void costs_add_up_and_the_newest_is_first(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_defects defects = { .arena = &arena };

	chk_defects_add(&defects, (struct chk_defect){
		.rule = CHK_RULE_EXPIRED, .found_when = 7 });
	chk_defects_add(&defects, (struct chk_defect){
		.rule = CHK_RULE_PATH_LENGTH, .found = 3 });
	assert_int_equal(defects.count, 2);
	assert_int_equal(defects.cost,
			 chk_rule_facts(CHK_RULE_EXPIRED)->cost +
			 chk_rule_facts(CHK_RULE_PATH_LENGTH)->cost);
	assert_int_equal(defects.first->defect.found, 3);
	assert_int_equal(defects.first->next->defect.found_when, 7);
	assert_null(defects.first->next->next);
	chk_arena_clear(&arena);
}

static void a_cost_never_wraps_to_nothing(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_defects defects = { .arena = &arena,
				       .cost = UINT32_MAX - 1 };

	chk_defects_add(&defects, (struct chk_defect){
		.rule = CHK_RULE_SIGNATURE });
	assert_int_equal(defects.cost, UINT32_MAX);
	chk_arena_clear(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_rule_is_described_by_the_table),
		cmocka_unit_test(every_rule_costs_something),
		cmocka_unit_test(costs_keep_the_order_of_the_repairs),
		cmocka_unit_test(costs_add_up_and_the_newest_is_first),
		cmocka_unit_test(a_cost_never_wraps_to_nothing),
	};

	return cmocka_run_group_tests_name("path/defect", tests, NULL, NULL);
}
