/*
 * lib/store/nss_db.h: the objects of an NSS database, a file of SQLite. Its
 * bytes are read, and SQLite sees no file: nothing is written, locked or waited
 * for, and nothing beside it is looked at but key4.db. What it holds is not
 * trusted: one query of ours on one plain table is all that runs, and that is
 * bounded.
 */
#ifndef CHK_STORE_NSS_DB_H
#define CHK_STORE_NSS_DB_H

#include "store/nss_objects.h"

/*
 * chk_nss_db_read takes every object of the database `file`, whose key4.db is
 * looked for beside `path`; places are called `path` with the nickname or the
 * row behind it. A row that cannot be
 * read is noted; where the rows cannot even be listed, a distrust may be among
 * them, and the whole is refused.
 * Errors: CHK_ERROR_FORMAT, CHK_ERROR_READ, CHK_ERROR_TOO_LARGE,
 * CHK_ERROR_MEMORY.
 */
bool chk_nss_db_read(struct chk_nss_reading *reading, struct chk_bytes file,
		     const char *path, struct chk_error *error);

#endif
