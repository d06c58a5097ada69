/* cli/fix.h: the files of --fix. */
#ifndef CLI_FIX_H
#define CLI_FIX_H

#include "exit_status.h"
#include "options.h"

/*
 * fix_write writes what the remedies of `report` come to into the folder of
 * --fix, which is made where it is not there, and says what it wrote. Nothing
 * is written where the folder has anything else in it; what it has of an
 * earlier run is replaced. Without --fix, nothing. Gives `status`, or a worse
 * one where not all was written.
 */
enum exit_status fix_write(const struct options *options,
			   const struct chk_report *report,
			   enum exit_status status);

#endif
