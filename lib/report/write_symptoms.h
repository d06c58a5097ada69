/* lib/report/write_symptoms.h: the formats of what a pasted text means. */
#ifndef CHK_REPORT_WRITE_SYMPTOMS_H
#define CHK_REPORT_WRITE_SYMPTOMS_H

#include <chaincheck/symptom.h>

#include "base/buffer.h"

/* What is to be written. */
struct chk_symptoms_said {
	const struct chk_symptoms *symptoms;
	const struct chk_report *report; /* NULL: nobody was asked */
	const struct chk_write_options *options;
};

/*
 * What the report says of this code; NULL: it does not, or nobody was asked.
 * What is only another way to explain it does not count.
 */
const struct chk_finding *
chk_symptoms_finding(const struct chk_symptoms_said *said, const char *code);

typedef void chk_symptoms_writer(const struct chk_symptoms_said *said,
				 struct chk_buffer *buffer);

chk_symptoms_writer chk_symptoms_text; /* symptoms_text.c */
chk_symptoms_writer chk_symptoms_json; /* symptoms_json.c */
chk_symptoms_writer chk_symptoms_jsonl;

#endif
