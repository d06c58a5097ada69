/*
 * lib/store/keys.h: the anchors of two stores, those of one subject and key
 * beside each other, in n log n.
 */
#ifndef CHK_STORE_KEYS_H
#define CHK_STORE_KEYS_H

#include "store/store.h"

struct chk_key_entry {
	const struct chk_anchor *anchor;
	unsigned side; /* 0 or 1 */
	size_t at;     /* its place in its store */
};

/* Some entries of one key: first those of side 0, in their store's order. */
struct chk_key_group {
	const struct chk_key_entry *entries;
	size_t counts[2];
};

/* Zero it. */
struct chk_keys {
	struct chk_key_entry *entries;
	size_t entry_count;
	struct chk_key_group *groups;
	size_t count;
};

/* False: no memory. Clear it either way. The stores are borrowed. */
bool chk_keys_group(struct chk_keys *keys, const struct chk_store *first,
		    const struct chk_store *second);
void chk_keys_clear(struct chk_keys *keys);

/*
 * chk_keys_pair pairs groups of side 0 alone with groups of side 1 alone that
 * have the same subject: a CA that has another key now. `wanted` says for each
 * group whether it may be paired; `*pairs` (free it) then has for each the
 * index of the other one, SIZE_MAX where there is none. A nameless subject
 * pairs with none. False: no memory.
 */
bool chk_keys_pair(const struct chk_keys *keys, const bool *wanted,
		   size_t **pairs);

#endif
