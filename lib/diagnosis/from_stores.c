/* lib/diagnosis/from_stores.c: what a store itself does wrong. */
#include "diagnosis/sources.h"

#include "diagnosis/remedy.h"
#include "diagnosis/words.h"

static void tell_empty(struct chk_inquiry *inquiry,
		       const struct chk_store *store)
{
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_finding_node *node = chk_finding_add(
		inquiry, CHK_FINDING_STORE_EMPTY,
		chk_words(arena, "The trust store %s has no certificate in it",
			  chk_words_escape(arena, store->spec)));

	chk_finding_evidence(inquiry, node, "store",
			     chk_words_escape(arena, store->spec));
	chk_remedies_add(inquiry, node, "store.empty", NULL);
}

/*
 * Notes are told in any case. They are a finding only where trust was not
 * found: what could not be read may be what is missing.
 */
static void tell_malformed(struct chk_inquiry *inquiry,
			   const struct chk_store *store)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const char *spec = chk_words_escape(arena, store->spec);
	struct chk_finding_node *node = chk_finding_add(
		inquiry, CHK_FINDING_STORE_MALFORMED,
		chk_words(arena, "%zu place%s of the trust store %s could not "
			  "be read; what is missing may stand there",
			  store->note_count, store->note_count == 1 ? "" : "s",
			  spec));

	for (size_t i = 0; i < store->note_count && i < 4; i++)
		chk_finding_evidence(
			inquiry, node,
			chk_words_escape(arena, store->notes[i].where),
			chk_words_escape(arena, store->notes[i].what));
	chk_remedies_add(inquiry, node, "store.malformed", NULL);
}

/* Was a trap of this code told before the `i`th? */
static bool is_told(const struct chk_store *store, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (strcmp(store->traps[j].code, store->traps[i].code) == 0)
			return true;
	}
	return false;
}

/* The `i`th trap and all others of its code, in one finding. */
static void tell_trap(struct chk_inquiry *inquiry,
		      const struct chk_store *store, size_t i)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_trap *trap = &store->traps[i];
	enum chk_finding_id id = chk_finding_find(trap->code);
	struct chk_finding_node *node;

	if (id == CHK_FINDING_COUNT || is_told(store, i))
		return;
	node = chk_finding_add(inquiry, id,
			       chk_words(arena, "%s: %s",
					 chk_words_escape(arena, trap->where),
					 chk_words_escape(arena, trap->what)));
	for (size_t j = i, told = 0; j < store->trap_count && told < 8; j++) {
		if (strcmp(store->traps[j].code, trap->code) != 0)
			continue;
		told++;
		chk_finding_evidence(
			inquiry, node,
			chk_words_escape(arena, store->traps[j].where),
			chk_words_escape(arena, store->traps[j].what));
	}
	chk_remedies_add(inquiry, node, trap->code, NULL);
}

/*
 * The server's own certificate of before, installed as if it were its CA: it
 * stands for nothing but itself, and not for its successor.
 */
static void tell_leaf(struct chk_inquiry *inquiry,
		      const struct chk_store *store)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_anchor *anchor;
	const struct chk_cert *leaf;
	struct chk_finding_node *node;
	size_t cursor = 0;

	if (!inquiry->chain->count ||
	    chk_outcome_is_trusted(&inquiry->outcome))
		return;
	leaf = inquiry->chain->items[0].cert;
	while ((anchor = chk_store_next(store, leaf->subject,
					leaf->subject_hash, &cursor))) {
		if (anchor->cert->version < 3 ||
		    anchor->cert->basic_constraints.ca ||
		    chk_bytes_equal(anchor->cert->der, leaf->der))
			continue;
		node = chk_finding_add(
			inquiry, CHK_FINDING_LEAF_AS_ANCHOR,
			chk_words(arena, "the anchor %s is no CA but an "
				  "earlier certificate of this server, and "
				  "vouches for nothing but itself",
				  chk_words_cert(arena, anchor->cert)));
		chk_finding_set_about(inquiry, node, anchor->cert,
				      anchor->where_count ?
				      chk_words_escape(arena,
						       anchor->where[0]) :
				      NULL);
		chk_remedies_add(inquiry, node, "store.leaf-as-anchor", NULL);
	}
}

void chk_findings_from_stores(struct chk_inquiry *inquiry)
{
	const struct chk_question *question = inquiry->question;

	for (size_t i = 0; i < question->store_count; i++) {
		const struct chk_store *store = question->stores[i];

		if (store->count == 0)
			tell_empty(inquiry, store);
		else if (store->note_count &&
			 !chk_outcome_is_trusted(&inquiry->outcome))
			tell_malformed(inquiry, store);
		tell_leaf(inquiry, store);
		for (size_t j = 0; j < store->trap_count; j++)
			tell_trap(inquiry, store, j);
	}
}
