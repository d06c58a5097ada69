/*
 * lib/store/difference.c: what two stores say of each key, compared. How keys
 * are matched stands in keys.c, what is looser than before in standing.c.
 */
#include "store/difference.h"

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "cert/dn.h"
#include "store/blocks.h"
#include "store/constraints.h"
#include "store/keys.h"

enum { BEFORE = CHK_SIDE_BEFORE, AFTER = CHK_SIDE_AFTER };

/* What is needed while it is made. */
struct comparing {
	struct chk_difference *difference;
	struct chk_blocks blocks[2];
	bool *met[2]; /* the block's certificate is on one of the sides */
	struct chk_keys keys;
	struct chk_standing (*standings)[2]; /* for each group */
	size_t *pairs;
};

/* One key, or two of one name. */
struct match {
	const struct chk_key_entry *entries[2];
	size_t counts[2];
	struct chk_standing standing[2];
	bool rekeyed;
};

static void cleanup_comparing(struct comparing *comparing)
{
	for (size_t side = 0; side < 2; side++) {
		chk_blocks_clear(&comparing->blocks[side]);
		free(comparing->met[side]);
	}
	chk_keys_clear(&comparing->keys);
	free(comparing->standings);
	free(comparing->pairs);
}

static inline void cleanup_difference(struct chk_difference **difference)
{
	chk_difference_free(*difference);
}

static struct chk_change_row *add_row(struct chk_difference *difference,
				      enum chk_change_kind kind)
{
	struct chk_change_row *row;

	if (!chk_array_grow(&difference->rows, difference->count,
			    &difference->room, sizeof(*difference->rows)))
		return NULL;
	row = &difference->rows[difference->count++];
	*row = (struct chk_change_row){ .view.kind = kind };
	difference->kinds[kind]++;
	return row;
}

static bool is_stated(const struct chk_anchor *anchor)
{
	return chk_anchor_trust(anchor, CHK_PURPOSE_ANY) !=
	       CHK_TRUST_NOT_STATED;
}

/* The first of a side that counts and that the other store has not. */
static const struct chk_key_entry *
find_new(const struct comparing *comparing, const struct match *match,
	 unsigned side)
{
	const struct chk_store *other = comparing->difference->store[!side];

	for (size_t i = 0; i < match->counts[side]; i++) {
		const struct chk_key_entry *entry = &match->entries[side][i];

		if (is_stated(entry->anchor) &&
		    !chk_store_find(other, entry->anchor->cert))
			return entry;
	}
	return NULL;
}

/* The one to name in a row: what is new, else the first. */
static const struct chk_key_entry *to_name(const struct comparing *comparing,
					   const struct match *match,
					   unsigned side)
{
	const struct chk_key_entry *entry = find_new(comparing, match, side);

	if (entry)
		return entry;
	return match->counts[side] ? match->entries[side] : NULL;
}

static struct chk_change_row *add_change(const struct comparing *comparing,
					 const struct match *match,
					 enum chk_change_kind kind,
					 unsigned purposes)
{
	const struct chk_key_entry *before = to_name(comparing, match, BEFORE);
	const struct chk_key_entry *after = to_name(comparing, match, AFTER);
	struct chk_difference *difference = comparing->difference;
	struct chk_change_row *row = add_row(difference, kind);

	if (!row)
		return NULL;
	row->view.before = before ? before->anchor : NULL;
	row->view.after = after ? after->anchor : NULL;
	row->view.purposes = purposes;
	row->standing[BEFORE] = match->standing[BEFORE];
	row->standing[AFTER] = match->standing[AFTER];
	row->order = before ? before->at :
		     difference->store[BEFORE]->count + after->at;
	return row;
}

/* No purposes are no change. */
static bool add_for(const struct comparing *comparing,
		    const struct match *match, enum chk_change_kind kind,
		    unsigned purposes)
{
	return !purposes || add_change(comparing, match, kind, purposes);
}

/* The constraints of those of a side that are trusted. */
static bool take_constraints(const struct match *match, unsigned side,
			     struct chk_constraints *constraints)
{
	for (size_t i = 0; i < match->counts[side]; i++) {
		const struct chk_anchor *anchor =
			match->entries[side][i].anchor;

		if (chk_anchor_trust(anchor, CHK_PURPOSE_ANY) ==
			    CHK_TRUST_TRUSTED &&
		    !chk_constraints_add(constraints, anchor))
			return false;
	}
	return true;
}

static bool add_constraints(const struct comparing *comparing,
			    const struct match *match,
			    enum chk_change_kind kind, size_t count)
{
	struct chk_change_row *row;

	if (!count)
		return true;
	row = add_change(comparing, match, kind,
			 match->standing[AFTER].trusted);
	if (row)
		row->view.constraints = count;
	return row != NULL;
}

static bool compare_constraints(const struct comparing *comparing,
				const struct match *match)
{
	CHK_CLEANUP(chk_constraints_clear)
	struct chk_constraints before = { 0 };
	CHK_CLEANUP(chk_constraints_clear)
	struct chk_constraints after = { 0 };
	struct chk_constraint_changes changes;

	if (!match->standing[BEFORE].trusted || !match->standing[AFTER].trusted)
		return true;
	if (!take_constraints(match, BEFORE, &before) ||
	    !take_constraints(match, AFTER, &after))
		return false;
	changes = chk_constraints_compare(&before, &after);
	return add_constraints(comparing, match, CHK_CHANGE_CONSTRAINTS_LOST,
			       changes.lost) &&
	       add_constraints(comparing, match, CHK_CHANGE_CONSTRAINTS,
			       changes.changed);
}

/* The key, or the name, is on both sides: is it the same certificate? */
static bool compare_certificates(const struct comparing *comparing,
				 const struct match *match)
{
	unsigned purposes = match->standing[BEFORE].trusted |
			    match->standing[AFTER].trusted;

	if (match->rekeyed)
		return add_for(comparing, match, CHK_CHANGE_REKEYED, purposes);
	if (!chk_standing_is_stated(&match->standing[BEFORE]) ||
	    !chk_standing_is_stated(&match->standing[AFTER]) ||
	    (!find_new(comparing, match, BEFORE) &&
	     !find_new(comparing, match, AFTER)))
		return true;
	return add_change(comparing, match, CHK_CHANGE_RENEWED, purposes);
}

static bool compare_match(const struct comparing *comparing,
			  const struct match *match)
{
	const struct chk_standing *before = &match->standing[BEFORE];
	const struct chk_standing *after = &match->standing[AFTER];
	struct chk_loosened loosened = chk_standing_loosened(before, after);
	struct chk_loosened stricter = chk_standing_loosened(after, before);
	unsigned lost = loosened.distrust | loosened.dates;
	unsigned gained = stricter.distrust | stricter.dates;

	if (!add_for(comparing, match, CHK_CHANGE_DISTRUST_LOST, lost) ||
	    !add_for(comparing, match, CHK_CHANGE_DISTRUST_GAINED, gained))
		return false;
	/* A distrust that is told says what became of the trust as well. */
	if (!match->counts[AFTER])
		return add_for(comparing, match, CHK_CHANGE_REMOVED,
			       before->trusted & ~gained);
	if (!match->counts[BEFORE])
		return add_for(comparing, match, CHK_CHANGE_ADDED,
			       after->trusted & ~lost);
	return add_for(comparing, match, CHK_CHANGE_PURPOSES,
		       (before->trusted ^ after->trusted) & ~(lost | gained)) &&
	       compare_constraints(comparing, match) &&
	       compare_certificates(comparing, match);
}

/*
 * A store that refuses a certificate by issuer and serial number refuses it
 * whether it has it or not.
 */
static void take_entry(struct comparing *comparing,
		       struct chk_standing standing[2],
		       const struct chk_key_entry *entry)
{
	const struct chk_cert *cert = entry->anchor->cert;
	bool blocked[2];

	for (size_t side = 0; side < 2; side++) {
		size_t at = chk_blocks_find(&comparing->blocks[side],
					    cert->issuer, cert->serial);

		blocked[side] = at != SIZE_MAX;
		if (blocked[side])
			comparing->met[side][at] = true;
	}
	chk_standing_add(&standing[entry->side], entry->anchor,
			 blocked[entry->side]);
	if (blocked[!entry->side])
		standing[!entry->side].distrusted = CHK_ALL_PURPOSES;
}

static bool take_standings(struct comparing *comparing)
{
	const struct chk_keys *keys = &comparing->keys;

	comparing->standings = calloc(keys->count + 1,
				      sizeof(*comparing->standings));
	if (!comparing->standings)
		return false;
	for (size_t i = 0; i < keys->count; i++) {
		const struct chk_key_group *group = &keys->groups[i];

		for (size_t j = 0; j < group->counts[0] + group->counts[1]; j++)
			take_entry(comparing, comparing->standings[i],
				   &group->entries[j]);
	}
	return true;
}

/* A CA that was trusted under another key: neither half is refused. */
static bool pair(struct comparing *comparing)
{
	CHK_CLEANUP(chk_cleanup_free) bool *wanted =
		calloc(comparing->keys.count + 1, sizeof(*wanted));

	if (!wanted)
		return false;
	for (size_t i = 0; i < comparing->keys.count; i++) {
		const struct chk_standing *standing = comparing->standings[i];

		wanted[i] = (standing[BEFORE].trusted ||
			     standing[AFTER].trusted) &&
			    !standing[BEFORE].distrusted &&
			    !standing[AFTER].distrusted;
	}
	return chk_keys_pair(&comparing->keys, wanted, &comparing->pairs);
}

static void take_side(const struct comparing *comparing, size_t i,
		      unsigned side, struct match *match)
{
	const struct chk_key_group *group = &comparing->keys.groups[i];

	match->entries[side] = group->entries +
			       (side == AFTER ? group->counts[BEFORE] : 0);
	match->counts[side] = group->counts[side];
	match->standing[side] = comparing->standings[i][side];
}

/* Nothing is said of it on either side. */
static bool count_unstated(struct chk_difference *difference,
			   const struct match *match)
{
	if (chk_standing_is_stated(&match->standing[BEFORE]) ||
	    chk_standing_is_stated(&match->standing[AFTER]))
		return false;
	for (size_t side = 0; side < 2; side++)
		difference->unstated[side] += match->counts[side] > 0;
	return true;
}

static bool compare_group(const struct comparing *comparing, size_t i)
{
	struct chk_difference *difference = comparing->difference;
	size_t other = comparing->pairs[i], rows = difference->count;
	struct match match = { .rekeyed = other != SIZE_MAX };

	take_side(comparing, i, BEFORE, &match);
	take_side(comparing, i, AFTER, &match);
	/* A pair is compared where its first half is met. */
	if (match.rekeyed && !match.counts[BEFORE])
		return true;
	if (match.rekeyed)
		take_side(comparing, other, AFTER, &match);
	if (count_unstated(difference, &match))
		return true;
	if (!compare_match(comparing, &match))
		return false;
	difference->same += difference->count == rows;
	return true;
}

static bool add_block(struct comparing *comparing, unsigned side, size_t i)
{
	struct chk_difference *difference = comparing->difference;
	const struct chk_blocked *blocked =
		&difference->store[side]->blocked[i];
	struct chk_buffer issuer = { 0 };
	struct chk_change_row *row =
		add_row(difference, side == BEFORE ?
			CHK_CHANGE_DISTRUST_LOST : CHK_CHANGE_DISTRUST_GAINED);

	if (!row)
		return false;
	chk_buffer_text(&issuer, "");
	chk_dn_text(&issuer, blocked->issuer);
	row->view.issuer = chk_buffer_steal(&issuer);
	row->view.serial = blocked->serial;
	row->view.where = blocked->where;
	row->view.purposes = CHK_ALL_PURPOSES;
	row->standing[side].distrusted = CHK_ALL_PURPOSES;
	row->order = difference->store[BEFORE]->count +
		     difference->store[AFTER]->count + i;
	return row->view.issuer != NULL;
}

/* Refused by issuer and serial number, and nobody has the certificate. */
static bool compare_blocks(struct comparing *comparing, unsigned side)
{
	const struct chk_store *store = comparing->difference->store[side];

	for (size_t i = 0; i < store->blocked_count; i++) {
		const struct chk_blocked *blocked = &store->blocked[i];
		size_t first = chk_blocks_find(&comparing->blocks[side],
					       blocked->issuer,
					       blocked->serial);

		if (first != i || comparing->met[side][i] ||
		    chk_blocks_find(&comparing->blocks[!side], blocked->issuer,
				    blocked->serial) != SIZE_MAX)
			continue;
		if (!add_block(comparing, side, i))
			return false;
	}
	return true;
}

static int by_kind(const void *a, const void *b)
{
	const struct chk_change_row *left = a, *right = b;

	if (left->view.kind != right->view.kind)
		return left->view.kind < right->view.kind ? -1 : 1;
	return left->order < right->order ? -1 : left->order > right->order;
}

static bool index_blocks(struct comparing *comparing, unsigned side)
{
	const struct chk_store *store = comparing->difference->store[side];

	comparing->met[side] = calloc(store->blocked_count + 1,
				      sizeof(*comparing->met[side]));
	return comparing->met[side] &&
	       chk_blocks_index(&comparing->blocks[side], store);
}

static bool compare(struct comparing *comparing)
{
	struct chk_difference *difference = comparing->difference;

	if (!index_blocks(comparing, BEFORE) ||
	    !index_blocks(comparing, AFTER) ||
	    !chk_keys_group(&comparing->keys, difference->store[BEFORE],
			    difference->store[AFTER]) ||
	    !take_standings(comparing) || !pair(comparing))
		return false;
	for (size_t i = 0; i < comparing->keys.count; i++)
		if (!compare_group(comparing, i))
			return false;
	if (!compare_blocks(comparing, BEFORE) ||
	    !compare_blocks(comparing, AFTER))
		return false;
	if (difference->count)
		qsort(difference->rows, difference->count,
		      sizeof(*difference->rows), by_kind);
	return true;
}

bool chk_store_compare(const struct chk_store *before,
		       const struct chk_store *after,
		       struct chk_difference **difference,
		       struct chk_error *error)
{
	CHK_CLEANUP(cleanup_difference) struct chk_difference *made =
		calloc(1, sizeof(*made));
	CHK_CLEANUP(cleanup_comparing)
	struct comparing comparing = { .difference = made };

	*difference = NULL;
	if (!made)
		return chk_error_memory(error);
	made->store[BEFORE] = before;
	made->store[AFTER] = after;
	if (!compare(&comparing))
		return chk_error_memory(error);
	*difference = chk_steal(&made);
	return true;
}
