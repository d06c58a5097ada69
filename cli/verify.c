/* cli/verify.c: chaincheck verify FILE ...: the question without a network. */
#include <stdio.h>

#include "command.h"

static bool read_files(struct chk_chain *chain, const struct list *files)
{
	struct chk_error error = { 0 };

	for (size_t i = 0; i < files->count; i++) {
		if (chk_chain_read(chain, files->items[i], &error))
			continue;
		tell_error(&error);
		return false;
	}
	return true;
}

int command_verify(const struct options *options)
{
	struct inputs inputs = { 0 };
	struct chk_report *report = NULL;
	struct chk_error error = { 0 };
	struct chk_chain *chain;
	int status;

	if (!options->operands.count) {
		fprintf(stderr, "chaincheck: verify wants a FILE\n");
		return EXIT_USAGE;
	}
	if (!inputs_load(&inputs, options, &status)) {
		inputs_free(&inputs);
		return status;
	}
	chain = chk_chain_new();
	status = EXIT_UNDECIDED;
	if (chain && read_files(chain, &options->operands)) {
		if (chk_verify(chain, &inputs.question, &report, &error)) {
			status = write_report(report, options);
		} else {
			tell_error(&error);
			if (error.code == CHK_ERROR_ARGUMENT)
				status = EXIT_USAGE;
		}
	}
	chk_report_free(report);
	chk_chain_free(chain);
	inputs_free(&inputs);
	return status;
}
