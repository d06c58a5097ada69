/* lib/path/ends.c: where a path ends that reaches no anchor. */
#include "path/ends.h"

#include "path/strength.h"

/* A copy of `node` that nothing comes above. */
static void queue_end(struct chk_run *run, struct chk_node *node,
		      enum chk_end end, struct chk_defect defect)
{
	struct chk_node *last = chk_run_node(run, node->below, node->link);

	if (!last)
		return;
	last->defects = node->defects;
	last->cas = node->cas;
	last->proved = true;
	last->complete = true;
	last->end = end;
	defect.cert = node->link.cert;
	chk_defects_add(&last->defects, defect);
	/* Whoever the issuer is, the signature is as it is. */
	if (end == CHK_END_MISSING)
		chk_strength_check_signature(defect.cert, run->search->strength,
					     &last->defects);
	chk_run_queue(run, last);
}

/* The best that is to be had has the right name and a wrong signature. */
static void queue_bad_signature(struct chk_run *run, const struct chk_node *bad)
{
	struct chk_node *node = chk_run_node(run, bad->below, bad->link);

	if (!node)
		return;
	node->defects = bad->defects;
	node->cas = bad->cas;
	node->proved = true;
	node->complete = bad->complete;
	node->end = bad->end;
	node->anchor = bad->anchor;
	node->store = bad->store;
	chk_defects_add(&node->defects, (struct chk_defect){
		.rule = CHK_RULE_SIGNATURE,
		.cert = bad->below->link.cert,
		.other = bad->link.cert,
	});
	chk_run_queue(run, node);
}

bool chk_end_is_self_signed(struct chk_run *run, const struct chk_cert *cert)
{
	enum chk_signed result;

	return chk_cert_is_self_issued(cert) &&
	       chk_run_check_signature(run, cert, cert, &result) &&
	       result == CHK_SIGNED_YES;
}

/*
 * Rules that another certificate of the same issuer and key might keep. Not
 * distrust, which is meant for it as well, nor a wrong clock.
 */
static const bool OF_CERTIFICATE[CHK_RULE_COUNT] = {
	[CHK_RULE_EXPIRED] = true,	   [CHK_RULE_PURPOSE] = true,
	[CHK_RULE_FORM] = true,		   [CHK_RULE_KEY_USAGE] = true,
	[CHK_RULE_UNKNOWN_CRITICAL] = true, [CHK_RULE_NAME_CONSTRAINT] = true,
	[CHK_RULE_PATH_LENGTH] = true,	   [CHK_RULE_NOT_A_CA] = true,
	[CHK_RULE_MALFORMED] = true,
};

const struct chk_defect *chk_end_unfit(const struct chk_node *node)
{
	const struct chk_defect_node *defect = node->defects.first;
	const struct chk_defect *unfit = NULL;

	for (; defect != node->below->defects.first; defect = defect->next) {
		if (OF_CERTIFICATE[defect->defect.rule])
			unfit = &defect->defect;
	}
	return unfit;
}

/*
 * Where an issuer is unfit and its own issuer is not at hand, one other
 * certificate of it is enough, and explains more than two repairs do: a root
 * whose cross-certificate was sent, the successor of one that expired.
 */
static void queue_below_unfit(struct chk_run *run, struct chk_node *node)
{
	struct chk_node *unfit = NULL;

	for (; node->below; node = node->below) {
		if (chk_end_unfit(node))
			unfit = node;
	}
	if (!unfit || unfit->below->ended)
		return;
	unfit->below->ended = true;
	queue_end(run, unfit->below, CHK_END_MISSING, (struct chk_defect){
		.rule = CHK_RULE_ISSUER_UNFIT, .other = unfit->link.cert });
}

/* The lowest of a circle: any of them would do, and that is the nearest. */
static void queue_circle(struct chk_run *run, struct chk_node *node,
			 uint32_t depth)
{
	while (node->depth > depth)
		node = node->below;
	if (node->ended)
		return;
	node->ended = true;
	queue_end(run, node, CHK_END_TOP, (struct chk_defect){
		.rule = CHK_RULE_ISSUER_CIRCLE });
}

void chk_end_without_issuer(struct chk_run *run, struct chk_node *node,
			    uint32_t circle)
{
	const struct chk_cert *cert = node->link.cert;

	if (chk_end_is_self_signed(run, cert)) {
		queue_end(run, node, CHK_END_TOP, (struct chk_defect){
			.rule = node->below ? CHK_RULE_ANCHOR_MISSING :
					      CHK_RULE_SELF_SIGNED_LEAF });
	} else if (node->mismatch && node->same_key_id) {
		queue_bad_signature(run, node->mismatch);
	} else if (node->mismatch) {
		queue_end(run, node, CHK_END_MISSING, (struct chk_defect){
			.rule = CHK_RULE_KEY_MISMATCH,
			.other = node->mismatch->link.cert,
			.anchor = node->mismatch->anchor });
	} else if (circle) {
		queue_circle(run, node, circle);
		queue_below_unfit(run, node);
	} else {
		queue_end(run, node, CHK_END_MISSING, (struct chk_defect){
			.rule = CHK_RULE_ISSUER_UNKNOWN });
		queue_below_unfit(run, node);
	}
}
