/* lib/base/dns_name.c: DNS names, as certificates and targets hold them. */
#include "base/dns_name.h"

#include "base/ascii.h"

#define NAME_MAX_SIZE 253u
#define LABEL_MAX_SIZE 63u

static bool is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static bool is_label_character(uint8_t c)
{
	uint8_t folded = chk_ascii_lower(c);

	return (folded >= 'a' && folded <= 'z') || is_digit(c) || c == '-' ||
	       c == '_';
}

const char *chk_dns_name_fault(struct chk_bytes name)
{
	size_t label = 0;

	if (name.size == 0)
		return "is empty";
	if (name.size > NAME_MAX_SIZE)
		return "is longer than 253 characters";
	for (size_t i = 0; i < name.size; i++) {
		bool ends = name.data[i] == '.';

		if (ends && label == 0)
			return "has an empty label";
		if (!ends && !is_label_character(name.data[i]))
			return "is neither a DNS name nor an IP address";
		label = ends ? 0 : label + 1;
		if (label > LABEL_MAX_SIZE)
			return "has a label longer than 63 characters";
	}
	return label ? NULL : "has an empty label";
}

bool chk_dns_name_is_within(struct chk_bytes name, struct chk_bytes base)
{
	return chk_ascii_ends_with(name, base) &&
	       (name.size == base.size ||
		name.data[name.size - base.size - 1] == '.');
}

static bool is_hex_digit(uint8_t c)
{
	uint8_t folded = chk_ascii_lower(c);

	return is_digit(c) || (folded >= 'a' && folded <= 'f');
}

bool chk_dns_name_ends_in_number(struct chk_bytes name)
{
	size_t start = name.size;
	bool hex;

	while (start > 0 && name.data[start - 1] != '.')
		start--;
	hex = name.size - start >= 2 && name.data[start] == '0' &&
	      chk_ascii_lower(name.data[start + 1]) == 'x';
	for (size_t i = start + (hex ? 2 : 0); i < name.size; i++) {
		if (hex ? !is_hex_digit(name.data[i]) : !is_digit(name.data[i]))
			return false;
	}
	return true;
}
