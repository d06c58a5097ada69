/*
 * lib/store/constraints.h: the extensions that a store staples to a key, of
 * all its trusted certificates together: what one of them lacks does not hold.
 */
#ifndef CHK_STORE_CONSTRAINTS_H
#define CHK_STORE_CONSTRAINTS_H

#include "store/store.h"

/*
 * chk_stapled_is_usage: it says purposes, which are in the anchor's trust
 * already, and is no constraint beside it.
 */
bool chk_stapled_is_usage(const struct chk_stapled *stapled);

/* Zero it. Borrowed from the store, in an order of their own. */
struct chk_constraints {
	const struct chk_stapled **items;
	size_t count;
	bool begun;
};

/* Takes in one more trusted certificate. False: no memory. */
bool chk_constraints_add(struct chk_constraints *constraints,
			 const struct chk_anchor *anchor);
void chk_constraints_clear(struct chk_constraints *constraints);

/* Those of one kind count once; `changed` are new, or have another value. */
struct chk_constraint_changes {
	size_t lost, changed;
};
struct chk_constraint_changes
chk_constraints_compare(const struct chk_constraints *before,
			const struct chk_constraints *after);

#endif
