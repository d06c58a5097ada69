/* cli/batch.h: many questions to one process. */
#ifndef CLI_BATCH_H
#define CLI_BATCH_H

#include "exit_status.h"
#include "options.h"

/*
 * batch_run answers the questions of standard input, a JSON object a line,
 * with a report a line, in order. A line that is no question is answered with
 * what is wrong with it, and the run goes on.
 */
enum exit_status batch_run(const struct options *options);

#endif
