/* tests/store/test_constraints.c: lib/store/constraints.c. */
#include "support/test.h"

#include "base/cleanup.h"
#include "store/constraints.h"

static const struct chk_stapled NAMES = {
	.oid = { (const uint8_t *)"\x55\x1d\x1e", 3 },
	.value = { (const uint8_t *)"0", 1 },
};
static const struct chk_stapled OTHER_NAMES = {
	.oid = { (const uint8_t *)"\x55\x1d\x1e", 3 },
	.value = { (const uint8_t *)"1", 1 },
};
static const struct chk_stapled CRITICAL_NAMES = {
	.oid = { (const uint8_t *)"\x55\x1d\x1e", 3 },
	.critical = true,
	.value = { (const uint8_t *)"0", 1 },
};
static const struct chk_stapled POLICIES = {
	.oid = { (const uint8_t *)"\x55\x1d\x20", 3 },
	.value = { (const uint8_t *)"0", 1 },
};

/* Takes in a certificate with one or two of them; NULL: none. */
static void add(struct chk_constraints *constraints,
		const struct chk_stapled *one, const struct chk_stapled *two)
{
	struct chk_stapled list[2];
	static struct chk_stapled kept[16][2];
	static size_t next;
	struct chk_anchor anchor = { 0 };

	if (one)
		list[anchor.stapled_count++] = *one;
	if (two)
		list[anchor.stapled_count++] = *two;
	/* They are borrowed until the test ends. */
	memcpy(kept[next % 16], list, anchor.stapled_count * sizeof(*list));
	anchor.stapled = kept[next++ % 16];
	assert_true(chk_constraints_add(constraints, &anchor));
}

static void expect(const struct chk_constraints *before,
		   const struct chk_constraints *after, size_t lost,
		   size_t changed)
{
	struct chk_constraint_changes changes =
		chk_constraints_compare(before, after);

	assert_int_equal(changes.lost, lost);
	assert_int_equal(changes.changed, changed);
}

static void sets_are_compared_without_order(void **state)
{
	CHK_CLEANUP(chk_constraints_clear) struct chk_constraints a = { 0 };
	CHK_CLEANUP(chk_constraints_clear) struct chk_constraints b = { 0 };

	add(&a, &NAMES, &POLICIES);
	add(&b, &POLICIES, &NAMES);
	expect(&a, &b, 0, 0);
}

static void one_that_is_gone_is_lost_and_a_new_one_changed(void **state)
{
	CHK_CLEANUP(chk_constraints_clear) struct chk_constraints a = { 0 };
	CHK_CLEANUP(chk_constraints_clear) struct chk_constraints b = { 0 };

	add(&a, &NAMES, NULL);
	add(&b, &POLICIES, NULL);
	expect(&a, &b, 1, 1);
}

static void another_value_or_criticality_is_a_change(void **state)
{
	CHK_CLEANUP(chk_constraints_clear) struct chk_constraints a = { 0 };
	CHK_CLEANUP(chk_constraints_clear) struct chk_constraints b = { 0 };
	CHK_CLEANUP(chk_constraints_clear) struct chk_constraints c = { 0 };

	add(&a, &NAMES, NULL);
	add(&b, &OTHER_NAMES, NULL);
	add(&c, &CRITICAL_NAMES, NULL);
	expect(&a, &b, 0, 1);
	expect(&a, &c, 0, 1);
}

static void what_one_certificate_lacks_does_not_hold(void **state)
{
	CHK_CLEANUP(chk_constraints_clear) struct chk_constraints a = { 0 };
	CHK_CLEANUP(chk_constraints_clear) struct chk_constraints b = { 0 };

	add(&a, &NAMES, &POLICIES);
	add(&b, &NAMES, &POLICIES);
	add(&b, &POLICIES, NULL);
	expect(&a, &b, 1, 0);
	add(&b, NULL, NULL);
	add(&b, &NAMES, &POLICIES);
	expect(&a, &b, 2, 0);
}

/* 2.5.29.37, and 1.3.6.1.4.1.3319.6.10.1 of p11-kit */
static void usages_are_no_constraints(void **state)
{
	CHK_CLEANUP(chk_constraints_clear) struct chk_constraints a = { 0 };
	const struct chk_constraints none = { 0 };
	const struct chk_stapled usage = { .oid = BYTES("\x55\x1d\x25") };
	const struct chk_stapled reject = {
		.oid = BYTES("\x2b\x06\x01\x04\x01\x99\x77\x06\x0a\x01"),
	};

	add(&a, &usage, &reject);
	expect(&a, &none, 0, 0);
}

static void none_and_none_are_equal(void **state)
{
	const struct chk_constraints none = { 0 };

	expect(&none, &none, 0, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sets_are_compared_without_order),
		cmocka_unit_test(
			one_that_is_gone_is_lost_and_a_new_one_changed),
		cmocka_unit_test(another_value_or_criticality_is_a_change),
		cmocka_unit_test(what_one_certificate_lacks_does_not_hold),
		cmocka_unit_test(usages_are_no_constraints),
		cmocka_unit_test(none_and_none_are_equal),
	};

	return cmocka_run_group_tests_name("store/constraints", tests, NULL,
					   NULL);
}
