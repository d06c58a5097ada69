/* lib/client/here_files.h: the files of a machine, below its root. */
#ifndef CHK_CLIENT_HERE_FILES_H
#define CHK_CLIENT_HERE_FILES_H

#include "client/here.h"

/* A file of settings; in the arena. */
struct chk_here_file {
	const char *path; /* from its root, without links */
	struct chk_bytes text; /* a NUL stands behind it */
};

/*
 * chk_here_read reads a file below the root of `here`. False: it is not there,
 * or cannot be read, or is larger than files of settings are; the last two are
 * said.
 */
bool chk_here_read(struct chk_here *here, const char *path,
		   struct chk_here_file *file);
/* The path without links of what is there; NULL: nothing. */
const char *chk_here_real(struct chk_here *here, const char *path);
/*
 * chk_here_list_names gives the names in a directory, sorted, NULL behind the
 * last, at most 1000 of them. NULL: it is no directory. The arena's.
 */
const char *const *chk_here_list_names(struct chk_here *here,
				       const char *path);

#endif
