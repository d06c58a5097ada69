/* lib/client/machine_clients.c: the clients of a machine, together. */
#include "client/machine_clients.h"

#include <stdlib.h>

#include "base/error.h"

/* One that nobody named and that is not installed is left out. */
static bool read_one(const char *name, bool named,
		     const struct chk_surroundings *around,
		     struct chk_machine_clients *clients,
		     struct chk_error *error)
{
	struct chk_here *here = &clients->items[clients->count];
	struct chk_error local;

	if (chk_client_here(name, around, here, &local)) {
		clients->count++;
		return true;
	}
	chk_here_clear(here);
	if (!named && local.code == CHK_ERROR_NOT_FOUND)
		return true;
	if (error)
		*error = local;
	return false;
}

static bool read_all(const char *const *names,
		     const struct chk_surroundings *around,
		     struct chk_machine_clients *clients,
		     struct chk_error *error)
{
	const char *name;

	for (size_t i = 0; names ? names[i] : chk_here_name(i); i++) {
		name = names ? names[i] : chk_here_name(i);
		if (!read_one(name, names != NULL, around, clients, error))
			return false;
	}
	return true;
}

static size_t count_of(const char *const *list)
{
	size_t count = 0;

	while (list && list[count])
		count++;
	return count;
}

bool chk_machine_clients_read(const struct chk_machine *machine,
			      const char *const *names,
			      struct chk_machine_clients **clients,
			      struct chk_error *error)
{
	const struct chk_surroundings around = {
		.root = machine->root ? machine->root : "",
		.directory = machine->directory,
		.environment = machine->environment,
		.environment_count = count_of(machine->environment),
	};
	struct chk_machine_clients *made = calloc(1, sizeof(*made));
	size_t count = count_of(names);

	*clients = NULL;
	while (!names && chk_here_name(count))
		count++;
	if (made)
		made->items = calloc(count + 1, sizeof(*made->items));
	if (!made || !made->items) {
		chk_machine_clients_free(made);
		return chk_error_memory(error);
	}
	if (!read_all(names, &around, made, error)) {
		chk_machine_clients_free(made);
		return false;
	}
	*clients = made;
	return true;
}

void chk_machine_clients_free(struct chk_machine_clients *clients)
{
	for (size_t i = 0; clients && i < clients->count; i++)
		chk_here_clear(&clients->items[i]);
	if (clients)
		free(clients->items);
	free(clients);
}

size_t chk_machine_clients_count(const struct chk_machine_clients *clients)
{
	return clients->count;
}

const char *
chk_machine_clients_stops(const struct chk_machine_clients *clients, size_t i)
{
	return i < clients->count ? clients->items[i].stops : NULL;
}
