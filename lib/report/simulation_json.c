/* lib/report/simulation_json.c: doc/simulation.schema.json has it. */
#include "report/write_simulation.h"

#include "report/json.h"

static const char *const VERDICTS[] = {
	[CHK_VERDICT_UNTRUSTED] = "untrusted",
	[CHK_VERDICT_TRUSTED] = "trusted",
	[CHK_VERDICT_UNDECIDED] = "undecided",
};

static void write_answer(struct chk_json *json,
			 const struct chk_simulated *answer)
{
	chk_json_object(json, NULL);
	chk_json_text(json, "client", answer->client);
	chk_json_text(json, "label", answer->label);
	chk_json_text(json, "verdict", VERDICTS[answer->verdict]);
	chk_json_text(json, "version", answer->tls);
	chk_json_text(json, "suite", answer->suite);
	chk_json_text(json, "group", answer->group);
	chk_json_text(json, "why", answer->why);
	chk_json_text(json, "code", answer->code);
	chk_json_text(json, "store", answer->store);
	chk_json_bool(json, "own_store", answer->own_store);
	chk_json_end_object(json);
}

void chk_simulation_json(const struct chk_simulation *simulation,
			 const struct chk_write_options *options,
			 struct chk_buffer *buffer)
{
	struct chk_json json = { .buffer = buffer };

	chk_json_object(&json, NULL);
	chk_json_text(&json, "schema", "chaincheck.simulation/1");
	chk_json_text(&json, "target", simulation->peer);
	chk_json_text(&json, "verdict", VERDICTS[simulation->verdict]);
	chk_json_text(&json, "summary", simulation->summary);
	chk_json_array(&json, "clients");
	for (size_t i = 0; i < simulation->count; i++)
		write_answer(&json, &simulation->answers[i]);
	chk_json_end_array(&json);
	chk_json_end_object(&json);
	chk_buffer_text(json.buffer, "\n");
}
