/*
 * lib/path/path_rules.h: what RFC 5280 section 6.1 asks of a path as a whole,
 * once it ends in an anchor and every signature on it is proved.
 */
#ifndef CHK_PATH_PATH_RULES_H
#define CHK_PATH_PATH_RULES_H

#include "path/run.h"

/*
 * Adds to `defects` what the path from the leaf up to `top` breaks. Takes from
 * the budget of `run`: nodes of policy graphs, and signatures of CRLs.
 */
void chk_path_rules_check(struct chk_run *run, const struct chk_node *top,
			  struct chk_defects *defects);

#endif
