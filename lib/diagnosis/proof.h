/*
 * lib/diagnosis/proof.h: would it help? A remedy is applied to the inputs and
 * the search run again.
 */
#ifndef CHK_DIAGNOSIS_PROOF_H
#define CHK_DIAGNOSIS_PROOF_H

#include "diagnosis/inquiry.h"

/*
 * chk_proof_holds: true when the verdict is "trusted" under `change`. What the
 * first search learned of signatures is used again. Without memory: false,
 * and the arena of the report says so.
 */
bool chk_proof_holds(struct chk_inquiry *inquiry,
		     const struct chk_change *change);

/*
 * chk_proof_gather puts into inquiry->whole what repairs every defect of the
 * best path, as far as it can be tried.
 */
void chk_proof_gather(struct chk_inquiry *inquiry, const struct chk_path *path);
/*
 * chk_proof_whole: true when what was gathered makes the verdict "trusted".
 * It is tried once.
 */
bool chk_proof_whole(struct chk_inquiry *inquiry);

#endif
