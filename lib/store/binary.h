/*
 * lib/store/binary.h: what can be found in the file of a program without
 * running it.
 */
#ifndef CHK_STORE_BINARY_H
#define CHK_STORE_BINARY_H

#include "base/bytes.h"
#include "base/error.h"

/* What stands behind a hit can be looked at this far, unless the file ends. */
#define CHK_BINARY_AHEAD (16u << 10)

/* False ends the search. `hit` begins with what was looked for. */
typedef bool chk_binary_visit(void *context, struct chk_bytes hit,
			      uint64_t offset);

/*
 * chk_binary_scan calls `visit` for every place of `text` in the first 512 MiB
 * of the file. Errors: CHK_ERROR_NOT_FOUND, CHK_ERROR_READ, CHK_ERROR_MEMORY.
 */
bool chk_binary_scan(const char *path, const char *text,
		     chk_binary_visit *visit, void *context,
		     struct chk_error *error);
/* Is it there? False as well where the file cannot be read. */
bool chk_binary_has(const char *path, const char *text);
/*
 * What stands behind `text` up to the character `end`, in `room`. False: it is
 * not there, or too long.
 */
bool chk_binary_word(const char *path, const char *text, char end, char *room,
		     size_t room_size);
/* Has the ELF file a section of that name? */
bool chk_binary_has_section(const char *path, const char *name);

#endif
