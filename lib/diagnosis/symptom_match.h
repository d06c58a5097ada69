/* lib/diagnosis/symptom_match.h: does a line say what a row of a table has? */
#ifndef CHK_DIAGNOSIS_SYMPTOM_MATCH_H
#define CHK_DIAGNOSIS_SYMPTOM_MATCH_H

#include "base/bytes.h"

/* What a line says of where it went; .data NULL: it does not. */
struct chk_symptom_place {
	struct chk_bytes host; /* perhaps with a port behind a colon */
	struct chk_bytes port; /* digits */
};

/*
 * True where `pattern` stands somewhere in the line, both in lower case; in it
 * "*" is anything, "{host}" a host (symptom_host.h) and "{port}" up to five
 * digits, which `*place` has then.
 */
bool chk_symptom_match(const char *pattern, struct chk_bytes line,
		       struct chk_symptom_place *place);

#endif
