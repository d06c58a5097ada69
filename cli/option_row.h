/* cli/option_row.h: the table of options, for who reads and who lists them. */
#ifndef CLI_OPTION_ROW_H
#define CLI_OPTION_ROW_H

#include <stddef.h>

#include "options.h"

/* enum option_kind says what an option does with its value. */
enum option_kind {
	KIND_FLAG,  /* no value: a bool becomes true */
	KIND_COUNT, /* no value: an int goes up */
	KIND_CALL,  /* no value: `set` is called */
	KIND_TEXT,  /* a text is kept, the last one */
	KIND_LIST,  /* `prefix` and a text are appended */
	KIND_SET,   /* a value for `set` */
};

/* struct option_row is an option, of the commands that take it so. */
struct option_row {
	const char *name;
	char letter;
	enum option_kind kind;
	unsigned applies; /* enum applies */
	const char *value; /* for the help */
	const char *help;
	bool common; /* a short help has it in full */
	size_t member; /* KIND_FLAG, _COUNT, _TEXT, _LIST: where it goes */
	const char *prefix;
	const char *(*set)(struct options *options, const char *value);
};

extern const struct option_row option_rows[];
extern const size_t option_row_count;

/* False: options contradict each other, and it has been said which. */
bool options_hold_together(const struct options *options, unsigned applies);

#endif
