/* lib/store/runtime.c: the walk through the rows of a runtime. */
#include "store/runtime.h"

#include <errno.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/array.h"
#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "store/command_line.h"

static const struct chk_runtime_row ROWS[] = {
#include "data/runtimes.inc"
};

/* More than any runtime has. */
enum { NAMES_MAX = 64 };

/* Names of the table, as far as the walk has met them. */
struct names {
	const char *items[NAMES_MAX];
	size_t count;
};

struct walk {
	const struct chk_surroundings *around;
	struct chk_command_line line;
	struct chk_decision *decision;
	struct names given;   /* variables, properties and options */
	struct names decided; /* slots */
	bool told_missing;
	bool failed; /* no memory */
};

static void add_name(struct names *names, const char *name)
{
	if (names->count < NAMES_MAX)
		names->items[names->count++] = name;
}

static bool has_name(const struct names *names, const char *name, size_t size)
{
	for (size_t i = 0; i < names->count; i++) {
		if (strncmp(names->items[i], name, size) == 0 &&
		    names->items[i][size] == '\0')
			return true;
	}
	return false;
}

static const char *code_of(const struct chk_runtime_row *row)
{
	return strcmp(row->code, "-") == 0 ? NULL : row->code;
}

/* ": WORDS", or nothing; both halves of a sentence. */
static const char *colon(const struct chk_runtime_row *row)
{
	return strcmp(row->words, "-") == 0 ? "" : ": ";
}

static const char *words(const struct chk_runtime_row *row)
{
	return strcmp(row->words, "-") == 0 ? "" : row->words;
}

#define SAY(walk, ...) \
	((walk)->failed |= !chk_said_add(&(walk)->decision->said, __VA_ARGS__))

static bool exists(const struct walk *walk, const char *path)
{
	CHK_CLEANUP(chk_cleanup_free) char *here = NULL;

	return chk_surroundings_here(walk->around, path, &here) && here &&
	       access(here, F_OK) == 0;
}

/* A fact, or something that the walk has met. */
static bool is_known(const struct walk *walk, const char *name, size_t size)
{
	return has_name(&walk->given, name, size) ||
	       chk_surroundings_find(walk->around->facts,
				     walk->around->fact_count, name, size);
}

/* NAME: it is given. !NAME: it is not. /PATH: that file is there. */
static bool holds(const struct walk *walk, const char *condition)
{
	while (*condition && strcmp(condition, "-") != 0) {
		size_t size = strcspn(condition, " ");
		bool is_not = *condition == '!';
		CHK_CLEANUP(chk_cleanup_free) char *path = NULL;
		bool is;

		if (*condition == '/') {
			path = strndup(condition, size);
			is = path && exists(walk, path);
		} else {
			is = is_known(walk, condition + is_not, size - is_not);
		}
		if (is == is_not)
			return false;
		condition += size + (condition[size] == ' ');
	}
	return true;
}

/* NULL: what is there is what the form asks for. */
static const char *what_is_wrong(const char *here, enum chk_runtime_form form)
{
	bool any = form == CHK_FORM_BUNDLE || form == CHK_FORM_POLICY;
	bool dir = form == CHK_FORM_HASHED || form == CHK_FORM_DIRECTORY;
	struct stat facts;

	if (!here)
		return "does not exist";
	if (stat(here, &facts) < 0)
		return errno == EACCES ? NULL : "does not exist";
	if (!any && !dir && S_ISDIR(facts.st_mode))
		return "is a directory, and no file";
	if (dir && !S_ISDIR(facts.st_mode))
		return "is no directory";
	return NULL;
}

/* Takes over `here`. */
static void add_load(struct walk *walk, const struct chk_runtime_row *row,
		     const char *path, char **here)
{
	struct chk_decision *decision = walk->decision;
	char *copy = strdup(path);

	if (!copy || !chk_array_grow(&decision->loads, decision->load_count,
				     &decision->load_room,
				     sizeof(*decision->loads))) {
		free(copy);
		walk->failed = true;
		return;
	}
	decision->loads[decision->load_count++] = (struct chk_runtime_load){
		.path = copy, .here = chk_steal(here), .form = row->form,
		.is_default = row->step == CHK_RUNTIME_PATH,
		.fails = row->missing == CHK_MISSING_FAILS,
		.by = row->runtime,
	};
}

static const char *after_missing(enum chk_runtime_missing missing)
{
	return missing == CHK_MISSING_FAILS ? "every connection fails" :
	       missing == CHK_MISSING_EMPTY ? "nothing is read in its place" :
	       "it is silently passed over for what comes next";
}

/* Somebody named it, or it is one of many defaults. */
static void say_missing(struct walk *walk, const struct chk_runtime_row *row,
			const char *said, const char *what)
{
	if (row->step == CHK_RUNTIME_PATH) {
		SAY(walk, NULL, "%s %s", said, what);
		return;
	}
	walk->told_missing = true;
	SAY(walk, "store.file-missing", "%s %s: %s", said, what,
	    after_missing(row->missing));
}

static void decide(struct walk *walk, const struct chk_runtime_row *row)
{
	if (row->effect == CHK_RUNTIME_REPLACES)
		add_name(&walk->decided, row->slot);
}

/* One path; `said` is how it was given. True: it is there. */
static bool take_path(struct walk *walk, const struct chk_runtime_row *row,
		      const char *path, const char *said)
{
	CHK_CLEANUP(chk_cleanup_free) char *here = NULL;
	const char *wrong;

	if (!chk_surroundings_here(walk->around, path, &here)) {
		walk->failed = true;
		return false;
	}
	wrong = *path ? what_is_wrong(here, row->form) : "names no file";
	if (wrong) {
		say_missing(walk, row, said, wrong);
		return false;
	}
	SAY(walk, code_of(row), "%s is read%s%s", said, colon(row), words(row));
	add_load(walk, row, path, &here);
	return true;
}

static bool is_list(const struct chk_runtime_row *row)
{
	return row->form == CHK_FORM_HASHED || row->form == CHK_FORM_DIRECTORY;
}

/* A directory may be several, with colons between them. */
static bool take_list(struct walk *walk, const struct chk_runtime_row *row,
		      const char *value, const char *said)
{
	CHK_CLEANUP(chk_cleanup_free) char *copy = strdup(value);
	bool several = strchr(value, ':') != NULL, any = false;
	char *next = copy, *path;

	if (!copy) {
		walk->failed = true;
		return false;
	}
	while ((path = strsep(&next, ":"))) {
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer part = { 0 };

		if (several && !*path)
			continue;
		chk_buffer_format(&part, "%s of %s", path, row->name);
		walk->failed |= part.failed;
		any |= take_path(walk, row, path,
				 several && part.data ? part.data : said);
	}
	return any;
}

static void take(struct walk *walk, const struct chk_runtime_row *row,
		 const char *value, const char *said)
{
	bool there = is_list(row) && row->step != CHK_RUNTIME_PATH ?
			     take_list(walk, row, value, said) :
			     take_path(walk, row, value, said);

	if (there || row->missing != CHK_MISSING_FALLS)
		decide(walk, row);
	walk->decision->fails |= !there && row->missing == CHK_MISSING_FAILS;
}

/* What is given by a name: a variable, a property, an option. */
static void take_given(struct walk *walk, const struct chk_runtime_row *row,
		       const char *value, const char *said)
{
	if (!*value && !row->empty && row->form != CHK_FORM_NONE) {
		SAY(walk, NULL, "%s is empty, and counts for nothing",
		    row->name);
		return;
	}
	add_name(&walk->given, row->name);
	if (row->effect == CHK_RUNTIME_IGNORED)
		SAY(walk, code_of(row), "%s is set and ignored%s%s", said,
		    colon(row), words(row));
	else if (row->form == CHK_FORM_NONE)
		SAY(walk, code_of(row), "%s is given%s%s", said, colon(row),
		    words(row));
	else if (has_name(&walk->decided, row->slot, strlen(row->slot)))
		SAY(walk, NULL, "%s is set too, and another comes first", said);
	else
		take(walk, row, value, said);
}

static void walk_builtin(struct walk *walk, const struct chk_runtime_row *row)
{
	char *here = NULL;

	SAY(walk, code_of(row), "%s: %s%s%s", row->name,
	    row->form == CHK_FORM_SEALED ? "not to be read from here" :
	    "built in", colon(row), words(row));
	walk->decision->sealed |= row->form == CHK_FORM_SEALED;
	add_load(walk, row, row->name, &here);
	decide(walk, row);
}

/* How much of the row's name is the name; a "=" and values may follow. */
static size_t name_size(const struct chk_runtime_row *row)
{
	return strcspn(row->name, "=");
}

/* Is the value among those that the row is about? */
static bool is_wanted(const struct chk_runtime_row *row, const char *value)
{
	const char *wanted = row->name + name_size(row);
	bool any_case = row->step == CHK_RUNTIME_SETTING;

	bool is = !*wanted;

	while (!is && *wanted) {
		size_t size = strcspn(++wanted, "|");

		is = strlen(value) == size &&
		     (any_case ? strncasecmp(value, wanted, size) :
				 strncmp(value, wanted, size)) == 0;
		wanted += size;
	}
	return is;
}

static bool find_given(const struct walk *walk, enum chk_runtime_step step,
		       const char *name, struct chk_option_value *value)
{
	const struct chk_command_line *line = &walk->line;

	value->origin = NULL;
	switch (step) {
	case CHK_RUNTIME_VARIABLE:
		value->text = chk_surroundings_variable(walk->around, name);
		return value->text != NULL;
	case CHK_RUNTIME_PROPERTY:
		return chk_command_line_property(line, name, value);
	case CHK_RUNTIME_OPTION:
		return chk_command_line_flag(line, name, value);
	case CHK_RUNTIME_SETTING:
		return chk_command_line_setting(line, name, value);
	default:
		return chk_command_line_argument(line, name, value);
	}
}

/* What is a trap and nothing else is told where somebody walks into it. */
static void say_not_given(struct walk *walk, const struct chk_runtime_row *row)
{
	bool set = row->step == CHK_RUNTIME_VARIABLE ||
		   row->step == CHK_RUNTIME_SETTING;

	if (row->name[name_size(row)] || row->effect == CHK_RUNTIME_IGNORED ||
	    (row->form == CHK_FORM_NONE && code_of(row)))
		return;
	SAY(walk, NULL, "%s%s is not %s",
	    row->step == CHK_RUNTIME_PROPERTY ? "-D" : "", row->name,
	    set ? "set" : "given");
}

/* What a row of certain values says is all that it does. */
static void take_value(struct walk *walk, const struct chk_runtime_row *row,
		       const char *said)
{
	add_name(&walk->given, row->name);
	if (row->form == CHK_FORM_SEALED) {
		walk_builtin(walk, row);
		return;
	}
	SAY(walk, code_of(row), "%s is given%s%s", said, colon(row),
	    words(row));
	decide(walk, row);
}

static void walk_given(struct walk *walk, const struct chk_runtime_row *row)
{
	const char *between = row->step == CHK_RUNTIME_OPTION ? "" :
			      row->step == CHK_RUNTIME_ARGUMENT ? " " : "=";
	CHK_CLEANUP(chk_cleanup_free) char *name =
		strndup(row->name, name_size(row));
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer said = { 0 };
	struct chk_option_value value;

	if (!name) {
		walk->failed = true;
		return;
	}
	if (!find_given(walk, row->step, name, &value)) {
		say_not_given(walk, row);
		return;
	}
	if (!is_wanted(row, value.text))
		return;
	chk_buffer_format(&said, "%s%s%s%.300s%s%s",
			  row->step == CHK_RUNTIME_PROPERTY ? "-D" : "", name,
			  between, value.text,
			  value.origin ? " in " : "",
			  value.origin ? value.origin : "");
	if (said.failed)
		walk->failed = true;
	else if (row->name[name_size(row)])
		take_value(walk, row, said.data);
	else
		take_given(walk, row, value.text, said.data);
}

static void walk_path(struct walk *walk, const struct chk_runtime_row *row)
{
	CHK_CLEANUP(chk_cleanup_free) char *path = NULL;

	if (!chk_surroundings_fill(walk->around, row->name, &path))
		walk->failed = true;
	else if (path)
		take(walk, row, path, path);
}

/* What opens a keystore; it is never said. */
static void walk_password(struct walk *walk, const struct chk_runtime_row *row)
{
	struct chk_option_value value;

	if (!chk_command_line_property(&walk->line, row->name, &value))
		return;
	walk->decision->password = strdup(value.text);
	walk->failed |= !walk->decision->password;
	SAY(walk, NULL, "-D%s is given", row->name);
}

static void walk_row(struct walk *walk, const struct chk_runtime_row *row)
{
	bool decided = has_name(&walk->decided, row->slot, strlen(row->slot));

	if (!holds(walk, row->condition))
		return;
	switch (row->step) {
	case CHK_RUNTIME_VARIABLE:
	case CHK_RUNTIME_PROPERTY:
	case CHK_RUNTIME_OPTION:
	case CHK_RUNTIME_ARGUMENT:
	case CHK_RUNTIME_SETTING:
		walk_given(walk, row);
		break;
	case CHK_RUNTIME_PASSWORD:
		walk_password(walk, row);
		break;
	case CHK_RUNTIME_PATH:
		if (!decided)
			walk_path(walk, row);
		break;
	case CHK_RUNTIME_BUILTIN:
		if (!decided)
			walk_builtin(walk, row);
		break;
	case CHK_RUNTIME_DEFAULT:
		add_name(&walk->given, row->name);
		SAY(walk, code_of(row), "%s", row->words);
		break;
	case CHK_RUNTIME_ELSEWHERE:
		SAY(walk, NULL, "%s: %s", row->name, row->words);
		break;
	case CHK_RUNTIME_OTHERWISE:
		if (decided)
			break;
		/* fall through */
	case CHK_RUNTIME_LIKE:
		SAY(walk, code_of(row), "%s", row->words);
		break;
	}
}

/* The rows of `runtime`, and one level of those that it is like. */
static void walk_rows(struct walk *walk, const char *runtime)
{
	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		bool like = ROWS[i].step == CHK_RUNTIME_LIKE;

		if (strcmp(ROWS[i].runtime, runtime) != 0)
			continue;
		walk_row(walk, &ROWS[i]);
		for (size_t j = 0; like && j < CHK_COUNT(ROWS); j++)
			if (strcmp(ROWS[j].runtime, ROWS[i].name) == 0 &&
			    holds(walk, ROWS[i].condition))
				walk_row(walk, &ROWS[j]);
	}
}

/* A client that connects to nobody trusts nobody. */
static void finish(struct walk *walk)
{
	if (walk->decision->fails)
		chk_decision_drop_loads(walk->decision);
	if (!walk->decision->load_count && !walk->told_missing)
		SAY(walk, "store.absent",
		    "none of the places where %s looks for certificates "
		    "is there", walk->decision->runtime);
}

const struct chk_runtime_row *chk_runtime_row(size_t i)
{
	return i < CHK_COUNT(ROWS) ? &ROWS[i] : NULL;
}

const char *chk_runtime_find(const char *name)
{
	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		if (strcmp(ROWS[i].runtime, name) == 0)
			return ROWS[i].runtime;
	}
	return NULL;
}

bool chk_runtime_decide(const char *runtime,
			const struct chk_surroundings *around,
			struct chk_decision *decision,
			struct chk_error *error)
{
	struct walk walk = { .around = around, .decision = decision };

	decision->runtime = chk_runtime_find(runtime);
	if (!decision->runtime)
		return chk_error_set(error, CHK_ERROR_ARGUMENT, runtime,
				     "no such runtime is known");
	walk.failed = !chk_command_line_read(&walk.line, runtime, around);
	walk_rows(&walk, decision->runtime);
	finish(&walk);
	chk_command_line_clear(&walk.line);
	return !walk.failed || chk_error_memory(error);
}
