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

static bool make_text(const void *made, const struct options *options,
		      struct output_look look, char **text,
		      struct chk_error *error)
{
	const struct chk_difference_options how = {
		.colour = look.colour,
		.width = look.columns,
		.verbose = options->verbose,
		.quiet = options->quiet,
	};

	return chk_difference_write(made, options->format, &how, text, error);
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
		status = output_alone(options, "diff", make_text, difference,
				      status_of(difference));
		chk_difference_free(difference);
	}
	stores_close(stores, count);
	return status;
}
