/* lib/supply/csv.c: comma-separated values (RFC 4180). */
#include "supply/csv.h"

struct chk_csv chk_csv_begin(struct chk_bytes text)
{
	if (chk_bytes_begin_with(text, "\xef\xbb\xbf"))
		text = chk_bytes_skip(text, 3);
	/* The first cell begins row 0. */
	return (struct chk_csv){ .rest = text, .row = SIZE_MAX,
				 .row_ended = true };
}

static void skip(struct chk_csv *csv, size_t size)
{
	csv->rest = chk_bytes_skip(csv->rest, size);
}

static void add(struct chk_buffer *cell, const uint8_t *data, size_t size)
{
	if (cell->size < CHK_CSV_CELL_MAX)
		chk_buffer_add(cell, data, size);
}

static bool is_next(const struct chk_csv *csv, char c)
{
	return csv->rest.size && csv->rest.data[0] == (uint8_t)c;
}

/* Up to the closing mark; two marks stand for one. */
static void read_quoted(struct chk_csv *csv, struct chk_buffer *cell)
{
	skip(csv, 1);
	while (csv->rest.size) {
		const uint8_t *mark = memchr(csv->rest.data, '"',
					     csv->rest.size);
		size_t size = mark ? (size_t)(mark - csv->rest.data) :
				     csv->rest.size;

		add(cell, csv->rest.data, size);
		skip(csv, size + (mark != NULL));
		if (!is_next(csv, '"'))
			return;
		add(cell, csv->rest.data, 1);
		skip(csv, 1);
	}
}

static void read_plain(struct chk_csv *csv, struct chk_buffer *cell)
{
	size_t size = 0;

	while (size < csv->rest.size &&
	       !strchr(",\r\n", csv->rest.data[size] ? csv->rest.data[size] :
						       ' '))
		size++;
	add(cell, csv->rest.data, size);
	skip(csv, size);
}

/* What stands behind a cell: a comma, or the end of a row. */
static void read_end(struct chk_csv *csv)
{
	csv->row_ended = !is_next(csv, ',');
	if (!csv->row_ended) {
		skip(csv, 1);
		return;
	}
	if (is_next(csv, '\r'))
		skip(csv, 1);
	if (is_next(csv, '\n'))
		skip(csv, 1);
}

bool chk_csv_next(struct chk_csv *csv, struct chk_buffer *cell)
{
	if (!csv->rest.size)
		return false;
	if (csv->row_ended) {
		csv->row++;
		csv->column = 0;
	} else {
		csv->column++;
	}
	cell->size = 0;
	chk_buffer_text(cell, "");
	if (is_next(csv, '"'))
		read_quoted(csv, cell);
	/* What stands between a closing mark and the comma is of the cell. */
	read_plain(csv, cell);
	read_end(csv);
	return !cell->failed;
}
