/* lib/store/settings.c: one reader, and what each syntax has of its own. */
#include "store/settings.h"

#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "base/cleanup.h"

struct syntax {
	const char *comments; /* a line that begins with one is none */
	const char *between;  /* ends a key, besides blanks */
	const char *quotes;
	bool escapes;  /* a backslash takes the next character: in quotes, */
	bool bare;     /* and everywhere */
	bool ends;     /* a comment ends what is not quoted */
	bool words;    /* so does a blank */
	bool blank;    /* a blank stands between key and value */
	bool sections; /* their names count */
	bool indents;  /* what is further in goes on with the value before */
	const char *alone; /* the value of a key without one */
};

static const struct syntax SYNTAXES[] = {
	[CHK_SETTINGS_CURLRC] = { .comments = "#", .between = "=:",
				  .quotes = "\"", .escapes = true,
				  .words = true, .blank = true, .alone = "" },
	[CHK_SETTINGS_GIT] = { .comments = "#;", .between = "=",
			       .quotes = "\"", .escapes = true, .bare = true,
			       .ends = true, .sections = true,
			       .alone = "true" },
	[CHK_SETTINGS_INI] = { .comments = "#;", .between = "=:",
			       .quotes = "", .sections = true,
			       .indents = true, .alone = "" },
	[CHK_SETTINGS_LDAP] = { .comments = "#", .between = "", .quotes = "",
				.blank = true, .alone = "" },
	[CHK_SETTINGS_PHP] = { .comments = ";#", .between = "=",
			       .quotes = "\"'", .ends = true, .alone = "" },
};

struct reading {
	const struct syntax *syntax;
	const char *at, *end;
	struct chk_buffer section;
	size_t indent; /* of the key before; SIZE_MAX: there is none */
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

static bool is_one_of(const char *set, char c)
{
	return c && strchr(set, c);
}

static char now(const struct reading *reading)
{
	return reading->at < reading->end ? *reading->at : '\n';
}

static size_t skip_blanks(struct reading *reading)
{
	const char *begin = reading->at;

	while (reading->at < reading->end && is_blank(*reading->at))
		reading->at++;
	return (size_t)(reading->at - begin);
}

static void skip_line(struct reading *reading)
{
	while (reading->at < reading->end && *reading->at++ != '\n')
		;
}

/* What stands behind a backslash; true: the line goes on. */
static void take_escaped(struct reading *reading, struct chk_buffer *text)
{
	static const char NAMES[] = "ntr", VALUES[] = "\n\t\r";
	char c = now(reading);
	const char *name = c ? strchr(NAMES, c) : NULL;

	if (c != '\n')
		chk_buffer_add(text, name ? &VALUES[name - NAMES] : &c, 1);
	if (reading->at < reading->end)
		reading->at++;
}

static void trim(struct chk_buffer *text, size_t least)
{
	while (text->size > least && is_blank(text->data[text->size - 1]))
		text->size--;
	if (text->data)
		text->data[text->size] = '\0';
}

/* Of a value that is not quoted, besides the end of the line. */
static bool is_end(const struct syntax *syntax, char c)
{
	return (syntax->ends && is_one_of(syntax->comments, c)) ||
	       (syntax->words && is_blank(c));
}

/* Up to the end of the value; what is behind it in the line is skipped. */
static void take_value(struct reading *reading, struct chk_buffer *text)
{
	const struct syntax *syntax = reading->syntax;
	size_t quoted = 0; /* so much is not to be trimmed */
	char quote = '\0';

	while (now(reading) != '\n') {
		char c = now(reading);

		if (!quote && is_end(syntax, c))
			break;
		reading->at++;
		if (c == '\\' && syntax->escapes && (quote || syntax->bare)) {
			take_escaped(reading, text);
		} else if (quote ? c == quote : is_one_of(syntax->quotes, c)) {
			quote = quote ? '\0' : c;
			quoted = text->size;
		} else {
			chk_buffer_add(text, &c, 1);
		}
	}
	skip_line(reading);
	trim(text, quoted);
}

/* "[http]", "[http "https://host/"]" */
static void take_section(struct reading *reading)
{
	struct chk_buffer *section = &reading->section;
	bool quoted = false;

	section->size = 0;
	reading->at++;
	while (now(reading) != '\n' && (quoted || *reading->at != ']')) {
		char c = *reading->at++;

		if (c == '"') {
			quoted = !quoted;
			trim(section, 0);
			if (quoted)
				chk_buffer_text(section, ".");
		} else if (c == '\\' && quoted) {
			take_escaped(reading, section);
		} else {
			chk_buffer_add(section, &c, 1);
		}
	}
	if (now(reading) == ']')
		reading->at++;
	reading->indent = SIZE_MAX;
}

static bool is_key(const struct reading *reading, bool dashed)
{
	char c = now(reading);

	if (c == '\n' || (is_blank(c) && reading->syntax->blank))
		return false;
	return dashed || !is_one_of(reading->syntax->between, c);
}

static bool take_setting(struct reading *reading, chk_settings_visit *visit,
			 void *context)
{
	const struct syntax *syntax = reading->syntax;
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer key = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer value = { 0 };
	/* curl's, behind a dash: the value may begin with what else parts. */
	bool dashed = now(reading) == '-', has_value;

	if (syntax->sections && reading->section.size)
		chk_buffer_format(&key, "%s.", reading->section.data);
	for (; is_key(reading, dashed); reading->at++)
		chk_buffer_add(&key, reading->at, 1);
	trim(&key, 0);
	skip_blanks(reading);
	has_value = now(reading) != '\n';
	if (!dashed && is_one_of(syntax->between, now(reading)))
		reading->at++;
	skip_blanks(reading);
	take_value(reading, &value);
	if (!has_value)
		chk_buffer_text(&value, syntax->alone);
	if (key.failed || value.failed || reading->section.failed)
		return false;
	return !key.size || visit(context, key.data,
				  value.data ? value.data : "");
}

static bool take_line(struct reading *reading, chk_settings_visit *visit,
		      void *context)
{
	size_t indent = skip_blanks(reading);
	char c = now(reading);

	if (c == '\n' || is_one_of(reading->syntax->comments, c) ||
	    (reading->syntax->indents && reading->indent < indent)) {
		skip_line(reading);
		return true;
	}
	/* Of git, a setting may follow in the line. */
	if (c == '[') {
		take_section(reading);
		return true;
	}
	reading->indent = indent;
	return take_setting(reading, visit, context);
}

bool chk_settings_read(struct chk_bytes text, enum chk_settings_syntax syntax,
		       chk_settings_visit *visit, void *context)
{
	const char *begin = (const char *)text.data;
	static const char BOM[] = "\xef\xbb\xbf";
	struct reading reading = {
		.syntax = &SYNTAXES[syntax], .at = begin,
		.end = begin + text.size, .indent = SIZE_MAX,
	};
	bool ok = true;

	if (text.size >= 3 && memcmp(begin, BOM, 3) == 0)
		reading.at += 3;
	while (ok && reading.at < reading.end)
		ok = take_line(&reading, visit, context);
	chk_buffer_clear(&reading.section);
	return ok;
}
