/* lib/base/ascii.h: letters without regard to case, in ASCII alone. */
#ifndef CHK_BASE_ASCII_H
#define CHK_BASE_ASCII_H

#include "base/bytes.h"

static inline uint8_t chk_ascii_lower(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? (uint8_t)(c + ('a' - 'A')) : c;
}

/* No byte of the text is of another character. */
static inline bool chk_ascii_is_all(const char *text)
{
	for (; *text; text++) {
		if ((unsigned char)*text >= 0x80)
			return false;
	}
	return true;
}

static inline bool chk_ascii_equal(struct chk_bytes a, struct chk_bytes b)
{
	if (a.size != b.size)
		return false;
	for (size_t i = 0; i < a.size; i++) {
		if (chk_ascii_lower(a.data[i]) != chk_ascii_lower(b.data[i]))
			return false;
	}
	return true;
}

static inline bool chk_ascii_ends_with(struct chk_bytes text,
				       struct chk_bytes end)
{
	return text.size >= end.size &&
	       (end.size == 0 ||
		chk_ascii_equal(chk_bytes_of(text.data + text.size - end.size,
					     end.size), end));
}

#endif
