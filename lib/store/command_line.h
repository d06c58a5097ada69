/*
 * lib/store/command_line.h: the options that a runtime goes by, from its
 * command line and from the variables and files that it takes options from.
 */
#ifndef CHK_STORE_COMMAND_LINE_H
#define CHK_STORE_COMMAND_LINE_H

#include "store/surroundings.h"

/* Where a runtime finds options (lib/data/options.tsv). */
enum chk_option_step {
	CHK_OPTION_VARIABLE,   /* a variable, with blanks between them */
	CHK_OPTION_ARGUMENTS,  /* the arguments up to the first that is none */
	CHK_OPTION_EVERYTHING, /* all arguments */
	CHK_OPTION_WORDS,      /* all words of all arguments, and of URIs */
	CHK_OPTION_FLAGS,      /* what "-abc" is made of: "-a", "-b" and "-c" */
	CHK_OPTION_PAIRS,      /* a variable of words KEY=VALUE */
	CHK_OPTION_CURLRC,     /* a file, in the syntax of settings.h */
	CHK_OPTION_GIT,
	CHK_OPTION_INI,
	CHK_OPTION_LDAP,
	CHK_OPTION_PHP,
};

/* A row of lib/data/options.tsv; of two rows the later one wins. */
struct chk_option_row {
	const char *runtime;
	enum chk_option_step step;
	/*
	 * The variable, or the options that take a value; files, blanks between
	 * them, of which the first that is there is read.
	 */
	const char *name;
	/* NAME: it is set; NAME=VALUE: to this; "-q": the first argument. */
	const char *unless;
	const char *source;
};

struct chk_option {
	char *text; /* owned */
	/* The variable, or borrowed the file; NULL: the command line. */
	const char *origin;
	size_t weight; /* of settings, the heaviest counts */
};

/* Zero it. */
struct chk_command_line {
	struct chk_option *items; /* the later one wins */
	size_t count, room;
	char **files; /* owned; what was read */
	size_t file_count, file_room;
};

/* What an option says: its value, and where it stands. */
struct chk_option_value {
	const char *text; /* borrowed */
	const char *origin;
};

/* False: no memory. */
bool chk_command_line_read(struct chk_command_line *line, const char *runtime,
			   const struct chk_surroundings *around);
void chk_command_line_clear(struct chk_command_line *line);
/* -DNAME=VALUE; -DNAME alone is an empty value. False: it is not there. */
bool chk_command_line_property(const struct chk_command_line *line,
			       const char *name,
			       struct chk_option_value *value);
/* NAME, underscores for hyphens or not. */
bool chk_command_line_flag(const struct chk_command_line *line,
			   const char *name, struct chk_option_value *value);
/* NAME VALUE, or NAME=VALUE. */
bool chk_command_line_argument(const struct chk_command_line *line,
			       const char *name,
			       struct chk_option_value *value);
/* KEY=VALUE, the letters of the key in any case. */
bool chk_command_line_setting(const struct chk_command_line *line,
			      const char *name,
			      struct chk_option_value *value);

#endif
