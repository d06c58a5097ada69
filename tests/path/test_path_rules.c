/* tests/path/test_path_rules.c: lib/path/path_rules.c. */
#include "support/test.h"

#include "path/path_rules.h"

static const struct chk_cert LEAF = { .version = 3 };

/* What a path of an anchor, a CA and a leaf breaks. */
static uint32_t defects_of(struct chk_bytes of_anchor, struct chk_bytes of_ca)
{
	struct chk_cert root = { .version = 3, .policy_constraints = {
		.present = of_anchor.data, .value = of_anchor } };
	struct chk_cert ca = { .version = 3, .policy_constraints = {
		.present = of_ca.data, .value = of_ca } };
	struct chk_node leaf = { .link.cert = &LEAF, .depth = 1 };
	struct chk_node node = { .below = &leaf, .link.cert = &ca, .depth = 2 };
	struct chk_node top = { .below = &node, .link.cert = &root,
				.depth = 3 };
	struct chk_search search = { .leaf = &LEAF };
	struct chk_arena arena = { 0 };
	struct chk_run run = { .search = &search,
			       .left.policies = CHK_POLICY_MAX_NODES };
	struct chk_defects defects = { .arena = &arena };

	chk_path_rules_check(&run, &top, &defects);
	if (defects.count) {
		assert_int_equal(defects.first->defect.rule, CHK_RULE_POLICY);
		assert_ptr_equal(defects.first->defect.cert, &ca);
		assert_ptr_equal(defects.first->defect.other,
				 of_ca.data ? &ca : &root);
	}
	chk_arena_clear(&arena);
	return defects.count;
}

/* PolicyConstraints { [0] requireExplicitPolicy 0 } */
#define EXPLICIT BYTES("\x30\x03\x80\x01\x00")
/* PolicyConstraints { [1] inhibitPolicyMapping 0 } */
#define NO_MAPPING BYTES("\x30\x03\x81\x01\x00")
#define NOTHING ((struct chk_bytes){ 0 })

static void inhibiting_mappings_demands_no_policy(void **state)
{
	assert_int_equal(defects_of(NOTHING, NO_MAPPING), 0);
}

static void a_ca_that_demands_a_policy_gets_one(void **state)
{
	assert_int_equal(defects_of(NOTHING, EXPLICIT), 1);
}

/* RFC 5937 section 3. */
static void an_anchor_that_demands_a_policy_gets_one(void **state)
{
	assert_int_equal(defects_of(EXPLICIT, NOTHING), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(inhibiting_mappings_demands_no_policy),
		cmocka_unit_test(a_ca_that_demands_a_policy_gets_one),
		cmocka_unit_test(an_anchor_that_demands_a_policy_gets_one),
	};

	return cmocka_run_group_tests_name("path/path_rules", tests, NULL,
					   NULL);
}
