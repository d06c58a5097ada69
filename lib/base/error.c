/* lib/base/error.c: fill the caller's struct chk_error. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

__attribute__((format(printf, 4, 0)))
static void fill(struct chk_error *error, enum chk_code code,
		 const char *where, const char *format, va_list list)
{
	char what[sizeof(error->what)];

	*error = (struct chk_error){ .code = code, .offset = SIZE_MAX };
	vsnprintf(what, sizeof(what), format, list);
	chk_text_escape_into(error->what, sizeof(error->what), what,
			     strlen(what));
	if (where)
		chk_text_escape_into(error->where, sizeof(error->where), where,
				     strlen(where));
}

bool chk_error_set(struct chk_error *error, enum chk_code code,
		   const char *where, const char *format, ...)
{
	va_list list;

	if (!error)
		return false;
	va_start(list, format);
	fill(error, code, where, format, list);
	va_end(list);
	return false;
}

bool chk_error_at(struct chk_error *error, size_t offset, const char *format,
		  ...)
{
	va_list list;

	if (!error)
		return false;
	va_start(list, format);
	fill(error, CHK_ERROR_FORMAT, NULL, format, list);
	va_end(list);
	error->offset = offset;
	return false;
}

bool chk_error_errno(struct chk_error *error, enum chk_code code, int cause,
		     const char *where, const char *what)
{
	chk_error_set(error, code, where, "%s: %s", what, strerror(cause));
	if (error)
		error->cause = cause;
	return false;
}

bool chk_error_memory(struct chk_error *error)
{
	return chk_error_set(error, CHK_ERROR_MEMORY, NULL, "out of memory");
}

static const char *const NAMES[] = {
	[CHK_OK] = "ok",
	[CHK_ERROR_ARGUMENT] = "argument",
	[CHK_ERROR_MEMORY] = "memory",
	[CHK_ERROR_NOT_FOUND] = "not-found",
	[CHK_ERROR_READ] = "read",
	[CHK_ERROR_WRITE] = "write",
	[CHK_ERROR_FORMAT] = "format",
	[CHK_ERROR_EMPTY] = "empty",
	[CHK_ERROR_TOO_LARGE] = "too-large",
	[CHK_ERROR_PASSWORD] = "password",
	[CHK_ERROR_TOKEN] = "token",
	[CHK_ERROR_UNSUPPORTED] = "unsupported",
	[CHK_ERROR_CRYPTO] = "crypto",
};

const char *chk_code_name(enum chk_code code)
{
	size_t count = sizeof(NAMES) / sizeof(NAMES[0]);

	return (size_t)code < count ? NAMES[code] : "unknown";
}
