/* lib/report/finding_json.c: a finding as JSON, the same in every document. */
#include "report/finding_json.h"

#include "report/cert_json.h"
#include "report/label.h"

static void write_evidence(struct chk_json *json,
			   const struct chk_finding *finding)
{
	chk_json_array(json, "evidence");
	for (size_t i = 0; i < finding->evidence_count; i++) {
		chk_json_object(json, NULL);
		chk_json_text(json, "name", finding->evidence[i].name);
		chk_json_text(json, "value", finding->evidence[i].value);
		chk_json_end_object(json);
	}
	chk_json_end_array(json);
}

static void write_remedies(struct chk_json *json,
			   const struct chk_finding *finding)
{
	chk_json_array(json, "remedies");
	for (size_t i = 0; i < finding->remedy_count; i++) {
		const struct chk_remedy *remedy = &finding->remedies[i];

		chk_json_object(json, NULL);
		chk_json_text(json, "party", chk_label_party(remedy->party));
		chk_json_text(json, "text", remedy->text);
		chk_json_text(json, "place", remedy->place);
		chk_json_bool(json, "applies", !remedy->elsewhere);
		chk_json_text(json, "command", remedy->command);
		chk_json_bool(json, "proved", remedy->proved);
		chk_json_end_object(json);
	}
	chk_json_end_array(json);
}

void chk_json_finding_members(struct chk_json *json,
			      const struct chk_finding *finding)
{
	chk_json_text(json, "code", finding->code);
	chk_json_text(json, "severity", chk_label_severity(finding->severity));
	chk_json_text(json, "party", chk_label_party(finding->party));
	chk_json_bool(json, "primary", finding->primary);
	chk_json_bool(json, "alternative", finding->alternative);
	chk_json_text(json, "message", finding->message);
	chk_json_subject(json, "certificate", &finding->about);
	write_evidence(json, finding);
	write_remedies(json, finding);
}
