/* lib/store/p11kit_check.h: what p11-kit passes over without a word. */
#ifndef CHK_STORE_P11KIT_CHECK_H
#define CHK_STORE_P11KIT_CHECK_H

#include "store/store.h"

/* What p11-kit reads of a directory; "" is the directory itself. */
#define CHK_P11KIT_DIRS 3
extern const char *const CHK_P11KIT_DIR[CHK_P11KIT_DIRS];

/*
 * chk_p11kit_check leaves a note in `store`, which p11-kit has filled from the
 * trust path `path`, for each file and certificate there that it did not take.
 * False: no memory.
 */
bool chk_p11kit_check(struct chk_store *store, const char *path);

#endif
