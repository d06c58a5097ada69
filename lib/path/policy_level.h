/*
 * lib/path/policy_level.h: the policies of one certificate of a path: a level
 * of the graph. Edges are not kept: a node's parents are those nodes of the
 * level above that expect its policy, which is looked up.
 */
#ifndef CHK_PATH_POLICY_LEVEL_H
#define CHK_PATH_POLICY_LEVEL_H

#include "base/arena.h"
#include "cert/cert.h"

/* A valid_policy; anyPolicy is a flag of the level. */
struct chk_policy_node {
	struct chk_bytes policy;
	bool from_any; /* its parent is the anyPolicy of the level above */
	bool reached;  /* it leads to a policy of the leaf */
};

/* One of a node's expected_policy_set. */
struct chk_policy_expected {
	struct chk_bytes policy;
	uint32_t node;
};

struct chk_policy_level {
	/* Sorted by policy, each one once; behind them those that a mapping
	 * made of anyPolicy */
	struct chk_policy_node *nodes;
	size_t count;
	struct chk_policy_expected *expected; /* sorted by policy */
	size_t expected_count;
	bool any; /* there is a node of anyPolicy */
	bool any_reached;
};

/* What building a level needs. */
struct chk_policy_step {
	const struct chk_cert *cert;
	const struct chk_policy_level *above;
	bool any_allowed; /* anyPolicy in the certificate counts */
	bool may_map;     /* mappings count; otherwise they delete */
	bool is_last;     /* the leaf: nothing is mapped */
	size_t *left;     /* nodes that may still be made */
	struct chk_arena *arena;
};

/*
 * chk_policy_level_make fills `*level`: 6.1.3 (d) and (e), then 6.1.4 (a) and
 * (b). False: malformed, or *left is 0, or no memory (the arena says so).
 */
bool chk_policy_level_make(const struct chk_policy_step *step,
			   struct chk_policy_level *level);

/* The first that expects `policy`; the others follow. NULL: none does. */
const struct chk_policy_expected *
chk_policy_level_find(const struct chk_policy_level *level,
		      struct chk_bytes policy);
bool chk_policy_is_any(struct chk_bytes policy);
/* For sorting: by size, then by bytes. */
int chk_policy_compare(struct chk_bytes a, struct chk_bytes b);

#endif
