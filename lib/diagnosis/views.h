/* lib/diagnosis/views.h: what was seen, put into the report as it is. */
#ifndef CHK_DIAGNOSIS_VIEWS_H
#define CHK_DIAGNOSIS_VIEWS_H

#include "diagnosis/inquiry.h"

/* "certificate": how far a handshake came, in every document. */
const char *chk_view_step(enum chk_step step);
/* The certificates as sent, and the handshake. */
void chk_view_presented(struct chk_inquiry *inquiry);
/* The best path, with what is missing in its place, and the others. */
void chk_view_paths(struct chk_inquiry *inquiry);
/* Each store's own answer. */
void chk_view_stores(struct chk_inquiry *inquiry);
/* What was passed over in stores and chains. */
void chk_view_notes(struct chk_inquiry *inquiry);
/* ledger.c: the candidates that were refused, with rule and reason. */
void chk_view_ledger(struct chk_inquiry *inquiry);
/* How long the network took. */
void chk_view_timings(struct chk_inquiry *inquiry);

#endif
