/* cli/least.h: audit --least: the anchors that some hosts need. */
#ifndef CLI_LEAST_H
#define CLI_LEAST_H

#include "exit_status.h"
#include "options.h"

/*
 * least_run tells which anchors of the bundle the hosts of --targets use, and
 * writes the least bundle that still serves them to the file of -o.
 */
enum exit_status least_run(const struct options *options);

#endif
