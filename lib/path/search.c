/* lib/path/search.c: best first over partial paths; the one coordinator. */
#include "path/search.h"

#include "base/array.h"
#include "path/candidates.h"
#include "path/ends.h"
#include "path/path_rules.h"
#include "path/rules.h"

/* So many bytes of extensions count as a comparison of names. */
#define READ_BYTES 256u

bool chk_path_is_valid(const struct chk_path *path)
{
	return path->end == CHK_END_ANCHOR && path->cost == 0 &&
	       !path->defects && path->anchor;
}

const struct chk_link *chk_path_link(const struct chk_path *path,
				     const struct chk_cert *cert)
{
	for (size_t i = 0; i < path->count; i++) {
		if (path->links[i].cert == cert)
			return &path->links[i];
	}
	return NULL;
}

struct chk_node *chk_run_node(struct chk_run *run, struct chk_node *below,
			      struct chk_link link)
{
	struct chk_node *node;

	if (!chk_budget_take(&run->left.steps, 1)) {
		run->spent = true;
		return NULL;
	}
	node = chk_arena_get(run->arena, sizeof(*node));
	if (!node) {
		run->failed = true;
		return NULL;
	}
	node->order = run->search->budget.steps - run->left.steps;
	node->below = below;
	node->link = link;
	node->depth = below ? below->depth + 1 : 1;
	node->cas = below ? below->cas : 0;
	node->defects.arena = run->arena;
	if (below)
		node->defects = below->defects;
	return node;
}

void chk_run_queue(struct chk_run *run, struct chk_node *node)
{
	if (!chk_queue_add(&run->queue, node))
		run->failed = true;
}

bool chk_run_check_signed(struct chk_run *run,
			  const struct chk_signed_bytes *what,
			  const struct chk_cert *issuer,
			  enum chk_signed *result)
{
	struct chk_memory *memory = run->search->memory;

	if (chk_memory_find(memory, what, issuer, result))
		return true;
	if (!chk_budget_take(&run->left.signatures, 1)) {
		run->spent = true;
		return false;
	}
	if (chk_memory_ask(memory, what, issuer, result))
		return true;
	run->failed = true;
	return false;
}

bool chk_run_check_signature(struct chk_run *run, const struct chk_cert *cert,
			     const struct chk_cert *issuer,
			     enum chk_signed *result)
{
	const struct chk_signed_bytes what = chk_signed_bytes_of(cert);

	return chk_run_check_signed(run, &what, issuer, result);
}

static struct chk_step_up step_of(struct chk_run *run,
				  const struct chk_node *below,
				  const struct chk_candidate *candidate,
				  bool ends)
{
	return (struct chk_step_up){
		.search = run->search,
		.below = below,
		.issuer = candidate->link.cert,
		.anchor = ends ? candidate->anchor : NULL,
		.comparisons = &run->left.comparisons,
	};
}

/*
 * Its extensions are walked through for each node anew, by every rule that
 * asks for them, and what a peer sends is as long as it likes. Where there is
 * no node for want of budget, the candidate stays pending: that there is no
 * issuer is not known then.
 */
static struct chk_node *issuer_node(struct chk_run *run,
				    struct chk_node *below,
				    const struct chk_candidate *candidate)
{
	size_t size = candidate->link.cert->extensions.size;

	below->pending++;
	if (chk_budget_take(&run->left.comparisons, size / READ_BYTES))
		return chk_run_node(run, below, candidate->link);
	run->spent = true;
	return NULL;
}

/* The path ends in this anchor. False: that breaks a rule. */
static bool queue_anchor(struct chk_run *run, struct chk_node *below,
			 const struct chk_candidate *candidate)
{
	struct chk_step_up step = step_of(run, below, candidate, true);
	struct chk_node *node = issuer_node(run, below, candidate);

	if (!node)
		return true;
	node->complete = true;
	node->end = CHK_END_ANCHOR;
	node->anchor = candidate->anchor;
	node->store = candidate->store;
	chk_rules_check_issuer(&step, &node->defects);
	chk_rules_check_trust(&step, &node->defects);
	chk_run_queue(run, node);
	return node->defects.first == below->defects.first;
}

/* The path goes on above this intermediate. */
static void queue_intermediate(struct chk_run *run, struct chk_node *below,
			       const struct chk_candidate *candidate)
{
	struct chk_step_up step = step_of(run, below, candidate, false);
	struct chk_node *node = issuer_node(run, below, candidate);

	if (!node)
		return;
	node->cas += !chk_cert_is_self_issued(candidate->link.cert);
	/*
	 * A root is installed, not sent: that is said where the path ends. One
	 * that is self-issued and signed by another key is no root.
	 */
	if (!chk_origin_is_here(candidate->link.origin) &&
	    !chk_end_is_self_signed(run, candidate->link.cert))
		chk_defects_add(&node->defects, (struct chk_defect){
			.rule = CHK_RULE_ISSUER_ELSEWHERE,
			.cert = below->link.cert,
			.other = candidate->link.cert,
		});
	chk_rules_check_issuer(&step, &node->defects);
	chk_run_queue(run, node);
}

/*
 * An anchor ends the path. One that is no root may also be a step to another
 * anchor above: so may a self-issued one that is not trusted, where another
 * key signed it (a CA's new key by its old one).
 */
static void queue_candidate(struct chk_run *run, struct chk_node *below,
			    const struct chk_candidate *candidate)
{
	bool self_issued = chk_cert_is_self_issued(candidate->link.cert);

	if (!candidate->anchor || !self_issued)
		queue_intermediate(run, below, candidate);
	if (candidate->anchor && !queue_anchor(run, below, candidate) &&
	    self_issued &&
	    !chk_end_is_self_signed(run, candidate->link.cert))
		queue_intermediate(run, below, candidate);
}

/*
 * A leaf that a store trusts as it is needs no issuer; where it must have one,
 * it may be its own.
 */
static void queue_trusted_leaf(struct chk_run *run, struct chk_node *leaf)
{
	const struct chk_search *search = run->search;

	if (search->issued_leaf && !chk_end_is_self_signed(run, search->leaf))
		return;
	for (size_t i = 0; i < search->store_count; i++) {
		const struct chk_anchor *anchor =
			chk_store_find(search->stores[i], search->leaf);
		struct chk_candidate candidate = {
			.link = leaf->link, .anchor = anchor,
			.store = search->stores[i],
		};
		struct chk_step_up step = step_of(run, leaf, &candidate, true);
		struct chk_node *node;

		if (!anchor)
			continue;
		node = chk_run_node(run, NULL, leaf->link);
		if (!node)
			return;
		node->defects = leaf->defects;
		node->proved = true;
		node->complete = true;
		node->end = CHK_END_ANCHOR;
		node->anchor = anchor;
		node->store = search->stores[i];
		chk_rules_check_trust(&step, &node->defects);
		chk_run_queue(run, node);
	}
}

/* The best candidate goes in last: of equal cost it then comes out first. */
static void extend(struct chk_run *run, struct chk_node *node)
{
	struct chk_candidates candidates = {
		.comparisons = &run->left.comparisons,
	};
	size_t limit = (size_t)run->left.steps + 1;

	/* Finding a name is comparing it, too. */
	if (run->names_spent)
		return;
	if (!chk_candidates_find(run->search, node, limit, &candidates)) {
		run->failed = true;
	} else {
		run->spent |= candidates.more;
		run->names_spent = candidates.more && !run->left.comparisons;
		for (size_t i = candidates.count; i > 0; i--)
			queue_candidate(run, node, &candidates.items[i - 1]);
		if (node->pending == 0 && !candidates.more)
			chk_end_without_issuer(run, node, candidates.circle);
	}
	chk_candidates_clear(&candidates);
}

static void note_refusal(struct chk_run *run, const struct chk_node *node,
			 struct chk_defect defect)
{
	if (!chk_refusals_add(&run->refusals, node, defect))
		run->failed = true;
}

/* It has the name and not the key: out, with the reason kept. */
static void refuse(struct chk_run *run, struct chk_node *node, bool unsupported)
{
	struct chk_node *below = node->below;
	bool agrees = unsupported ||
		      chk_key_id_fit(below->link.cert, node->link.cert) ==
			      CHK_KEY_ID_AGREES;

	note_refusal(run, node, (struct chk_defect){
		.rule = agrees ? CHK_RULE_SIGNATURE : CHK_RULE_KEY_MISMATCH,
		.cert = below->link.cert,
		.other = node->link.cert,
		.anchor = node->anchor,
		.flag = unsupported,
	});
	/* What anybody may have put behind an URL explains nothing. */
	if (node->link.origin == CHK_ORIGIN_FETCHED)
		return;
	if (!below->mismatch || (agrees && !below->same_key_id)) {
		below->mismatch = node;
		below->same_key_id = agrees;
	}
}

/*
 * What was fetched to complete a path and does not even fit is no part of an
 * explanation: nobody should send it.
 */
static bool refuse_unfit_fetch(struct chk_run *run, const struct chk_node *node)
{
	const struct chk_defect *unfit =
		node->link.origin == CHK_ORIGIN_FETCHED ? chk_end_unfit(node) :
							  NULL;

	if (unfit)
		note_refusal(run, node, *unfit);
	return unfit;
}

/* Did the key of this node make the signature below? False: it is out. */
static bool prove(struct chk_run *run, struct chk_node *node)
{
	struct chk_node *below = node->below;
	enum chk_signed result;
	bool fits;

	if (!chk_run_check_signature(run, below->link.cert, node->link.cert,
				     &result))
		return false;
	below->pending--;
	node->proved = result == CHK_SIGNED_YES;
	if (!node->proved)
		refuse(run, node, result == CHK_SIGNED_UNSUPPORTED);
	fits = node->proved && !refuse_unfit_fetch(run, node);
	below->issuer_found |= fits;
	if (below->pending == 0 && !below->issuer_found)
		chk_end_without_issuer(run, below, 0);
	return fits;
}

/* The links from the leaf up. */
static const struct chk_link *links_of(struct chk_run *run,
				       const struct chk_node *node)
{
	struct chk_link *links = chk_arena_array(run->arena, node->depth,
						 sizeof(*links));
	uint32_t i = node->depth;

	for (; links && node; node = node->below)
		links[--i] = node->link;
	return links;
}

/* Of equal explanations the shorter; of valid paths the first found. */
static bool is_before(const struct chk_path *a, const struct chk_path *b)
{
	return a->cost < b->cost ||
	       (a->cost == b->cost && a->cost > 0 && a->count < b->count);
}

/* Keeps the path in its place, behind equal ones. */
static void keep_path(struct chk_run *run, const struct chk_node *node)
{
	struct chk_path path = {
		.links = links_of(run, node),
		.count = node->depth,
		.end = node->end,
		.anchor = node->anchor,
		.store = node->store,
		.defects = node->defects.first,
		.cost = node->defects.cost,
	};
	size_t at = run->path_count;

	if (!path.links || !chk_array_grow(&run->paths, run->path_count,
					   &run->path_room, sizeof(path))) {
		run->failed = true;
		return;
	}
	for (; at > 0 && is_before(&path, &run->paths[at - 1]); at--)
		run->paths[at] = run->paths[at - 1];
	run->paths[at] = path;
	run->path_count++;
}

/*
 * An issuer that has the key and breaks a rule stands in the ledger, with the
 * first rule that this step broke.
 */
static void note_broken_step(struct chk_run *run, const struct chk_node *node)
{
	const struct chk_defect_node *broken = node->defects.first;
	const struct chk_defect_node *below =
		node->below ? node->below->defects.first : broken;

	if (broken == below || (node->complete && node->end != CHK_END_ANCHOR))
		return;
	while (broken->next != below)
		broken = broken->next;
	note_refusal(run, node, broken->defect);
}

/*
 * What is asked of a whole path is the dearest, and is asked last. True: the
 * path became dearer by it, and waits for its turn again.
 */
static bool judge(struct chk_run *run, struct chk_node *node)
{
	uint32_t count = node->defects.count;

	if (!node->complete || node->end != CHK_END_ANCHOR || node->judged)
		return false;
	node->judged = true;
	chk_path_rules_check(run, node, &node->defects);
	if (node->defects.count == count)
		return false;
	chk_run_queue(run, node);
	return true;
}

static bool has_valid_path(const struct chk_run *run)
{
	return run->path_count && chk_path_is_valid(&run->paths[0]);
}

/*
 * Beside a valid path, a candidate whose key id says that it is another costs
 * a signature that nobody needs: of a name with many keys, one for each.
 */
static bool is_idle(const struct chk_run *run, const struct chk_node *node)
{
	return has_valid_path(run) &&
	       chk_key_id_fit(node->below->link.cert, node->link.cert) ==
		       CHK_KEY_ID_DIFFERS;
}

static void look_at(struct chk_run *run, struct chk_node *node)
{
	if (node->below && !node->proved &&
	    (is_idle(run, node) || !prove(run, node)))
		return;
	if (judge(run, node))
		return;
	note_broken_step(run, node);
	if (node->complete)
		keep_path(run, node);
	else
		extend(run, node);
}

/*
 * Enough is known when as many paths were found as were asked for, or when a
 * valid one was found and what is left is none.
 */
static bool is_enough(const struct chk_run *run, const struct chk_node *next)
{
	if (run->failed || run->arena->failed || !next)
		return true;
	if (run->path_count >= run->search->max_paths)
		return true;
	return has_valid_path(run) && next->defects.cost > 0;
}

static void start(struct chk_run *run)
{
	const struct chk_search *search = run->search;
	struct chk_node *leaf = chk_run_node(run, NULL, (struct chk_link){
		.cert = search->leaf,
		.origin = CHK_ORIGIN_PRESENTED,
		.where = search->leaf_where,
	});

	if (!leaf)
		return;
	chk_rules_check_leaf(search, &leaf->defects);
	chk_run_queue(run, leaf);
	queue_trusted_leaf(run, leaf);
}

/* What was dearer than the answer and never looked at broke a rule as well. */
static void note_the_rest(struct chk_run *run)
{
	struct chk_node *node;

	while ((node = chk_queue_take(&run->queue)))
		note_broken_step(run, node);
}

/* Moves the growing arrays into the arena that the caller keeps. */
static bool finish(struct chk_run *run, struct chk_outcome *outcome)
{
	struct chk_path *paths = chk_arena_array(
		run->arena, run->path_count, sizeof(*paths));
	const struct chk_refusal *refusals =
		chk_refusals_copy(&run->refusals, run->arena);

	if (run->failed || run->arena->failed)
		return false;
	if (run->path_count)
		memcpy(paths, run->paths, run->path_count * sizeof(*paths));
	*outcome = (struct chk_outcome){
		.paths = paths, .count = run->path_count,
		.refusals = refusals, .refusal_count = run->refusals.count,
		.used = chk_budget_less(&run->search->budget, &run->left),
		.spent = run->spent,
	};
	return true;
}

bool chk_search_run(const struct chk_search *search, struct chk_arena *arena,
		    struct chk_outcome *outcome)
{
	struct chk_run run = {
		.search = search, .arena = arena, .left = search->budget,
	};
	struct chk_node *node;
	bool done;

	*outcome = (struct chk_outcome){ 0 };
	start(&run);
	while (node = chk_queue_take(&run.queue), !is_enough(&run, node))
		look_at(&run, node);
	if (node)
		note_broken_step(&run, node);
	note_the_rest(&run);
	done = finish(&run, outcome);
	chk_queue_clear(&run.queue);
	free(run.paths);
	free(run.refusals.items);
	return done;
}
