/* cli/number.c: the numbers that a person types, and addresses of them. */
#include "config.h"

#include "number.h"

#include <arpa/inet.h>
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

bool is_address(const char *text)
{
	unsigned char bytes[16];

	return inet_pton(AF_INET, text, bytes) == 1 ||
		inet_pton(AF_INET6, text, bytes) == 1;
}
