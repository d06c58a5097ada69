/* lib/report/here_json.c: doc/here.schema.json has it. */
#include "report/write_here.h"

#include "client/narrow.h"
#include "report/json.h"

static void write_list(struct chk_json *json, const char *member,
		       enum chk_here_what what,
		       const struct chk_here_list *list)
{
	chk_json_array(json, member);
	for (size_t i = 0; i < list->count; i++) {
		chk_json_object(json, NULL);
		chk_json_number(json, "number", list->items[i]);
		chk_json_text(json, "name",
			      chk_here_word_of(what, list->items[i]));
		chk_json_end_object(json);
	}
	chk_json_end_array(json);
}

static void write_shares(struct chk_json *json, const struct chk_here *here)
{
	const struct chk_ids *shares = &here->client.hello.key_shares;
	struct chk_here_list list = { .count = 0 };

	for (size_t i = 0; i < shares->count; i++)
		chk_here_add(&list, shares->items[i]);
	write_list(json, "key_shares", CHK_HERE_GROUPS, &list);
}

static void write_steps(struct chk_json *json, const struct chk_here *here)
{
	chk_json_array(json, "steps");
	for (size_t i = 0; i < here->step_count; i++) {
		chk_json_object(json, NULL);
		chk_json_text(json, "setting", here->steps[i].setting);
		chk_json_text(json, "where", here->steps[i].where);
		chk_json_text(json, "text", here->steps[i].text);
		chk_json_end_object(json);
	}
	chk_json_end_array(json);
}

static void write_client(struct chk_json *json, const struct chk_here *here)
{
	chk_json_object(json, NULL);
	chk_json_text(json, "id", here->client.id);
	chk_json_text(json, "label", here->label);
	chk_json_text(json, "stops", here->stops);
	chk_json_text(json, "advice", here->advice);
	write_list(json, "versions", CHK_HERE_VERSIONS,
		   &here->lists[CHK_HERE_VERSIONS]);
	chk_json_number(json, "takes_from", here->client.min);
	write_list(json, "suites", CHK_HERE_SUITES,
		   &here->lists[CHK_HERE_SUITES]);
	write_list(json, "groups", CHK_HERE_GROUPS,
		   &here->lists[CHK_HERE_GROUPS]);
	write_shares(json, here);
	write_list(json, "signatures", CHK_HERE_SIGNATURES,
		   &here->lists[CHK_HERE_SIGNATURES]);
	write_list(json, "signatures_cert", CHK_HERE_SIGNATURES,
		   &here->cert_signatures);
	chk_json_number(json, "rsa_min", here->rsa_min);
	chk_json_number(json, "dh_min", here->dh_min);
	chk_json_number(json, "ec_min", here->ec_min);
	chk_json_bool(json, "sends_name", here->sends_name);
	chk_json_bool(json, "fetches_issuers", here->fetches_issuers);
	chk_json_text(json, "distrust_policies", here->policies);
	write_steps(json, here);
	chk_json_end_object(json);
}

void chk_here_json(const struct chk_machine_clients *clients,
		   const struct chk_write_options *options,
		   struct chk_buffer *buffer)
{
	struct chk_json json = { .buffer = buffer };

	(void)options;
	chk_json_object(&json, NULL);
	chk_json_text(&json, "schema", "chaincheck.here/1");
	chk_json_array(&json, "clients");
	for (size_t i = 0; i < clients->count; i++)
		write_client(&json, &clients->items[i]);
	chk_json_end_array(&json);
	chk_json_end_object(&json);
	chk_buffer_text(json.buffer, "\n");
}
