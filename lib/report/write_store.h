/* lib/report/write_store.h: the formats of a store. */
#ifndef CHK_REPORT_WRITE_STORE_H
#define CHK_REPORT_WRITE_STORE_H

#include <chaincheck/listing.h>

#include "base/buffer.h"

/* Memory that ran out stands in the buffer. */
typedef void chk_store_writer(const struct chk_store *store,
			      const struct chk_listing_options *options,
			      struct chk_buffer *buffer);

chk_store_writer chk_write_store_text; /* store_text.c */
chk_store_writer chk_write_store_json; /* store_json.c */
chk_store_writer chk_write_store_csv;  /* store_csv.c */
chk_store_writer chk_write_store_pem;  /* store_pem.c */

/* Does the PEM of the store have this one? */
bool chk_pem_takes(const struct chk_anchor *anchor, enum chk_purpose purpose);

#endif
