/* cli/complain.c: what goes to standard error. */
#include "config.h"

#include "complain.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static void put_escaped(const char *text)
{
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < 0x20 || c == 0x7f)
			fprintf(stderr, "\\x%02x", (unsigned)c);
		else
			putc(c, stderr);
	}
}

void complain(const char *where, const char *format, ...)
{
	char *what = NULL;
	va_list args;
	int length;

	va_start(args, format);
	length = vasprintf(&what, format, args);
	va_end(args);
	if (length < 0)
		what = NULL;

	fputs("chaincheck: ", stderr);
	if (where != NULL && *where != '\0') {
		put_escaped(where);
		fputs(": ", stderr);
	}
	put_escaped(what != NULL ? what : "out of memory");
	putc('\n', stderr);
	free(what);
}

enum exit_status complain_error(const char *where,
				const struct chk_error *error)
{
	const char *place = error->where[0] != '\0' ? error->where : where;
	const char *what = error->what[0] != '\0' ?
		error->what : chk_code_name(error->code);

	complain(place, "%s", what);
	return error->code == CHK_ERROR_ARGUMENT ?
		STATUS_USAGE : STATUS_UNDECIDED;
}

void die_of_memory(void)
{
	fputs("chaincheck: out of memory\n", stderr);
	exit(STATUS_UNDECIDED);
}
