/*
 * lib/report/csv.h: CSV (RFC 4180) cell by cell. What a stranger wrote is
 * escaped first, and gets an apostrophe before it where a spreadsheet would
 * take it for a formula.
 */
#ifndef CHK_REPORT_CSV_H
#define CHK_REPORT_CSV_H

#include "base/buffer.h"

/* Zero it and set `buffer`. */
struct chk_csv {
	struct chk_buffer *buffer;
	bool filled; /* the line has a cell */
};

/* NULL is an empty cell. */
void chk_csv_text(struct chk_csv *csv, const char *text);
void chk_csv_hex(struct chk_csv *csv, struct chk_bytes bytes);
void chk_csv_time(struct chk_csv *csv, int64_t seconds);
/* A text that the callee gives away; NULL is no memory. */
void chk_csv_owned(struct chk_csv *csv, char *text);
/* Cells, NULL at the end, and the end of the line. */
void chk_csv_header(struct chk_csv *csv, const char *const *names);
void chk_csv_end(struct chk_csv *csv);

#endif
