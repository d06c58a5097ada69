/* lib/report/write_here.c: the table of formats of a machine's own clients. */
#include "report/write_here.h"

#include "base/error.h"

static const struct {
	const char *name;
	chk_here_writer *write;
} FORMATS[] = {
	{ "text", chk_here_text },
	{ "json", chk_here_json },
};

static chk_here_writer *find_writer(const char *format)
{
	for (size_t i = 0; format && i < CHK_COUNT(FORMATS); i++) {
		if (strcmp(format, FORMATS[i].name) == 0)
			return FORMATS[i].write;
	}
	return NULL;
}

bool chk_machine_clients_write(const struct chk_machine_clients *clients,
			       const char *format,
			       const struct chk_write_options *options,
			       char **text, struct chk_error *error)
{
	static const struct chk_write_options DEFAULTS = { 0 };
	chk_here_writer *write = find_writer(format);
	struct chk_buffer buffer = { 0 };

	*text = NULL;
	if (!write)
		return chk_error_set(error, CHK_ERROR_ARGUMENT, format,
				     "no such format of clients; there are "
				     "text and json");
	write(clients, options ? options : &DEFAULTS, &buffer);
	chk_buffer_text(&buffer, "");
	*text = chk_buffer_steal(&buffer);
	return *text || chk_error_memory(error);
}
