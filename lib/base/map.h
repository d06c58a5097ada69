/*
 * lib/base/map.h: from a 64-bit hash to items; several items may share one
 * hash, and who asks compares. Items are indices into the caller's array.
 *
 * Time does not grow with the items of one hash: names are what a peer likes.
 */
#ifndef CHK_BASE_MAP_H
#define CHK_BASE_MAP_H

#include "base/bytes.h"

/* One hash, and the list of its items. */
struct chk_map_slot {
	uint64_t hash;
	uint32_t first, last; /* index in `entries` + 1; 0: the slot is free */
};

struct chk_map_entry {
	uint32_t item;
	uint32_t next; /* index in `entries` + 1; 0: the last one */
};

/* Zero it. */
struct chk_map {
	struct chk_map_slot *slots;
	size_t room; /* a power of two */
	struct chk_map_entry *entries; /* behind the slots; half as many */
	size_t count; /* of entries */
};

/* False: no memory; the map is as before. */
bool chk_map_add(struct chk_map *map, uint64_t hash, uint32_t item);
/*
 * chk_map_find gives the next item of `hash`. Set `*cursor` to 0 before the
 * first call. False: no more. Items come in the order they were added; none
 * may be added meanwhile.
 */
bool chk_map_find(const struct chk_map *map, uint64_t hash, size_t *cursor,
		  uint32_t *item);
void chk_map_clear(struct chk_map *map);

#endif
