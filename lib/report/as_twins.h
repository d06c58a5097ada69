/* lib/report/as_twins.h: certificates of the name that a finding is about. */
#ifndef CHK_REPORT_AS_TWINS_H
#define CHK_REPORT_AS_TWINS_H

#include "diagnosis/report.h"
#include "report/page.h"

/*
 * The refused candidates that have the name which `finding` is about and are
 * not that certificate: what each of them is to it. Few; the ledger has all.
 */
void chk_write_twins(struct chk_page *page, const struct chk_report *report,
		     const struct chk_finding *finding);

#endif
