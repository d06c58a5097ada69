/* lib/client/properties.c: files of java.util.Properties. */
#include "client/properties.h"

#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"

/* Where the reading stands. */
struct cursor {
	const char *at, *end;
	size_t line; /* of `at` */
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\f';
}

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

static void skip_blanks(struct cursor *cursor)
{
	while (cursor->at < cursor->end && is_blank(*cursor->at))
		cursor->at++;
}

static void skip_line_end(struct cursor *cursor)
{
	if (cursor->at >= cursor->end)
		return;
	if (*cursor->at == '\r' && cursor->end - cursor->at > 1 &&
	    cursor->at[1] == '\n')
		cursor->at++;
	cursor->at++;
	cursor->line++;
}

static void skip_comment(struct cursor *cursor)
{
	while (cursor->at < cursor->end && !is_line_end(*cursor->at))
		cursor->at++;
	skip_line_end(cursor);
}

static int hex_digit(char c)
{
	const char *digits = "0123456789abcdef";
	const char *at = c ? strchr(digits, c | 0x20) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* Behind "\u": four digits, of which the character is made. */
static void take_unicode(struct cursor *cursor, struct chk_buffer *out)
{
	unsigned value = 0;
	char c;

	for (int i = 0; i < 4; i++) {
		int digit = cursor->at < cursor->end ?
				    hex_digit(*cursor->at) : -1;

		if (digit < 0)
			break;
		value = value << 4 | (unsigned)digit;
		cursor->at++;
	}
	c = value && value < 0x80 ? (char)value : '?';
	chk_buffer_add(out, &c, 1);
}

/* Behind a backslash. One that ends a line joins it with the next. */
static void take_escape(struct cursor *cursor, struct chk_buffer *out)
{
	static const char LETTERS[] = "tnrf", MEANT[] = "\t\n\r\f";
	const char *letter;

	if (cursor->at >= cursor->end)
		return;
	if (is_line_end(*cursor->at)) {
		skip_line_end(cursor);
		skip_blanks(cursor);
		return;
	}
	if (*cursor->at == 'u') {
		cursor->at++;
		take_unicode(cursor, out);
		return;
	}
	letter = *cursor->at ? strchr(LETTERS, *cursor->at) : NULL;
	chk_buffer_add(out, letter ? &MEANT[letter - LETTERS] : cursor->at, 1);
	cursor->at++;
}

/* Up to the end of the line, or of the key. */
static void take(struct cursor *cursor, bool key, struct chk_buffer *out)
{
	while (cursor->at < cursor->end && !is_line_end(*cursor->at)) {
		char c = *cursor->at;

		if (key && (c == '=' || c == ':' || is_blank(c)))
			break;
		cursor->at++;
		if (c == '\\')
			take_escape(cursor, out);
		else if (c)
			chk_buffer_add(out, &c, 1);
	}
	chk_buffer_text(out, "");
}

static bool take_pair(struct cursor *cursor, chk_properties_visit *visit,
		      void *context)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer key = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer value = { 0 };
	size_t line = cursor->line;

	take(cursor, true, &key);
	skip_blanks(cursor);
	if (cursor->at < cursor->end &&
	    (*cursor->at == '=' || *cursor->at == ':')) {
		cursor->at++;
		skip_blanks(cursor);
	}
	take(cursor, false, &value);
	skip_line_end(cursor);
	if (key.failed || value.failed)
		return false;
	return visit(context, key.data ? key.data : "",
		     value.data ? value.data : "", line);
}

bool chk_properties_read(struct chk_bytes text, chk_properties_visit *visit,
			 void *context)
{
	struct cursor cursor = { .at = (const char *)text.data, .line = 1 };

	cursor.end = cursor.at + text.size;
	while (cursor.at < cursor.end) {
		skip_blanks(&cursor);
		if (cursor.at >= cursor.end)
			break;
		if (is_line_end(*cursor.at))
			skip_line_end(&cursor);
		else if (*cursor.at == '#' || *cursor.at == '!')
			skip_comment(&cursor);
		else if (!take_pair(&cursor, visit, context))
			return false;
	}
	return true;
}
