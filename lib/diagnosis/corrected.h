/*
 * lib/diagnosis/corrected.h: what a report can hand out to mend a fault: the
 * chain as it should be sent, and the anchor that is missing.
 */
#ifndef CHK_DIAGNOSIS_CORRECTED_H
#define CHK_DIAGNOSIS_CORRECTED_H

#include "diagnosis/inquiry.h"

/*
 * chk_correct puts both into the report, each only where the certificates are
 * at hand and a search with them was won: with that chain sent and nothing
 * else, and all other faults mended; with that anchor trusted, likewise.
 * Nothing is handed out of what a box on the way has signed.
 */
void chk_correct(struct chk_inquiry *inquiry);

#endif
