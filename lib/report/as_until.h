/* lib/report/as_until.h: when the last valid path ends, in every format. */
#ifndef CHK_REPORT_AS_UNTIL_H
#define CHK_REPORT_AS_UNTIL_H

#include "diagnosis/report.h"
#include "report/json.h"
#include "report/page.h"

/*
 * Appends "2027-03-01, when the certificate itself expires"; or "..., when the
 * intermediate «Int A» expires, 90 days before the certificate itself". There
 * is an end.
 */
void chk_until_words(struct chk_buffer *buffer, const struct chk_until *until);
/* A line on it below the path, where it is known. */
void chk_write_until(struct chk_page *page, const struct chk_report *report);
/* The member "until"; null where it is not known. */
void chk_json_until(struct chk_json *json, const struct chk_until *until);

#endif
