/* lib/path/path_rules.c: what is asked of a path as a whole. */
#include "path/path_rules.h"

#include "path/crl_rules.h"
#include "path/policy_graph.h"

/* What is said of policies that cannot be worked through. */
static const char *const FAULTS[] = {
	[CHK_POLICY_FITS] = NULL,
	[CHK_POLICY_NONE_LEFT] = NULL,
	[CHK_POLICY_MALFORMED] = "they are not as RFC 5280 has them",
	[CHK_POLICY_TOO_MANY] = "there are more than are worked through",
};

/* Those that were issued below the anchor, the first one first. */
static const struct chk_cert **list_certs(const struct chk_node *top,
					  struct chk_arena *arena,
					  size_t *count)
{
	/* A leaf that is an anchor is all there is to ask. */
	const struct chk_node *first = top->below ? top->below : top;
	const struct chk_cert **certs;
	size_t i = 0;

	certs = chk_arena_array(arena, first->depth, sizeof(*certs));
	for (; certs && first; first = first->below)
		certs[i++] = first->link.cert;
	*count = i;
	return certs;
}

/* 6.1.5 (g): what is left of the policies holds what is demanded. */
static void check_policies(const struct chk_search *search,
			   const struct chk_node *top, size_t *policies,
			   struct chk_defects *defects)
{
	struct chk_policy_inputs inputs = search->policies;
	struct chk_policy_result result;
	const struct chk_cert **certs;
	size_t count;

	certs = list_certs(top, defects->arena, &count);
	if (!certs)
		return;
	inputs.anchor = top->below ? top->link.cert : NULL;
	result = chk_policy_graph_check(certs, count, &inputs, policies,
					defects->arena);
	if (result.answer == CHK_POLICY_FITS)
		return;
	chk_defects_add(defects, (struct chk_defect){
		.rule = CHK_RULE_POLICY,
		.cert = result.cert,
		.other = result.demands,
		.text = FAULTS[result.answer],
	});
}

void chk_path_rules_check(struct chk_run *run, const struct chk_node *top,
			  struct chk_defects *defects)
{
	check_policies(run->search, top, &run->left.policies, defects);
	chk_crl_rules_check(run, top, defects);
}
