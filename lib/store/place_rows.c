/* lib/store/place_rows.c: who reads which file: lib/data/places.tsv. */
#include "store/place_rows.h"

#include <fnmatch.h>
#include <stdlib.h>

#include "base/array.h"

static const struct chk_place_row ROWS[] = {
#include "data/places.inc"
};

const struct chk_place_row *chk_place_row(size_t i)
{
	return i < CHK_COUNT(ROWS) ? &ROWS[i] : NULL;
}

bool chk_place_row_is_dir(const struct chk_place_row *row)
{
	return strcmp(row->scheme, "dir") == 0 ||
	       strcmp(row->scheme, "p11-kit") == 0;
}

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool add_wild(struct chk_rows *rows, uint32_t row)
{
	if (!chk_array_grow(&rows->wild, rows->wild_count, &rows->wild_room,
			    sizeof(*rows->wild)))
		return false;
	rows->wild[rows->wild_count++] = row;
	return true;
}

bool chk_rows_begin(struct chk_rows *rows)
{
	for (uint32_t i = 0; i < CHK_COUNT(ROWS); i++) {
		const char *name = last_part(ROWS[i].pattern);
		bool added = strpbrk(name, "*?[") ? add_wild(rows, i) :
			     chk_map_add(&rows->by_name,
					 chk_bytes_hash(chk_bytes_text(name)),
					 i);

		if (!added)
			return false;
	}
	return true;
}

void chk_rows_clear(struct chk_rows *rows)
{
	chk_map_clear(&rows->by_name);
	free(rows->wild);
	*rows = (struct chk_rows){ 0 };
}

static bool glob_matches(const char *pattern, const char *path)
{
	return fnmatch(pattern, path, FNM_PATHNAME | FNM_NOESCAPE) == 0;
}

/* As many last parts of the path as the pattern has. */
static bool end_matches(const char *pattern, const char *path)
{
	const char *at = path + strlen(path);
	size_t parts = 1;

	for (const char *p = pattern; *p; p++)
		parts += *p == '/';
	while (at > path) {
		at--;
		if (*at == '/' && --parts == 0)
			return glob_matches(pattern, at + 1);
	}
	return false;
}

static bool home_matches(const char *pattern, const char *path,
			 const struct chk_homes *homes)
{
	for (size_t i = 0; i < homes->count; i++) {
		size_t size = strlen(homes->paths[i]);

		if (strncmp(path, homes->paths[i], size) == 0 &&
		    path[size] == '/' &&
		    glob_matches(pattern, path + size + 1))
			return true;
	}
	return false;
}

static bool row_matches(const struct chk_place_row *row, const char *path,
			const struct chk_homes *homes)
{
	if (strncmp(row->pattern, "**/", 3) == 0)
		return end_matches(row->pattern + 3, path);
	if (row->pattern[0] == '~')
		return home_matches(row->pattern + 2, path, homes);
	return glob_matches(row->pattern, path);
}

static void add_match(struct chk_row_list *list, uint32_t row,
		      const char *path, const struct chk_homes *homes)
{
	if (list->count < CHK_ROWS_MAX &&
	    row_matches(&ROWS[row], path, homes))
		list->rows[list->count++] = &ROWS[row];
}

/* Who looks in any folder reads nothing where it is known who reads. */
static void drop_general(struct chk_row_list *list)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++)
		if (list->rows[i]->pattern[0] != '*')
			list->rows[kept++] = list->rows[i];
	if (kept)
		list->count = kept;
}

void chk_rows_match(const struct chk_rows *rows, const struct chk_homes *homes,
		    const char *path, const char *name,
		    struct chk_row_list *list)
{
	uint64_t hash = chk_bytes_hash(chk_bytes_text(name));
	size_t cursor = 0;
	uint32_t row;

	list->count = 0;
	while (chk_map_find(&rows->by_name, hash, &cursor, &row))
		if (strcmp(last_part(ROWS[row].pattern), name) == 0)
			add_match(list, row, path, homes);
	for (size_t i = 0; i < rows->wild_count; i++) {
		row = rows->wild[i];
		if (glob_matches(last_part(ROWS[row].pattern), name))
			add_match(list, row, path, homes);
	}
	drop_general(list);
}
