/* lib/path/refusals.h: the ledger while a search runs. */
#ifndef CHK_PATH_REFUSALS_H
#define CHK_PATH_REFUSALS_H

#include "path/node.h"

/* Zero it; free() the items. */
struct chk_refusals {
	struct chk_refusal *items;
	size_t count, room;
};

/*
 * chk_refusals_add notes that `node` is no sound issuer of what is below it,
 * by `defect`. One that was tried twice in a row is one row. False: no memory.
 */
bool chk_refusals_add(struct chk_refusals *refusals,
		      const struct chk_node *node, struct chk_defect defect);
/* A copy in `arena`; NULL without memory, or when there is none. */
const struct chk_refusal *chk_refusals_copy(const struct chk_refusals *refusals,
					    struct chk_arena *arena);

#endif
