/* lib/diagnosis/diagnose.h: a diagnosis with what further hellos showed. */
#ifndef CHK_DIAGNOSIS_DIAGNOSE_H
#define CHK_DIAGNOSIS_DIAGNOSE_H

#include <chaincheck/verify.h>

#include "diagnosis/delta.h"

/*
 * chk_diagnose_handshake is chk_diagnose with a search for the cause of a
 * handshake that failed; NULL: there was none. Errors: as of chk_diagnose.
 */
bool chk_diagnose_handshake(const struct chk_target *target,
			    const struct chk_presented *presented,
			    const struct chk_delta *delta,
			    const struct chk_question *question,
			    struct chk_report **report,
			    struct chk_error *error);

#endif
