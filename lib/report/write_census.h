/* lib/report/write_census.h: the formats of a census of trust stores. */
#ifndef CHK_REPORT_WRITE_CENSUS_H
#define CHK_REPORT_WRITE_CENSUS_H

#include "base/buffer.h"
#include "store/census.h"

typedef void chk_census_writer(const struct chk_census *census,
			       const struct chk_write_options *options,
			       struct chk_buffer *buffer);

chk_census_writer chk_census_text; /* census_text.c */
chk_census_writer chk_census_json; /* census_json.c */
chk_census_writer chk_census_csv;  /* census_csv.c */

#endif
