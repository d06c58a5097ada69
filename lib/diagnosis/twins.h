/*
 * lib/diagnosis/twins.h: what certificates of one name are to each other: of
 * another key, renewed, cross-signed, expired, named by other ids and bytes.
 */
#ifndef CHK_DIAGNOSIS_TWINS_H
#define CHK_DIAGNOSIS_TWINS_H

#include "diagnosis/inquiry.h"

/*
 * chk_twins_tell puts into `rejected` what the refused candidate is to the
 * issuer that was looked for (twin.def). Nothing is searched or checked for
 * it: what the search has seen is all it goes by.
 */
void chk_twins_tell(struct chk_inquiry *inquiry,
		    const struct chk_refusal *refusal,
		    struct chk_rejected *rejected);
/*
 * chk_twins_age tells of `cert`, which has the name of the issuer of `issued`
 * and another key, which began first: "begins on 2026-11-13, later than «www»:
 * ...".
 */
const char *chk_twins_age(struct chk_arena *arena, const struct chk_cert *cert,
			  const struct chk_cert *issued);

#endif
