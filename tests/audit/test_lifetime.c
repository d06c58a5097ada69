/* tests/audit/test_lifetime.c: the days that a certificate may be valid. */
#include "support/test.h"

#include "audit/lifetime.h"
#include "base/when.h"

#define DAY INT64_C(86400)

static int64_t seconds_of(const char *day)
{
	int64_t seconds;

	assert_true(chk_when_parse(day, 0, &seconds));
	return seconds;
}

/* One that was issued on a day, for so many days to the last second. */
static struct chk_cert issued(const char *day, int64_t days)
{
	int64_t since = seconds_of(day);

	return (struct chk_cert){ .not_before = since,
				  .not_after = since + days * DAY - 1 };
}

static void expect(const char *day, int64_t days, bool is_public,
		   const char *ballot)
{
	struct chk_cert cert = issued(day, days), longer = cert;
	const struct chk_lifetime *broken;

	longer.not_after++;
	assert_null(chk_lifetime_broken(&cert, is_public));
	broken = chk_lifetime_broken(&longer, is_public);
	assert_non_null(broken);
	assert_string_equal(broken->ballot, ballot);
}

static void rows_stand_in_the_order_of_their_days(void **state)
{
	for (size_t i = 1; chk_lifetime_row(i); i++)
		assert_true(seconds_of(chk_lifetime_row(i - 1)->since) <
			    seconds_of(chk_lifetime_row(i)->since));
}

/* Baseline Requirements section 6.3.2: to the last second of the last day. */
static void each_day_of_issue_has_its_limit(void **state)
{
	expect("2018-03-01", 825, true, "ballot 193");
	expect("2020-08-31", 825, true, "Apple, of every CA");
	expect("2020-09-01", 398, true, "ballot SC31");
	expect("2026-03-14", 398, true, "ballot SC31");
	expect("2026-03-15", 200, true, "ballot SC-081v3");
	expect("2027-03-15", 100, true, "ballot SC-081v3");
	expect("2029-03-15", 47, true, "ballot SC-081v3");
}

/* Three years with a leap day and the longest three months behind them. */
static void months_are_taken_at_their_longest(void **state)
{
	int64_t three_years = seconds_of("2018-11-30") -
			      seconds_of("2015-08-31");
	struct chk_cert cert = issued("2015-08-31", three_years / DAY);

	assert_null(chk_lifetime_broken(&cert, true));
	expect("2015-04-01", 1188, true, "the Baseline Requirements 1.0");
}

static void other_cas_are_held_to_what_holds_for_all(void **state)
{
	struct chk_cert old = issued("2019-06-30", 3650);

	assert_null(chk_lifetime_broken(&old, false));
	expect("2019-07-01", 825, false, "Apple, of every CA");
	expect("2029-03-15", 825, false, "Apple, of every CA");
}

static void a_day_begun_is_a_day(void **state)
{
	struct chk_cert cert = issued("2026-01-01", 90);

	assert_int_equal(chk_lifetime_days(&cert), 90);
	cert.not_after++;
	assert_int_equal(chk_lifetime_days(&cert), 91);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_stand_in_the_order_of_their_days),
		cmocka_unit_test(each_day_of_issue_has_its_limit),
		cmocka_unit_test(months_are_taken_at_their_longest),
		cmocka_unit_test(other_cas_are_held_to_what_holds_for_all),
		cmocka_unit_test(a_day_begun_is_a_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
