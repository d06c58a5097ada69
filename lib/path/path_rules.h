/*
 * lib/path/path_rules.h: what RFC 5280 section 6.1 asks of a path as a whole,
 * once it ends in an anchor and every signature on it is proved.
 */
#ifndef CHK_PATH_PATH_RULES_H
#define CHK_PATH_PATH_RULES_H

#include "path/node.h"

/*
 * Adds to `defects` what the path from the leaf up to `top` breaks. Takes from
 * `*policies`, the nodes of policy graphs that the search may still make.
 */
void chk_path_rules_check(const struct chk_search *search,
			  const struct chk_node *top, size_t *policies,
			  struct chk_defects *defects);

#endif
