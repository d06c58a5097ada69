/* lib/path/ends.h: where a path ends that reaches no anchor. */
#ifndef CHK_PATH_ENDS_H
#define CHK_PATH_ENDS_H

#include "path/run.h"

/* Is it signed by its own key? */
bool chk_end_is_self_signed(struct chk_run *run, const struct chk_cert *cert);
/*
 * The first rule that this certificate breaks as an issuer, and that another
 * certificate of the same key might keep; NULL: none.
 */
const struct chk_defect *chk_end_unfit(const struct chk_node *node);
/*
 * chk_end_without_issuer ends the path at `node`, whose certificate nobody at
 * hand issued: what is missing, then? `circle` is the depth of the lowest
 * certificate of the path that would have been an issuer once more; 0: none.
 */
void chk_end_without_issuer(struct chk_run *run, struct chk_node *node,
			    uint32_t circle);

#endif
