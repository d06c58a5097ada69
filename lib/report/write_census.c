/* lib/report/write_census.c: the formats of a census. */
#include "report/write_census.h"

#include "report/format_names.h"

static const char *const NAMES[] = { "text", "json", "csv", NULL };
static chk_census_writer *const WRITERS[] = {
	chk_census_text,
	chk_census_json,
	chk_census_csv,
};

bool chk_census_write(const struct chk_census *census, const char *format,
		      const struct chk_write_options *options, char **text,
		      struct chk_error *error)
{
	static const struct chk_write_options DEFAULTS = { 0 };
	struct chk_buffer buffer = { 0 };
	size_t i;

	*text = NULL;
	if (!chk_format_find(NAMES, format, "all stores", &i, error))
		return false;
	WRITERS[i](census, options ? options : &DEFAULTS, &buffer);
	return chk_format_end(&buffer, text, error);
}
