/* cli/moment.c: the times that a person types. */
#include "config.h"

#include "moment.h"

#include <stddef.h>
#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool whole_read(const char *text, int64_t min, int64_t max, int64_t *number)
{
	int64_t value = 0;

	if (*text == '\0')
		return false;
	for (; *text != '\0'; text++) {
		if (!is_digit(*text))
			return false;
		if (value > (INT64_MAX - 9) / 10)
			return false;
		value = value * 10 + (*text - '0');
	}
	if (value < min || value > max)
		return false;
	*number = value;
	return true;
}

static int month_days(int year, int month)
{
	static const int days[] = {
		31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
	};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month - 1];
}

/* Days from 1970-01-01 to the first day of `year`, which is 0 to 9999. */
static int64_t days_to_year(int year)
{
	int64_t before = (int64_t)year - 1;

	if (year == 0)
		return -719528;
	return before * 365 + before / 4 - before / 100 + before / 400 -
		719162;
}

static int two_digits(const char *text)
{
	return (text[0] - '0') * 10 + (text[1] - '0');
}

static bool date_read(const char *text, int64_t *moment)
{
	static const char shape[] = "dddd-dd-ddTdd:dd:ddZ";
	int year, month, day, hour, minute, second;
	int64_t days;

	if (strlen(text) != sizeof(shape) - 1)
		return false;
	for (size_t i = 0; i < sizeof(shape) - 1; i++) {
		if (shape[i] == 'd' ? !is_digit(text[i]) :
		    text[i] != shape[i])
			return false;
	}
	year = two_digits(text) * 100 + two_digits(text + 2);
	month = two_digits(text + 5);
	day = two_digits(text + 8);
	hour = two_digits(text + 11);
	minute = two_digits(text + 14);
	second = two_digits(text + 17);
	if (month < 1 || month > 12 || day < 1 ||
	    day > month_days(year, month) || hour > 23 || minute > 59 ||
	    second > 59)
		return false;
	days = days_to_year(year) + day - 1;
	for (int i = 1; i < month; i++)
		days += month_days(year, i);
	*moment = days * 86400 + hour * 3600 + minute * 60 + second;
	return true;
}

static int64_t unit_seconds(char unit)
{
	switch (unit) {
	case 'w':
		return 604800;
	case 'd':
		return 86400;
	case 'h':
		return 3600;
	case 'm':
		return 60;
	case 's':
		return 1;
	default:
		return 0;
	}
}

static bool distance_read(const char *text, int64_t now, int64_t *moment)
{
	size_t size = strlen(text);
	char digits[12];
	int64_t number, unit;

	/* a sign, one digit to nine, a unit */
	if (size < 3 || size > 11)
		return false;
	unit = unit_seconds(text[size - 1]);
	if (unit == 0)
		return false;
	memcpy(digits, text + 1, size - 2);
	digits[size - 2] = '\0';
	if (!whole_read(digits, 0, 999999999, &number))
		return false;
	*moment = now + (text[0] == '-' ? -number : number) * unit;
	return true;
}

bool moment_read(const char *text, int64_t now, int64_t *moment)
{
	if (*text == '+' || *text == '-')
		return distance_read(text, now, moment);
	return date_read(text, moment);
}

bool seconds_read(const char *text, uint32_t *milliseconds)
{
	int64_t value = 0, part = 100;
	const char *p = text;

	for (; is_digit(*p); p++) {
		value = value * 10 + (*p - '0');
		if (value > 86400)
			return false;
	}
	if (p == text)
		return false;
	value *= 1000;
	if (*p == '.') {
		if (!is_digit(*++p))
			return false;
		for (; is_digit(*p); p++, part /= 10)
			value += (*p - '0') * part;
	}
	if (*p != '\0' || value <= 0 || value > 86400000)
		return false;
	*milliseconds = (uint32_t)value;
	return true;
}
