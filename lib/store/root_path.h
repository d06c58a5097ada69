/*
 * lib/store/root_path.h: what a path below another root directory is from
 * here, for readers that take a path. The kernel would follow an absolute link
 * into our own root.
 */
#ifndef CHK_STORE_ROOT_PATH_H
#define CHK_STORE_ROOT_PATH_H

#include <chaincheck/api.h>

/*
 * chk_root_path gives the absolute `path` below `root` without its links, as
 * it opens from here; a root of "" is our own, and the path stays as it is.
 * `*here` is NULL where nothing is there.
 * Ownership: free() `*here`. False: no memory.
 */
bool chk_root_path(const char *root, const char *path, char **here);

#endif
