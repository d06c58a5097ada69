/* lib/report/write_symptoms.c: the table of formats of meanings. */
#include "report/write_symptoms.h"

#include "base/bytes.h"
#include "report/format_names.h"

static const char *const NAMES[] = { "text", "json", "jsonl", NULL };
static chk_symptoms_writer *const WRITERS[] = {
	chk_symptoms_text,
	chk_symptoms_json,
	chk_symptoms_jsonl,
};

const struct chk_finding *
chk_symptoms_finding(const struct chk_symptoms_said *said, const char *code)
{
	size_t count = said->report ? chk_report_finding_count(said->report) :
				      0;

	for (size_t i = 0; i < count; i++) {
		const struct chk_finding *finding =
			chk_report_finding(said->report, i);

		if (!finding->alternative && strcmp(finding->code, code) == 0)
			return finding;
	}
	return NULL;
}

bool chk_symptoms_write(const struct chk_symptoms *symptoms,
			const struct chk_report *report, const char *format,
			const struct chk_write_options *options, char **text,
			struct chk_error *error)
{
	static const struct chk_write_options DEFAULTS = { 0 };
	const struct chk_symptoms_said said = {
		symptoms, report, options ? options : &DEFAULTS,
	};
	struct chk_buffer buffer = { 0 };
	size_t i;

	*text = NULL;
	if (!chk_format_find(NAMES, format, "what a text means", &i, error))
		return false;
	WRITERS[i](&said, &buffer);
	return chk_format_end(&buffer, text, error);
}
