/* tests/supply/test_supply.c: lib/supply/supply.c. */
#include "support/test.h"

#include "supply/supply.h"
#include "support/made.h"

static struct chk_cert *one, *two, *other;

static int begin(void **state)
{
	one = make_cert(&(struct recipe){ .subject = "Inter", .ca = true });
	two = make_cert(&(struct recipe){ .subject = "Inter", .key = 1,
					  .issuer_key = 1, .ca = true });
	other = make_cert(&(struct recipe){ .subject = "Other", .ca = true });
	return 0;
}

static int end(void **state)
{
	chk_cert_unref(one);
	chk_cert_unref(two);
	chk_cert_unref(other);
	forget_keys();
	return 0;
}

static void the_first_origin_of_a_certificate_stays(void **state)
{
	struct chk_supply supply = { .items = NULL };
	size_t cursor = 0;
	const struct chk_supplied *found;

	assert_true(chk_supply_add(&supply, one, CHK_ORIGIN_PRESENTED, 3,
				   "server"));
	assert_true(chk_supply_add(&supply, one, CHK_ORIGIN_ELSEWHERE, 0,
				   "nss"));
	assert_int_equal(supply.count, 1);
	found = chk_supply_next(&supply, one->subject, one->subject_hash,
				&cursor);
	assert_ptr_equal(found->cert, one);
	assert_int_equal(found->origin, CHK_ORIGIN_PRESENTED);
	assert_int_equal(found->position, 3);
	assert_string_equal(found->where, "server");
	chk_supply_clear(&supply);
}

static void all_of_a_name_are_found_in_order(void **state)
{
	struct chk_supply supply = { .items = NULL };
	size_t cursor = 0;

	assert_true(chk_supply_add(&supply, two, CHK_ORIGIN_GIVEN, 0, "a"));
	assert_true(chk_supply_add(&supply, other, CHK_ORIGIN_GIVEN, 0, "b"));
	assert_true(chk_supply_add(&supply, one, CHK_ORIGIN_STORE, 0, "c"));
	assert_ptr_equal(chk_supply_next(&supply, one->subject,
					 one->subject_hash, &cursor)->cert,
			 two);
	assert_ptr_equal(chk_supply_next(&supply, one->subject,
					 one->subject_hash, &cursor)->cert,
			 one);
	assert_null(chk_supply_next(&supply, one->subject, one->subject_hash,
				    &cursor));
	chk_supply_clear(&supply);
}

static void an_empty_supply_has_nothing(void **state)
{
	struct chk_supply supply = { .items = NULL };
	size_t cursor = 0;

	assert_null(chk_supply_next(&supply, one->subject, one->subject_hash,
				    &cursor));
	chk_supply_clear(&supply);
	chk_supply_clear(&supply);
}

/*
 * As many as a file may have, of one name: where each was held against those
 * before, this would take minutes.
 */
static void many_of_one_name_are_taken_in_at_once(void **state)
{
	static struct chk_cert certs[100000];
	static uint32_t bytes[CHK_COUNT(certs)];
	struct chk_supply supply = { .items = NULL };

	for (uint32_t i = 0; i < CHK_COUNT(certs); i++) {
		bytes[i] = i;
		certs[i].der = chk_bytes_of(&bytes[i], sizeof(bytes[i]));
		certs[i].subject_hash = 7;
		assert_true(chk_supply_add(&supply, &certs[i],
					   CHK_ORIGIN_GIVEN, i, "file"));
		assert_true(chk_supply_add(&supply, &certs[i],
					   CHK_ORIGIN_GIVEN, i, "again"));
	}
	assert_int_equal(supply.count, CHK_COUNT(certs));
	chk_supply_clear(&supply);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_origin_of_a_certificate_stays),
		cmocka_unit_test(all_of_a_name_are_found_in_order),
		cmocka_unit_test(an_empty_supply_has_nothing),
		cmocka_unit_test(many_of_one_name_are_taken_in_at_once),
	};

	return cmocka_run_group_tests_name("supply/supply", tests, begin, end);
}
