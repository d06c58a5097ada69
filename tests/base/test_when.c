/* tests/base/test_when.c: lib/base/when.c. */
#include "support/test.h"

#include "base/when.h"

static void text_and_seconds_agree_with_date_1(void **state)
{
	/* date -u -d @N +%FT%TZ */
	static const struct {
		int64_t seconds;
		const char *text;
	} ROWS[] = {
		{ 0, "1970-01-01T00:00:00Z" },
		{ 951782400, "2000-02-29T00:00:00Z" },
		{ 4102444799, "2099-12-31T23:59:59Z" },
		{ -1, "1969-12-31T23:59:59Z" },
		{ 253402300799, "9999-12-31T23:59:59Z" },
	};
	char text[CHK_WHEN_SIZE];
	int64_t seconds;

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		chk_when_text(ROWS[i].seconds, text);
		assert_string_equal(text, ROWS[i].text);
		assert_true(chk_when_parse(ROWS[i].text, 7, &seconds));
		assert_int_equal(seconds, ROWS[i].seconds);
	}
}

static void distances_count_from_now(void **state)
{
	int64_t seconds;

	assert_true(chk_when_parse("+90d", 1000, &seconds));
	assert_int_equal(seconds, 1000 + 90 * 86400);
	assert_true(chk_when_parse("-2h", 10000, &seconds));
	assert_int_equal(seconds, 2800);
	assert_true(chk_when_parse("now", 5, &seconds));
	assert_int_equal(seconds, 5);
}

static void an_offset_is_taken_off(void **state)
{
	int64_t seconds;

	assert_true(chk_when_parse("1970-01-01T01:00:00+01:00", 0, &seconds));
	assert_int_equal(seconds, 0);
	assert_true(chk_when_parse("1970-01-01T00:00:00-00:30", 0, &seconds));
	assert_int_equal(seconds, 1800);
}

static void what_is_no_time_is_refused(void **state)
{
	static const char *const NONE[] = {
		"", "2026-02-30", "2026-13-01", "2026-04-01T24:00:00Z",
		"2026-04-01T00:00:60Z", "2026-04-01T00:00:00", "tomorrow",
		"+90", "+d", "+ 5d", "+5x", "2026-4-1", "+99999999999d",
		"2026-04-01T00:00:00+25:00", "2026-04-01T00:00:00Zx",
	};
	int64_t seconds;

	for (size_t i = 0; i < CHK_COUNT(NONE); i++)
		assert_false(chk_when_parse(NONE[i], 0, &seconds));
}

static void a_distance_is_in_a_persons_words(void **state)
{
	char text[32];

	chk_when_distance(2 * 86400 + 5, text, sizeof(text));
	assert_string_equal(text, "2 days");
	chk_when_distance(-3600 * 36, text, sizeof(text));
	assert_string_equal(text, "36 hours");
	chk_when_distance(1, text, sizeof(text));
	assert_string_equal(text, "1 second");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_and_seconds_agree_with_date_1),
		cmocka_unit_test(distances_count_from_now),
		cmocka_unit_test(an_offset_is_taken_off),
		cmocka_unit_test(what_is_no_time_is_refused),
		cmocka_unit_test(a_distance_is_in_a_persons_words),
	};

	return cmocka_run_group_tests_name("base/when", tests, NULL, NULL);
}
