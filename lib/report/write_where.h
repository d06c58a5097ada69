/* lib/report/write_where.h: the formats of an answer of all stores. */
#ifndef CHK_REPORT_WRITE_WHERE_H
#define CHK_REPORT_WRITE_WHERE_H

#include "base/buffer.h"
#include "diagnosis/where.h"

typedef void chk_where_writer(const struct chk_where *where,
			      const struct chk_write_options *options,
			      struct chk_buffer *buffer);

chk_where_writer chk_where_text; /* where_text.c */
chk_where_writer chk_where_json; /* where_json.c */
chk_where_writer chk_where_csv;  /* where_csv.c */

#endif
