/* lib/store/command_line.c: the options that a runtime goes by. */
#include "store/command_line.h"

#include "base/array.h"
#include "base/buffer.h"

static const struct chk_option_row ROWS[] = {
#include "data/options.inc"
};

/* More options than anybody has; the rest of a longer line is not looked at. */
#define OPTIONS_MAX 100000

static bool add(struct chk_command_line *line, const char *text, size_t size,
		const char *origin)
{
	char *copy;

	if (line->count >= OPTIONS_MAX)
		return true;
	if (!chk_array_grow(&line->items, line->count, &line->room,
			    sizeof(*line->items)))
		return false;
	copy = strndup(text, size);
	if (copy)
		line->items[line->count++] =
			(struct chk_option){ copy, origin };
	return copy != NULL;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* One word of `text`, its quotes taken away; gives what is behind it. */
static const char *take_word(const char *text, struct chk_buffer *word)
{
	char quote = '\0';

	for (; *text && (quote || !is_blank(*text)); text++) {
		if (quote ? *text == quote : *text == '"' || *text == '\'')
			quote = quote ? '\0' : *text;
		else
			chk_buffer_add(word, text, 1);
	}
	return text;
}

static bool add_words(struct chk_command_line *line, const char *text,
		      const char *origin)
{
	while (text && *text) {
		struct chk_buffer word = { 0 };
		bool ok = true;

		while (is_blank(*text))
			text++;
		text = take_word(text, &word);
		if (word.failed)
			ok = false;
		else if (word.size)
			ok = add(line, word.data, word.size, origin);
		chk_buffer_clear(&word);
		if (!ok)
			return false;
	}
	return true;
}

/* Is `word` among the words of `list`? */
static bool is_listed(const char *list, const char *word)
{
	size_t size = strlen(word);

	while (*list) {
		size_t length = strcspn(list, " ");

		if (length == size && memcmp(list, word, size) == 0)
			return true;
		list += length + (list[length] == ' ');
	}
	return false;
}

/* What stands behind the program is the program's, and no option of ours. */
static bool add_arguments(struct chk_command_line *line,
			  const struct chk_option_row *row,
			  const struct chk_surroundings *around)
{
	bool all = row->step == CHK_OPTION_EVERYTHING;

	for (size_t i = 1; i < around->argument_count; i++) {
		const char *text = around->arguments[i];

		if (!all && *text != '-')
			break;
		if (!add(line, text, strlen(text), NULL))
			return false;
		if (!all && is_listed(row->name, text))
			i++;
	}
	return true;
}

bool chk_command_line_read(struct chk_command_line *line, const char *runtime,
			   const struct chk_surroundings *around)
{
	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		const struct chk_option_row *row = &ROWS[i];
		bool ok;

		if (strcmp(row->runtime, runtime) != 0)
			continue;
		ok = row->step == CHK_OPTION_VARIABLE ?
			     add_words(line,
				       chk_surroundings_variable(around,
								 row->name),
				       row->name) :
			     add_arguments(line, row, around);
		if (!ok)
			return false;
	}
	return true;
}

void chk_command_line_clear(struct chk_command_line *line)
{
	for (size_t i = 0; i < line->count; i++)
		free(line->items[i].text);
	free(line->items);
	*line = (struct chk_command_line){ 0 };
}

/* The text behind `name` at the start of `text`; NULL: it is another. */
static const char *behind(const char *text, const char *name)
{
	for (; *name; name++, text++) {
		char c = *text == '_' && *name == '-' ? '-' : *text;

		if (c != *name)
			return NULL;
	}
	return text;
}

bool chk_command_line_property(const struct chk_command_line *line,
			       const char *name,
			       struct chk_option_value *value)
{
	for (size_t i = line->count; i-- > 0;) {
		const char *text = line->items[i].text;
		size_t size = strlen(name);

		if (strncmp(text, "-D", 2) != 0 ||
		    strncmp(text + 2, name, size) != 0)
			continue;
		text += 2 + size;
		if (*text && *text != '=')
			continue;
		value->text = text + (*text == '=');
		value->origin = line->items[i].origin;
		return true;
	}
	return false;
}

bool chk_command_line_flag(const struct chk_command_line *line,
			   const char *name, struct chk_option_value *value)
{
	for (size_t i = line->count; i-- > 0;) {
		const char *rest = behind(line->items[i].text, name);

		if (!rest || *rest)
			continue;
		value->text = "";
		value->origin = line->items[i].origin;
		return true;
	}
	return false;
}

bool chk_command_line_argument(const struct chk_command_line *line,
			       const char *name,
			       struct chk_option_value *value)
{
	for (size_t i = line->count; i-- > 0;) {
		const char *rest = behind(line->items[i].text, name);

		if (!rest || (*rest && *rest != '='))
			continue;
		if (!*rest && i + 1 == line->count)
			continue;
		value->text = *rest ? rest + 1 : line->items[i + 1].text;
		value->origin = line->items[i].origin;
		return true;
	}
	return false;
}
