/*
 * lib/store/rooted.h: where a path leads in another root directory, as a
 * program sees it that has that root. The kernel would follow an absolute
 * link into ours.
 */
#ifndef CHK_STORE_ROOTED_H
#define CHK_STORE_ROOTED_H

#include "base/bytes.h"

/*
 * chk_rooted gives what the absolute `path` below `root` is from here, its
 * links followed; a root of "" is our own, and the path stays as it is.
 * `*here` is NULL where links lead in a circle.
 * Ownership: free() `*here`. False: no memory.
 */
bool chk_rooted(const char *root, const char *path, char **here);

#endif
