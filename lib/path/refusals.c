/* lib/path/refusals.c: the ledger while a search runs. */
#include "path/refusals.h"

#include "base/array.h"

/* An anchor that is no root is tried as an end and as a step. */
static bool is_last(const struct chk_refusals *refusals,
		    const struct chk_node *node)
{
	const struct chk_refusal *last;

	if (!refusals->count)
		return false;
	last = &refusals->items[refusals->count - 1];
	return last->cert == node->link.cert &&
	       last->issued == node->below->link.cert;
}

/* An end that says the signature is wrong counts as looked at, no more. */
static bool did_sign(const struct chk_node *node)
{
	const struct chk_defect_node *last = node->defects.first;

	return node->proved && !(last &&
				 last->defect.rule == CHK_RULE_SIGNATURE &&
				 last->defect.other == node->link.cert);
}

bool chk_refusals_add(struct chk_refusals *refusals,
		      const struct chk_node *node, struct chk_defect defect)
{
	if (is_last(refusals, node))
		return true;
	if (!chk_array_grow(&refusals->items, refusals->count,
			    &refusals->room, sizeof(*refusals->items)))
		return false;
	refusals->items[refusals->count++] = (struct chk_refusal){
		.cert = node->link.cert,
		.issued = node->below->link.cert,
		.origin = node->link.origin,
		.where = node->link.where,
		.signed_it = did_sign(node),
		.defect = defect,
	};
	return true;
}

const struct chk_refusal *chk_refusals_copy(const struct chk_refusals *refusals,
					    struct chk_arena *arena)
{
	struct chk_refusal *copy = chk_arena_array(arena, refusals->count,
						   sizeof(*copy));

	if (copy && refusals->count)
		memcpy(copy, refusals->items,
		       refusals->count * sizeof(*copy));
	return copy;
}
