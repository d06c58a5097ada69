/* lib/base/text.c: text that strangers wrote, and bytes as text. */
#include "base/text.h"

static const char HEX[] = "0123456789abcdef";

/* RFC 3629 section 4: shortest forms only, no surrogates. */
bool chk_text_utf8(struct chk_bytes text, size_t *size, uint32_t *character)
{
	static const uint32_t LEAST[] = { 0, 0, 0x80, 0x800, 0x10000 };
	uint8_t first = text.size ? text.data[0] : 0xff;
	size_t length = first < 0x80 ? 1 :
			first >= 0xc2 && first < 0xe0 ? 2 :
			(first & 0xf0) == 0xe0 ? 3 :
			first >= 0xf0 && first < 0xf5 ? 4 : 0;
	uint32_t value = length == 1 ? first : first & (0x7fu >> length);

	if (length == 0 || length > text.size)
		return false;
	for (size_t i = 1; i < length; i++) {
		if ((text.data[i] & 0xc0) != 0x80)
			return false;
		value = value << 6 | (text.data[i] & 0x3f);
	}
	if (value < LEAST[length] || value > 0x10ffff ||
	    (value >= 0xd800 && value < 0xe000))
		return false;
	*size = length;
	*character = value;
	return true;
}

/*
 * Characters that move the cursor, break the line, turn its direction, or
 * cannot be seen, so that two different names look alike.
 */
static const struct {
	uint32_t first, last;
} HARMFUL[] = {
	{ 0x00, 0x1f },	      { 0x7f, 0x9f },	  { 0xad, 0xad },
	{ 0x61c, 0x61c },     { 0x180e, 0x180e }, { 0x200b, 0x200f },
	{ 0x2028, 0x202e },   { 0x2060, 0x206f }, { 0xfeff, 0xfeff },
	{ 0xe0000, 0xe007f },
};

bool chk_text_is_harmful(uint32_t c)
{
	for (size_t i = 0; i < CHK_COUNT(HARMFUL); i++) {
		if (c >= HARMFUL[i].first && c <= HARMFUL[i].last)
			return true;
	}
	return false;
}

/* One character of `text` in its printable form; its size in `*used`. */
static size_t escape_one(struct chk_bytes text, char out[17], size_t *used)
{
	uint32_t character;
	size_t size;

	if (!chk_text_utf8(text, &size, &character)) {
		size = 1;
		character = 0;
	}
	*used = size;
	if (!chk_text_is_harmful(character)) {
		memcpy(out, text.data, size);
		return size;
	}
	for (size_t i = 0; i < size; i++) {
		out[4 * i] = '\\';
		out[4 * i + 1] = 'x';
		out[4 * i + 2] = HEX[text.data[i] >> 4];
		out[4 * i + 3] = HEX[text.data[i] & 15];
	}
	return 4 * size;
}

/* The bytes of printable ASCII at its start: most text is nothing else. */
static size_t plain_size(struct chk_bytes text)
{
	size_t size = 0;

	while (size < text.size && text.data[size] >= 0x20 &&
	       text.data[size] < 0x7f)
		size++;
	return size;
}

void chk_text_escape(struct chk_buffer *buffer, struct chk_bytes text)
{
	char out[17];
	size_t used;

	for (; text.size; text.data += used, text.size -= used) {
		used = plain_size(text);
		if (used)
			chk_buffer_add(buffer, text.data, used);
		else
			chk_buffer_add(buffer, out,
				       escape_one(text, out, &used));
	}
}

char *chk_text_escaped(const char *text)
{
	struct chk_buffer buffer = { 0 };

	chk_text_escape(&buffer, chk_bytes_text(text ? text : ""));
	return chk_buffer_steal(&buffer);
}

void chk_text_escape_into(char *room, size_t room_size, const char *text,
			  size_t size)
{
	struct chk_bytes rest = chk_bytes_of(text, size);
	size_t at = 0, used, written;
	char out[17];

	for (; rest.size; rest.data += used, rest.size -= used) {
		written = escape_one(rest, out, &used);
		if (at + written >= room_size)
			break;
		memcpy(room + at, out, written);
		at += written;
	}
	room[at] = '\0';
}

void chk_text_hex(struct chk_buffer *buffer, struct chk_bytes bytes,
		  char separator)
{
	for (size_t i = 0; i < bytes.size; i++) {
		char digits[3] = { separator, HEX[bytes.data[i] >> 4],
				   HEX[bytes.data[i] & 15] };
		bool skip = i == 0 || separator == 0;

		chk_buffer_add(buffer, digits + skip, 3 - (size_t)skip);
	}
}
