/* lib/cert/dn_parse.c: from RFC 4514 text to a Name. */
#include "cert/dn.h"

#include <strings.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "cert/dn_walk.h"
#include "cert/oid.h"

/* One attribute, as TLV in a buffer; `joined`: of one RDN with the last. */
struct part {
	size_t at, size;
	bool joined;
};

struct reading {
	const char *rest;
	struct part *parts;
	size_t count, room;
	struct chk_buffer attributes;
};

static void put(struct chk_buffer *buffer, uint8_t tag, struct chk_bytes value)
{
	chk_der_put_header(buffer, tag, value.size);
	chk_buffer_add(buffer, value.data, value.size);
}

static void put_buffer(struct chk_buffer *buffer, uint8_t tag,
		       struct chk_buffer *content)
{
	buffer->failed |= content->failed;
	put(buffer, tag, chk_bytes_of(content->data, content->size));
	chk_buffer_clear(content);
}

static int digit_of(char c)
{
	static const char DIGITS[] = "0123456789abcdef0123456789ABCDEF";
	const char *found = c ? strchr(DIGITS, c) : NULL;

	return found ? (int)(found - DIGITS) % 16 : -1;
}

/* Two hexadecimal digits; -1: there are none. */
static int byte_at(const char *text)
{
	int high = digit_of(text[0]);
	int low = high < 0 ? -1 : digit_of(text[1]);

	return low < 0 ? -1 : high * 16 + low;
}

/* "CN" or "2.5.4.3". */
static bool read_type(struct reading *reading, struct chk_buffer *type)
{
	size_t size = strcspn(reading->rest, "=");
	char name[64];

	if (!reading->rest[size] || size == 0 || size >= sizeof(name))
		return false;
	memcpy(name, reading->rest, size);
	name[size] = '\0';
	reading->rest += size + 1;
	if (strspn(name, "0123456789.") == size)
		return chk_oid_parse(name, type);
	for (enum chk_oid i = CHK_OID_UNKNOWN + 1; i <= CHK_OID_AT_EMAIL; i++) {
		struct chk_bytes oid = chk_oid_bytes(i);

		if (strcasecmp(chk_oid_name(i), name) != 0)
			continue;
		chk_buffer_add(type, oid.data, oid.size);
		return true;
	}
	return false;
}

/* "#0c0141": a whole TLV. */
static bool read_hex(struct reading *reading, struct chk_buffer *value)
{
	int byte;

	reading->rest++;
	while ((byte = byte_at(reading->rest)) >= 0) {
		char c = (char)byte;

		chk_buffer_add(value, &c, 1);
		reading->rest += 2;
	}
	return value->size > 0;
}

/* Up to the next "," or "+" that no backslash takes away. */
static bool read_text(struct reading *reading, struct chk_buffer *value)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	for (; !strchr(",+", *reading->rest); reading->rest++) {
		char c = *reading->rest;

		if (c == '\\') {
			int byte = byte_at(reading->rest + 1);

			reading->rest += 1 + (byte >= 0);
			c = byte >= 0 ? (char)byte : *reading->rest;
			if (!*reading->rest)
				return false;
		}
		chk_buffer_add(&text, &c, 1);
	}
	put_buffer(value, CHK_DER_UTF8_STRING, &text);
	return true;
}

static bool read_part(struct reading *reading, bool joined)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer type = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer value = { 0 };
	struct chk_buffer both = { 0 };
	struct part part = { reading->attributes.size, 0, joined };
	bool done = read_type(reading, &type) &&
		    (*reading->rest == '#' ? read_hex(reading, &value) :
					     read_text(reading, &value));

	if (!done || reading->count >= CHK_DN_MAX ||
	    !chk_array_grow(&reading->parts, reading->count, &reading->room,
			    sizeof(part)))
		return false;
	put_buffer(&both, CHK_DER_OID, &type);
	chk_buffer_add(&both, value.data, value.size);
	both.failed |= value.failed;
	put_buffer(&reading->attributes, CHK_DER_SEQUENCE, &both);
	part.size = reading->attributes.size - part.at;
	reading->parts[reading->count++] = part;
	return !reading->attributes.failed;
}

static bool read_parts(struct reading *reading)
{
	bool joined = false;

	while (*reading->rest) {
		if (!read_part(reading, joined))
			return false;
		joined = *reading->rest == '+';
		if (!*reading->rest)
			return true;
		if (!strchr(",+", *reading->rest) || !reading->rest[1])
			return false;
		reading->rest++;
	}
	return true;
}

/* The text begins with the last RDN of the Name (RFC 4514 section 2.1). */
static void put_name(const struct reading *reading, struct chk_buffer *name)
{
	struct chk_buffer rdns = { 0 };
	size_t end = reading->count;

	while (end > 0) {
		size_t first = end - 1;

		while (reading->parts[first].joined)
			first--;
		put(&rdns, CHK_DER_SET, chk_bytes_of(
			reading->attributes.data + reading->parts[first].at,
			reading->parts[end - 1].at +
				reading->parts[end - 1].size -
				reading->parts[first].at));
		end = first;
	}
	put_buffer(name, CHK_DER_SEQUENCE, &rdns);
}

bool chk_dn_parse(const char *text, struct chk_buffer *name)
{
	struct reading reading = { .rest = text };
	bool done = read_parts(&reading);

	if (done)
		put_name(&reading, name);
	free(reading.parts);
	chk_buffer_clear(&reading.attributes);
	return done && !name->failed;
}
