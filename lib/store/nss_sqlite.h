/* lib/store/nss_sqlite.h: a database of NSS, which a stranger may have made. */
#ifndef CHK_STORE_NSS_SQLITE_H
#define CHK_STORE_NSS_SQLITE_H

#include <stdbool.h>
#include <stdint.h>

#include <sqlite3.h>

#include "base/bytes.h"

/* Begin with { .table = NAME }; the one table that may be read. */
struct chk_nss_sqlite {
	sqlite3 *handle;
	const char *table;
	uint32_t steps; /* of SQLite's machine, in looks at them */
};

/*
 * chk_nss_sqlite_open reads a copy of the bytes of the file, with bounds; the
 * file may change or be another one meanwhile. A result of SQLite; close in
 * any case.
 */
int chk_nss_sqlite_open(struct chk_nss_sqlite *db, struct chk_bytes file);
void chk_nss_sqlite_close(struct chk_nss_sqlite *db);
/* Is the table a plain one: no view, no virtual table? A result of SQLite. */
int chk_nss_sqlite_look(struct chk_nss_sqlite *db, bool *is_plain);

#endif
