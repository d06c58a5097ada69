/* cli/known_table.h: the table of known CAs that the options mean. */
#ifndef CLI_KNOWN_TABLE_H
#define CLI_KNOWN_TABLE_H

#include "exit_status.h"
#include "options.h"

/*
 * known_table_open opens the table of --known, of CHAINCHECK_KNOWN, the one
 * that the user imported or the one that was installed, the first that is
 * there. `*known` is NULL where there is none, or it cannot be used, which is
 * said: the rest works without it. Anything but STATUS_TRUSTED: one was named
 * and cannot be used.
 */
enum exit_status known_table_open(const struct options *options,
				  struct chk_known **known);

/*
 * known_table_import adds the CAs of `file` to those of `known` (NULL: none),
 * and writes all of it to the file of -o or to the user's own table. `*made`
 * is what was written, opened; what it held is freed.
 */
enum exit_status known_table_import(const struct options *options,
				    const struct chk_known *known,
				    const char *file, struct chk_known **made);

#endif
