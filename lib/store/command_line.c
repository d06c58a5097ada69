/* lib/store/command_line.c: the options that a runtime goes by. */
#include "store/command_line.h"

#include <strings.h>

#include "base/array.h"
#include "base/buffer.h"
#include "base/cleanup.h"
#include "store/root_path.h"
#include "store/settings.h"

static const struct chk_option_row ROWS[] = {
#include "data/options.inc"
};

/* More options than anybody has; the rest of a longer line is not looked at. */
#define OPTIONS_MAX 100000

#define BLANKS " \t\n\r"

/* One row being read. */
struct option_reading {
	struct chk_command_line *line;
	const struct chk_surroundings *around;
	const struct chk_option_row *row;
	const char *origin;
};

static bool add(struct option_reading *reading, const char *text,
		size_t weight)
{
	struct chk_command_line *line = reading->line;
	char *copy;

	if (line->count >= OPTIONS_MAX)
		return true;
	if (!chk_array_grow(&line->items, line->count, &line->room,
			    sizeof(*line->items)))
		return false;
	copy = strdup(text);
	if (copy)
		line->items[line->count++] =
			(struct chk_option){ copy, reading->origin, weight };
	return copy != NULL;
}

static bool add_word(struct option_reading *reading, const char *text)
{
	return add(reading, text, 0);
}

static bool add_plain(struct option_reading *reading, const char *key,
		      const char *value)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	chk_buffer_format(&text, "%s=%s", key, value);
	return !text.failed && add_word(reading, text.data);
}

/* One word of `text`, its quotes taken away; gives what is behind it. */
static const char *take_word(const char *text, const char *between,
			     struct chk_buffer *word)
{
	char quote = '\0';

	for (; *text && (quote || !strchr(between, *text)); text++) {
		if (quote ? *text == quote : *text == '"' || *text == '\'')
			quote = quote ? '\0' : *text;
		else
			chk_buffer_add(word, text, 1);
	}
	return text;
}

typedef bool taker(struct option_reading *reading, const char *text);

static bool take_words(struct option_reading *reading, const char *text,
		       const char *between, taker *take)
{
	while (text && *text) {
		struct chk_buffer word = { 0 };
		bool ok;

		text += strspn(text, between);
		text = take_word(text, between, &word);
		ok = !word.failed && (!word.size || take(reading, word.data));
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
static bool add_arguments(struct option_reading *reading)
{
	const struct chk_surroundings *around = reading->around;
	enum chk_option_step step = reading->row->step;
	bool all = step != CHK_OPTION_ARGUMENTS;

	for (size_t i = 1; i < around->argument_count; i++) {
		const char *text = around->arguments[i];

		if (!all && *text != '-')
			break;
		if (step == CHK_OPTION_WORDS ?
			    !take_words(reading, text, BLANKS "?&", add_word) :
			    !add_word(reading, text))
			return false;
		if (!all && is_listed(reading->row->name, text))
			i++;
	}
	return true;
}

/* "-sSk": letters that take no value may stand together. */
static bool add_flags(struct option_reading *reading)
{
	const struct chk_surroundings *around = reading->around;

	for (size_t i = 1; i < around->argument_count; i++) {
		const char *text = around->arguments[i];
		size_t size = strspn(text + (*text == '-'), reading->row->name);

		if (*text != '-' || size < 2)
			continue;
		for (size_t j = 1; j <= size; j++)
			if (!add_word(reading, (char[]){ '-', text[j], 0 }))
				return false;
	}
	return true;
}

/* Does an argument begin with this URL, and go on below it? */
static bool is_asked(const struct chk_surroundings *around, const char *url,
		     size_t size)
{
	for (size_t i = 1; i < around->argument_count; i++) {
		const char *text = around->arguments[i];

		if (strncmp(text, url, size) == 0 &&
		    (url[size - 1] == '/' || !text[size] || text[size] == '/'))
			return true;
	}
	return false;
}

/*
 * git-config(1): http.URL.KEY counts for that URL, before http.KEY and before
 * that of a shorter one. What is for another URL is left out.
 */
static bool add_of_url(struct option_reading *reading, const char *key,
		       const char *value)
{
	const char *url = strchr(key, '.'), *last = strrchr(key, '.');
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	size_t size = url && last > url ? (size_t)(last - url) - 1 : 0;

	if (size && !is_asked(reading->around, url + 1, size))
		return true;
	chk_buffer_add(&text, key, size ? (size_t)(url - key) : strlen(key));
	chk_buffer_format(&text, "%s=%s", size ? last : "", value);
	return !text.failed && add(reading, text.data, size);
}

static bool add_pair(struct option_reading *reading, const char *text)
{
	const char *equals = strchr(text, '=');
	CHK_CLEANUP(chk_cleanup_free) char *key =
		strndup(text, equals ? (size_t)(equals - text) : strlen(text));

	return key && add_of_url(reading, key, equals ? equals + 1 : "true");
}

/* As an option of the command line, so that these can be told the same. */
static bool add_curlrc(struct option_reading *reading, const char *key,
		       const char *value)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	chk_buffer_format(&text, "%s%s%s%s", *key == '-' ? "" : "--", key,
			  *value ? "=" : "", value);
	return !text.failed && add_word(reading, text.data);
}

/* "~/" of git and of pip is the home; the others take it as it is. */
static bool add_setting(void *context, const char *key, const char *value)
{
	struct option_reading *reading = context;
	enum chk_option_step step = reading->row->step;
	const char *home = chk_surroundings_variable(reading->around, "HOME");
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	if (step == CHK_OPTION_CURLRC)
		return add_curlrc(reading, key, value);
	if (home && strncmp(value, "~/", 2) == 0 &&
	    (step == CHK_OPTION_GIT || step == CHK_OPTION_INI))
		chk_buffer_format(&text, "%s%s", home, value + 1);
	else
		chk_buffer_text(&text, value);
	if (text.failed)
		return false;
	if (step == CHK_OPTION_GIT)
		return add_of_url(reading, key, text.data);
	return add_plain(reading, key, text.data);
}

/* Takes over `path`. False: it is not there; `*failed`: no memory. */
static bool read_file(struct option_reading *reading, char **path,
		      bool *failed)
{
	static const enum chk_settings_syntax SYNTAXES[] = {
		[CHK_OPTION_CURLRC] = CHK_SETTINGS_CURLRC,
		[CHK_OPTION_GIT] = CHK_SETTINGS_GIT,
		[CHK_OPTION_INI] = CHK_SETTINGS_INI,
		[CHK_OPTION_LDAP] = CHK_SETTINGS_LDAP,
		[CHK_OPTION_PHP] = CHK_SETTINGS_PHP,
	};
	const struct chk_surroundings *around = reading->around;
	struct chk_command_line *line = reading->line;
	CHK_CLEANUP(chk_cleanup_free) char *here = NULL;
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	size_t size = 0;

	*failed = !chk_surroundings_here(around, *path, &here);
	if (*failed || !here ||
	    !chk_root_read(around->root, here, &data, &size, NULL))
		return false;
	*failed = !chk_array_grow(&line->files, line->file_count,
				  &line->file_room, sizeof(*line->files));
	if (*failed)
		return false;
	reading->origin = *path;
	line->files[line->file_count++] = chk_steal(path);
	*failed = !chk_settings_read(chk_bytes_of(data, size),
				     SYNTAXES[reading->row->step],
				     add_setting, reading);
	return true;
}

/* Of the files that the row names, the first that is there. */
static bool add_file(struct option_reading *reading)
{
	const char *name = reading->row->name;
	bool found = false, failed = false;

	while (*name && !found && !failed) {
		size_t size = strcspn(name, " ");
		CHK_CLEANUP(chk_cleanup_free) char *pattern =
			strndup(name, size);
		CHK_CLEANUP(chk_cleanup_free) char *path = NULL;

		if (!pattern ||
		    !chk_surroundings_fill(reading->around, pattern, &path))
			return false;
		found = path && read_file(reading, &path, &failed);
		name += size + (name[size] == ' ');
	}
	return !failed;
}

/* NAME: the variable is set. NAME=VALUE: to this. -x: the first argument. */
static bool is_there(const struct chk_surroundings *around, const char *word)
{
	const char *first = around->argument_count > 1 ?
			    around->arguments[1] : "";
	size_t size = strcspn(word, "=");
	const char *value;

	if (*word == '-')
		return strcmp(first, word) == 0;
	value = chk_surroundings_find(around->environment,
				      around->environment_count, word, size);
	return value && (!word[size] || strcmp(value, word + size + 1) == 0);
}

/* False: no memory. */
static bool is_off(const struct chk_option_row *row,
		   const struct chk_surroundings *around, bool *off)
{
	CHK_CLEANUP(chk_cleanup_free) char *copy = strdup(row->unless);
	char *next = copy, *word;

	*off = false;
	while (next && (word = strsep(&next, " ")))
		*off |= strcmp(word, "-") != 0 && is_there(around, word);
	return copy != NULL;
}

static bool read_row(struct option_reading *reading)
{
	const struct chk_option_row *row = reading->row;

	switch (row->step) {
	case CHK_OPTION_VARIABLE:
	case CHK_OPTION_PAIRS:
		reading->origin = row->name;
		return take_words(reading,
				  chk_surroundings_variable(reading->around,
							    row->name),
				  BLANKS, row->step == CHK_OPTION_PAIRS ?
					  add_pair : add_word);
	case CHK_OPTION_ARGUMENTS:
	case CHK_OPTION_EVERYTHING:
	case CHK_OPTION_WORDS:
		return add_arguments(reading);
	case CHK_OPTION_FLAGS:
		return add_flags(reading);
	case CHK_OPTION_CURLRC:
	case CHK_OPTION_GIT:
	case CHK_OPTION_INI:
	case CHK_OPTION_LDAP:
	case CHK_OPTION_PHP:
		return add_file(reading);
	}
	return true;
}

bool chk_command_line_read(struct chk_command_line *line, const char *runtime,
			   const struct chk_surroundings *around)
{
	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct option_reading reading = {
			.line = line, .around = around, .row = &ROWS[i],
		};

		bool off;

		if (strcmp(ROWS[i].runtime, runtime) != 0)
			continue;
		if (!is_off(&ROWS[i], around, &off) ||
		    (!off && !read_row(&reading)))
			return false;
	}
	return true;
}

void chk_command_line_clear(struct chk_command_line *line)
{
	for (size_t i = 0; i < line->count; i++)
		free(line->items[i].text);
	for (size_t i = 0; i < line->file_count; i++)
		free(line->files[i]);
	free(line->files);
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

bool chk_command_line_setting(const struct chk_command_line *line,
			      const char *name,
			      struct chk_option_value *value)
{
	const struct chk_option *best = NULL;
	size_t size = strlen(name);

	for (size_t i = line->count; i-- > 0;) {
		const struct chk_option *item = &line->items[i];

		if (strncasecmp(item->text, name, size) != 0 ||
		    item->text[size] != '=' ||
		    (best && best->weight >= item->weight))
			continue;
		best = item;
		value->text = item->text + size + 1;
		value->origin = item->origin;
	}
	return best != NULL;
}
