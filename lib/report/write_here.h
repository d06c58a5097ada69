/* lib/report/write_here.h: the formats of a machine's own clients. */
#ifndef CHK_REPORT_WRITE_HERE_H
#define CHK_REPORT_WRITE_HERE_H

#include "base/buffer.h"
#include "client/machine_clients.h"

typedef void chk_here_writer(const struct chk_machine_clients *clients,
			     const struct chk_write_options *options,
			     struct chk_buffer *buffer);

chk_here_writer chk_here_text; /* here_text.c */
chk_here_writer chk_here_json; /* here_json.c */


#endif
