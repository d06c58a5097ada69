/* cli/diff.c: chaincheck diff SPEC SPEC: two stores, by key. */
#include "config.h"

#include <stdlib.h>

#include "command.h"
#include "complain.h"
#include "output.h"
#include "question.h"

/* Equal says nothing where something was passed over: it may differ. */
static enum exit_status status_of(const struct chk_difference *difference)
{
	const struct chk_store *before =
		chk_difference_store(difference, CHK_SIDE_BEFORE);
	const struct chk_store *after =
		chk_difference_store(difference, CHK_SIDE_AFTER);

	if (chk_difference_count(difference) > 0)
		return STATUS_FINDINGS;
	return chk_store_note_count(before) + chk_store_note_count(after) > 0 ?
		STATUS_UNDECIDED : STATUS_TRUSTED;
}

static enum exit_status write_difference(const struct options *options,
				const struct chk_difference *difference)
{
	struct chk_difference_options how = {
		.verbose = options->verbose,
		.quiet = options->quiet,
	};
	struct chk_error error;
	struct output output;
	char *text;

	if (!output_open(options, &output))
		return STATUS_UNDECIDED;
	how.colour = output_wants_colour(&output, options);
	how.width = output_columns(&output);
	if (!chk_difference_write(difference, options->format, &how, &text,
				  &error))
		die_of_memory();
	fputs(text, output.file);
	free(text);
	return output_close(&output, status_of(difference));
}

enum exit_status command_diff(const struct options *options)
{
	struct chk_difference *difference;
	struct chk_store **stores;
	struct chk_error error;
	enum exit_status status;
	size_t count;

	if (options->operands.count != 2) {
		complain("diff", "needs two stores, the one before and the "
			 "one now");
		return STATUS_USAGE;
	}
	status = stores_open(options, &options->operands, &stores, &count);
	if (status == STATUS_TRUSTED) {
		if (!chk_store_compare(stores[0], stores[1], &difference,
				       &error))
			die_of_memory();
		status = write_difference(options, difference);
		chk_difference_free(difference);
	}
	stores_close(stores, count);
	return status;
}
