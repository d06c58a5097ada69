/* lib/cert/dn_text.c: distinguished names for people (RFC 4514). */
#include "cert/dn.h"

#include "base/text.h"
#include "cert/directory_string.h"
#include "cert/dn_walk.h"
#include "cert/oid.h"

/* RFC 4514 2.4: what would end or begin something is escaped. */
static void add_quoted(struct chk_buffer *buffer, struct chk_bytes text)
{
	struct chk_buffer quoted = { 0 };
	size_t begin = 0; /* of what was not added yet */

	for (size_t i = 0; i < text.size; i++) {
		char c = (char)text.data[i];
		bool edge = (i == 0 && (c == ' ' || c == '#')) ||
			    (i + 1 == text.size && c == ' ');

		if (!edge && (!c || !strchr("\"+,;<>\\", c)))
			continue;
		chk_buffer_add(&quoted, text.data + begin, i - begin);
		chk_buffer_text(&quoted, "\\");
		begin = i;
	}
	if (text.size > begin)
		chk_buffer_add(&quoted, text.data + begin, text.size - begin);
	chk_text_escape(buffer, chk_bytes_of(quoted.data, quoted.size));
	buffer->failed |= quoted.failed;
	chk_buffer_clear(&quoted);
}

/* 2.4: a value that is no text, as the hexadecimal of its whole TLV. */
static void add_hex(struct chk_buffer *buffer,
		    const struct chk_attribute *attribute)
{
	chk_buffer_text(buffer, "#");
	chk_text_hex(buffer, attribute->whole, 0);
}

static void add_value(struct chk_buffer *buffer,
		      const struct chk_attribute *attribute, bool quote)
{
	struct chk_buffer text = { 0 };
	bool good = chk_string_utf8(&text, attribute->tag, attribute->value);
	struct chk_bytes bytes = chk_bytes_of(text.data, text.size);

	if (!good)
		add_hex(buffer, attribute);
	else if (quote)
		add_quoted(buffer, bytes);
	else
		chk_text_escape(buffer, bytes);
	buffer->failed |= text.failed;
	chk_buffer_clear(&text);
}

/* The name of an attribute type, NULL: none. oid.def begins with them. */
static const char *type_name(struct chk_bytes type)
{
	enum chk_oid oid = chk_oid_find(type);

	return oid <= CHK_OID_AT_EMAIL ? chk_oid_name(oid) : NULL;
}

static void add_attribute(struct chk_buffer *buffer,
			  const struct chk_attribute *attribute)
{
	const char *name = type_name(attribute->type);

	if (name) {
		chk_buffer_text(buffer, name);
		chk_buffer_text(buffer, "=");
		add_value(buffer, attribute, true);
		return;
	}
	chk_oid_dotted(buffer, attribute->type);
	chk_buffer_text(buffer, "=");
	add_hex(buffer, attribute);
}

static void add_rdn(struct chk_buffer *buffer, struct chk_der rdn)
{
	struct chk_attribute attribute;
	const char *between = "";

	for (; chk_dn_next_attribute(&rdn, &attribute); between = "+") {
		chk_buffer_text(buffer, between);
		add_attribute(buffer, &attribute);
	}
}

void chk_dn_text(struct chk_buffer *buffer, struct chk_bytes name)
{
	struct chk_der rdns[CHK_DN_MAX]; /* none is empty */
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
	size_t at;

	/* The cursor is the byte behind what was found last. */
	while (chk_dn_next_rdn(&der, &rdn)) {
		if ((size_t)(der.rest.data - name.data) <= *cursor)
			continue;
		while (chk_dn_next_attribute(&rdn, &attribute)) {
			at = (size_t)(rdn.rest.data - name.data);
			if (at <= *cursor ||
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
