/* lib/store/p11kit_guard.h: what p11-kit must not be given to read. */
#ifndef CHK_STORE_P11KIT_GUARD_H
#define CHK_STORE_P11KIT_GUARD_H

#include "store/store.h"

/*
 * chk_p11kit_guard looks at the files of a trust path as p11-kit reads them.
 * False: with one of them p11-kit would end this process, or wait for ever;
 * it is in `error`. Errors: CHK_ERROR_FORMAT, CHK_ERROR_READ (a pipe),
 * CHK_ERROR_TOO_LARGE (to be looked at), CHK_ERROR_MEMORY.
 */
bool chk_p11kit_guard(const char *path, struct chk_error *error);

#endif
