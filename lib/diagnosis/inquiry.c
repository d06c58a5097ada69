/* lib/diagnosis/inquiry.c: from a question to a search. */
#include "diagnosis/inquiry.h"

#include "base/cleanup.h"

/* The limits where the question names none. */
enum {
	MAX_DEPTH = 16,
	MAX_STEPS = 10000,
	MAX_SIGNATURES = 200,
	MAX_COMPARISONS = 250000, /* as Go's crypto/x509 has it */
	MAX_PATHS = 6,
};

static uint32_t or_default(uint32_t wanted, uint32_t usual)
{
	return wanted ? wanted : usual;
}

static uint32_t max_depth(const struct chk_question *question)
{
	if (question->max_depth < 0)
		return 0;
	return or_default((uint32_t)question->max_depth, MAX_DEPTH);
}

struct chk_budget chk_inquiry_budget(const struct chk_question *question)
{
	return (struct chk_budget){
		.steps = or_default(question->max_steps, MAX_STEPS),
		.signatures = or_default(question->max_signatures,
					 MAX_SIGNATURES),
		.comparisons = MAX_COMPARISONS,
		.policies = CHK_POLICY_MAX_NODES,
	};
}

static bool add_chain(struct chk_supply *supply, const struct chk_chain *chain,
		      enum chk_origin origin, size_t first)
{
	for (size_t i = first; chain && i < chain->count; i++) {
		if (!chk_supply_add(supply, chain->items[i].cert, origin,
				    (uint32_t)i, chain->items[i].where))
			return false;
	}
	return true;
}

static bool add_store(struct chk_supply *supply, const struct chk_store *store)
{
	for (size_t i = 0; i < store->count; i++) {
		const struct chk_anchor *anchor = store->anchors[i];
		const char *where = anchor->where_count ? anchor->where[0] :
							  store->spec;

		if (!chk_supply_add(supply, anchor->cert,
				    CHK_ORIGIN_ELSEWHERE, 0, where))
			return false;
	}
	return true;
}

/* The intermediates of a path that were sent, as if they alone had been. */
static bool add_resent(struct chk_supply *supply, const struct chk_path *path)
{
	size_t count = path->count - (path->end == CHK_END_ANCHOR);

	for (size_t i = 1; i < count; i++) {
		const struct chk_link *link = &path->links[i];

		if (link->origin == CHK_ORIGIN_PRESENTED &&
		    !chk_supply_add(supply, link->cert, CHK_ORIGIN_PRESENTED,
				    (uint32_t)i, link->where))
			return false;
	}
	return true;
}

static bool add_exactly(struct chk_supply *supply,
			const struct chk_change *change, const char *where)
{
	for (size_t i = 1; i < change->exactly_count; i++) {
		if (!chk_supply_add(supply, change->exactly[i],
				    CHK_ORIGIN_PRESENTED, (uint32_t)i, where))
			return false;
	}
	return true;
}

static bool add_presented(struct chk_supply *supply,
			  const struct chk_inquiry *inquiry,
			  const struct chk_change *change)
{
	uint32_t behind = (uint32_t)inquiry->chain->count;

	if (change->exactly)
		return add_exactly(supply, change, inquiry->peer);
	if (change->resent)
		return add_resent(supply, change->resent);
	if (!add_chain(supply, inquiry->chain, CHK_ORIGIN_PRESENTED, 1))
		return false;
	for (size_t i = 0; i < change->sent_count; i++) {
		if (!chk_supply_add(supply, change->sent[i],
				    CHK_ORIGIN_PRESENTED, behind,
				    inquiry->peer))
			return false;
	}
	return true;
}

/*
 * The nearest first: a certificate that comes twice keeps its first origin.
 * Entries of the chosen stores are no part of it, the search asks the stores.
 */
static bool fill_supply(struct chk_supply *supply,
			const struct chk_inquiry *inquiry,
			const struct chk_change *change)
{
	const struct chk_question *question = inquiry->question;

	if (!add_presented(supply, inquiry, change))
		return false;
	if (!change->exactly &&
	    !add_chain(supply, question->untrusted, CHK_ORIGIN_GIVEN, 0))
		return false;
	for (size_t i = 0; i < question->other_count; i++) {
		if (!add_store(supply, question->others[i]))
			return false;
	}
	if (inquiry->sources && !add_store(supply, inquiry->sources))
		return false;
	for (size_t i = 0; change->only && i < question->store_count; i++) {
		if (question->stores[i] != change->only &&
		    !add_store(supply, question->stores[i]))
			return false;
	}
	return add_chain(supply, inquiry->aia.fetched, CHK_ORIGIN_FETCHED, 0);
}

/* A store of its own for the anchor that a remedy would add. */
static bool make_store(const struct chk_cert *anchor, struct chk_store **store)
{
	*store = NULL;
	if (!anchor)
		return true;
	*store = chk_store_new("added");
	return *store && chk_store_add(*store, anchor, CHK_PURPOSE_ANY,
				       CHK_TRUST_TRUSTED, "added", NULL);
}

/* The stores that count, NULL without memory. Ownership: free() it. */
static const struct chk_store **list_stores(const struct chk_question *question,
					    const struct chk_store *only,
					    const struct chk_store *added,
					    size_t *count)
{
	const struct chk_store **stores =
		calloc(question->store_count + 1, sizeof(*stores));

	*count = 0;
	for (size_t i = 0; stores && i < question->store_count; i++) {
		if (!only || question->stores[i] == only)
			stores[(*count)++] = question->stores[i];
	}
	if (stores && added)
		stores[(*count)++] = added;
	return stores;
}

static bool is_for_tls(const struct chk_question *question)
{
	return question->purpose == CHK_PURPOSE_TLS_SERVER ||
	       question->purpose == CHK_PURPOSE_TLS_CLIENT;
}

/* What the leaf's key does in the handshake asks for another key usage. */
static unsigned leaf_usages(const struct chk_inquiry *inquiry)
{
	return inquiry->presented && inquiry->presented->key_decrypts ?
		       inquiry->profile->decrypting_usages :
		       inquiry->profile->leaf_usages;
}

bool chk_inquiry_search(struct chk_inquiry *inquiry,
			const struct chk_change *change,
			struct chk_arena *arena, struct chk_outcome *outcome)
{
	static const struct chk_identity ANY_NAME = { CHK_IDENTITY_NONE };
	const struct chk_question *question = inquiry->question;
	CHK_CLEANUP(chk_supply_clear) struct chk_supply supply = { 0 };
	CHK_CLEANUP(chk_cleanup_store) struct chk_store *added = NULL;
	CHK_CLEANUP(chk_cleanup_free) const struct chk_store **stores = NULL;
	struct chk_search search = {
		.supply = &supply,
		.leaf = inquiry->chain->items[0].cert,
		.leaf_where = inquiry->chain->items[0].where,
		.distrusted = question->distrusted,
		.crls = question->crls,
		.crl_leaf_only = question->crl_leaf_only,
		.identity = change->any_name ? &ANY_NAME : &inquiry->identity,
		.purpose = question->purpose,
		.usage = inquiry->usage,
		.at = change->at_set ? change->at : inquiry->at,
		.max_depth = max_depth(question),
		.policies = inquiry->policies,
		.strength = inquiry->strength,
		.forms = inquiry->profile->forms,
		.no_dsa = !inquiry->profile->dsa && is_for_tls(question),
		.leaf_usages = leaf_usages(inquiry),
		.no_ext_usage = inquiry->profile->no_ext_usage,
		.staple_missing = inquiry->profile->must_staple &&
				  inquiry->presented &&
				  !inquiry->presented->stapled,
		.common_name = inquiry->profile->common_name,
		.issued_leaf = inquiry->profile->issued_leaf &&
			       !question->partial_chain,
		.key_ids = inquiry->profile->key_ids,
		.budget = chk_inquiry_budget(question),
		.max_paths = MAX_PATHS,
		.memory = inquiry->memory,
	};

	*outcome = (struct chk_outcome){ 0 };
	if (!make_store(change->anchor, &added) ||
	    !fill_supply(&supply, inquiry, change))
		return false;
	stores = list_stores(question, change->only, added,
			     &search.store_count);
	search.stores = stores;
	return stores && chk_search_run(&search, arena, outcome) &&
	       !arena->failed;
}

bool chk_outcome_is_trusted(const struct chk_outcome *outcome)
{
	return outcome->count > 0 && chk_path_is_valid(&outcome->paths[0]);
}

const struct chk_path *chk_inquiry_best(const struct chk_inquiry *inquiry)
{
	return inquiry->outcome.count ? &inquiry->outcome.paths[0] : NULL;
}

void chk_inquiry_clear(struct chk_inquiry *inquiry)
{
	if (inquiry->owns_memory)
		chk_memory_free(inquiry->memory);
	chk_aia_clear(&inquiry->aia);
	chk_source_of_clear(&inquiry->source);
	chk_store_free(inquiry->sources);
	chk_arena_clear(&inquiry->arena);
}
