/* lib/store/places.h: the places that were found, and what was met there. */
#ifndef CHK_STORE_PLACES_H
#define CHK_STORE_PLACES_H

#include <chaincheck/places.h>

#include "base/map.h"
#include "base/notes.h"
#include "base/seen.h"
#include "store/place_rows.h"
#include "store/rooted.h"

/* What is noted of a known place that is such a link. */
#define CHK_PLACES_DANGLING "the link leads to nothing"

struct chk_place_item {
	char **names; /* owned, each */
	size_t name_count, name_room;
	const struct chk_place_row **rows;
	size_t row_count, row_room;
	char *path;   /* from the root, without links; owned */
	char *real;   /* as this process opens it; owned */
	char *spec;   /* owned */
	const char *format, *scheme;
	struct stat facts;
	struct chk_place_reader *readers; /* owned; made at the end */
	size_t reader_count;
	struct chk_store_place view;
};

struct chk_places {
	struct chk_place_item *items;
	size_t count, room;
	size_t max;
	bool over;             /* there are more than `max` */
	struct chk_map by_key; /* chk_file_key -> item */
	struct chk_seen heads; /* files whose first bytes were read */
	struct chk_seen noted; /* places that have a note */
	struct chk_notes notes;
	struct chk_figures figures;
	char *root; /* as this process opens it, "" is "/"; owned */
	char *in;   /* owned, or NULL */
};

/* What a place is besides where it is. */
struct chk_place_kind {
	const char *format, *scheme; /* static */
};

/* NULL: there is none yet. */
struct chk_place_item *chk_places_item(struct chk_places *places,
				       const struct stat *facts);
/*
 * chk_places_add makes a place of what was found, called `name` as well. It
 * is passed over where there are `max` of them. False: no memory.
 */
bool chk_places_add(struct chk_places *places, const struct chk_rooted *found,
		    const char *name, const struct chk_place_kind *kind,
		    const struct chk_row_list *rows);
/* One more name of a place, and who reads it by that. False: no memory. */
bool chk_places_name(struct chk_place_item *item, const char *name,
		     const struct chk_row_list *rows);
/* A note, one for each `where`. False: no memory. */
bool chk_places_note_add(struct chk_places *places, const char *where,
			 const char *what);
/* Sorts, and makes what chk_places_get gives. False: no memory. */
bool chk_places_end(struct chk_places *places);

#endif
