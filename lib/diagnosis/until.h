/* lib/diagnosis/until.h: when the last valid path ends, and why. */
#ifndef CHK_DIAGNOSIS_UNTIL_H
#define CHK_DIAGNOSIS_UNTIL_H

#include "diagnosis/inquiry.h"

/*
 * chk_until_find fills `*until` for an outcome that is trusted, found under
 * `change`. Mostly the certificate itself is what ends first, and nothing is
 * searched; where it is not, the search is asked again behind each end until
 * no path is left. `until->cert` stays NULL where that could not be told:
 * with CRLs, whose own ends are another matter, or when a budget ended.
 */
void chk_until_find(struct chk_inquiry *inquiry,
		    const struct chk_change *change,
		    const struct chk_outcome *outcome,
		    struct chk_until *until);

#endif
