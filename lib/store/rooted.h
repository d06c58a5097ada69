/*
 * lib/store/rooted.h: a path looked up within a root, as a process whose root
 * it is would have it: an absolute link begins at that root, and no ".." leads
 * above it. What the tree says is hostile; nothing outside is ever opened.
 */
#ifndef CHK_STORE_ROOTED_H
#define CHK_STORE_ROOTED_H

#include <sys/stat.h>

#include <chaincheck/api.h>

#define CHK_ROOTED_NONE { .parent = -1 }

struct chk_rooted {
	int parent;        /* the directory that holds it, O_PATH; owned */
	const char *name;  /* in `parent`; "." where it is a directory itself */
	char *path;        /* from the root, without links; owned. "/": it */
	struct stat facts; /* never of a link */
	bool link;         /* the last component of what was asked is one */
	unsigned steps;    /* components that it took, those of links too */
};

/*
 * chk_rooted_find looks `path` up below the directory `root`. False: errno
 * says why; `found->path` is then how far it came, NULL: no memory, and
 * `found->link` tells whether a link led to nothing.
 * Ownership: chk_rooted_clear, either way.
 */
bool chk_rooted_find(int root, const char *path, struct chk_rooted *found);
/*
 * chk_rooted_open opens what was found with these flags, and never waits.
 * -1: errno says why; ESTALE: it is another file by now.
 */
int chk_rooted_open(const struct chk_rooted *found, int flags);
void chk_rooted_clear(struct chk_rooted *found);

#endif
