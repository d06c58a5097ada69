/* cli/pid.h: which trust store a running program uses, said step by step. */
#ifndef CLI_PID_H
#define CLI_PID_H

#include <stdio.h>

#include "exit_status.h"
#include "options.h"

/*
 * explain_pid writes the steps for `process`, "N" or "N/RUNTIME", and what is
 * loaded, to `out`. STATUS_TRUSTED: it could; anything else was complained of.
 */
enum exit_status explain_pid(const struct options *options,
			     const char *process, FILE *out);

#endif
