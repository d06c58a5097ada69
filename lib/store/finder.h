/* lib/store/finder.h: the finding of places while it goes on. */
#ifndef CHK_STORE_FINDER_H
#define CHK_STORE_FINDER_H

#include <time.h>

#include "base/error.h"
#include "store/places.h"

struct chk_finder {
	struct chk_places *places;
	const struct chk_places_options *options;
	int root; /* the directory, O_PATH; owned */
	struct chk_rows rows;
	struct chk_homes homes;
	char **links; /* that may lead to stores, from the root; owned */
	size_t link_count, link_room;
	bool links_over;
	uint64_t steps; /* that links took so far */
	uint64_t unread;      /* files of no likely name, not readable */
	struct timespec told; /* when progress was told last */
};

/* find_known.c: the places of the table. False: no memory. */
bool chk_find_known(struct chk_finder *finder);
/* find_walk.c: all that is below `start`. False: no memory. */
bool chk_find_walk(struct chk_finder *finder, const struct chk_rooted *start);

/*
 * chk_finder_consider looks at what `path` leads to: one more name of a place,
 * a new place, or none. False: no memory.
 */
bool chk_finder_consider(struct chk_finder *finder, const char *path,
			 const struct chk_rooted *found,
			 const struct chk_row_list *rows);
/* The same where only a path is at hand; what is not there is none. */
bool chk_finder_consider_path(struct chk_finder *finder, const char *path,
			      const struct chk_row_list *rows);
/* An entry was looked at; told at most every 100 ms. */
void chk_finder_tell(struct chk_finder *finder, const char *path);

#endif
