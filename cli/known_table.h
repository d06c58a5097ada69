/* cli/known_table.h: the table of known CAs that the options mean. */
#ifndef CLI_KNOWN_TABLE_H
#define CLI_KNOWN_TABLE_H

#include "exit_status.h"
#include "options.h"

/*
 * known_table_open opens the table of --known, of CHAINCHECK_KNOWN or the one
 * that was installed. `*known` is NULL where the last is not there, or cannot
 * be used, which is said: the rest works without it. Anything but
 * STATUS_TRUSTED: one was named and cannot be used.
 */
enum exit_status known_table_open(const struct options *options,
				  struct chk_known **known);

#endif
