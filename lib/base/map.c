/*
 * lib/base/map.c: open addressing with linear probing, a slot a hash, never
 * over half full; the items of a hash are a list.
 */
#include "base/map.h"

#include <stdlib.h>

#define LEAST_ROOM 16
/* Entries are numbered from 1 in 32 bits; half as many as there are slots. */
#define MOST_ROOM (UINT64_C(1) << 32)

/* The cursor behind the last item. */
#define END SIZE_MAX

/* The slot of this hash, or the free one where it would stand. */
static struct chk_map_slot *slot_of(const struct chk_map *map, uint64_t hash)
{
	size_t at = hash & (map->room - 1);

	while (map->slots[at].first && map->slots[at].hash != hash)
		at = (at + 1) & (map->room - 1);
	return &map->slots[at];
}

/* Slots and entries are one allocation. The lists stay as they are. */
static bool grow(struct chk_map *map)
{
	struct chk_map larger = {
		.room = map->room ? 2 * map->room : LEAST_ROOM,
		.count = map->count,
	};
	const size_t size = sizeof(*map->slots) + sizeof(*map->entries) / 2;

	if (larger.room > MOST_ROOM || larger.room > SIZE_MAX / size)
		return false;
	larger.slots = calloc(larger.room, size);
	if (!larger.slots)
		return false;
	larger.entries = (struct chk_map_entry *)(larger.slots + larger.room);
	for (size_t i = 0; i < map->room; i++) {
		if (map->slots[i].first)
			*slot_of(&larger, map->slots[i].hash) = map->slots[i];
	}
	if (map->count)
		memcpy(larger.entries, map->entries,
		       map->count * sizeof(*map->entries));
	free(map->slots);
	*map = larger;
	return true;
}

bool chk_map_add(struct chk_map *map, uint64_t hash, uint32_t item)
{
	struct chk_map_slot *slot;
	uint32_t number;

	if (2 * (map->count + 1) > map->room && !grow(map))
		return false;
	slot = slot_of(map, hash);
	map->entries[map->count] = (struct chk_map_entry){ .item = item };
	number = (uint32_t)++map->count;
	if (slot->first)
		map->entries[slot->last - 1].next = number;
	else
		slot->first = number;
	slot->hash = hash;
	slot->last = number;
	return true;
}

bool chk_map_find(const struct chk_map *map, uint64_t hash, size_t *cursor,
		  uint32_t *item)
{
	size_t number = *cursor;
	const struct chk_map_entry *entry;

	if (number == END || !map->room)
		return false;
	if (number == 0)
		number = slot_of(map, hash)->first;
	if (number == 0)
		return false;
	entry = &map->entries[number - 1];
	*item = entry->item;
	*cursor = entry->next ? entry->next : END;
	return true;
}

void chk_map_clear(struct chk_map *map)
{
	free(map->slots);
	*map = (struct chk_map){ 0 };
}
