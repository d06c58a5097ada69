/* lib/diagnosis/probe_differences.h: two ways to hold probes side by side. */
#ifndef CHK_DIAGNOSIS_PROBE_DIFFERENCES_H
#define CHK_DIAGNOSIS_PROBE_DIFFERENCES_H

#include "base/buffer.h"
#include "diagnosis/probes.h"

/* One more difference; the text is copied. */
void chk_probes_differ(struct chk_probes *probes,
		       const struct chk_buffer *text);
/* The whole probes of all addresses. */
void chk_probes_compare_addresses(struct chk_probes *probes);
/* At each address, what one change of the handshake brings. */
void chk_probes_compare_kinds(struct chk_probes *probes);

#endif
