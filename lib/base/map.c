/* lib/base/map.c: open addressing with linear probing, never over half full. */
#include "base/map.h"

#include <stdlib.h>

#define LEAST_ROOM 16

static void put(struct chk_map *map, struct chk_map_slot slot)
{
	size_t at = slot.hash & (map->room - 1);

	while (map->slots[at].item)
		at = (at + 1) & (map->room - 1);
	map->slots[at] = slot;
}

/* Items of one hash keep their order: re-adding walks from a free slot on. */
static bool grow(struct chk_map *map)
{
	struct chk_map larger = {
		.room = map->room ? 2 * map->room : LEAST_ROOM,
		.count = map->count,
	};
	size_t start = 0;

	larger.slots = calloc(larger.room, sizeof(*larger.slots));
	if (!larger.slots)
		return false;
	while (start < map->room && map->slots[start].item)
		start++;
	for (size_t i = 0; i < map->room; i++) {
		struct chk_map_slot slot =
			map->slots[(start + i) & (map->room - 1)];

		if (slot.item)
			put(&larger, slot);
	}
	free(map->slots);
	*map = larger;
	return true;
}

bool chk_map_add(struct chk_map *map, uint64_t hash, uint32_t item)
{
	if (2 * (map->count + 1) > map->room && !grow(map))
		return false;
	put(map, (struct chk_map_slot){ hash, item + 1 });
	map->count++;
	return true;
}

bool chk_map_find(const struct chk_map *map, uint64_t hash, size_t *cursor,
		  uint32_t *item)
{
	size_t at;

	if (!map->room)
		return false;
	for (;; (*cursor)++) {
		at = (hash + *cursor) & (map->room - 1);
		if (!map->slots[at].item)
			return false;
		if (map->slots[at].hash != hash)
			continue;
		*item = map->slots[at].item - 1;
		(*cursor)++;
		return true;
	}
}

void chk_map_clear(struct chk_map *map)
{
	free(map->slots);
	*map = (struct chk_map){ 0 };
}
