/* lib/base/seen.c: open addressing, linear probing, three quarters full. */
#include "base/seen.h"

#include <stdlib.h>

#define LEAST_ROOM 64

/* 0 stands for a free slot, so that the keys 0 and 1 count as the same. */
static uint64_t slot_of(uint64_t key)
{
	return key ? key : 1;
}

/* Keys are not random: consecutive inodes must not lie in one run. */
static size_t start_of(const struct chk_seen *seen, uint64_t key)
{
	uint64_t hash = key * 0x9e3779b97f4a7c15u;

	return (size_t)(hash ^ hash >> 32) & (seen->room - 1);
}

/* Where it is, or the free slot where it would be. */
static size_t find(const struct chk_seen *seen, uint64_t key)
{
	size_t at = start_of(seen, key);

	while (seen->keys[at] && seen->keys[at] != key)
		at = (at + 1) & (seen->room - 1);
	return at;
}

/* True: it was put in; false: it was there. */
static bool put(struct chk_seen *seen, uint64_t key)
{
	size_t at = find(seen, key);

	if (seen->keys[at])
		return false;
	seen->keys[at] = key;
	seen->count++;
	return true;
}

static bool grow(struct chk_seen *seen)
{
	struct chk_seen larger = {
		.room = seen->room ? 2 * seen->room : LEAST_ROOM,
	};

	larger.keys = calloc(larger.room, sizeof(*larger.keys));
	if (!larger.keys)
		return false;
	for (size_t i = 0; i < seen->room; i++)
		if (seen->keys[i])
			put(&larger, seen->keys[i]);
	free(seen->keys);
	*seen = larger;
	return true;
}

bool chk_seen_add(struct chk_seen *seen, uint64_t key, bool *fresh)
{
	if (4 * (seen->count + 1) > 3 * seen->room && !grow(seen))
		return false;
	*fresh = put(seen, slot_of(key));
	return true;
}

bool chk_seen_has(const struct chk_seen *seen, uint64_t key)
{
	return seen->room && seen->keys[find(seen, slot_of(key))];
}

void chk_seen_clear(struct chk_seen *seen)
{
	free(seen->keys);
	*seen = (struct chk_seen){ 0 };
}
