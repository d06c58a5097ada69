/* lib/report/write.c: the formats of a report. */
#include "report/write.h"

#include "report/format_names.h"

static const char *const NAMES[] = { "text", "json", "jsonl", NULL };
static chk_report_writer *const WRITERS[] = {
	chk_write_text,
	chk_write_json,
	chk_write_jsonl,
};

bool chk_report_write(const struct chk_report *report, const char *format,
		      const struct chk_write_options *options, char **text,
		      struct chk_error *error)
{
	static const struct chk_write_options DEFAULTS = { 0 };
	struct chk_buffer buffer = { 0 };
	size_t i;

	*text = NULL;
	if (!chk_format_find(NAMES, format, "a report", &i, error))
		return false;
	WRITERS[i](report, options ? options : &DEFAULTS, &buffer);
	return chk_format_end(&buffer, text, error);
}
