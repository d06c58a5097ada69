/* lib/path/defect.c: the table of the rules, and lists of what broke them. */
#include "path/defect.h"

static const struct chk_rule_facts RULES[CHK_RULE_COUNT] = {
#define CHK_RULE(rule, text, finding, party, price, origin) \
	[CHK_RULE_##rule] = { .name = (text), .code = (finding), \
			      .actor = CHK_ACTOR_##party, \
			      .cost = (price), .source = (origin) },
#include "path/defect.def"
#undef CHK_RULE
};

/*
 * Counted before memory is asked for: a defect that could not be kept still
 * makes its path cost something.
 */
void chk_defects_add(struct chk_defects *defects, struct chk_defect defect)
{
	uint32_t cost = chk_rule_facts(defect.rule)->cost;
	struct chk_defect_node *node;

	defects->count++;
	defects->cost = cost > UINT32_MAX - defects->cost ?
				UINT32_MAX : defects->cost + cost;
	node = chk_arena_get(defects->arena, sizeof(*node));
	if (!node)
		return;
	node->defect = defect;
	node->next = defects->first;
	defects->first = node;
}

const struct chk_rule_facts *chk_rule_facts(enum chk_rule rule)
{
	return &RULES[rule];
}
