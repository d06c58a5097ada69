/* lib/report/write_where.c: the table of formats of an answer of all stores. */
#include "report/write_where.h"

#include "base/error.h"

static const struct {
	const char *name;
	chk_where_writer *write;
} FORMATS[] = {
	{ "text", chk_where_text },
	{ "json", chk_where_json },
	{ "csv", chk_where_csv },
};

static chk_where_writer *find_writer(const char *format)
{
	for (size_t i = 0; i < CHK_COUNT(FORMATS); i++) {
		if (strcmp(format, FORMATS[i].name) == 0)
			return FORMATS[i].write;
	}
	return NULL;
}

bool chk_where_write(const struct chk_where *where, const char *format,
		      const struct chk_write_options *options, char **text,
		      struct chk_error *error)
{
	static const struct chk_write_options DEFAULTS = { 0 };
	chk_where_writer *write = format ? find_writer(format) : NULL;
	struct chk_buffer buffer = { 0 };

	*text = NULL;
	if (!write)
		return chk_error_set(error, CHK_ERROR_ARGUMENT, format,
				     "no such format of an answer; there are "
				     "text, json and csv");
	write(where, options ? options : &DEFAULTS, &buffer);
	*text = chk_buffer_steal(&buffer);
	return *text || chk_error_memory(error);
}
