/*
 * lib/report/write.h: the formats. Each writes a report into a buffer and
 * decides nothing; memory that ran out stands in the buffer.
 */
#ifndef CHK_REPORT_WRITE_H
#define CHK_REPORT_WRITE_H

#include "base/buffer.h"
#include "diagnosis/report.h"

typedef void chk_report_writer(const struct chk_report *report,
			       const struct chk_write_options *options,
			       struct chk_buffer *buffer);

chk_report_writer chk_write_text;   /* as_text.c */
chk_report_writer chk_write_json;   /* as_json.c */
chk_report_writer chk_write_jsonl;

#endif
