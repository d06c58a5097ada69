/* lib/report/write_difference.c: the formats of a difference. */
#include "report/write_difference.h"

#include "report/format_names.h"

static const char *const NAMES[] = { "text", "json", "csv", NULL };
static chk_difference_writer *const WRITERS[] = {
	chk_write_difference_text,
	chk_write_difference_json,
	chk_write_difference_csv,
};

bool chk_difference_write(const struct chk_difference *difference,
			  const char *format,
			  const struct chk_difference_options *options,
			  char **text, struct chk_error *error)
{
	static const struct chk_difference_options DEFAULTS = { 0 };
	struct chk_buffer buffer = { 0 };
	size_t i;

	*text = NULL;
	if (!chk_format_find(NAMES, format, "a difference", &i, error))
		return false;
	WRITERS[i](difference, options ? options : &DEFAULTS, &buffer);
	return chk_format_end(&buffer, text, error);
}
