/* cli/explain.c: chaincheck explain: what a finding or a message means. */
#include "config.h"

#include <string.h>

#include "command.h"
#include "complain.h"
#include "explain_text.h"
#include "output.h"

static void list_codes(FILE *out)
{
	const char *code;

	for (size_t i = 0; (code = chk_explain_code(i)) != NULL; i++)
		fprintf(out, "%s\n", code);
}

static enum exit_status explain_codes(const struct options *options)
{
	const struct text_list *codes = &options->operands;
	struct output output;

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

enum exit_status command_explain(const struct options *options)
{
	char *const *words = options->operands.items;
	size_t count = options->operands.count, i = 0;

	while (i < count && chk_explain(words[i]) != NULL)
		i++;
	if (i == count && strcmp(options->format, "text") != 0) {
		complain("--format", "a page on a code is text alone");
		return STATUS_USAGE;
	}
	if (i == count)
		return explain_codes(options);
	if (i == 0 && count <= 2)
		return explain_text(options, words[0],
				    count > 1 ? words[1] : NULL);
	complain(words[i], "no such code; `chaincheck explain` lists them");
	return STATUS_USAGE;
}
