/* lib/cert/directory_string.c: the values of attributes, as text. */
#include "cert/directory_string.h"

#include <stdlib.h>

#include <unicase.h>
#include <uninorm.h>
#include <unistr.h>

#include "base/ascii.h"
#include "base/text.h"
#include "cert/der.h"

/* Bytes a character takes in each string type; UTF-8 is 0. */
static const struct {
	uint8_t tag;
	uint8_t width;
} TYPES[] = {
	{ CHK_DER_PRINTABLE_STRING, 1 },
	{ CHK_DER_UTF8_STRING, 0 },
	{ CHK_DER_IA5_STRING, 1 },
	{ CHK_DER_TELETEX_STRING, 1 }, /* read as Latin-1, as all do */
	{ CHK_DER_NUMERIC_STRING, 1 },
	{ CHK_DER_VISIBLE_STRING, 1 },
	{ CHK_DER_BMP_STRING, 2 },
	{ CHK_DER_UNIVERSAL_STRING, 4 },
};

static bool find_width(uint8_t tag, uint8_t *width)
{
	for (size_t i = 0; i < CHK_COUNT(TYPES); i++) {
		if (TYPES[i].tag != tag)
			continue;
		*width = TYPES[i].width;
		return true;
	}
	return false;
}

static uint32_t read_unit(const uint8_t *at, uint8_t width)
{
	uint32_t unit = 0;

	for (uint8_t i = 0; i < width; i++)
		unit = unit << 8 | at[i];
	return unit;
}

/*
 * The big-endian character at `*at`. BMPString has no surrogates by X.680, and
 * writers that take it for UTF-16 use pairs all the same.
 */
static uint32_t read_wide(struct chk_bytes value, size_t *at, uint8_t width)
{
	uint32_t high = read_unit(value.data + *at, width), low;

	*at += width;
	if (width != 2 || high < 0xd800 || high >= 0xdc00 || *at == value.size)
		return high;
	low = read_unit(value.data + *at, width);
	if (low < 0xdc00 || low >= 0xe000)
		return high;
	*at += width;
	return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

/* False: no character (a surrogate alone, beyond U+10FFFF). */
static bool add_character(struct chk_buffer *buffer, uint32_t character)
{
	uint8_t room[6];
	int size = u8_uctomb(room, character, sizeof(room));

	if (size < 0)
		return false;
	chk_buffer_add(buffer, room, (size_t)size);
	return true;
}

bool chk_string_utf8(struct chk_buffer *buffer, uint8_t tag,
		     struct chk_bytes value)
{
	size_t before = buffer->size;
	uint8_t width;

	if (!find_width(tag, &width))
		return false;
	if (width == 0) {
		if (value.size && u8_check(value.data, value.size))
			return false;
		chk_buffer_add(buffer, value.data, value.size);
		return true;
	}
	if (value.size % width)
		return false;
	for (size_t at = 0; at < value.size;) {
		if (add_character(buffer, read_wide(value, &at, width)))
			continue;
		/* Half a value is none. */
		buffer->size = before;
		if (buffer->data)
			buffer->data[before] = '\0';
		return false;
	}
	return true;
}

/*
 * RFC 4518 section 2.2: what is mapped to nothing and what to SPACE, beyond
 * ASCII. NFKC, which comes later, makes SPACE of most other spaces.
 */
static const struct {
	uint32_t first, last;
	bool space;
} MAPPED[] = {
	{ 0x80, 0x84, false },	     { 0x85, 0x85, true },
	{ 0x86, 0x9f, false },	     { 0xa0, 0xa0, true },
	{ 0xad, 0xad, false },	     { 0x34f, 0x34f, false },
	{ 0x6dd, 0x6dd, false },     { 0x70f, 0x70f, false },
	{ 0x1680, 0x1680, true },    { 0x1806, 0x1806, false },
	{ 0x180b, 0x180e, false },   { 0x2000, 0x200a, true },
	{ 0x200b, 0x200f, false },   { 0x2028, 0x2029, true },
	{ 0x202a, 0x202e, false },   { 0x202f, 0x202f, true },
	{ 0x205f, 0x205f, true },    { 0x2060, 0x2063, false },
	{ 0x206a, 0x206f, false },   { 0x3000, 0x3000, true },
	{ 0xfe00, 0xfe0f, false },   { 0xfeff, 0xfeff, false },
	{ 0xfff9, 0xfffc, false },   { 0x1d173, 0x1d17a, false },
	{ 0xe0001, 0xe0001, false }, { 0xe0020, 0xe007f, false },
};

static void add_mapped(struct chk_buffer *buffer, struct chk_bytes character,
		       uint32_t c)
{
	for (size_t i = 0; i < CHK_COUNT(MAPPED) && c >= MAPPED[i].first; i++) {
		if (c > MAPPED[i].last)
			continue;
		if (MAPPED[i].space)
			chk_buffer_text(buffer, " ");
		return;
	}
	chk_buffer_add(buffer, character.data, character.size);
}

static void map(struct chk_buffer *mapped, struct chk_bytes text)
{
	uint32_t c;
	size_t size;

	for (; chk_text_utf8(text, &size, &c);
	     text = chk_bytes_of(text.data + size, text.size - size))
		add_mapped(mapped, chk_bytes_of(text.data, size), c);
}

/*
 * NFKC before folding as well as after it: what is a capital only by its
 * compatibility form (U+1D400) would stay one. NULL: no memory.
 */
static uint8_t *fold(struct chk_bytes text, size_t *size)
{
	size_t whole = 0;
	uint8_t *normal = u8_normalize(UNINORM_NFKC, text.data, text.size, NULL,
				       &whole);
	uint8_t *folded = NULL;

	if (normal)
		folded = u8_casefold(normal, whole, NULL, UNINORM_NFKC, NULL,
				     size);
	free(normal);
	return folded;
}

/* The value as mapped UTF-8; false: it is no text. */
static bool to_mapped(uint8_t tag, struct chk_bytes value,
		      struct chk_buffer *mapped)
{
	struct chk_buffer utf8 = { 0 };
	bool text = chk_string_utf8(&utf8, tag, value);

	if (text)
		map(mapped, chk_bytes_of(utf8.data, utf8.size));
	mapped->failed |= utf8.failed;
	chk_buffer_clear(&utf8);
	return text;
}

static bool is_ascii(struct chk_bytes text)
{
	uint8_t all = 0;

	for (size_t i = 0; i < text.size; i++)
		all |= text.data[i];
	return all < 0x80;
}

struct chk_prepared chk_string_prepare(uint8_t tag, struct chk_bytes value)
{
	struct chk_prepared made = { value, tag, NULL };
	struct chk_buffer mapped = { 0 };
	uint8_t width, *folded;
	size_t size = 0;

	if (!find_width(tag, &width))
		return made;
	if (width < 2 && is_ascii(value)) {
		made.tag = 0;
		return made;
	}
	if (to_mapped(tag, value, &mapped) && !mapped.failed) {
		folded = mapped.size ? fold(chk_bytes_of(mapped.data,
							 mapped.size), &size) :
				       malloc(1);
		if (folded)
			made = (struct chk_prepared){
				{ folded, size }, 0, folded
			};
	}
	chk_buffer_clear(&mapped);
	return made;
}

void chk_prepared_clear(struct chk_prepared *prepared)
{
	free(prepared->owned);
	*prepared = (struct chk_prepared){ 0 };
}

/* RFC 4518 2.2 on ASCII: these are SPACE, ... */
static inline bool is_space(uint8_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* ... and these are nothing. */
static inline bool is_nothing(uint8_t c)
{
	return (c < ' ' && !is_space(c)) || c == 0x7f;
}

/* A text from its first character to its last, runs of spaces made one. */
struct walk {
	struct chk_bytes rest;
	bool begun;
};

/* The next byte of the prepared text, -1 at its end. */
static int next_byte(struct walk *walk)
{
	const uint8_t *at = walk->rest.data, *end = at + walk->rest.size;
	bool space = false;

	for (; at < end && (is_space(*at) || is_nothing(*at)); at++)
		space |= is_space(*at);
	walk->rest = chk_bytes_of(at, (size_t)(end - at));
	if (at == end)
		return -1;
	if (space && walk->begun)
		return ' ';
	walk->begun = true;
	walk->rest = chk_bytes_of(at + 1, (size_t)(end - at) - 1);
	return chk_ascii_lower(*at);
}

static int compare_texts(struct chk_bytes a, struct chk_bytes b)
{
	struct walk left = { a, false }, right = { b, false };
	int x, y;

	if (a.size == 0 && b.size == 0)
		return 0;
	do {
		x = next_byte(&left);
		y = next_byte(&right);
	} while (x == y && x >= 0);
	return x - y;
}

int chk_prepared_compare(const struct chk_prepared *a,
			 const struct chk_prepared *b)
{
	if (a->tag != b->tag)
		return a->tag < b->tag ? -1 : 1;
	if (a->tag == 0)
		return compare_texts(a->bytes, b->bytes);
	if (a->bytes.size != b->bytes.size)
		return a->bytes.size < b->bytes.size ? -1 : 1;
	return a->bytes.size ? memcmp(a->bytes.data, b->bytes.data,
				      a->bytes.size) : 0;
}

/*
 * Hashes what next_byte would give but for the spaces, which are left out: so
 * that no state is kept between bytes. `*all` gathers their bits.
 */
static uint64_t hash_text(struct chk_bytes text, uint8_t *all)
{
	uint64_t hash = 0, word = 0;
	unsigned int bits = 0;

	for (size_t i = 0; i < text.size; i++) {
		uint8_t c = text.data[i];
		unsigned int used = c > ' ' && c != 0x7f ? 8 : 0;

		*all |= c;
		word = word << used | (used ? chk_ascii_lower(c) : 0);
		bits += used;
		if (bits < 64)
			continue;
		hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 32;
		word = bits = 0;
	}
	hash = (hash ^ word ^ bits) * 0x9e3779b97f4a7c15u;
	return hash ^ hash >> 32;
}

uint64_t chk_string_hash(uint8_t tag, struct chk_bytes value)
{
	struct chk_prepared prepared;
	uint8_t width, all = 0;
	uint64_t hash = 0;

	if (find_width(tag, &width) && width < 2)
		hash = hash_text(value, &all);
	else
		all = 0xff;
	if (all < 0x80)
		return hash;
	prepared = chk_string_prepare(tag, value);
	if (prepared.tag)
		hash = chk_bytes_hash(prepared.bytes) + prepared.tag;
	else
		hash = hash_text(prepared.bytes, &all);
	chk_prepared_clear(&prepared);
	return hash;
}
