/* lib/report/symptoms_json.c: doc/explain.schema.json has it. */
#include "report/write_symptoms.h"

#include "report/json.h"
#include "report/label.h"

static void write_code(struct chk_json *json,
		       const struct chk_symptoms_said *said, const char *code)
{
	const struct chk_finding *finding = chk_symptoms_finding(said, code);

	chk_json_object(json, NULL);
	chk_json_text(json, "code", code);
	if (said->report)
		chk_json_bool(json, "so", finding != NULL);
	else
		chk_json_null(json, "so");
	chk_json_text(json, "message", finding ? finding->message : NULL);
	chk_json_end_object(json);
}

static void write_meaning(struct chk_json *json,
			  const struct chk_symptoms_said *said,
			  const struct chk_symptom *symptom)
{
	chk_json_object(json, NULL);
	chk_json_number(json, "line", (int64_t)symptom->line);
	chk_json_text(json, "text", symptom->text);
	chk_json_text(json, "program", symptom->program);
	chk_json_text(json, "says", symptom->says);
	chk_json_array(json, "codes");
	for (size_t i = 0; i < symptom->code_count; i++)
		write_code(json, said, symptom->codes[i]);
	chk_json_end_array(json);
	chk_json_end_object(json);
}

static void write_asked(struct chk_json *json, const struct chk_report *report)
{
	if (!report) {
		chk_json_null(json, "asked");
		return;
	}
	chk_json_object(json, "asked");
	chk_json_text(json, "target", chk_report_target(report));
	chk_json_text(json, "verdict",
		      chk_label_verdict(chk_report_verdict(report)));
	chk_json_text(json, "sentence", chk_report_sentence(report));
	chk_json_end_object(json);
}

static void write(struct chk_json json, const struct chk_symptoms_said *said)
{
	size_t count = chk_symptoms_count(said->symptoms);

	chk_json_object(&json, NULL);
	chk_json_text(&json, "schema", "chaincheck.explain/1");
	chk_json_text(&json, "host", chk_symptoms_host(said->symptoms));
	write_asked(&json, said->report);
	chk_json_array(&json, "meanings");
	for (size_t i = 0; i < count; i++)
		write_meaning(&json, said,
			      chk_symptoms_at(said->symptoms, i));
	chk_json_end_array(&json);
	chk_json_end_object(&json);
	chk_buffer_text(json.buffer, "\n");
}

void chk_symptoms_json(const struct chk_symptoms_said *said,
		       struct chk_buffer *buffer)
{
	write((struct chk_json){ .buffer = buffer }, said);
}

void chk_symptoms_jsonl(const struct chk_symptoms_said *said,
			struct chk_buffer *buffer)
{
	write((struct chk_json){ .buffer = buffer, .one_line = true }, said);
}
