/* cli/command.h: what the commands share. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <chaincheck.h>

#include "exit_status.h"
#include "options.h"

/* Everything that was loaded for a question; free with inputs_free. */
struct inputs {
	struct chk_store *stores[LIST_MAX + 1], *others[LIST_MAX];
	struct chk_chain *untrusted, *distrusted;
	struct chk_question question;
	char pin[256];
};

/* False: the reason was said; `*status` is the exit status. */
bool inputs_load(struct inputs *inputs, const struct options *options,
		 int *status);
void inputs_free(struct inputs *inputs);

/* "chaincheck: WHERE: WHAT" on standard error. */
void tell_error(const struct chk_error *error);
/* Writes the report as the options ask; gives the exit status. */
int write_report(const struct chk_report *report, const struct options *options);
/* The status that says more of two. */
int worse_status(int a, int b);

int command_check(const struct options *options);
int command_verify(const struct options *options);
int command_explain(const struct options *options);

#endif
