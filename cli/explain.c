/* cli/explain.c: chaincheck explain CODE: what a finding means. */
#include <stdio.h>

#include "command.h"

static int list_codes(FILE *file)
{
	const char *code;

	for (size_t i = 0; (code = chk_explain_code(i)); i++)
		fprintf(file, "%s\n", code);
	return EXIT_TRUSTED;
}

int command_explain(const struct options *options)
{
	const char *page;

	if (!options->operands.count)
		return list_codes(stdout);
	page = chk_explain(options->operands.items[0]);
	if (!page) {
		fprintf(stderr, "chaincheck: %s is no code; these are:\n",
			options->operands.items[0]);
		list_codes(stderr);
		return EXIT_USAGE;
	}
	return fputs(page, stdout) >= 0 && fflush(stdout) == 0 ?
	       EXIT_TRUSTED : EXIT_UNDECIDED;
}
