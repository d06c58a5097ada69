/* lib/report/write_difference.c: the table of a difference's formats. */
#include "report/write_difference.h"

#include "base/bytes.h"
#include "base/error.h"

static const struct {
	const char *name;
	chk_difference_writer *write;
} FORMATS[] = {
	{ "text", chk_write_difference_text },
	{ "json", chk_write_difference_json },
	{ "csv", chk_write_difference_csv },
};

static chk_difference_writer *find_writer(const char *format)
{
	for (size_t i = 0; format && i < CHK_COUNT(FORMATS); i++)
		if (strcmp(format, FORMATS[i].name) == 0)
			return FORMATS[i].write;
	return NULL;
}

bool chk_difference_write(const struct chk_difference *difference,
			  const char *format,
			  const struct chk_difference_options *options,
			  char **text, struct chk_error *error)
{
	static const struct chk_difference_options DEFAULTS = { 0 };
	chk_difference_writer *write = find_writer(format);
	struct chk_buffer buffer = { 0 };

	*text = NULL;
	if (!write)
		return chk_error_set(error, CHK_ERROR_ARGUMENT, format,
				     "no such format of a difference; there "
				     "are text, json and csv");
	write(difference, options ? options : &DEFAULTS, &buffer);
	*text = chk_buffer_steal(&buffer);
	return *text || chk_error_memory(error);
}
