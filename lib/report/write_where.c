/* lib/report/write_where.c: the formats of an answer of all stores. */
#include "report/write_where.h"

#include "report/format_names.h"

static const char *const NAMES[] = { "text", "json", "csv", NULL };
static chk_where_writer *const WRITERS[] = {
	chk_where_text,
	chk_where_json,
	chk_where_csv,
};

bool chk_where_write(const struct chk_where *where, const char *format,
		     const struct chk_write_options *options, char **text,
		     struct chk_error *error)
{
	static const struct chk_write_options DEFAULTS = { 0 };
	struct chk_buffer buffer = { 0 };
	size_t i;

	*text = NULL;
	if (!chk_format_find(NAMES, format, "an answer", &i, error))
		return false;
	WRITERS[i](where, options ? options : &DEFAULTS, &buffer);
	return chk_format_end(&buffer, text, error);
}
