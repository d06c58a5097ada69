/* lib/path/policy_graph.c: which certificate policies a path is valid for. */
#include "path/policy_graph.h"

#include "cert/oid.h"
#include "cert/policies.h"
#include "path/policy_level.h"

/* The state variables of RFC 5280 6.1.2, as the path is walked down. */
struct walk {
	const struct chk_cert *const *certs;
	size_t count;
	const struct chk_policy_inputs *inputs;
	struct chk_arena *arena;
	/* (a), the anchor's, then one for each certificate. */
	struct chk_policy_level *levels;
	size_t *left; /* nodes that may still be made */
	/* Certificates that may follow before it holds; 0: it does. */
	size_t explicit_policy, policy_mapping, inhibit_any;
	const struct chk_cert *demands; /* who made explicit_policy so small */
	const struct chk_cert *emptied; /* that left no node */
};

static bool lower(size_t *limit, uint32_t to)
{
	if (to == CHK_POLICY_NO_LIMIT || to >= *limit)
		return false;
	*limit = to;
	return true;
}

static void count_down(size_t *limit)
{
	*limit -= *limit > 0;
}

/* 6.1.4 (h), which the leaf has as 6.1.5 (a). */
static void count_certificate(struct walk *walk, const struct chk_cert *cert,
			      bool is_last)
{
	if (!is_last && chk_cert_is_self_issued(cert))
		return;
	count_down(&walk->explicit_policy);
	count_down(&walk->policy_mapping);
	count_down(&walk->inhibit_any);
}

/* 6.1.4 (i) and (j); of the leaf 0 alone is left to matter, 6.1.5 (b). */
static void apply_limits(struct walk *walk, const struct chk_cert *cert,
			 const struct chk_policy_limits *limits, bool is_last)
{
	if (is_last && limits->require_explicit > 0)
		return;
	if (lower(&walk->explicit_policy, limits->require_explicit))
		walk->demands = cert;
	lower(&walk->policy_mapping, limits->inhibit_mapping);
	lower(&walk->inhibit_any, limits->inhibit_any);
}

static struct chk_policy_result unusable(const struct walk *walk,
					 const struct chk_cert *cert)
{
	return (struct chk_policy_result){
		.answer = *walk->left ? CHK_POLICY_MALFORMED :
				       CHK_POLICY_TOO_MANY,
		.cert = cert,
	};
}

/* One certificate; false: `*result` says why it cannot be worked through. */
static bool step_down(struct walk *walk, size_t i,
		      struct chk_policy_result *result)
{
	const struct chk_cert *cert = walk->certs[i];
	bool is_last = i + 1 == walk->count;
	struct chk_policy_step step = {
		.cert = cert, .above = &walk->levels[i + 1],
		.any_allowed = walk->inhibit_any > 0 ||
			       (!is_last && chk_cert_is_self_issued(cert)),
		.may_map = walk->policy_mapping > 0,
		.is_last = is_last, .left = walk->left,
		.arena = walk->arena,
	};
	struct chk_policy_level *level = &walk->levels[i + 2];
	struct chk_policy_limits limits;

	if (!chk_policy_level_make(&step, level) ||
	    !chk_policy_limits_read(cert, &limits)) {
		*result = unusable(walk, cert);
		return false;
	}
	if (!level->count && !level->any && !walk->emptied)
		walk->emptied = cert;
	count_certificate(walk, cert, is_last);
	apply_limits(walk, cert, &limits, is_last);
	return true;
}

/*
 * An anchor's own constraints hold for what is below it (RFC 5937 section 3),
 * and so do its policies and mappings where it has them.
 */
static bool begin_at_anchor(struct walk *walk, const struct chk_cert *anchor,
			    struct chk_policy_result *result)
{
	struct chk_policy_step step = {
		.cert = anchor, .above = &walk->levels[0],
		.any_allowed = true, .may_map = walk->policy_mapping > 0,
		.left = walk->left, .arena = walk->arena,
	};
	struct chk_policy_limits limits;

	walk->levels[0].any = walk->levels[1].any = true;
	if (!anchor)
		return true;
	if ((anchor->policies.present &&
	     !chk_policy_level_make(&step, &walk->levels[1])) ||
	    !chk_policy_limits_read(anchor, &limits)) {
		*result = unusable(walk, anchor);
		return false;
	}
	apply_limits(walk, anchor, &limits, false);
	return true;
}

/* What leads to the nodes of level `i` that are reached. */
static void reach_above(struct walk *walk, size_t i)
{
	const struct chk_policy_level *level = &walk->levels[i];
	struct chk_policy_level *above = &walk->levels[i - 1];
	const struct chk_policy_expected *at;

	above->any_reached |= level->any_reached;
	for (size_t j = 0; j < level->count; j++) {
		const struct chk_policy_node *node = &level->nodes[j];

		if (!node->reached)
			continue;
		above->any_reached |= node->from_any;
		at = node->from_any ? NULL :
				      chk_policy_level_find(above,
							    node->policy);
		for (; at && at < above->expected + above->expected_count &&
		       chk_bytes_equal(at->policy, node->policy); at++)
			above->nodes[at->node].reached = true;
	}
}

/* From the leaf up, which stands for the pruning of 6.1.3 (d)(3). */
static void reach_all(struct walk *walk)
{
	struct chk_policy_level *last = &walk->levels[walk->count + 1];

	last->any_reached = last->any;
	for (size_t j = 0; j < last->count; j++)
		last->nodes[j].reached = true;
	for (size_t i = walk->count + 1; i > 0; i--)
		reach_above(walk, i);
}

static bool is_wanted(const struct chk_policy_inputs *inputs,
		      struct chk_bytes policy)
{
	for (size_t i = 0; i < inputs->initial_count; i++) {
		if (chk_bytes_equal(inputs->initial[i], policy))
			return true;
	}
	return false;
}

/* The caller names none, or anyPolicy among others. */
static bool wants_any(const struct chk_policy_inputs *inputs)
{
	return inputs->initial_count == 0 ||
	       is_wanted(inputs, chk_oid_bytes(CHK_OID_POLICY_ANY));
}

/*
 * 6.1.5 (g): the policies by which the authorities constrain the path are
 * those below an anyPolicy; is one of them wanted?
 */
static bool has_wanted(struct walk *walk)
{
	const struct chk_policy_level *last = &walk->levels[walk->count + 1];

	if (!last->count && !last->any)
		return false;
	if (last->any || wants_any(walk->inputs))
		return true;
	reach_all(walk);
	for (size_t i = 1; i <= walk->count + 1; i++) {
		const struct chk_policy_level *level = &walk->levels[i];

		for (size_t j = 0; j < level->count; j++) {
			if (level->nodes[j].reached &&
			    level->nodes[j].from_any &&
			    is_wanted(walk->inputs, level->nodes[j].policy))
				return true;
		}
	}
	return false;
}

/* Whether anybody could demand a policy, or map one that must not be. */
static bool is_needed(const struct chk_cert *const *certs, size_t count,
		      const struct chk_policy_inputs *inputs)
{
	const struct chk_cert *anchor = inputs->anchor;

	if (inputs->explicit_policy ||
	    (anchor && anchor->policy_constraints.present))
		return true;
	for (size_t i = 0; i < count; i++) {
		if (certs[i]->policy_constraints.present ||
		    certs[i]->policy_mappings.present)
			return true;
	}
	return false;
}

static struct chk_policy_result walk_down(struct walk *walk)
{
	struct chk_policy_result result = { .answer = CHK_POLICY_FITS };

	if (!begin_at_anchor(walk, walk->inputs->anchor, &result))
		return result;
	for (size_t i = 0; i < walk->count; i++) {
		if (!step_down(walk, i, &result))
			return result;
	}
	if (walk->explicit_policy > 0 || has_wanted(walk))
		return result;
	return (struct chk_policy_result){
		.answer = CHK_POLICY_NONE_LEFT,
		.cert = walk->emptied ? walk->emptied :
					walk->certs[walk->count - 1],
		.demands = walk->demands,
	};
}

struct chk_policy_result
chk_policy_graph_check(const struct chk_cert *const *certs, size_t count,
		       const struct chk_policy_inputs *inputs, size_t *left,
		       struct chk_arena *arena)
{
	struct walk walk = {
		.certs = certs, .count = count, .inputs = inputs,
		.arena = arena, .left = left,
		.explicit_policy = inputs->explicit_policy ? 0 : count + 1,
		.policy_mapping = inputs->inhibit_mapping ? 0 : count + 1,
		.inhibit_any = inputs->inhibit_any ? 0 : count + 1,
	};

	if (count == 0 || !is_needed(certs, count, inputs))
		return (struct chk_policy_result){ .answer = CHK_POLICY_FITS };
	walk.levels = chk_arena_array(arena, count + 2, sizeof(*walk.levels));
	if (!walk.levels)
		return unusable(&walk, certs[0]);
	return walk_down(&walk);
}
