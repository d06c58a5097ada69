/* cli/anchors.h: the anchors of one store, for `chaincheck stores SPEC`. */
#ifndef CLI_ANCHORS_H
#define CLI_ANCHORS_H

#include "exit_status.h"
#include "options.h"

/* list_anchors writes what the store holds, in the format of the options. */
enum exit_status list_anchors(const struct options *options, const char *spec);

#endif
