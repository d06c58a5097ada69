/* lib/cert/dn_text.c: distinguished names for people (RFC 4514). */
#include <stdlib.h>

#include <unistr.h>

#include "base/text.h"
#include "cert/dn.h"
#include "cert/dn_walk.h"
#include "cert/oid.h"

static void add_character(struct chk_buffer *buffer, uint32_t character)
{
	uint8_t room[6];
	int size = u8_uctomb(room, character, sizeof(room));

	if (size > 0)
		chk_buffer_add(buffer, room, (size_t)size);
}

/* Big-endian units of `width` bytes; surrogates pair up in UTF-16. */
static bool add_wide(struct chk_buffer *buffer, struct chk_bytes value,
		     size_t width)
{
	uint32_t high = 0;

	if (value.size % width)
		return false;
	for (size_t i = 0; i < value.size; i += width) {
		uint32_t unit = 0;

		for (size_t j = 0; j < width; j++)
			unit = unit << 8 | value.data[i + j];
		if (width == 2 && unit >= 0xd800 && unit < 0xdc00) {
			high = unit;
			continue;
		}
		if (high && unit >= 0xdc00 && unit < 0xe000)
			unit = 0x10000 + ((high - 0xd800) << 10) +
			       (unit - 0xdc00);
		high = 0;
		add_character(buffer, unit);
	}
	return true;
}

bool chk_dn_value_utf8(struct chk_buffer *buffer, uint8_t tag,
		       struct chk_bytes value)
{
	switch (tag) {
	case CHK_DER_UTF8_STRING:
		if (u8_check(value.data, value.size))
			return false;
		chk_buffer_add(buffer, value.data, value.size);
		return true;
	case CHK_DER_PRINTABLE_STRING:
	case CHK_DER_IA5_STRING:
	case CHK_DER_NUMERIC_STRING:
	case CHK_DER_VISIBLE_STRING:
	case CHK_DER_TELETEX_STRING: /* as Latin-1, like everybody */
		return add_wide(buffer, value, 1);
	case CHK_DER_BMP_STRING:
		return add_wide(buffer, value, 2);
	case CHK_DER_UNIVERSAL_STRING:
		return add_wide(buffer, value, 4);
	default:
		return false;
	}
}

/* RFC 4514 2.4: what would end or begin something is escaped. */
static void add_escaped(struct chk_buffer *buffer, struct chk_bytes text)
{
	struct chk_buffer quoted = { 0 };

	for (size_t i = 0; i < text.size; i++) {
		char c = (char)text.data[i];
		bool edge = (i == 0 && (c == ' ' || c == '#')) ||
			    (i + 1 == text.size && c == ' ');

		if (edge || (c && strchr("\"+,;<>\\", c)))
			chk_buffer_text(&quoted, "\\");
		chk_buffer_add(&quoted, &c, 1);
	}
	chk_text_escape(buffer, chk_bytes_of(quoted.data, quoted.size));
	buffer->failed |= quoted.failed;
	chk_buffer_clear(&quoted);
}

static void add_value(struct chk_buffer *buffer,
		      const struct chk_attribute *attribute, bool escape)
{
	struct chk_buffer text = { 0 };

	if (!chk_dn_value_utf8(&text, attribute->tag, attribute->value)) {
		chk_buffer_text(buffer, "#");
		chk_text_hex(buffer, attribute->value, 0);
	} else if (escape) {
		add_escaped(buffer, chk_bytes_of(text.data, text.size));
	} else {
		chk_text_escape(buffer, chk_bytes_of(text.data, text.size));
	}
	buffer->failed |= text.failed;
	chk_buffer_clear(&text);
}

static void add_rdn(struct chk_buffer *buffer, struct chk_der rdn)
{
	struct chk_attribute attribute;
	const char *between = "";

	while (chk_dn_next_attribute(&rdn, &attribute)) {
		const char *name = chk_oid_name(chk_oid_find(attribute.type));

		chk_buffer_text(buffer, between);
		between = "+";
		if (name)
			chk_buffer_text(buffer, name);
		else
			chk_oid_dotted(buffer, attribute.type);
		chk_buffer_text(buffer, "=");
		add_value(buffer, &attribute, true);
	}
}

/* The names checked have at most 256 RDNs. */
void chk_dn_text(struct chk_buffer *buffer, struct chk_bytes name)
{
	struct chk_der rdns[256];
	struct chk_der der = chk_dn_begin(name);
	size_t count = 0;

	while (count < CHK_COUNT(rdns) && chk_dn_next_rdn(&der, &rdns[count]))
		count++;
	for (size_t i = count; i > 0; i--) {
		add_rdn(buffer, rdns[i - 1]);
		if (i > 1)
			chk_buffer_text(buffer, ",");
	}
}

/* The last attribute of this type. */
static bool find_last(struct chk_bytes name, enum chk_oid type,
		      struct chk_attribute *found)
{
	struct chk_der der = chk_dn_begin(name), rdn;
	struct chk_bytes wanted = chk_oid_bytes(type);
	struct chk_attribute attribute;
	bool any = false;

	while (chk_dn_next_rdn(&der, &rdn)) {
		while (chk_dn_next_attribute(&rdn, &attribute)) {
			if (!chk_bytes_equal(attribute.type, wanted))
				continue;
			*found = attribute;
			any = true;
		}
	}
	return any;
}

void chk_dn_short(struct chk_buffer *buffer, struct chk_bytes name)
{
	static const enum chk_oid TYPES[] = { CHK_OID_AT_COMMON_NAME,
					      CHK_OID_AT_UNIT,
					      CHK_OID_AT_ORGANIZATION };
	struct chk_attribute attribute;

	for (size_t i = 0; i < CHK_COUNT(TYPES); i++) {
		if (!find_last(name, TYPES[i], &attribute))
			continue;
		add_value(buffer, &attribute, false);
		return;
	}
	chk_dn_text(buffer, name);
}

bool chk_dn_find(struct chk_bytes name, struct chk_bytes type, size_t *cursor,
		 uint8_t *tag, struct chk_bytes *value)
{
	struct chk_der der = chk_dn_begin(name), rdn;
	struct chk_attribute attribute;
	size_t at = 0;

	while (chk_dn_next_rdn(&der, &rdn)) {
		while (chk_dn_next_attribute(&rdn, &attribute)) {
			if (at++ < *cursor ||
			    !chk_bytes_equal(attribute.type, type))
				continue;
			*cursor = at;
			*tag = attribute.tag;
			*value = attribute.value;
			return true;
		}
	}
	return false;
}
