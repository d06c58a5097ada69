/* lib/report/write_census.c: the table of formats of a census. */
#include "report/write_census.h"

#include "base/error.h"

static const struct {
	const char *name;
	chk_census_writer *write;
} FORMATS[] = {
	{ "text", chk_census_text },
	{ "json", chk_census_json },
	{ "csv", chk_census_csv },
};

static chk_census_writer *find_writer(const char *format)
{
	for (size_t i = 0; i < CHK_COUNT(FORMATS); i++) {
		if (strcmp(format, FORMATS[i].name) == 0)
			return FORMATS[i].write;
	}
	return NULL;
}

bool chk_census_write(const struct chk_census *census, const char *format,
		      const struct chk_write_options *options, char **text,
		      struct chk_error *error)
{
	static const struct chk_write_options DEFAULTS = { 0 };
	chk_census_writer *write = format ? find_writer(format) : NULL;
	struct chk_buffer buffer = { 0 };

	*text = NULL;
	if (!write)
		return chk_error_set(error, CHK_ERROR_ARGUMENT, format,
				     "no such format of all stores; there are "
				     "text, json and csv");
	write(census, options ? options : &DEFAULTS, &buffer);
	*text = chk_buffer_steal(&buffer);
	return *text || chk_error_memory(error);
}
