/* lib/report/write_difference.h: the formats of a difference. */
#ifndef CHK_REPORT_WRITE_DIFFERENCE_H
#define CHK_REPORT_WRITE_DIFFERENCE_H

#include <chaincheck/difference.h>

#include "base/buffer.h"

typedef void chk_difference_writer(const struct chk_difference *difference,
				   const struct chk_difference_options *options,
				   struct chk_buffer *buffer);

chk_difference_writer chk_write_difference_text; /* difference_text.c */
chk_difference_writer chk_write_difference_json; /* difference_json.c */
chk_difference_writer chk_write_difference_csv;  /* difference_csv.c */

#endif
