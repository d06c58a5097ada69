/* lib/report/write_simulation.h: the formats of simulated clients. */
#ifndef CHK_REPORT_WRITE_SIMULATION_H
#define CHK_REPORT_WRITE_SIMULATION_H

#include "base/buffer.h"
#include "diagnosis/simulation.h"

typedef void chk_simulation_writer(const struct chk_simulation *simulation,
				   const struct chk_write_options *options,
				   struct chk_buffer *buffer);
typedef void chk_clients_writer(const struct chk_write_options *options,
				struct chk_buffer *buffer);

chk_simulation_writer chk_simulation_text; /* simulation_text.c */
chk_simulation_writer chk_simulation_json; /* simulation_json.c */
chk_clients_writer chk_clients_text; /* clients_text.c */
chk_clients_writer chk_clients_json; /* clients_json.c */

#endif
