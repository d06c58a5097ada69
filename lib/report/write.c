/* lib/report/write.c: the table of formats. */
#include "report/write.h"

#include "base/cleanup.h"
#include "base/error.h"

static const struct {
	const char *name;
	chk_report_writer *write;
} FORMATS[] = {
	{ "text", chk_write_text },
	{ "json", chk_write_json },
	{ "jsonl", chk_write_jsonl },
};

static chk_report_writer *find_writer(const char *format)
{
	for (size_t i = 0; i < CHK_COUNT(FORMATS); i++) {
		if (strcmp(format, FORMATS[i].name) == 0)
			return FORMATS[i].write;
	}
	return NULL;
}

bool chk_report_write(const struct chk_report *report, const char *format,
		      const struct chk_write_options *options, char **text,
		      struct chk_error *error)
{
	static const struct chk_write_options DEFAULTS = { 0 };
	chk_report_writer *write = format ? find_writer(format) : NULL;
	struct chk_buffer buffer = { 0 };

	*text = NULL;
	if (!write)
		return chk_error_set(error, CHK_ERROR_ARGUMENT, format,
				     "no such report format; there are text, "
				     "json and jsonl");
	write(report, options ? options : &DEFAULTS, &buffer);
	*text = chk_buffer_steal(&buffer);
	return *text || chk_error_memory(error);
}
