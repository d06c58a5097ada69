/* lib/base/file.h: a file read whole, bounded. */
#ifndef CHK_BASE_FILE_H
#define CHK_BASE_FILE_H

#include "base/bytes.h"
#include "base/error.h"

#define CHK_FILE_MAX (64u << 20) /* bytes; a million-line bundle fits */

/*
 * chk_file_read reads a regular file whole (links are followed; a device, a
 * pipe or a socket is refused, since it might never end).
 * Ownership: `*data` is the caller's, free() it; it is never NULL on success,
 * and a NUL stands behind its `*size` bytes.
 * Errors: CHK_ERROR_NOT_FOUND, CHK_ERROR_READ, CHK_ERROR_TOO_LARGE,
 * CHK_ERROR_MEMORY; `where` is the path.
 */
bool chk_file_read(const char *path, uint8_t **data, size_t *size,
		   struct chk_error *error);
/*
 * chk_file_read_open does it with what open(2) gave for `path`, errno of a
 * failure included. Ownership: `fd` stays the caller's.
 */
bool chk_file_read_open(int fd, const char *path, uint8_t **data,
			size_t *size, struct chk_error *error);

#endif
