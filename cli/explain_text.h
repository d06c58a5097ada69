/* cli/explain_text.h: what a message that a program printed means. */
#ifndef CLI_EXPLAIN_TEXT_H
#define CLI_EXPLAIN_TEXT_H

#include "exit_status.h"
#include "options.h"
#include "output.h"

/*
 * explain_text says what `text` means, or what is on standard input where that
 * is "-". With `host` it goes on and asks there: the status is then that of
 * `chaincheck check`. STATUS_UNDECIDED: nothing of the text is known, or it
 * could not be read; STATUS_USAGE: it was meant for a code.
 */
enum exit_status explain_text(const struct options *options, const char *text,
			      char *host);
/*
 * explain_decided says what options->symptoms means, and which of it the report
 * on the host has found. Anything but STATUS_TRUSTED: it could not.
 */
enum exit_status explain_decided(struct output *output,
				 const struct options *options,
				 const struct chk_report *report);

#endif
