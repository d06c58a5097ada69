/*
 * lib/diagnosis/complete.h: a search that lacks an issuer goes on with what
 * was fetched (AIA), where the question has a fetcher.
 */
#ifndef CHK_DIAGNOSIS_COMPLETE_H
#define CHK_DIAGNOSIS_COMPLETE_H

#include "diagnosis/finding.h"

/*
 * chk_complete_path searches again for as long as the best path lacks an
 * issuer and something new comes for it. No verdict turns to "trusted" by it:
 * a path with something fetched on it has a defect. False: no memory.
 */
bool chk_complete_path(struct chk_inquiry *inquiry);
/* What was asked for the issuer of `cert`, and what came of it. */
void chk_complete_evidence(struct chk_inquiry *inquiry,
			   struct chk_finding_node *node,
			   const struct chk_cert *cert);
/* ", and could not be fetched from http://... (why)"; "" where none asked. */
const char *chk_complete_clause(struct chk_inquiry *inquiry,
				const struct chk_cert *cert);

#endif
