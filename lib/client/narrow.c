/* lib/client/narrow.c: lists of what a client offers, and what narrows them. */
#include "client/narrow.h"

#include <stdarg.h>

#include "base/array.h"
#include "base/buffer.h"
#include "base/text.h"
#include "fetch/tls_names.h"

#define STEPS_MAX 200
#define NAMED_MAX 3 /* more are counted */
#define TEXT_MAX 600 /* bytes of a step */

static const char *printable(struct chk_arena *arena, const char *text)
{
	struct chk_buffer buffer = { 0 };
	const char *copy = NULL;

	chk_text_escape(&buffer, chk_bytes_of(text, strnlen(text, TEXT_MAX)));
	chk_buffer_text(&buffer, "");
	if (!buffer.failed)
		copy = chk_arena_text(arena, buffer.data ? buffer.data : "");
	arena->failed |= buffer.failed;
	chk_buffer_clear(&buffer);
	return copy;
}

static const char *where_text(struct chk_here *here,
			      const struct chk_setting *by)
{
	const char *text;

	if (!by || !by->where)
		return NULL;
	if (!by->line)
		return printable(&here->arena, by->where);
	text = chk_arena_format(&here->arena, "%s:%zu", by->where, by->line);
	return text ? printable(&here->arena, text) : NULL;
}

void chk_here_say(struct chk_here *here, const struct chk_setting *by,
		  const char *format, ...)
{
	struct chk_here_step step = { 0 };
	const char *text;
	va_list list;

	if (here->step_count >= STEPS_MAX)
		return;
	va_start(list, format);
	text = chk_arena_vformat(&here->arena, format, list);
	va_end(list);
	step.text = text ? printable(&here->arena, text) : NULL;
	step.setting = by ? printable(&here->arena, by->name) : NULL;
	step.where = where_text(here, by);
	if (here->arena.failed ||
	    !chk_array_grow(&here->steps, here->step_count, &here->step_room,
			    sizeof(*here->steps))) {
		here->arena.failed = true;
		return;
	}
	here->steps[here->step_count++] = step;
}

const char *chk_here_word_of(enum chk_here_what what, uint16_t number)
{
	const struct chk_suite *suite = chk_suite_of(number);
	const struct chk_group *group = chk_group_of(number);
	const struct chk_signature_scheme *scheme =
		chk_signature_scheme_of(number);

	switch (what) {
	case CHK_HERE_VERSIONS:
		return chk_version_name(number);
	case CHK_HERE_SUITES:
		return suite ? suite->name : "unknown";
	case CHK_HERE_GROUPS:
		return group ? group->name : "unknown";
	default:
		return scheme ? scheme->name : "unknown";
	}
}

static const char *const KINDS[] = {
	"versions", "cipher suites", "groups", "signature schemes",
};

/* "TLS 1.1, TLS 1.0", or "13 cipher suites: A, B, C and others". */
static const char *list_text(struct chk_here *here, enum chk_here_what what,
			     const struct chk_here_list *list)
{
	struct chk_buffer text = { 0 };
	const char *copy;

	if (list->count > NAMED_MAX)
		chk_buffer_format(&text, "%zu %s: ", list->count, KINDS[what]);
	for (size_t i = 0; i < list->count && i < NAMED_MAX; i++)
		chk_buffer_format(&text, "%s%s", i ? ", " : "",
				  chk_here_word_of(what, list->items[i]));
	if (list->count > NAMED_MAX)
		chk_buffer_text(&text, " and others");
	copy = text.failed || !text.data ?
		       "" : chk_arena_text(&here->arena, text.data);
	chk_buffer_clear(&text);
	return copy ? copy : "";
}

size_t chk_here_drop(struct chk_here *here, enum chk_here_what what,
		     const struct chk_setting *by, const char *word,
		     chk_here_match *match, const void *context)
{
	struct chk_here_list *list = &here->lists[what];
	struct chk_here_list gone = { .count = 0 };
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		if (match(list->items[i], context))
			gone.items[gone.count++] = list->items[i];
		else
			list->items[kept++] = list->items[i];
	}
	list->count = kept;
	if (gone.count)
		chk_here_say(here, by, "%s removes %s", word,
			     list_text(here, what, &gone));
	return gone.count;
}

static bool lacks_version(uint16_t number, const void *context)
{
	const struct chk_here_list *versions = context;
	const struct chk_suite *suite = chk_suite_of(number);

	for (size_t i = 0; suite && i < versions->count; i++) {
		if (versions->items[i] >= suite->min &&
		    versions->items[i] <= suite->max)
			return false;
	}
	return true;
}

void chk_here_drop_useless(struct chk_here *here)
{
	chk_here_drop(here, CHK_HERE_SUITES, NULL, "no version for them",
		      lacks_version, &here->lists[CHK_HERE_VERSIONS]);
}

void chk_here_set(struct chk_here *here, enum chk_here_what what,
		  const struct chk_setting *by,
		  const struct chk_here_list *list)
{
	here->lists[what] = *list;
	chk_here_say(here, by, "leaves %s",
		     list->count ? list_text(here, what, list) : "nothing");
}

bool chk_here_has(const struct chk_here_list *list, uint16_t number)
{
	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i] == number)
			return true;
	}
	return false;
}

void chk_here_add(struct chk_here_list *list, uint16_t number)
{
	if (list->count < CHK_HERE_ITEMS && !chk_here_has(list, number))
		list->items[list->count++] = number;
}

void chk_here_raise(struct chk_here *here, unsigned *bound, unsigned bits,
		    const struct chk_setting *by, const char *what)
{
	if (bits <= *bound)
		return;
	*bound = bits;
	chk_here_say(here, by, "%s of fewer than %u bits are refused", what,
		     bits);
}

const char *chk_here_word(struct chk_here *here, const char **text,
			  const char *separators)
{
	const char *begin = *text + strspn(*text, separators);
	const char *end = begin + strcspn(begin, separators);

	begin += strspn(begin, " \t");
	*text = end;
	while (end > begin && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	if (begin >= end)
		return **text ? chk_here_word(here, text, separators) : NULL;
	return chk_arena_format(&here->arena, "%.*s", (int)(end - begin),
				begin);
}
