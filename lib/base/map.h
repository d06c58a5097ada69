/*
 * lib/base/map.h: from a 64-bit hash to items; several items may share one
 * hash, and who asks compares. Items are indices into the caller's array.
 */
#ifndef CHK_BASE_MAP_H
#define CHK_BASE_MAP_H

#include "base/bytes.h"

struct chk_map_slot {
	uint64_t hash;
	uint32_t item; /* index + 1, 0: free */
};

/* Zero it. */
struct chk_map {
	struct chk_map_slot *slots;
	size_t room; /* a power of two */
	size_t count;
};

/* False: no memory; the map is as before. */
bool chk_map_add(struct chk_map *map, uint64_t hash, uint32_t item);
/*
 * chk_map_find gives the next item of `hash`. Set `*cursor` to 0 before the
 * first call. False: no more. Items come in the order they were added.
 */
bool chk_map_find(const struct chk_map *map, uint64_t hash, size_t *cursor,
		  uint32_t *item);
void chk_map_clear(struct chk_map *map);

#endif
