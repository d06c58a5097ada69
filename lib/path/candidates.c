/* lib/path/candidates.c: who could have issued this, in which order. */
#include "path/candidates.h"

#include "base/array.h"
#include "cert/dn.h"

/*
 * The weights of the rank, each larger than all below it together. Key ids
 * come first: a candidate whose id differs costs a signature check in vain.
 */
enum {
	RANK_KEY_ID = 100,
	RANK_NO_ANCHOR = 10,
};

/* So many bytes of two unequal names count as one comparison, ... */
#define NAME_BYTES 64u
/* ... and so many of what is the same byte by byte. */
#define SAME_BYTES 4096u

enum chk_key_id_fit chk_key_id_fit(const struct chk_cert *cert,
				   const struct chk_cert *issuer)
{
	if (!cert->authority.key_id.data || !issuer->key_id.data)
		return CHK_KEY_ID_SILENT;
	return chk_bytes_equal(cert->authority.key_id, issuer->key_id) ?
	       CHK_KEY_ID_AGREES : CHK_KEY_ID_DIFFERS;
}

static bool take(struct chk_candidates *candidates, size_t cost)
{
	candidates->more = !chk_budget_take(candidates->comparisons, cost);
	return !candidates->more;
}

/*
 * Names of unequal bytes are folded to be compared, which takes time that
 * grows with them: a peer's names are as long as it likes. False: too much.
 */
static bool charge(struct chk_candidates *candidates, struct chk_bytes a,
		   struct chk_bytes b)
{
	return take(candidates, chk_bytes_equal(a, b) ?
				a.size / SAME_BYTES :
				1 + (a.size + b.size) / NAME_BYTES);
}

static bool has_same_alt_names(const struct chk_cert *a,
			       const struct chk_cert *b,
			       struct chk_candidates *candidates)
{
	struct chk_bytes names = a->alt_names.value;

	return names.size == b->alt_names.value.size &&
	       take(candidates, names.size / SAME_BYTES) &&
	       chk_bytes_equal(names, b->alt_names.value);
}

/*
 * RFC 4158 section 5.2: name, alternative names and key. What is too dear to
 * be compared is left out, and not the same.
 */
static bool is_same_entity(const struct chk_cert *a, const struct chk_cert *b,
			   struct chk_candidates *candidates)
{
	return a == b || (a->subject_hash == b->subject_hash &&
			  chk_bytes_equal(a->spki, b->spki) &&
			  has_same_alt_names(a, b, candidates) &&
			  charge(candidates, a->subject, b->subject) &&
			  chk_dn_match(a->subject, b->subject));
}

static const struct chk_node *find_on_path(const struct chk_node *node,
					   const struct chk_cert *cert,
					   struct chk_candidates *candidates)
{
	while (node && !candidates->more &&
	       !is_same_entity(node->link.cert, cert, candidates))
		node = node->below;
	return node;
}

/*
 * Is `issuer` on the path already? Leaving it out cuts a circle, unless the
 * key id says that another of its name is wanted, or it is the certificate
 * itself, which is not self-signed where this is asked.
 */
static bool is_left_out(const struct chk_node *node,
			const struct chk_cert *issuer,
			struct chk_candidates *candidates)
{
	const struct chk_node *same = find_on_path(node, issuer, candidates);

	if (candidates->more)
		return true;
	if (!same)
		return false;
	if (same != node && chk_key_id_fit(node->link.cert, issuer) !=
				    CHK_KEY_ID_DIFFERS &&
	    (!candidates->circle || same->depth < candidates->circle))
		candidates->circle = same->depth;
	return true;
}

/* The supply has each certificate once; a store may have it as well. */
static bool is_anchor(const struct chk_search *search,
		      const struct chk_cert *cert)
{
	for (size_t i = 0; i < search->store_count; i++) {
		if (chk_store_find(search->stores[i], cert))
			return true;
	}
	return false;
}

static bool add(struct chk_candidates *candidates,
		const struct chk_cert *issued, struct chk_candidate candidate)
{
	if (!chk_array_grow(&candidates->items, candidates->count,
			    &candidates->room, sizeof(candidate)))
		return false;
	candidate.rank = RANK_KEY_ID * chk_key_id_fit(issued,
						      candidate.link.cert) +
			 (candidate.anchor ? 0 : RANK_NO_ANCHOR) +
			 candidate.link.origin;
	candidates->items[candidates->count++] = candidate;
	return true;
}

static bool add_anchors(const struct chk_node *node,
			const struct chk_store *store, size_t limit,
			struct chk_candidates *candidates)
{
	const struct chk_cert *cert = node->link.cert;
	const struct chk_anchor *anchor;
	size_t cursor = 0;

	while (!candidates->more && candidates->count < limit &&
	       (anchor = chk_store_next(store, cert->issuer, cert->issuer_hash,
					&cursor))) {
		struct chk_candidate candidate = {
			.link = { .cert = anchor->cert,
				  .origin = CHK_ORIGIN_STORE,
				  .where = anchor->where_count ?
					   anchor->where[0] : NULL },
			.anchor = anchor,
			.store = store,
		};

		if (!charge(candidates, cert->issuer, anchor->cert->subject) ||
		    is_left_out(node, anchor->cert, candidates))
			continue;
		if (!add(candidates, cert, candidate))
			return false;
	}
	return true;
}

static bool add_supply(const struct chk_search *search,
		       const struct chk_node *node, size_t limit,
		       struct chk_candidates *candidates)
{
	const struct chk_cert *cert = node->link.cert;
	const struct chk_supplied *supplied;
	size_t cursor = 0;

	while (!candidates->more && candidates->count < limit &&
	       (supplied = chk_supply_next(search->supply, cert->issuer,
					   cert->issuer_hash, &cursor))) {
		struct chk_candidate candidate = {
			.link = { supplied->cert, supplied->origin,
				  supplied->position, supplied->where },
		};

		if (!charge(candidates, cert->issuer,
			    supplied->cert->subject) ||
		    is_left_out(node, supplied->cert, candidates) ||
		    is_anchor(search, supplied->cert))
			continue;
		if (!add(candidates, cert, candidate))
			return false;
	}
	return true;
}

static int compare(const void *left, const void *right)
{
	const struct chk_candidate *a = left, *b = right;

	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	if (a->link.position != b->link.position)
		return a->link.position < b->link.position ? -1 : 1;
	if (a->link.cert->not_after != b->link.cert->not_after)
		return a->link.cert->not_after > b->link.cert->not_after ?
		       -1 : 1;
	return 0;
}

bool chk_candidates_find(const struct chk_search *search,
			 const struct chk_node *node, size_t limit,
			 struct chk_candidates *candidates)
{
	for (size_t i = 0; i < search->store_count; i++) {
		if (!add_anchors(node, search->stores[i], limit, candidates))
			return false;
	}
	if (!add_supply(search, node, limit, candidates))
		return false;
	candidates->more |= candidates->count >= limit;
	if (candidates->count > 1)
		qsort(candidates->items, candidates->count,
		      sizeof(*candidates->items), compare);
	return true;
}

void chk_candidates_clear(struct chk_candidates *candidates)
{
	free(candidates->items);
	*candidates = (struct chk_candidates){ 0 };
}
