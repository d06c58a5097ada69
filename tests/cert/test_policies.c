/* tests/cert/test_policies.c: lib/cert/policies.c. */
#include "support/test.h"

#include "cert/policies.h"

static struct chk_extension extension(struct chk_bytes value)
{
	return (struct chk_extension){ true, true, value };
}

static void policies_come_in_order_without_their_qualifiers(void **state)
{
	/* { { 1.2.3 { ... } } { 1.2.4 } } */
	struct chk_extension value = extension(BYTES(
		"\x30\x0e\x30\x06\x06\x02\x2a\x03\x30\x00"
		"\x30\x04\x06\x02\x2a\x04"));
	struct chk_der list = chk_policies_begin(&value);
	struct chk_bytes policy;

	assert_true(chk_policies_next(&list, &policy));
	assert_memory_equal(policy.data, "\x2a\x03", 2);
	assert_true(chk_policies_next(&list, &policy));
	assert_memory_equal(policy.data, "\x2a\x04", 2);
	assert_false(chk_policies_next(&list, &policy));
	assert_true(chk_der_at_end(&list));
}

static void what_is_absent_is_an_empty_list(void **state)
{
	struct chk_extension none = { 0 };
	struct chk_der list = chk_policies_begin(&none);
	struct chk_bytes policy;

	assert_false(chk_policies_next(&list, &policy));
	assert_true(chk_der_at_end(&list));
}

/* What cannot be read is left, so that it is no end. */
static void what_is_damaged_is_no_end(void **state)
{
	static const struct chk_bytes DAMAGED[] = {
		{ (const uint8_t *)"\x31\x00", 2 },
		{ (const uint8_t *)"\x30\x02\x06\x00", 4 },
		{ (const uint8_t *)"\x30\x04\x30\x02\x06\x00", 6 },
		{ (const uint8_t *)"\x30\x05\x30\x02\x06", 5 },
		{ (const uint8_t *)"\x30\x00\x00", 3 },
	};

	for (size_t i = 0; i < CHK_COUNT(DAMAGED); i++) {
		struct chk_extension value = extension(DAMAGED[i]);
		struct chk_der list = chk_policies_begin(&value);
		struct chk_bytes one, other;

		while (chk_policies_next(&list, &one))
			;
		assert_false(chk_der_at_end(&list));
		assert_false(chk_policy_mappings_next(&list, &one, &other));
		assert_false(chk_der_at_end(&list));
	}
}

static void a_mapping_is_a_pair(void **state)
{
	struct chk_extension value = extension(BYTES(
		"\x30\x0a\x30\x08\x06\x02\x2a\x03\x06\x02\x2a\x04"));
	struct chk_der list = chk_policies_begin(&value);
	struct chk_bytes issuer, subject;

	assert_true(chk_policy_mappings_next(&list, &issuer, &subject));
	assert_memory_equal(issuer.data, "\x2a\x03", 2);
	assert_memory_equal(subject.data, "\x2a\x04", 2);
	assert_true(chk_der_at_end(&list));
}

/* False: they are refused. */
static bool limits(struct chk_bytes constraints, struct chk_bytes any,
		   struct chk_policy_limits *read)
{
	struct chk_cert cert = {
		.policy_constraints = { constraints.data, true, constraints },
		.inhibit_any_policy = { any.data, true, any },
	};

	return chk_policy_limits_read(&cert, read);
}

#define NOTHING ((struct chk_bytes){ 0 })

static void limits_are_read(void **state)
{
	struct chk_policy_limits read;

	assert_true(limits(NOTHING, NOTHING, &read));
	assert_int_equal(read.require_explicit, CHK_POLICY_NO_LIMIT);
	assert_int_equal(read.inhibit_mapping, CHK_POLICY_NO_LIMIT);
	assert_int_equal(read.inhibit_any, CHK_POLICY_NO_LIMIT);
	assert_true(limits(BYTES("\x30\x06\x80\x01\x00\x81\x01\x02"),
			   BYTES("\x02\x01\x03"), &read));
	assert_int_equal(read.require_explicit, 0);
	assert_int_equal(read.inhibit_mapping, 2);
	assert_int_equal(read.inhibit_any, 3);
	assert_true(limits(BYTES("\x30\x03\x81\x01\x00"), NOTHING, &read));
	assert_int_equal(read.require_explicit, CHK_POLICY_NO_LIMIT);
	assert_int_equal(read.inhibit_mapping, 0);
}

static void limits_that_are_none_are_refused(void **state)
{
	struct chk_policy_limits read;

	assert_false(limits(BYTES("\x30\x00"), NOTHING, &read));
	assert_false(limits(BYTES("\x30\x03\x80\x01\xff"), NOTHING, &read));
	assert_false(limits(BYTES("\x30\x03\x82\x01\x00"), NOTHING, &read));
	assert_false(limits(BYTES("\x31\x03\x80\x01\x00"), NOTHING, &read));
	assert_false(limits(NOTHING, BYTES("\x02\x01\x80"), &read));
	assert_false(limits(NOTHING, BYTES("\x04\x01\x00"), &read));
	assert_false(limits(NOTHING, BYTES("\x02\x01\x00\x00"), &read));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			policies_come_in_order_without_their_qualifiers),
		cmocka_unit_test(what_is_absent_is_an_empty_list),
		cmocka_unit_test(what_is_damaged_is_no_end),
		cmocka_unit_test(a_mapping_is_a_pair),
		cmocka_unit_test(limits_are_read),
		cmocka_unit_test(limits_that_are_none_are_refused),
	};

	return cmocka_run_group_tests_name("cert/policies", tests, NULL, NULL);
}
