/* lib/client/openssl_conf.c: OpenSSL's file of settings. */
#include "client/openssl_conf.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/buffer.h"
#include "base/cleanup.h"
#include "client/here_files.h"
#include "client/narrow.h"

#define DEPTH_MAX 8     /* of files that include files */
#define FILES_MAX 64
#define LINES_MAX 4096  /* settings; Debian's file has about 70 */
#define VALUE_MAX 16384 /* bytes of a value, filled in */

/* OPENSSLDIR of Debian, of Fedora, of Alpine and Arch, of OpenSSL itself. */
static const char *const FILES[] = {
	"/usr/lib/ssl/openssl.cnf", "/etc/pki/tls/openssl.cnf",
	"/etc/ssl/openssl.cnf", "/usr/local/ssl/openssl.cnf",
};

/* Where the reading stands. */
struct conf_reading {
	struct chk_here *here;
	struct chk_openssl_conf *conf;
	const struct chk_here_file *file;
	const char *section;
	size_t line;
	unsigned depth;
};

static bool load(struct conf_reading *parent, struct chk_here *here,
		 struct chk_openssl_conf *conf, const char *path);

const struct chk_setting *chk_openssl_get(const struct chk_openssl_conf *conf,
					  const char *section,
					  const char *name)
{
	for (size_t i = conf->count; i > 0; i--) {
		const struct chk_openssl_line *line = &conf->items[i - 1];

		if (strcmp(line->section, section) == 0 &&
		    strcmp(line->setting.name, name) == 0)
			return &line->setting;
	}
	return NULL;
}

const char *chk_openssl_system_default(const struct chk_openssl_conf *conf)
{
	static const char *const NAMES[] = { "openssl_conf", "ssl_conf",
					     "system_default" };
	const char *section = "default";

	for (size_t i = 0; i < CHK_COUNT(NAMES); i++) {
		const struct chk_setting *setting =
			chk_openssl_get(conf, section, NAMES[i]);

		if (!setting)
			return NULL;
		section = setting->value;
	}
	return section;
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_';
}

/* $name, ${name}, $(name), with section:: or ENV:: before it. */
static const char *fill(struct conf_reading *reading, const char *at,
			struct chk_buffer *value)
{
	char close = *at == '{' ? '}' : *at == '(' ? ')' : '\0';
	const char *begin = at + (close != '\0'), *end = begin, *colons, *name;
	const struct chk_setting *found = NULL;
	const char *section = reading->section, *text = NULL;

	while (is_name(*end) || (end[0] == ':' && end[1] == ':') ||
	       (end > begin && end[-1] == ':' && *end == ':'))
		end++;
	name = chk_arena_format(&reading->here->arena, "%.*s",
				(int)(end - begin), begin);
	if (!name)
		return end;
	colons = strstr(name, "::");
	if (colons) {
		section = chk_arena_format(&reading->here->arena, "%.*s",
					   (int)(colons - name), name);
		name = colons + 2;
	}
	if (section && strcmp(section, "ENV") == 0)
		text = chk_surroundings_variable(reading->here->around, name);
	else if (section)
		found = chk_openssl_get(reading->conf, section, name);
	if (!text && !found)
		found = chk_openssl_get(reading->conf, "default", name);
	if (!text && found)
		text = found->value;
	if (text && value->size + strlen(text) < VALUE_MAX)
		chk_buffer_text(value, text);
	return end + (close && *end == close);
}

/* Quotes go, "\n" is a new line, "$name" is filled in, "#" ends it. */
static const char *value_of(struct conf_reading *reading, const char *at)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer value = { 0 };
	char quote = '\0';

	while (*at && (quote || *at != '#')) {
		if (quote ? *at == quote : *at == '"' || *at == '\'') {
			quote = quote ? '\0' : *at;
			at++;
		} else if (*at == '\\' && at[1]) {
			chk_buffer_add(&value, at + 1, 1);
			at += 2;
		} else if (*at == '$' && quote != '\'') {
			at = fill(reading, at + 1, &value);
		} else {
			chk_buffer_add(&value, at++, 1);
		}
	}
	while (value.size && strchr(" \t", value.data[value.size - 1]))
		value.data[--value.size] = '\0';
	chk_buffer_text(&value, "");
	if (value.failed)
		reading->here->arena.failed = true;
	return chk_arena_text(&reading->here->arena,
			      value.data ? value.data : "");
}

/* ".include PATH", ".include = PATH". */
static void include(struct conf_reading *reading, const char *at)
{
	const char *path, *slash;

	at += strspn(at, " \t=");
	path = value_of(reading, at);
	slash = strrchr(reading->file->path, '/');
	if (path && *path && *path != '/' && slash)
		path = chk_arena_format(&reading->here->arena, "%.*s/%s",
					(int)(slash - reading->file->path),
					reading->file->path, path);
	if (path && *path &&
	    !load(reading, reading->here, reading->conf, path))
		chk_here_say(reading->here, NULL, "%s includes %s, which is "
			     "not there", reading->file->path, path);
}

static bool add(struct conf_reading *reading, const char *name, size_t size,
		const char *value)
{
	struct chk_openssl_conf *conf = reading->conf;
	struct chk_openssl_line line = {
		.section = reading->section,
		.setting = {
			.name = chk_arena_format(&reading->here->arena, "%.*s",
						 (int)size, name),
			.value = value_of(reading, value),
			.where = reading->file->path,
			.line = reading->line,
		},
	};

	if (conf->count >= LINES_MAX)
		return true;
	if (reading->here->arena.failed ||
	    !chk_array_grow(&conf->items, conf->count, &conf->room,
			    sizeof(line)))
		return false;
	conf->items[conf->count++] = line;
	return true;
}

/* One line, those that a backslash joins to it with it. */
static bool take_line(struct conf_reading *reading, const char *line)
{
	static const char INCLUDE[] = ".include", PRAGMA[] = ".pragma";
	const char *equals;
	size_t size;

	line += strspn(line, " \t");
	if (*line == '[') {
		line += 1 + strspn(line + 1, " \t");
		size = strcspn(line, "] \t");
		reading->section = chk_arena_format(&reading->here->arena,
						    "%.*s", (int)size, line);
		return reading->section != NULL;
	}
	if (strncmp(line, INCLUDE, sizeof(INCLUDE) - 1) == 0) {
		include(reading, line + sizeof(INCLUDE) - 1);
		return !reading->here->arena.failed;
	}
	equals = strchr(line, '=');
	if (!*line || *line == '#' || !equals ||
	    strncmp(line, PRAGMA, sizeof(PRAGMA) - 1) == 0)
		return true;
	size = (size_t)(equals - line);
	while (size && strchr(" \t", line[size - 1]))
		size--;
	equals += 1 + strspn(equals + 1, " \t");
	return add(reading, line, size, equals);
}

static bool take_lines(struct conf_reading *reading, struct chk_bytes text)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer line = { 0 };
	const char *at = (const char *)text.data, *end = at + text.size;
	size_t number = 0;

	while (at < end && reading->conf->count < LINES_MAX) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		size_t size = (size_t)((stop ? stop : end) - at);
		bool joined;

		number++;
		if (!line.size)
			reading->line = number;
		while (size && at[size - 1] == '\r')
			size--;
		joined = size && at[size - 1] == '\\' && stop;
		chk_buffer_add(&line, at, size - joined);
		at = stop ? stop + 1 : end;
		if (joined)
			continue;
		chk_buffer_text(&line, "");
		if (line.failed ||
		    (line.data && !take_line(reading, line.data)))
			return false;
		line.size = 0;
	}
	return true;
}

/* A directory gives its *.cnf and *.conf. */
static bool load_directory(struct conf_reading *parent, struct chk_here *here,
			   struct chk_openssl_conf *conf, const char *path)
{
	const char *const *names = chk_here_list_names(here, path);

	for (; names && *names; names++) {
		const char *dot = strrchr(*names, '.');
		const char *file;

		if (!dot || (strcmp(dot, ".cnf") != 0 &&
			     strcmp(dot, ".conf") != 0))
			continue;
		file = chk_arena_format(&here->arena, "%s/%s", path, *names);
		if (file)
			(void)load(parent, here, conf, file);
	}
	return names != NULL;
}

/* What is included goes on in the section that it stands in. */
static bool load(struct conf_reading *parent, struct chk_here *here,
		 struct chk_openssl_conf *conf, const char *path)
{
	struct chk_here_file file;
	struct conf_reading reading = {
		.here = here, .conf = conf, .file = &file,
		.section = parent ? parent->section : "default",
		.depth = parent ? parent->depth + 1 : 0,
	};

	if (reading.depth > DEPTH_MAX || ++conf->files > FILES_MAX)
		return false;
	if (parent && load_directory(&reading, here, conf, path))
		return true;
	if (!chk_here_read(here, path, &file))
		return false;
	if (!conf->path)
		conf->path = file.path;
	if (!take_lines(&reading, file.text))
		here->arena.failed = true;
	if (parent)
		parent->section = reading.section;
	return true;
}

bool chk_openssl_conf_read(struct chk_here *here,
			   struct chk_openssl_conf *conf)
{
	const char *path = chk_surroundings_variable(here->around,
						     "OPENSSL_CONF");

	if (path && *path) {
		if (!load(NULL, here, conf, path))
			chk_here_say(here, NULL, "OPENSSL_CONF leads to no "
				     "file: nothing is set");
		return !here->arena.failed;
	}
	for (size_t i = 0; i < CHK_COUNT(FILES) && !conf->path; i++)
		(void)load(NULL, here, conf, FILES[i]);
	return !here->arena.failed;
}
