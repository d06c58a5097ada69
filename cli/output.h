/* cli/output.h: where reports go, and what they make of the exit status. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "exit_status.h"
#include "options.h"

/* struct output is standard output or the file of -o. */
struct output {
	FILE *file;
	const char *name;
	size_t written; /* reports so far */
	const char *id; /* of the next report; NULL: it has none */
	char *beside; /* what is written until all is; NULL: no plain file */
};

/* False: it cannot be written to, and it has been said why. */
bool output_open(const struct options *options, struct output *output);

/* output_close gives `status`, or a worse one where not all was written. */
enum exit_status output_close(struct output *output, enum exit_status status);

/* output_discard closes it unwritten: a file that was there stays as it is. */
void output_discard(struct output *output);

/* What text is made for: the options, and the terminal it goes to. */
struct output_look {
	bool colour;
	int columns; /* of the terminal; 0: it is none, or does not say */
};

struct output_look output_look_of(const struct output *output,
				  const struct options *options);

/* Makes the text of `made`, free() it; false: the error says why not. */
typedef bool output_make(const void *made, const struct options *options,
			 struct output_look look, char **text,
			 struct chk_error *error);

/*
 * output_text writes what `make` gives. Anything but STATUS_TRUSTED: there is
 * none, and why has been said of `what`.
 */
enum exit_status output_text(struct output *output,
			     const struct options *options, const char *what,
			     output_make *make, const void *made);
/*
 * output_alone opens the output, writes that one text, and closes it. `status`
 * is what it comes to where all was written.
 */
enum exit_status output_alone(const struct options *options, const char *what,
			      output_make *make, const void *made,
			      enum exit_status status);

/* output_report writes a report and gives the exit status that it means. */
enum exit_status output_report(struct output *output,
			       const struct options *options,
			       const struct chk_report *report);

#endif
