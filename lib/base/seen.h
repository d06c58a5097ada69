/*
 * lib/base/seen.h: a set of 64-bit keys, eight bytes each, for what was met
 * already on a long way: directories, files.
 */
#ifndef CHK_BASE_SEEN_H
#define CHK_BASE_SEEN_H

#include <chaincheck/api.h>

/* Zero it. */
struct chk_seen {
	uint64_t *keys; /* 0: free */
	size_t room;    /* a power of two */
	size_t count;
};

/*
 * chk_seen_add puts `key` in; `*fresh` is false where it was there. False: no
 * memory; the set is as before.
 */
bool chk_seen_add(struct chk_seen *seen, uint64_t key, bool *fresh);
bool chk_seen_has(const struct chk_seen *seen, uint64_t key);
void chk_seen_clear(struct chk_seen *seen);

#endif
