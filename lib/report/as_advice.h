/* lib/report/as_advice.h: findings and what to do about them. */
#ifndef CHK_REPORT_AS_ADVICE_H
#define CHK_REPORT_AS_ADVICE_H

#include "diagnosis/report.h"
#include "report/page.h"

/* The finding to act on first: why, who, what to do. */
void chk_write_advice(struct chk_page *page, const struct chk_report *report,
		      const struct chk_finding *finding);
/* Which certificate it is about, and where to read on. */
void chk_write_about(struct chk_page *page, const struct chk_report *report,
		     const struct chk_finding *finding);
/* Another explanation, shorter. */
void chk_write_alternative(struct chk_page *page,
			   const struct chk_report *report,
			   const struct chk_finding *finding);
/* A line or two for each other finding of one severity, under a heading. */
void chk_write_others(struct chk_page *page, const struct chk_report *report,
		      enum chk_severity severity);

#endif
