/* cli/explain.c: chaincheck explain CODE: what a finding means. */
#include "config.h"

#include <string.h>

#include "command.h"
#include "complain.h"
#include "output.h"

static void list_codes(FILE *out)
{
	const char *code;

	for (size_t i = 0; (code = chk_explain_code(i)) != NULL; i++)
		fprintf(out, "%s\n", code);
}

enum exit_status command_explain(const struct options *options)
{
	const struct text_list *codes = &options->operands;
	struct output output;

	for (size_t i = 0; i < codes->count; i++) {
		if (chk_explain(codes->items[i]) == NULL) {
			complain(codes->items[i], "no such code; "
				 "`chaincheck explain` lists them");
			return STATUS_USAGE;
		}
	}
	if (!output_open(options, &output))
		return STATUS_UNDECIDED;
	if (codes->count == 0)
		list_codes(output.file);
	for (size_t i = 0; i < codes->count; i++) {
		const char *page = chk_explain(codes->items[i]);
		size_t size = strlen(page);

		if (i > 0)
			putc('\n', output.file);
		fputs(page, output.file);
		if (size > 0 && page[size - 1] != '\n')
			putc('\n', output.file);
	}
	return output_close(&output, STATUS_TRUSTED);
}
