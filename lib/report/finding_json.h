/* lib/report/finding_json.h: a finding as JSON, the same in every document. */
#ifndef CHK_REPORT_FINDING_JSON_H
#define CHK_REPORT_FINDING_JSON_H

#include <chaincheck/report.h>

#include "report/json.h"

/* "code" to "remedies". */
void chk_json_finding_members(struct chk_json *json,
			      const struct chk_finding *finding);

#endif
