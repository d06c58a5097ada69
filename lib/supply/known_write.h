/* lib/supply/known_write.h: a table of known CAs, made. */
#ifndef CHK_SUPPLY_KNOWN_WRITE_H
#define CHK_SUPPLY_KNOWN_WRITE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "supply/known_format.h"

/* One certificate, as known_format.h has it but for what refers to others. */
struct chk_known_entry {
	struct chk_known_record record; /* name, first, name_hash are filled */
	const char *subject; /* RFC 4514 */
	const struct chk_known_days *days; /* of a root; record.count of them */
	/* Of an intermediate: the first eight bytes of the SHA-256 of the
	 * roots it leads to; record.count of them. */
	const uint8_t (*roots)[8];
};

/*
 * chk_known_write appends the file of `count` entries, which are sorted in
 * place; `made` is its day, in seconds. Errors: CHK_ERROR_FORMAT (a subject is
 * no name, a root that an intermediate leads to is none of the entries),
 * CHK_ERROR_TOO_LARGE, CHK_ERROR_MEMORY.
 */
bool chk_known_write(struct chk_known_entry *entries, size_t count,
		     int64_t made, struct chk_buffer *file,
		     struct chk_error *error);

#endif
