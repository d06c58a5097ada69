/* cli/mend.h: what audit --fix writes. */
#ifndef CLI_MEND_H
#define CLI_MEND_H

#include "exit_status.h"
#include "options.h"

/*
 * mend_write writes the bundle as it should be to the file of -o, whole or not
 * at all, or with --split its two parts into the folder of -o, and says what
 * changed. STATUS_UNDECIDED: not all was written, and it has been said why.
 */
enum exit_status mend_write(const struct options *options,
			    const struct chk_audited *audited);

#endif
