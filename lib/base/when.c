/* lib/base/when.c: seconds since 1970-01-01T00:00:00Z and their text. */
#include "base/when.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"

#define DAY 86400
#define YEAR_9999_END INT64_C(253402300799)
#define YEAR_0_BEGIN INT64_C(-62167219200)

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
	static const int DAYS[] = { 31, 28, 31, 30, 31, 30,
				    31, 31, 30, 31, 30, 31 };

	return DAYS[month - 1] + (month == 2 && is_leap(year));
}

/* Days from 1970-01-01; years begin in March so that leap days come last. */
static int64_t days_from_date(int64_t year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year =
		(153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	       of_year - 719468;
}

static void date_from_days(int64_t days, struct chk_when *when)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t of_era = z - era * 146097;
	int64_t y = (of_era - of_era / 1460 + of_era / 36524 -
		     of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
	int64_t month = (5 * of_year + 2) / 153;

	when->day = (int)(of_year - (153 * month + 2) / 5 + 1);
	when->month = (int)(month < 10 ? month + 3 : month - 9);
	when->year = (int)(y + era * 400 + (when->month <= 2));
}

bool chk_when_seconds(const struct chk_when *when, int64_t *seconds)
{
	if (when->year < 0 || when->year > 9999 || when->month < 1 ||
	    when->month > 12 || when->day < 1 ||
	    when->day > days_in_month(when->year, when->month) ||
	    when->hour < 0 || when->hour > 23 || when->minute < 0 ||
	    when->minute > 59 || when->second < 0 || when->second > 59)
		return false;
	*seconds = days_from_date(when->year, when->month, when->day) * DAY +
		   when->hour * 3600 + when->minute * 60 + when->second;
	return true;
}

void chk_when_text(int64_t seconds, char text[CHK_WHEN_SIZE])
{
	int64_t days, rest;
	struct chk_when when;
	char room[80];

	if (seconds < YEAR_0_BEGIN || seconds > YEAR_9999_END) {
		memcpy(text, "out of range", sizeof("out of range"));
		return;
	}
	days = (seconds >= 0 ? seconds : seconds - (DAY - 1)) / DAY;
	rest = seconds - days * DAY;
	date_from_days(days, &when);
	snprintf(room, sizeof(room), "%04d-%02d-%02dT%02d:%02d:%02dZ",
		 when.year, when.month, when.day, (int)(rest / 3600),
		 (int)(rest / 60 % 60), (int)(rest % 60));
	memcpy(text, room, CHK_WHEN_SIZE - 1);
	text[CHK_WHEN_SIZE - 1] = '\0';
}

static const struct {
	char letter;
	int64_t seconds;
	const char *word;
} UNITS[] = {
	{ 'w', 7 * DAY, "week" }, { 'd', DAY, "day" },
	{ 'h', 3600, "hour" },	  { 'm', 60, "minute" },
	{ 's', 1, "second" },
};

static bool parse_distance(const char *text, int64_t now, int64_t *seconds)
{
	char *end;
	long long number = strtoll(text, &end, 10);

	if (end == text + 1 || text[1] < '0' || text[1] > '9' || !*end ||
	    end[1] || number > 4000000000LL || number < -4000000000LL)
		return false;
	for (size_t i = 0; i < CHK_COUNT(UNITS); i++) {
		if (UNITS[i].letter != *end)
			continue;
		*seconds = now + number * UNITS[i].seconds;
		return true;
	}
	return false;
}

/* The `digits` digits at `*text`, followed by `after` (0: by anything). */
static bool parse_number(const char **text, int digits, char after, int *number)
{
	*number = 0;
	for (; digits > 0; digits--, (*text)++) {
		if (**text < '0' || **text > '9')
			return false;
		*number = *number * 10 + (**text - '0');
	}
	if (after && *(*text)++ != after)
		return false;
	return true;
}

/* "Z", or an offset from UTC that is taken off `*seconds`. */
static bool parse_zone(const char *text, int64_t *seconds)
{
	int hours, minutes, sign = *text == '-' ? 1 : -1;

	if (strcmp(text, "Z") == 0 || strcmp(text, "z") == 0)
		return true;
	if (*text != '+' && *text != '-')
		return false;
	text++;
	if (!parse_number(&text, 2, ':', &hours) ||
	    !parse_number(&text, 2, '\0', &minutes) || *text || hours > 23 ||
	    minutes > 59)
		return false;
	*seconds += sign * (hours * 3600 + minutes * 60);
	return true;
}

bool chk_when_parse(const char *text, int64_t now, int64_t *seconds)
{
	struct chk_when when = { 0 };

	*seconds = now;
	if (strcmp(text, "now") == 0)
		return true;
	if (*text == '+' || *text == '-')
		return parse_distance(text, now, seconds);
	if (!parse_number(&text, 4, '-', &when.year) ||
	    !parse_number(&text, 2, '-', &when.month) ||
	    !parse_number(&text, 2, '\0', &when.day))
		return false;
	if (!*text)
		return chk_when_seconds(&when, seconds);
	if (*text != 'T' && *text != 't' && *text != ' ')
		return false;
	text++;
	if (!parse_number(&text, 2, ':', &when.hour) ||
	    !parse_number(&text, 2, ':', &when.minute) ||
	    !parse_number(&text, 2, '\0', &when.second))
		return false;
	return chk_when_seconds(&when, seconds) && parse_zone(text, seconds);
}

void chk_when_distance(int64_t seconds, char *text, size_t size)
{
	size_t i = 1;
	int64_t count;

	if (seconds < 0)
		seconds = seconds == INT64_MIN ? INT64_MAX : -seconds;
	/* Two of a unit say more than one of the next: "36 hours". */
	while (i + 1 < CHK_COUNT(UNITS) && seconds < 2 * UNITS[i].seconds)
		i++;
	count = seconds / UNITS[i].seconds;
	snprintf(text, size, "%" PRId64 " %s%s", count, UNITS[i].word,
		 count == 1 ? "" : "s");
}
