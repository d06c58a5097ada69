/* lib/report/as_json.c: the report as JSON; doc/report.schema.json has it. */
#include "report/write.h"

#include "report/as_until.h"
#include "report/cert_json.h"
#include "report/finding_json.h"
#include "report/json.h"
#include "report/label.h"

/* The same members for a certificate that is not at hand. */
static void write_missing(struct chk_json *json,
			  const struct chk_subject *subject)
{
	const struct chk_known_cert *known = subject->known;

	chk_json_text(json, "subject", subject->name);
	chk_json_null(json, "issuer");
	chk_json_null(json, "serial");
	chk_json_hex(json, "sha256", known ?
		     chk_bytes_of(known->sha256, sizeof(known->sha256)) :
		     (struct chk_bytes){ 0 });
	chk_json_null(json, "spki_sha256");
	chk_json_hex(json, "key_id", subject->key_id);
	/* A table has days and no seconds. */
	chk_json_null(json, "not_before");
	chk_json_null(json, "not_after");
}

static void write_members(struct chk_json *json,
			  const struct chk_subject *subject)
{
	if (subject->cert)
		chk_json_cert_members(json, subject->cert);
	else
		write_missing(json, subject);
	chk_json_text(json, "source", subject->where);
}

/* null where there is neither a certificate nor a name. */
void chk_json_subject(struct chk_json *json, const char *name,
		      const struct chk_subject *subject)
{
	if (!chk_label_is_subject(subject)) {
		chk_json_null(json, name);
		return;
	}
	chk_json_object(json, name);
	write_members(json, subject);
	chk_json_end_object(json);
}

static void write_cert(struct chk_json *json, const char *name,
		       const struct chk_cert *cert, const char *where)
{
	struct chk_subject subject = { .cert = cert, .where = where };

	chk_json_subject(json, name, &subject);
}

static void write_steps(struct chk_json *json,
			const struct chk_store_view *store)
{
	if (!store->step_count)
		return;
	chk_json_array(json, "steps");
	for (size_t i = 0; i < store->step_count; i++) {
		chk_json_object(json, NULL);
		chk_json_text(json, "text", store->steps[i].text);
		chk_json_text(json, "code", store->steps[i].code);
		chk_json_end_object(json);
	}
	chk_json_end_array(json);
}

static void write_store(struct chk_json *json,
			const struct chk_store_view *store)
{
	chk_json_object(json, NULL);
	chk_json_text(json, "spec", store->spec);
	chk_json_number(json, "anchors", (int64_t)store->anchor_count);
	chk_json_text(json, "verdict", chk_label_verdict(store->verdict));
	write_cert(json, "anchor", store->anchor, NULL);
	chk_json_subject(json, "lacks", &store->lacks);
	chk_json_until(json, &store->until);
	write_steps(json, store);
	chk_json_end_object(json);
}

static void write_link(struct chk_json *json, const struct chk_path_link *link)
{
	chk_json_object(json, NULL);
	chk_json_text(json, "role", chk_label_role(link->role));
	write_members(json, &link->subject);
	chk_json_texts(json, "defects", link->defects, link->defect_count);
	chk_json_end_object(json);
}

/* All defects of the path, each with the place of its certificate. */
static void write_defects(struct chk_json *json,
			  const struct chk_path_link *link, size_t at)
{
	for (size_t i = 0; i < link->defect_count; i++) {
		chk_json_object(json, NULL);
		chk_json_number(json, "certificate", (int64_t)at);
		chk_json_text(json, "text", link->defects[i]);
		chk_json_end_object(json);
	}
}

static void write_path(struct chk_json *json, const struct chk_path_view *path)
{
	chk_json_object(json, NULL);
	chk_json_text(json, "verdict", chk_label_verdict(path->verdict));
	chk_json_array(json, "certificates");
	for (size_t i = 0; i < path->link_count; i++)
		write_link(json, &path->links[i]);
	chk_json_end_array(json);
	chk_json_array(json, "defects");
	for (size_t i = 0; i < path->link_count; i++)
		write_defects(json, &path->links[i], i);
	chk_json_end_array(json);
	chk_json_end_object(json);
}

static void write_rejected(struct chk_json *json,
			   const struct chk_rejected *rejected)
{
	chk_json_object(json, NULL);
	write_cert(json, "certificate", rejected->cert, rejected->where);
	write_cert(json, "issued", rejected->issued, NULL);
	chk_json_text(json, "rule", rejected->rule);
	chk_json_text(json, "reason", rejected->reason);
	chk_json_text(json, "source", rejected->where);
	chk_json_texts(json, "relations", rejected->relations,
		       rejected->relation_count);
	chk_json_text(json, "relation", rejected->relation);
	chk_json_end_object(json);
}

static void write_handshake(struct chk_json *json,
			    const struct chk_handshake_view *view)
{
	if (!view->asked) {
		chk_json_null(json, "handshake");
		return;
	}
	chk_json_object(json, "handshake");
	chk_json_text(json, "address", view->address);
	chk_json_text(json, "server_name", view->server_name);
	chk_json_text(json, "version", view->version);
	chk_json_text(json, "cipher", view->cipher);
	chk_json_text(json, "group", view->group);
	chk_json_text(json, "step", view->step);
	chk_json_text(json, "failure", view->failure);
	chk_json_text(json, "alert", view->alert);
	chk_json_bool(json, "client_certificate_wanted",
		      view->client_certificate_wanted);
	chk_json_end_object(json);
}

static void write_finding(struct chk_json *json,
			  const struct chk_finding *finding)
{
	chk_json_object(json, NULL);
	chk_json_finding_members(json, finding);
	chk_json_end_object(json);
}

/* Beside the verdict, and no part of it. */
static void write_trial(struct chk_json *json, const struct chk_trial *trial)
{
	const struct chk_report *report = trial->report;
	const struct chk_finding *primary = chk_report_primary(report);

	chk_json_object(json, NULL);
	chk_json_text(json, "change", trial->change);
	chk_json_text(json, "verdict", chk_label_verdict(report->verdict));
	chk_json_text(json, "sentence", chk_report_sentence(report));
	chk_json_text(json, "code", primary ? primary->code : NULL);
	chk_json_text(json, "message", primary ? primary->message : NULL);
	chk_json_end_object(json);
}

static void write_trials(struct chk_json *json, const struct chk_report *report)
{
	chk_json_array(json, "trials");
	for (size_t i = 0; i < report->trial_count; i++)
		write_trial(json, &report->trials[i]);
	chk_json_end_array(json);
}

static void write_costs(struct chk_json *json, const struct chk_report *report)
{
	const struct chk_limits *limits = &report->limits;

	chk_json_array(json, "timings");
	for (size_t i = 0; i < report->timing_count; i++) {
		chk_json_object(json, NULL);
		chk_json_text(json, "name", report->timings[i].name);
		chk_json_number(json, "micros", report->timings[i].micros);
		chk_json_end_object(json);
	}
	chk_json_end_array(json);
	chk_json_object(json, "limits");
	chk_json_number(json, "steps", limits->steps);
	chk_json_number(json, "max_steps", limits->max_steps);
	chk_json_number(json, "signatures", limits->signatures);
	chk_json_number(json, "max_signatures", limits->max_signatures);
	chk_json_bool(json, "spent", limits->spent);
	chk_json_end_object(json);
}

static void write_head(struct chk_json *json, const struct chk_report *report,
		       const char *id)
{
	chk_json_text(json, "schema", "chaincheck.report/1");
	chk_json_text(json, "id", id);
	chk_json_text(json, "target", chk_report_target(report));
	chk_json_text(json, "verdict", chk_label_verdict(report->verdict));
	chk_json_text(json, "sentence", chk_report_sentence(report));
	chk_json_time(json, "time", report->at);
	chk_json_until(json, &report->until);
	chk_json_text(json, "profile", report->profile);
	chk_json_text(json, "version", report->version);
}

static void write_chains(struct chk_json *json,
			 const struct chk_report *report)
{
	chk_json_array(json, "stores");
	for (size_t i = 0; i < report->store_count; i++)
		write_store(json, &report->stores[i]);
	chk_json_end_array(json);
	chk_json_array(json, "presented");
	for (size_t i = 0; i < report->presented_count; i++)
		write_cert(json, NULL, report->presented[i].cert,
			   report->presented[i].where);
	chk_json_end_array(json);
	chk_json_array(json, "paths");
	for (size_t i = 0; i < report->path_count; i++)
		write_path(json, &report->paths[i]);
	chk_json_end_array(json);
	chk_json_array(json, "rejected");
	for (size_t i = 0; i < report->rejected_count; i++)
		write_rejected(json, &report->rejected[i]);
	chk_json_end_array(json);
}

static void write_report(struct chk_json *json,
			 const struct chk_report *report, const char *id)
{
	chk_json_object(json, NULL);
	write_head(json, report, id);
	write_chains(json, report);
	write_handshake(json, &report->handshake);
	chk_json_array(json, "findings");
	for (size_t i = 0; i < report->finding_count; i++)
		write_finding(json, &report->findings[i]);
	chk_json_end_array(json);
	chk_json_array(json, "corrected");
	for (size_t i = 0; i < report->corrected_count; i++)
		write_cert(json, NULL, report->corrected[i], NULL);
	chk_json_end_array(json);
	write_trials(json, report);
	chk_json_notes(json, "notes", report->notes, report->note_count);
	write_costs(json, report);
	chk_json_end_object(json);
	chk_buffer_text(json->buffer, "\n");
}

void chk_write_json(const struct chk_report *report,
		    const struct chk_write_options *options,
		    struct chk_buffer *buffer)
{
	struct chk_json json = { .buffer = buffer };

	write_report(&json, report, options->id);
}

void chk_write_jsonl(const struct chk_report *report,
		     const struct chk_write_options *options,
		     struct chk_buffer *buffer)
{
	struct chk_json json = { .buffer = buffer, .one_line = true };

	write_report(&json, report, options->id);
}
