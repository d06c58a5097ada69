/* lib/diagnosis/symptom_match.h: does a line say what a row of a table has? */
#ifndef CHK_DIAGNOSIS_SYMPTOM_MATCH_H
#define CHK_DIAGNOSIS_SYMPTOM_MATCH_H

#include "base/bytes.h"

/*
 * True where `pattern` stands somewhere in the line, both in lower case; in it
 * "*" is anything, "{host}" a host (symptom_host.h), which `*host` is then.
 */
bool chk_symptom_match(const char *pattern, struct chk_bytes line,
		       struct chk_bytes *host);

#endif
