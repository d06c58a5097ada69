/* lib/report/probes_json.c: doc/handshake.schema.json has it. */
#include "report/write_probes.h"

#include "diagnosis/views.h"
#include "report/cert_json.h"
#include "report/label.h"

static const char *const OUTCOMES[] = {
	[CHK_PROBES_UNDECIDED] = "undecided",
	[CHK_PROBES_ALIKE] = "alike",
	[CHK_PROBES_DIFFERENT] = "different",
	[CHK_PROBES_FAILED] = "failed",
};

static void write_steps(struct chk_json *json, const struct chk_probes *probes)
{
	chk_json_array(json, "steps");
	for (size_t i = 0; i < probes->step_count; i++) {
		chk_json_object(json, NULL);
		chk_json_text(json, "name", probes->steps[i].name);
		chk_json_text(json, "text", probes->steps[i].text);
		chk_json_bool(json, "broken", probes->steps[i].broken);
		chk_json_end_object(json);
	}
	chk_json_end_array(json);
}

static void write_chain(struct chk_json *json, const struct chk_chain *chain)
{
	chk_json_array(json, "certificates");
	for (size_t i = 0; i < chain->count; i++) {
		chk_json_object(json, NULL);
		chk_json_cert_members(json, chain->items[i].cert);
		chk_json_end_object(json);
	}
	chk_json_end_array(json);
}

/* A number and its name; none is null. */
static void write_alert(struct chk_json *json, const char *member, int alert,
			const char *name)
{
	if (!name) {
		chk_json_null(json, member);
		return;
	}
	chk_json_object(json, member);
	chk_json_number(json, "number", alert);
	chk_json_text(json, "name", name);
	chk_json_end_object(json);
}

static void write_probe(struct chk_json *json, const char *address,
			enum chk_probe_kind kind,
			const struct chk_probe *probe)
{
	const struct chk_presented *presented = probe->presented;

	chk_json_object(json, NULL);
	chk_json_text(json, "address", address);
	chk_json_number(json, "port", presented->port);
	chk_json_text(json, "probe", chk_probe_name(kind));
	chk_json_bool(json, "works", chk_probe_works(probe));
	chk_json_text(json, "step", chk_view_step(presented->step));
	chk_json_text(json, "code", probe->code);
	chk_json_text(json, "failure",
		      *presented->why ? presented->why : NULL);
	write_alert(json, "received_alert", presented->alert,
		    presented->alert_name);
	write_alert(json, "sent_alert", presented->sent_alert,
		    presented->sent_alert_name);
	chk_json_text(json, "server_name", presented->server_name);
	chk_json_text(json, "version", presented->version);
	chk_json_text(json, "cipher", presented->cipher);
	chk_json_text(json, "group", presented->group);
	chk_json_text(json, "signature", presented->signature);
	chk_json_bool(json, "client_certificate_wanted",
		      presented->client_certificate_wanted);
	write_chain(json, presented->chain);
	chk_json_end_object(json);
}

/* As a finding of a report has it; null: nothing was proved. */
static void write_cause(struct chk_json *json, const struct chk_probes *probes)
{
	const struct chk_evidence *facts = probes->facts;

	if (!probes->is_explained) {
		chk_json_null(json, "cause");
		return;
	}
	chk_json_object(json, "cause");
	chk_json_text(json, "code", chk_finding_facts(probes->cause.id)->code);
	chk_json_text(json, "party", chk_label_party(probes->cause.party));
	chk_json_text(json, "message", probes->cause.message);
	chk_json_array(json, "evidence");
	for (size_t i = 0; i < probes->fact_count; i++) {
		chk_json_object(json, NULL);
		chk_json_text(json, "name", facts[i].name);
		chk_json_text(json, "value", facts[i].value);
		chk_json_end_object(json);
	}
	chk_json_end_array(json);
	chk_json_end_object(json);
}

static void write_probes(struct chk_json *json,
			 const struct chk_probes *probes)
{
	chk_json_array(json, "probes");
	for (size_t i = 0; i < probes->address_count; i++) {
		const struct chk_probed *at = &probes->addresses[i];

		for (enum chk_probe_kind kind = CHK_PROBE_WHOLE;
		     kind < CHK_PROBE_KINDS; kind++) {
			if (at->probes[kind].presented)
				write_probe(json, at->address, kind,
					    &at->probes[kind]);
		}
	}
	chk_json_end_array(json);
}

void chk_probes_json(const struct chk_probes *probes,
		     const struct chk_write_options *options,
		     struct chk_buffer *buffer)
{
	struct chk_json json = { .buffer = buffer };

	chk_json_object(&json, NULL);
	chk_json_text(&json, "schema", "chaincheck.handshake/1");
	chk_json_text(&json, "target", probes->peer);
	chk_json_text(&json, "outcome", OUTCOMES[probes->outcome]);
	chk_json_text(&json, "summary", probes->summary);
	write_cause(&json, probes);
	write_steps(&json, probes);
	chk_json_array(&json, "differences");
	for (size_t i = 0; i < probes->difference_count; i++)
		chk_json_text(&json, NULL, probes->differences[i]);
	chk_json_end_array(&json);
	write_probes(&json, probes);
	chk_json_end_object(&json);
	chk_buffer_text(json.buffer, "\n");
}
