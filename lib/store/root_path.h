/*
 * lib/store/root_path.h: what a path below another root directory is from
 * here, for readers that take a path. The kernel would follow an absolute link
 * into our own root; and whoever owns the tree may put one into the path once
 * it was looked up, so that it is never opened as text.
 */
#ifndef CHK_STORE_ROOT_PATH_H
#define CHK_STORE_ROOT_PATH_H

#include "base/file.h"

/*
 * chk_root_path gives the absolute `path` below `root` without its links, as
 * it opens from here; a root of "" is our own, and the path stays as it is.
 * `*here` is NULL where nothing is there.
 * Ownership: free() `*here`. False: no memory.
 */
bool chk_root_path(const char *root, const char *path, char **here);
/*
 * chk_root_open opens `here`, a path that begins with `root`, with the flags
 * of open(2), and never waits; it is looked up anew, descriptor by descriptor,
 * so that a link that was put into it since stays below the root. A root of ""
 * is our own. -1: errno says why.
 */
int chk_root_open(const char *root, const char *here, int flags);
/* chk_root_read is chk_file_read of what chk_root_open opens. */
bool chk_root_read(const char *root, const char *here, uint8_t **data,
		   size_t *size, struct chk_error *error);

#endif
