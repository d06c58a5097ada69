/*
 * lib/store/walk.h: everything below a directory, one entry a call. No link is
 * followed, no directory is entered twice, and what is no regular file is
 * never opened.
 */
#ifndef CHK_STORE_WALK_H
#define CHK_STORE_WALK_H

#include "base/buffer.h"
#include "base/seen.h"
#include "store/rooted.h"

/* Directories one in the other; each holds a descriptor open. */
#define CHK_WALK_DEPTH 64

enum chk_walk_kind {
	CHK_WALK_FILE,   /* regular */
	CHK_WALK_LINK,
	CHK_WALK_LEAVE,  /* all of the directory was given */
	CHK_WALK_UNREAD, /* `what` says why */
};

struct chk_walk_entry {
	enum chk_walk_kind kind;
	int dir;           /* that holds it, open for openat(); borrowed */
	const char *name;  /* in `dir`; borrowed until the next call */
	const char *path;  /* from the root; borrowed likewise */
	const char *what;  /* static or of strerror() */
	uint32_t *tally;   /* the caller's, one for each directory, 0 first */
};

struct chk_walk_level;

struct chk_walk {
	struct chk_walk_level *levels; /* owned, CHK_WALK_DEPTH of them */
	size_t depth;
	struct chk_buffer path;
	struct chk_seen entered;
	uint64_t directories; /* entered so far */
	bool failed;          /* no memory */
};

/*
 * chk_walk_begin begins at a directory that was found below the root. False:
 * errno says why. Ownership: chk_walk_end, either way; `start` is borrowed for
 * the call.
 */
bool chk_walk_begin(struct chk_walk *walk, const struct chk_rooted *start);
/* False: that was all, or walk->failed. */
bool chk_walk_next(struct chk_walk *walk, struct chk_walk_entry *entry);
void chk_walk_end(struct chk_walk *walk);

/* What stands for a file or directory in sets. */
uint64_t chk_file_key(const struct stat *facts);

#endif
