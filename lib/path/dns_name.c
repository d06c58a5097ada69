/* lib/path/dns_name.c: DNS names as certificates hold them. */
#include "path/dns_name.h"

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

bool chk_dns_name_is_sound(struct chk_bytes name)
{
	size_t label = 0;

	if (name.size > NAME_MAX_SIZE)
		return false;
	for (size_t i = 0; i < name.size; i++) {
		bool ends = name.data[i] == '.';

		if (ends ? label == 0 : !is_label_character(name.data[i]))
			return false;
		label = ends ? 0 : label + 1;
		if (label > LABEL_MAX_SIZE)
			return false;
	}
	return label > 0;
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
