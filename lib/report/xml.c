/* lib/report/xml.c: text in XML 1.0, whatever is in it. */
#include "report/xml.h"

#include "base/text.h"

static const char *entity_of(uint32_t character)
{
	switch (character) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\n':
		return "&#10;"; /* an attribute would make a blank of it */
	default:
		return NULL;
	}
}

/* U+FFFE and U+FFFF are valid UTF-8 and no characters of XML. */
static bool is_allowed(uint32_t character)
{
	return !chk_text_is_harmful(character) && character != 0xfffe &&
	       character != 0xffff;
}

static size_t add_one(struct chk_buffer *buffer, struct chk_bytes text)
{
	uint32_t character;
	const char *entity;
	size_t size;

	if (!chk_text_utf8(text, &size, &character)) {
		chk_buffer_format(buffer, "\\x%02x", text.data[0]);
		return 1;
	}
	entity = entity_of(character);
	if (entity)
		chk_buffer_text(buffer, entity);
	else if (is_allowed(character))
		chk_buffer_add(buffer, text.data, size);
	else
		for (size_t i = 0; i < size; i++)
			chk_buffer_format(buffer, "\\x%02x", text.data[i]);
	return size;
}

void chk_xml_text(struct chk_buffer *buffer, const char *text)
{
	struct chk_bytes rest = chk_bytes_text(text ? text : "");

	while (rest.size)
		rest = chk_bytes_skip(rest, add_one(buffer, rest));
}

void chk_xml_attribute(struct chk_buffer *buffer, const char *name,
		       const char *text)
{
	chk_buffer_format(buffer, " %s=\"", name);
	chk_xml_text(buffer, text);
	chk_buffer_text(buffer, "\"");
}
