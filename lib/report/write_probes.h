/* lib/report/write_probes.h: the formats of handshakes side by side. */
#ifndef CHK_REPORT_WRITE_PROBES_H
#define CHK_REPORT_WRITE_PROBES_H

#include "base/buffer.h"
#include "diagnosis/probes.h"

typedef void chk_probes_writer(const struct chk_probes *probes,
			       const struct chk_write_options *options,
			       struct chk_buffer *buffer);

chk_probes_writer chk_probes_text; /* probes_text.c */
chk_probes_writer chk_probes_json; /* probes_json.c */
chk_probes_writer chk_probes_jsonl;

#endif
