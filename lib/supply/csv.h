/* lib/supply/csv.h: comma-separated values (RFC 4180), a cell at a time. */
#ifndef CHK_SUPPLY_CSV_H
#define CHK_SUPPLY_CSV_H

#include "base/buffer.h"
#include "base/bytes.h"

/* A longer cell is cut: no certificate takes as much. */
#define CHK_CSV_CELL_MAX (1u << 20)

struct chk_csv {
	struct chk_bytes rest;
	size_t row, column; /* of the cell that was given last, from 0 */
	bool row_ended;     /* the next one begins a row */
};

struct chk_csv chk_csv_begin(struct chk_bytes text);
/*
 * chk_csv_next fills `cell`, which is emptied first. A quotation mark that is
 * never closed ends with the text. False: there is no more, or no memory.
 */
bool chk_csv_next(struct chk_csv *csv, struct chk_buffer *cell);

#endif
