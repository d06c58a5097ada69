/*
 * tests/report/print_examples.c: every report of example.c as one line of
 * JSON, for tests/report/schema.sh.
 */
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "report/example.h"

int main(void)
{
	for (size_t i = 0; chk_example_name(i); i++) {
		struct chk_report *report = chk_example_new(
			chk_example_name(i));
		struct chk_write_options options = { .id = chk_example_name(i) };
		CHK_CLEANUP(chk_cleanup_free) char *text = NULL;
		bool written = chk_report_write(report, "jsonl", &options,
						&text, NULL);

		chk_report_free(report);
		if (!written || fputs(text, stdout) == EOF)
			return 1;
	}
	return 0;
}
