/* lib/store/java_text.c: text as Java keeps it. */
#include "store/java_text.h"

#include <locale.h>
#include <wctype.h>

#include "base/ascii.h"
#include "base/text.h"

/*
 * One char of modified UTF-8, as the Java manual of DataInput.readUTF has it,
 * and how many bytes it takes; 0: it is none.
 */
static size_t next_char(struct chk_bytes bytes, uint16_t *value)
{
	const uint8_t *at = bytes.data;
	size_t size = at[0] < 0x80 ? 1 : at[0] >> 5 == 6 ? 2 :
		      at[0] >> 4 == 14 ? 3 : 0;

	if (size == 0 || size > bytes.size)
		return 0;
	*value = size == 1 ? at[0] : at[0] & (size == 2 ? 0x1f : 0x0f);
	for (size_t i = 1; i < size; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 0;
		*value = (uint16_t)(*value << 6 | (at[i] & 0x3f));
	}
	return size;
}

static bool is_high(uint16_t value)
{
	return value >= 0xd800 && value < 0xdc00;
}

static bool is_low(uint16_t value)
{
	return value >= 0xdc00 && value < 0xe000;
}

/* A character as UTF-8 (RFC 3629 section 3). */
static void add_utf8(struct chk_buffer *text, uint32_t value)
{
	const uint8_t last = (uint8_t)(0x80 | (value & 0x3f));
	const uint8_t third = (uint8_t)(0x80 | (value >> 6 & 0x3f));
	const uint8_t second = (uint8_t)(0x80 | (value >> 12 & 0x3f));
	const uint8_t one[] = { (uint8_t)value };
	const uint8_t two[] = { (uint8_t)(0xc0 | value >> 6), last };
	const uint8_t three[] = { (uint8_t)(0xe0 | value >> 12), third, last };
	const uint8_t four[] = { (uint8_t)(0xf0 | value >> 18), second, third,
				 last };

	if (value < 0x80)
		chk_buffer_add(text, one, sizeof(one));
	else if (value < 0x800)
		chk_buffer_add(text, two, sizeof(two));
	else if (value < 0x10000)
		chk_buffer_add(text, three, sizeof(three));
	else
		chk_buffer_add(text, four, sizeof(four));
}

static uint32_t pair_of(uint16_t high, uint16_t low)
{
	return 0x10000 + ((uint32_t)(high - 0xd800) << 10) +
	       (uint32_t)(low - 0xdc00);
}

bool chk_java_text(struct chk_bytes modified, struct chk_buffer *text)
{
	while (modified.size) {
		uint16_t value, low = 0;
		size_t size = next_char(modified, &value), more = 0;

		if (size == 0)
			return false;
		if (is_high(value) && modified.size > size)
			more = next_char(chk_bytes_of(modified.data + size,
						      modified.size - size),
					 &low);
		if (more && is_low(low)) {
			add_utf8(text, pair_of(value, low));
			size += more;
		} else {
			chk_buffer_add(text, modified.data, size);
		}
		modified = chk_bytes_of(modified.data + size,
					modified.size - size);
	}
	return true;
}

static bool add_char(uint8_t *room, size_t room_size, size_t *size,
		     uint32_t value)
{
	if (room_size - *size < 2)
		return false;
	room[(*size)++] = (uint8_t)(value >> 8);
	room[(*size)++] = (uint8_t)value;
	return true;
}

bool chk_java_chars(struct chk_bytes text, uint8_t *room, size_t room_size,
		    size_t *size)
{
	*size = 0;
	while (text.size) {
		uint32_t value;
		size_t taken;

		if (!chk_text_utf8(text, &taken, &value))
			return false;
		if (value >= 0x10000 &&
		    !add_char(room, room_size, size,
			      0xd800 + ((value - 0x10000) >> 10)))
			return false;
		if (!add_char(room, room_size, size, value >= 0x10000 ?
			      0xdc00 + (value & 0x3ff) : value))
			return false;
		text = chk_bytes_of(text.data + taken, text.size - taken);
	}
	return true;
}

void chk_java_from_chars(struct chk_bytes chars, struct chk_buffer *text)
{
	uint16_t high = 0;

	for (size_t i = 0; i + 1 < chars.size; i += 2) {
		uint16_t value = (uint16_t)(chars.data[i] << 8 |
					    chars.data[i + 1]);

		if (high && is_low(value))
			add_utf8(text, pair_of(high, value));
		else if (!is_high(value) && !is_low(value))
			add_utf8(text, value);
		high = is_high(value) ? value : 0;
	}
	chk_buffer_text(text, "");
}

/* (locale_t)0: there is none, or ASCII needs none. */
static locale_t locale_for(struct chk_bytes text)
{
	for (size_t i = 0; i < text.size; i++)
		if (text.data[i] >= 0x80)
			return newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL);
	return (locale_t)0;
}

void chk_java_lower(struct chk_bytes text, struct chk_buffer *lower)
{
	locale_t locale = locale_for(text);

	while (text.size) {
		uint32_t value;
		size_t size = 1;

		if (!chk_text_utf8(text, &size, &value)) {
			chk_buffer_add(lower, text.data, 1);
			size = 1;
		} else if (value < 0x80) {
			add_utf8(lower, chk_ascii_lower((uint8_t)value));
		} else {
			add_utf8(lower, !locale ? value :
				 (uint32_t)towlower_l((wint_t)value, locale));
		}
		text = chk_bytes_skip(text, size);
	}
	chk_buffer_text(lower, "");
	if (locale)
		freelocale(locale);
}
