/* lib/report/json.c: JSON member by member. */
#include "report/json.h"

#include <inttypes.h>

#include "base/text.h"
#include "base/when.h"

static void new_line(struct chk_json *json)
{
	if (json->one_line)
		return;
	chk_buffer_text(json->buffer, "\n");
	for (unsigned i = 0; i < json->depth; i++)
		chk_buffer_text(json->buffer, "  ");
}

/* \uXXXX, in two halves above the basic plane (RFC 8259 section 7). */
static void escape_character(struct chk_buffer *buffer, uint32_t character)
{
	if (character > 0xffff) {
		chk_buffer_format(buffer, "\\u%04" PRIx32,
				  0xd800 + ((character - 0x10000) >> 10));
		character = 0xdc00 + (character & 0x3ff);
	}
	chk_buffer_format(buffer, "\\u%04" PRIx32, character);
}

/* Gives the bytes of `text` that were used. */
static size_t quote_one(struct chk_buffer *buffer, struct chk_bytes text)
{
	uint32_t character;
	size_t size;

	if (!chk_text_utf8(text, &size, &character)) {
		chk_buffer_format(buffer, "\\\\x%02x", text.data[0]);
		return 1;
	}
	if (character == '"' || character == '\\')
		chk_buffer_text(buffer, "\\");
	if (character == '\n')
		chk_buffer_text(buffer, "\\n");
	else if (chk_text_is_harmful(character))
		escape_character(buffer, character);
	else
		chk_buffer_add(buffer, text.data, size);
	return size;
}

static void quote(struct chk_buffer *buffer, const char *text)
{
	struct chk_bytes rest = chk_bytes_text(text);
	size_t used;

	chk_buffer_text(buffer, "\"");
	for (; rest.size; rest.data += used, rest.size -= used)
		used = quote_one(buffer, rest);
	chk_buffer_text(buffer, "\"");
}

/* What stands before a value: the comma, the line and the name. */
static void begin(struct chk_json *json, const char *name)
{
	if (json->filled)
		chk_buffer_text(json->buffer, ",");
	if (json->depth > 0)
		new_line(json);
	json->filled = true;
	if (!name)
		return;
	quote(json->buffer, name);
	chk_buffer_text(json->buffer, json->one_line ? ":" : ": ");
}

static void open_bracket(struct chk_json *json, const char *name,
			 const char *bracket)
{
	begin(json, name);
	chk_buffer_text(json->buffer, bracket);
	json->depth++;
	json->filled = false;
}

static void close_bracket(struct chk_json *json, const char *bracket)
{
	json->depth--;
	if (json->filled)
		new_line(json);
	chk_buffer_text(json->buffer, bracket);
	json->filled = true;
}

void chk_json_object(struct chk_json *json, const char *name)
{
	open_bracket(json, name, "{");
}

void chk_json_array(struct chk_json *json, const char *name)
{
	open_bracket(json, name, "[");
}

void chk_json_end_object(struct chk_json *json)
{
	close_bracket(json, "}");
}

void chk_json_end_array(struct chk_json *json)
{
	close_bracket(json, "]");
}

void chk_json_null(struct chk_json *json, const char *name)
{
	begin(json, name);
	chk_buffer_text(json->buffer, "null");
}

void chk_json_text(struct chk_json *json, const char *name, const char *text)
{
	if (!text) {
		chk_json_null(json, name);
		return;
	}
	begin(json, name);
	quote(json->buffer, text);
}

void chk_json_texts(struct chk_json *json, const char *name,
		    const char *const *texts, size_t count)
{
	chk_json_array(json, name);
	for (size_t i = 0; i < count; i++)
		chk_json_text(json, NULL, texts[i]);
	chk_json_end_array(json);
}

void chk_json_number(struct chk_json *json, const char *name, int64_t number)
{
	begin(json, name);
	chk_buffer_format(json->buffer, "%" PRId64, number);
}

void chk_json_bool(struct chk_json *json, const char *name, bool value)
{
	begin(json, name);
	chk_buffer_text(json->buffer, value ? "true" : "false");
}

void chk_json_hex(struct chk_json *json, const char *name,
		  struct chk_bytes bytes)
{
	if (!bytes.data) {
		chk_json_null(json, name);
		return;
	}
	begin(json, name);
	chk_buffer_text(json->buffer, "\"");
	chk_text_hex(json->buffer, bytes, 0);
	chk_buffer_text(json->buffer, "\"");
}

void chk_json_time(struct chk_json *json, const char *name, int64_t seconds)
{
	char text[CHK_WHEN_SIZE];

	chk_when_text(seconds, text);
	chk_json_text(json, name, text);
}
