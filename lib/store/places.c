/* lib/store/places.c: the places that were found: each file once. */
#include "store/places.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/buffer.h"
#include "base/cleanup.h"
#include "store/walk.h"

static void item_clear(struct chk_place_item *item)
{
	for (size_t i = 0; i < item->name_count; i++)
		free(item->names[i]);
	free(item->names);
	free(item->rows);
	free(item->path);
	free(item->real);
	free(item->spec);
	free(item->readers);
}

void chk_places_free(struct chk_places *places)
{
	if (!places)
		return;
	for (size_t i = 0; i < places->count; i++)
		item_clear(&places->items[i]);
	free(places->items);
	chk_map_clear(&places->by_key);
	chk_seen_clear(&places->heads);
	chk_seen_clear(&places->noted);
	chk_notes_clear(&places->notes);
	free(places->root);
	free(places->in);
	free(places);
}

struct chk_place_item *chk_places_item(struct chk_places *places,
				       const struct stat *facts)
{
	uint64_t key = chk_file_key(facts);
	size_t cursor = 0;
	uint32_t i;

	while (chk_map_find(&places->by_key, key, &cursor, &i)) {
		struct chk_place_item *item = &places->items[i];

		if (item->facts.st_ino == facts->st_ino &&
		    item->facts.st_dev == facts->st_dev)
			return item;
	}
	return NULL;
}

static bool has_name(const struct chk_place_item *item, const char *name)
{
	for (size_t i = 0; i < item->name_count; i++)
		if (strcmp(item->names[i], name) == 0)
			return true;
	return false;
}

/* A file of ten thousand hard links is known well enough by some of them. */
#define NAMES_MAX 1000

static bool add_name(struct chk_place_item *item, const char *name)
{
	char *copy;

	if (item->name_count >= NAMES_MAX || has_name(item, name))
		return true;
	if (!chk_array_grow(&item->names, item->name_count, &item->name_room,
			    sizeof(*item->names)))
		return false;
	copy = strdup(name);
	if (copy)
		item->names[item->name_count++] = copy;
	return copy != NULL;
}

static bool add_row(struct chk_place_item *item,
		    const struct chk_place_row *row)
{
	for (size_t i = 0; i < item->row_count; i++)
		if (item->rows[i] == row)
			return true;
	if (!chk_array_grow(&item->rows, item->row_count, &item->row_room,
			    sizeof(*item->rows)))
		return false;
	item->rows[item->row_count++] = row;
	return true;
}

bool chk_places_name(struct chk_place_item *item, const char *name,
		     const struct chk_row_list *rows)
{
	bool directory = S_ISDIR(item->facts.st_mode);

	for (size_t i = 0; i < rows->count; i++)
		if ((!directory || chk_place_row_is_dir(rows->rows[i])) &&
		    !add_row(item, rows->rows[i]))
			return false;
	return add_name(item, name);
}

/* NSS is given the directory of its database. */
static char *spec_of(const char *scheme, const char *real)
{
	struct chk_buffer buffer = { 0 };
	size_t size = strlen(real);

	if (strcmp(scheme, "nss") == 0)
		size = (size_t)(strrchr(real + 1, '/') ?
				strrchr(real, '/') - real : 1);
	chk_buffer_format(&buffer, "%s:%.*s", scheme, (int)size, real);
	return chk_buffer_steal(&buffer);
}

static bool fill(struct chk_place_item *item, const char *root,
		 const struct chk_rooted *found,
		 const struct chk_place_kind *kind)
{
	struct chk_buffer real = { 0 };

	chk_buffer_format(&real, "%s%s", root, found->path);
	item->facts = found->facts;
	item->format = kind->format;
	item->scheme = kind->scheme;
	item->path = strdup(found->path);
	item->real = chk_buffer_steal(&real);
	item->spec = item->real ? spec_of(kind->scheme, item->real) : NULL;
	return item->path && item->spec;
}

bool chk_places_add(struct chk_places *places, const struct chk_rooted *found,
		    const char *name, const struct chk_place_kind *kind,
		    const struct chk_row_list *rows)
{
	struct chk_place_item *item;

	if (places->count >= places->max) {
		places->over = true;
		return true;
	}
	if (!chk_array_grow(&places->items, places->count, &places->room,
			    sizeof(*places->items)))
		return false;
	item = &places->items[places->count];
	memset(item, 0, sizeof(*item));
	if (fill(item, places->root, found, kind) &&
	    chk_places_name(item, name, rows) &&
	    chk_map_add(&places->by_key, chk_file_key(&found->facts),
			(uint32_t)places->count)) {
		places->count++;
		return true;
	}
	item_clear(item);
	return false;
}

bool chk_places_note_add(struct chk_places *places, const char *where,
			 const char *what)
{
	bool fresh;

	if (!chk_seen_add(&places->noted,
			  chk_bytes_hash(chk_bytes_text(where)), &fresh))
		return false;
	return !fresh || chk_notes_add(&places->notes, where, what, NULL);
}

/* Rows stand in the order in which they were met. */
static int by_row(const void *a, const void *b)
{
	const struct chk_place_row *const *one = a, *const *other = b;

	return (*one > *other) - (*one < *other);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Known places in the order of the table, the others behind them by path. */
static int by_place(const void *a, const void *b)
{
	const struct chk_place_item *one = a, *other = b;

	if (!one->row_count != !other->row_count)
		return !one->row_count ? 1 : -1;
	if (one->row_count && one->rows[0] != other->rows[0])
		return one->rows[0] < other->rows[0] ? -1 : 1;
	return strcmp(one->path, other->path);
}

static bool has_reader(const struct chk_place_item *item, const char *name)
{
	for (size_t i = 0; i < item->reader_count; i++)
		if (strcmp(item->readers[i].name, name) == 0)
			return true;
	return false;
}

/* Two rows may name one reader, where it looks in two ways. */
static bool make_readers(struct chk_place_item *item)
{
	if (!item->row_count)
		return true;
	item->readers = calloc(item->row_count, sizeof(*item->readers));
	if (!item->readers)
		return false;
	for (size_t i = 0; i < item->row_count; i++)
		if (!has_reader(item, item->rows[i]->reader))
			item->readers[item->reader_count++] =
				(struct chk_place_reader){
					item->rows[i]->reader,
					item->rows[i]->kind,
				};
	return true;
}

static void make_view(struct chk_place_item *item)
{
	bool directory = S_ISDIR(item->facts.st_mode);

	item->view = (struct chk_store_place){
		.path = item->names[0],
		.names = (const char *const *)item->names,
		.name_count = item->name_count,
		.real_path = item->real,
		.spec = item->spec,
		.format = item->format,
		.readers = item->readers,
		.reader_count = item->reader_count,
		.known = item->row_count > 0,
		.directory = directory,
		.size = directory ? 0 : (uint64_t)item->facts.st_size,
		.modified = item->facts.st_mtime,
	};
}

bool chk_places_end(struct chk_places *places)
{
	for (size_t i = 0; i < places->count; i++) {
		struct chk_place_item *item = &places->items[i];

		if (item->row_count)
			qsort(item->rows, item->row_count, sizeof(*item->rows),
			      by_row);
		qsort(item->names, item->name_count, sizeof(*item->names),
		      by_text);
		if (!make_readers(item))
			return false;
	}
	/* The map is not asked any more: its items are moved now. */
	if (places->count)
		qsort(places->items, places->count, sizeof(*places->items),
		      by_place);
	for (size_t i = 0; i < places->count; i++)
		make_view(&places->items[i]);
	return true;
}

size_t chk_places_count(const struct chk_places *places)
{
	return places->count;
}

const struct chk_store_place *chk_places_get(const struct chk_places *places,
				       size_t i)
{
	return i < places->count ? &places->items[i].view : NULL;
}

size_t chk_places_note_count(const struct chk_places *places)
{
	return places->notes.count;
}

const struct chk_note *chk_places_note(const struct chk_places *places,
				       size_t i)
{
	return i < places->notes.count ? &places->notes.items[i] : NULL;
}

struct chk_figures chk_places_figures(const struct chk_places *places)
{
	return places->figures;
}
