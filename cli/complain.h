/* cli/complain.h: what goes to standard error, "chaincheck: WHERE: WHAT". */
#ifndef CLI_COMPLAIN_H
#define CLI_COMPLAIN_H

#include <chaincheck.h>

#include "exit_status.h"

/* An empty or NULL `where` is left out. Control characters are escaped. */
__attribute__((format(printf, 2, 3)))
void complain(const char *where, const char *format, ...);

/*
 * complain_error says what the library's error says, `where` standing in for
 * a place that the error does not name, and gives the exit status for it.
 */
enum exit_status complain_error(const char *where,
				const struct chk_error *error);

/* Says so and ends the process: nothing sensible is left to do. */
__attribute__((noreturn)) void die_of_memory(void);

#endif
