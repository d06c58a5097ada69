/* lib/report/write.c: the formats of a report. */
#include "report/write.h"

#include "report/audit_write.h"
#include "report/format_names.h"

static void write_sarif(const struct chk_report *report,
			const struct chk_write_options *options,
			struct chk_buffer *buffer)
{
	chk_audit_write_report(&chk_audit_sarif, report, options, buffer);
}

static void write_junit(const struct chk_report *report,
			const struct chk_write_options *options,
			struct chk_buffer *buffer)
{
	chk_audit_write_report(&chk_audit_junit, report, options, buffer);
}

static const char *const NAMES[] = {
	"text", "json", "jsonl", "sarif", "junit", NULL,
};
static chk_report_writer *const WRITERS[] = {
	chk_write_text,
	chk_write_json,
	chk_write_jsonl,
	write_sarif,
	write_junit,
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
