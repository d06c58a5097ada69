/*
 * lib/diagnosis/missing.h: what from_missing.c and from_unseen.c say in the
 * same words: which certificate is not there, and whose it is to bring it.
 */
#ifndef CHK_DIAGNOSIS_MISSING_H
#define CHK_DIAGNOSIS_MISSING_H

#include "diagnosis/sources.h"

const char *chk_missing_stores(struct chk_inquiry *inquiry);
/* ", key id 0a1b,", or nothing. */
const char *chk_missing_key_id(struct chk_inquiry *inquiry,
			       struct chk_bytes key_id);
/* Who asks for the missing issuer, and what it says of it. */
void chk_missing_evidence(struct chk_inquiry *inquiry,
			  struct chk_finding_node *node,
			  const struct chk_cert *cert);
/* Findings for an issuer that is nowhere, by `defect` at the end of `path`. */
void chk_findings_from_unseen(struct chk_inquiry *inquiry,
			      const struct chk_path *path,
			      const struct chk_defect *defect,
			      bool alternative);

#endif
