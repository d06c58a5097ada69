/* lib/diagnosis/proof.c: apply a remedy to the inputs, search again. */
#include "diagnosis/proof.h"

#include "base/cleanup.h"

bool chk_proof_holds(struct chk_inquiry *inquiry,
		     const struct chk_change *change)
{
	CHK_CLEANUP(chk_arena_clear) struct chk_arena arena = { 0 };
	struct chk_outcome outcome;

	if (!chk_inquiry_search(inquiry, change, &arena, &outcome)) {
		inquiry->report->arena.failed = true;
		return false;
	}
	return chk_outcome_is_trusted(&outcome);
}

/* A moment at which nothing of the path has expired, or all has begun. */
static void gather_time(struct chk_change *whole,
			const struct chk_defect *defect)
{
	bool earlier = defect->rule == CHK_RULE_EXPIRED &&
		       defect->when < whole->at;
	bool later = defect->rule == CHK_RULE_NOT_YET_VALID &&
		     defect->when > whole->at;

	if (!whole->at_set || earlier || later)
		whole->at = defect->when;
	whole->at_set = true;
}

static void gather(struct chk_change *whole, const struct chk_defect *defect)
{
	switch (defect->rule) {
	case CHK_RULE_ISSUER_ELSEWHERE:
		if (whole->sent_count < CHK_MAX_SENT)
			whole->sent[whole->sent_count++] = defect->other;
		break;
	case CHK_RULE_ANCHOR_MISSING:
	case CHK_RULE_SELF_SIGNED_LEAF:
	case CHK_RULE_WRONG_PURPOSE_ANCHOR:
		whole->anchor = defect->cert;
		break;
	case CHK_RULE_HOST_NAME:
	case CHK_RULE_COMMON_NAME_ONLY:
		whole->any_name = true;
		break;
	case CHK_RULE_EXPIRED:
	case CHK_RULE_NOT_YET_VALID:
		gather_time(whole, defect);
		break;
	default:
		break;
	}
}

void chk_proof_gather(struct chk_inquiry *inquiry, const struct chk_path *path)
{
	inquiry->whole = (struct chk_change){ 0 };
	for (const struct chk_defect_node *node = path->defects; node;
	     node = node->next)
		gather(&inquiry->whole, &node->defect);
}

bool chk_proof_whole(struct chk_inquiry *inquiry)
{
	if (!inquiry->whole_tried)
		inquiry->whole_holds = chk_proof_holds(inquiry,
						       &inquiry->whole);
	inquiry->whole_tried = true;
	return inquiry->whole_holds;
}
