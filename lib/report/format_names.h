/* lib/report/format_names.h: which of its formats a document is to have. */
#ifndef CHK_REPORT_FORMAT_NAMES_H
#define CHK_REPORT_FORMAT_NAMES_H

#include "base/buffer.h"
#include "base/error.h"

/*
 * chk_format_find gives the place of `name` in `names`, which NULL ends.
 * `what` says what is written, "a report". CHK_ERROR_ARGUMENT lists the names.
 */
bool chk_format_find(const char *const *names, const char *name,
		     const char *what, size_t *place, struct chk_error *error);
/* Moves what was written to `*text`; free() it. CHK_ERROR_MEMORY alone. */
bool chk_format_end(struct chk_buffer *buffer, char **text,
		    struct chk_error *error);

#endif
