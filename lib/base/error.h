/* lib/base/error.h: fill the caller's struct chk_error. */
#ifndef CHK_BASE_ERROR_H
#define CHK_BASE_ERROR_H

#include <chaincheck/error.h>

/*
 * Each fills `error` (NULL: nothing is filled) and gives false, so that a
 * caller can say `return chk_error_set(...)`. `where` may be NULL. Texts are
 * escaped and cut to fit. The first, at the bottom, is the one that knows:
 * upper layers do not rewrite it.
 */
bool chk_error_set(struct chk_error *error, enum chk_code code,
		   const char *where, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* At byte `offset` of the input. */
bool chk_error_at(struct chk_error *error, size_t offset, const char *format,
		  ...) __attribute__((format(printf, 3, 4)));
/* With errno as the cause, and its text behind `what`. */
bool chk_error_errno(struct chk_error *error, enum chk_code code, int cause,
		     const char *where, const char *what);
bool chk_error_memory(struct chk_error *error);

#endif
