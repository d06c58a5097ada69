/* tests/path/test_path_rules.c: lib/path/path_rules.c. */
#include "support/test.h"

#include "path/path_rules.h"

static const struct chk_cert LEAF = { .version = 3 };

/* Of a leaf and an issuer with these policyConstraints. */
static uint32_t defects_under(struct chk_bytes constraints)
{
	struct chk_cert issuer = { .version = 3, .policy_constraints = {
		.present = true, .value = constraints } };
	struct chk_node leaf = { .link.cert = &LEAF };
	struct chk_node top = { .below = &leaf, .link.cert = &issuer };
	struct chk_search search = { .leaf = &LEAF };
	struct chk_arena arena = { 0 };
	struct chk_defects defects = { .arena = &arena };

	chk_path_rules_check(&search, &top, &defects);
	if (defects.count)
		assert_int_equal(defects.first->defect.rule, CHK_RULE_POLICY);
	chk_arena_clear(&arena);
	return defects.count;
}

static void inhibiting_mappings_demands_no_policy(void **state)
{
	/* SEQUENCE { [1] inhibitPolicyMapping 0 } */
	assert_int_equal(defects_under(BYTES("\x30\x03\x81\x01\x00")), 0);
}

static void a_demand_for_policies_is_refused_while_none_are_known(void **state)
{
	/* SEQUENCE { [0] requireExplicitPolicy 0 } */
	assert_int_equal(defects_under(BYTES("\x30\x03\x80\x01\x00")), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(inhibiting_mappings_demands_no_policy),
		cmocka_unit_test(
			a_demand_for_policies_is_refused_while_none_are_known),
	};

	return cmocka_run_group_tests_name("path/path_rules", tests, NULL,
					   NULL);
}
