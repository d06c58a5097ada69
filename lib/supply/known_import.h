/* lib/supply/known_import.h: a table of known CAs, and more of them. */
#ifndef CHK_SUPPLY_KNOWN_IMPORT_H
#define CHK_SUPPLY_KNOWN_IMPORT_H

#include "supply/known.h"
#include "supply/known_write.h"

/*
 * chk_known_entries appends what a table says as entries that can be written
 * again; all that they point to is in the arena. False: no memory, or damaged.
 */
bool chk_known_entries(const struct chk_known *known, struct chk_arena *arena,
		       struct chk_known_entry *entries);

#endif
