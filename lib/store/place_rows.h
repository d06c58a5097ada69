/* lib/store/place_rows.h: who reads which file: lib/data/places.tsv. */
#ifndef CHK_STORE_PLACE_ROWS_H
#define CHK_STORE_PLACE_ROWS_H

#include <chaincheck/places.h>

#include "base/map.h"
#include "store/homes.h"

struct chk_place_row {
	/* "/etc/ssl/certs", "~/.pki/nssdb/cert9.db", "**" and a path. */
	const char *pattern;
	const char *scheme; /* to open it with: "file", "dir", "jks", ... */
	const char *kind, *reader; /* as in struct chk_place_reader */
	const char *source;
};

/* Rows that match a path; a handful, the rest is of no use. */
#define CHK_ROWS_MAX 16
struct chk_row_list {
	const struct chk_place_row *rows[CHK_ROWS_MAX];
	size_t count;
};

/* The table by the last part of its patterns. Zero it. */
struct chk_rows {
	struct chk_map by_name;
	uint32_t *wild; /* rows whose last part is a pattern; owned */
	size_t wild_count, wild_room;
};

/* NULL: past the last. */
const struct chk_place_row *chk_place_row(size_t i);
/* A row that is for a directory. */
bool chk_place_row_is_dir(const struct chk_place_row *row);

/* False: no memory. Give it back: chk_rows_clear, either way. */
bool chk_rows_begin(struct chk_rows *rows);
void chk_rows_clear(struct chk_rows *rows);
/* The rows whose pattern is met by `path`, which has no links and ends in
 * `name`. */
void chk_rows_match(const struct chk_rows *rows, const struct chk_homes *homes,
		    const char *path, const char *name,
		    struct chk_row_list *list);

#endif
