/* lib/report/cert_json.h: a certificate as JSON, the same in every document. */
#ifndef CHK_REPORT_CERT_JSON_H
#define CHK_REPORT_CERT_JSON_H

#include <chaincheck/report.h>
#include <chaincheck/store.h>

#include "report/json.h"

/* "subject" to "not_after"; without "source". */
void chk_json_cert_members(struct chk_json *json, const struct chk_cert *cert);
/* An object with its first place as the source; NULL is null. */
void chk_json_anchor(struct chk_json *json, const char *name,
		     const struct chk_anchor *anchor);
/* What is known of a certificate, at hand or not; null: of none. */
void chk_json_subject(struct chk_json *json, const char *name,
		      const struct chk_subject *subject);
/* An array of {where, what}. */
void chk_json_notes(struct chk_json *json, const char *name,
		    const struct chk_note *notes, size_t count);

#endif
