/*
 * lib/path/rules.h: what RFC 5280 section 6.1 asks of the certificates of a
 * path, one function a rule. None stops the others: a report wants them all.
 * Policies are asked of a whole path: path_rules.h.
 */
#ifndef CHK_PATH_RULES_H
#define CHK_PATH_RULES_H

#include "path/node.h"

/* One step upwards: `issuer` is held against the path below it. */
struct chk_step_up {
	const struct chk_search *search;
	const struct chk_node *below;
	const struct chk_cert *issuer;
	const struct chk_anchor *anchor; /* NULL: it is an intermediate */
	uint32_t *comparisons; /* of names, left of the budget */
};

/* The leaf as such: time, host name, purpose, strength, distrust. */
void chk_rules_check_leaf(const struct chk_search *search,
			  struct chk_defects *defects);
/* An issuer, be it anchor or intermediate. */
void chk_rules_check_issuer(const struct chk_step_up *step,
			    struct chk_defects *defects);
/*
 * What a store says of an anchor, held against the leaf: trusted at all, for
 * this purpose, for a leaf of this date, for these names.
 */
void chk_rules_check_trust(const struct chk_step_up *step,
			   struct chk_defects *defects);

#endif
