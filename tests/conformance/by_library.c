/*
 * tests/conformance/by_library.c: the lines of `verify --batch` answered by a
 * caller of the library, from standard input to standard output.
 */
#include <stdio.h>
#include <stdlib.h>

#include <chaincheck.h>

#include "../../cli/batch_case.h"
#include "../../cli/complain.h"

static void answer(const struct batch_case *from)
{
	struct chk_write_options how = { .id = from->id };
	struct chk_report *report = NULL;
	struct chk_error error;
	char *text = NULL;

	if (chk_verify(from->leaf, &from->question, &report, &error) &&
	    chk_report_write(report, "jsonl", &how, &text, &error))
		fputs(text, stdout);
	else
		complain(from->id, "%s", error.what);
	free(text);
	chk_report_free(report);
}

int main(void)
{
	const struct chk_question usual = { 0 };
	char *line = NULL;
	size_t room = 0;
	ssize_t size;

	while ((size = getline(&line, &room, stdin)) > 0) {
		struct batch_case from;

		if (batch_case_read(&from, line, (size_t)size, &usual))
			answer(&from);
		else
			complain(from.id, "%s", from.why);
		batch_case_close(&from);
	}
	free(line);
	return 0;
}
