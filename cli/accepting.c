/* cli/accepting.c: audit --for: the stores and clients that must accept. */
#include "config.h"

#include "accepting.h"

#include <stdlib.h>

#include "complain.h"
#include "question.h"

static enum exit_status open_store(const char *spec, bool quiet,
				   const struct chk_store_options *how,
				   struct chk_store **store)
{
	struct chk_error error;

	if (!chk_store_open(spec, how, store, &error))
		return complain_error(spec, &error);
	if (!quiet)
		say_store_notes(*store);
	return STATUS_TRUSTED;
}

/*
 * A store that is there and cannot be read is an error: only one that is not
 * here has a stand-in.
 */
static enum exit_status open_own(const char *name, const char *trust,
				 bool quiet,
				 const struct chk_store_options *how,
				 struct chk_store **store)
{
	struct chk_error error = { .code = CHK_ERROR_NOT_FOUND };

	if (trust != NULL && chk_store_open(trust, how, store, &error)) {
		if (!quiet)
			say_store_notes(*store);
		return STATUS_TRUSTED;
	}
	if (error.code != CHK_ERROR_NOT_FOUND)
		return complain_error(name, &error);
	if (!quiet)
		complain(name, "its own store is not here: the system's is "
			       "asked in its place");
	return open_store("system", quiet, how, store);
}

static enum exit_status open_one(const char *name, bool quiet,
				 const struct chk_store_options *how,
				 struct chk_audit_client *client,
				 struct chk_store **store)
{
	const char *trust;
	enum exit_status status;

	if (chk_audit_client_find(name, client, &trust)) {
		status = open_own(name, trust, quiet, how, store);
	} else {
		*client = (struct chk_audit_client){ .name = name };
		status = open_store(name, quiet, how, store);
	}
	client->store = *store;
	return status;
}

enum exit_status accepting_open(const struct options *options,
				const struct chk_store_options *how,
				struct accepting *accepting)
{
	const struct text_list *names = &options->accepting;
	enum exit_status status = STATUS_TRUSTED;

	if (names->count == 0)
		return STATUS_TRUSTED;
	accepting->clients = calloc(names->count, sizeof(*accepting->clients));
	accepting->stores = calloc(names->count, sizeof(*accepting->stores));
	if (accepting->clients == NULL || accepting->stores == NULL)
		die_of_memory();
	for (size_t i = 0; status == STATUS_TRUSTED && i < names->count; i++) {
		status = open_one(names->items[i], options->quiet, how,
				  &accepting->clients[i],
				  &accepting->stores[i]);
		accepting->count++;
	}
	return status;
}

void accepting_close(struct accepting *accepting)
{
	stores_close(accepting->stores, accepting->count);
	free(accepting->clients);
}
