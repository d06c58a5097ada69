/* cli/here.c: --client here: the TLS clients of this machine. */
#include "config.h"

#include "here.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "complain.h"
#include "output.h"

#define HERE "here"

static bool is_here(const char *client)
{
	size_t size = sizeof(HERE) - 1;

	return strncmp(client, HERE, size) == 0 &&
		(client[size] == '\0' || client[size] == ':');
}

bool here_is_asked(const struct options *options)
{
	for (size_t i = 0; i < options->clients.count; i++) {
		if (is_here(options->clients.items[i]))
			return true;
	}
	return false;
}

/* The names behind "here:", NULL-ended; NULL: "here" alone, which is all. */
static const char **names_of(const struct options *options)
{
	const char **names = calloc(options->clients.count + 1,
				    sizeof(*names));
	size_t count = 0;

	if (names == NULL)
		die_of_memory();
	for (size_t i = 0; i < options->clients.count; i++) {
		const char *client = options->clients.items[i];

		if (!is_here(client))
			continue;
		if (client[sizeof(HERE) - 1] == '\0') {
			free(names);
			return NULL;
		}
		names[count++] = client + sizeof(HERE);
	}
	return names;
}

enum exit_status here_read(const struct options *options,
			   struct chk_machine_clients **clients)
{
	struct chk_machine machine = {
		.root = options->root,
		.environment = options->root != NULL ? NULL :
			(const char *const *)environ,
	};
	char *directory = options->root != NULL ? NULL : getcwd(NULL, 0);
	const char **names;
	struct chk_error error;
	bool done;

	*clients = NULL;
	if (!here_is_asked(options)) {
		free(directory);
		return STATUS_TRUSTED;
	}
	names = names_of(options);
	machine.directory = directory;
	done = chk_machine_clients_read(&machine, names, clients, &error);
	free(names);
	free(directory);
	return done ? STATUS_TRUSTED : complain_error(HERE, &error);
}

static bool make_text(const void *made, const struct options *options,
		      struct output_look look, char **text,
		      struct chk_error *error)
{
	const struct chk_write_options how = {
		.colour = look.colour,
		.width = look.columns,
		.verbose = options->quiet ? -1 : options->verbose,
	};

	return chk_machine_clients_write(made, options->format, &how, text,
					 error);
}

/* One that says nothing at all is a finding. */
enum exit_status here_list(const struct options *options)
{
	struct chk_machine_clients *clients;
	enum exit_status status = here_read(options, &clients);

	if (status != STATUS_TRUSTED)
		return status;
	for (size_t i = 0; i < chk_machine_clients_count(clients); i++) {
		if (chk_machine_clients_stops(clients, i) != NULL)
			status = STATUS_FINDINGS;
	}
	status = output_alone(options, "--client here", make_text, clients,
			      status);
	chk_machine_clients_free(clients);
	return status;
}
