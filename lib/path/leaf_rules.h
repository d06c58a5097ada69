/* lib/path/leaf_rules.h: what is asked of a leaf for what it is used for. */
#ifndef CHK_PATH_LEAF_RULES_H
#define CHK_PATH_LEAF_RULES_H

#include "path/search.h"

/*
 * Adds LEAF_USAGE and STAPLE_MISSING, where the search looks at that, and
 * PURPOSE of a time-stamping authority that is for more than that.
 */
void chk_leaf_rules_check(const struct chk_search *search,
			  struct chk_defects *defects);

#endif
