/* lib/store/source_files.h: the files that a trust store is made from. */
#ifndef CHK_STORE_SOURCE_FILES_H
#define CHK_STORE_SOURCE_FILES_H

#include "store/sources.h"

struct chk_source_files {
	const struct chk_source_row *row;
	const char *root_path;      /* "" is our own */
	int root;                   /* the same, O_PATH */
	struct chk_store *known;    /* every certificate of them */
	struct chk_said_list *said;
	bool unsure; /* something could not be read: `known` may lack some */
};

/* chk_source_read gives a file of the root, whole. NULL: it is not there. */
uint8_t *chk_source_read(const struct chk_source_files *files,
			 const char *path, size_t *size);
/* By os-release(5). NULL: it is not there, or has another system. */
const struct chk_source_row *
chk_source_row_of_release(const struct chk_source_files *files);
/* Reads the directories of the row, and says what is ignored. False: no
 * memory. */
bool chk_source_files_read(struct chk_source_files *files);

#endif
