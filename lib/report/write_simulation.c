/* lib/report/write_simulation.c: the table of formats of clients. */
#include "report/write_simulation.h"

#include "base/error.h"

static const struct format {
	const char *name;
	chk_simulation_writer *write;
	chk_clients_writer *list;
} FORMATS[] = {
	{ "text", chk_simulation_text, chk_clients_text },
	{ "json", chk_simulation_json, chk_clients_json },
};

static const struct chk_write_options DEFAULTS = { 0 };

static const struct format *find(const char *format, struct chk_error *error)
{
	for (size_t i = 0; format && i < CHK_COUNT(FORMATS); i++) {
		if (strcmp(format, FORMATS[i].name) == 0)
			return &FORMATS[i];
	}
	chk_error_set(error, CHK_ERROR_ARGUMENT, format, "no such format of "
		      "clients; there are text and json");
	return NULL;
}

bool chk_simulation_write(const struct chk_simulation *simulation,
			  const char *format,
			  const struct chk_write_options *options, char **text,
			  struct chk_error *error)
{
	const struct format *found = find(format, error);
	struct chk_buffer buffer = { 0 };

	*text = NULL;
	if (!found)
		return false;
	found->write(simulation, options ? options : &DEFAULTS, &buffer);
	*text = chk_buffer_steal(&buffer);
	return *text || chk_error_memory(error);
}

bool chk_clients_write(const char *format,
		       const struct chk_write_options *options, char **text,
		       struct chk_error *error)
{
	const struct format *found = find(format, error);
	struct chk_buffer buffer = { 0 };

	*text = NULL;
	if (!found)
		return false;
	found->list(options ? options : &DEFAULTS, &buffer);
	*text = chk_buffer_steal(&buffer);
	return *text || chk_error_memory(error);
}
