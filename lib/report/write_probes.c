/* lib/report/write_probes.c: the table of formats of handshakes. */
#include "report/write_probes.h"

#include "base/error.h"

static const struct {
	const char *name;
	chk_probes_writer *write;
} FORMATS[] = {
	{ "text", chk_probes_text },
	{ "json", chk_probes_json },
	{ "jsonl", chk_probes_jsonl },
};

static chk_probes_writer *find_writer(const char *format)
{
	for (size_t i = 0; format && i < CHK_COUNT(FORMATS); i++) {
		if (strcmp(format, FORMATS[i].name) == 0)
			return FORMATS[i].write;
	}
	return NULL;
}

bool chk_probes_write(const struct chk_probes *probes, const char *format,
		      const struct chk_write_options *options, char **text,
		      struct chk_error *error)
{
	static const struct chk_write_options DEFAULTS = { 0 };
	chk_probes_writer *write = find_writer(format);
	struct chk_buffer buffer = { 0 };

	*text = NULL;
	if (!write)
		return chk_error_set(error, CHK_ERROR_ARGUMENT, format,
				     "no such format of handshakes; there are "
				     "text, json and jsonl");
	write(probes, options ? options : &DEFAULTS, &buffer);
	*text = chk_buffer_steal(&buffer);
	return *text || chk_error_memory(error);
}
