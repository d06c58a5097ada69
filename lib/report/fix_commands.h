/* lib/report/fix_commands.h: commands.sh of chaincheck/fix.h. */
#ifndef CHK_REPORT_FIX_COMMANDS_H
#define CHK_REPORT_FIX_COMMANDS_H

#include "base/buffer.h"
#include "diagnosis/report.h"

/*
 * Writes what to do about `report`: comments, and of lines that run only those
 * that look at the files beside it.
 */
void chk_write_commands(struct chk_buffer *buffer,
			const struct chk_report *report);

#endif
