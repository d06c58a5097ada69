/* lib/report/clients_json.c: the table of clients. */
#include "report/write_simulation.h"

#include "report/json.h"

static void write_client(struct chk_json *json,
			 const struct chk_client *client)
{
	chk_json_object(json, NULL);
	chk_json_text(json, "client", client->id);
	chk_json_text(json, "aliases", client->aliases);
	chk_json_text(json, "label", client->label);
	chk_json_text(json, "runtime", client->runtime);
	chk_json_bool(json, "simulated", chk_client_is_known(client));
	chk_json_text(json, "store", client->store);
	chk_json_bool(json, "fetches_issuers", client->fetches_issuers);
	chk_json_text(json, "evidence", client->evidence);
	chk_json_text(json, "notes", client->notes);
	chk_json_text(json, "source", client->source);
	chk_json_end_object(json);
}

void chk_clients_json(const struct chk_write_options *options,
		      struct chk_buffer *buffer)
{
	struct chk_json json = { .buffer = buffer };
	const struct chk_client *client;

	chk_json_object(&json, NULL);
	chk_json_text(&json, "schema", "chaincheck.clients/1");
	chk_json_array(&json, "clients");
	for (size_t i = 0; (client = chk_client_at(i)); i++)
		write_client(&json, client);
	chk_json_end_array(&json);
	chk_json_end_object(&json);
	chk_buffer_text(json.buffer, "\n");
}
