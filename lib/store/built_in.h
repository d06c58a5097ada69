/*
 * lib/store/built_in.h: roots that are compiled into a program as PEM text, as
 * Node has them.
 */
#ifndef CHK_STORE_BUILT_IN_H
#define CHK_STORE_BUILT_IN_H

#include "store/store.h"

/*
 * chk_built_in_read adds the certificates of the longest table of PEM texts in
 * the file, which is called `name` in places. Others are no roots: a program
 * may carry examples; they are counted in a note.
 * Errors: those of chk_binary_scan, CHK_ERROR_EMPTY (there is no table).
 */
bool chk_built_in_read(struct chk_store *store, const char *path,
		       const char *name, struct chk_error *error);

#endif
