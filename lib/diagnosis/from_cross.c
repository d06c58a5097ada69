/*
 * lib/diagnosis/from_cross.c: where an anchor is missing, the cross-certificate
 * that would lead to one that this client has.
 */
#include "diagnosis/sources.h"

#include "diagnosis/public_ca.h"
#include "diagnosis/remedy.h"
#include "diagnosis/words.h"
#include "supply/known.h"

/* A public certificate of the name and key of `issuer`, and of use here. */
static const struct chk_known_cert *
find_cross(struct chk_inquiry *inquiry, const struct chk_cert *issued,
	   const struct chk_cert *issuer, struct chk_known_cert *root)
{
	const struct chk_known_cert *known = chk_public_issuer(inquiry, issued);
	int64_t at = inquiry->at;

	if (!known || known->root || known->revoked ||
	    at < known->not_before || at > known->not_after ||
	    !chk_known_has_key(inquiry->question->known, known, issuer->spki) ||
	    !chk_public_held_root(inquiry, known, root) || at > root->not_after)
		return NULL;
	return known;
}

static void tell_cross(struct chk_inquiry *inquiry,
		       const struct chk_cert *issued,
		       const struct chk_known_cert *known,
		       const struct chk_known_cert *root)
{
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_finding_node *node = chk_finding_add(
		inquiry, CHK_FINDING_INTERMEDIATE_MISSING,
		chk_words(arena, "A cross-certificate of %s, SHA-256 %s, valid "
			  "until %s, leads to %s, which this client has: the "
			  "server could send it",
			  chk_words_name(arena, issued->issuer),
			  chk_words_hex(arena,
					chk_bytes_of(known->sha256, 32)),
			  chk_words_day(arena, known->not_after),
			  chk_public_name(inquiry, root)));

	chk_finding_set_alternative(node);
	chk_finding_set_missing(inquiry, node, issued);
	chk_remedies_add(inquiry, node, "chain.intermediate-missing/cross",
			 NULL);
}

void chk_findings_from_cross(struct chk_inquiry *inquiry,
			     const struct chk_path *path)
{
	const struct chk_finding_node *primary = chk_findings_primary(inquiry);
	const struct chk_known_cert *known = NULL;
	struct chk_known_cert root;

	if (!inquiry->question->known || !primary ||
	    primary->id != CHK_FINDING_ANCHOR_MISSING)
		return;
	for (size_t i = 1; !known && i < path->count; i++) {
		const struct chk_cert *issued = path->links[i - 1].cert;

		known = find_cross(inquiry, issued, path->links[i].cert, &root);
		if (known)
			tell_cross(inquiry, issued, known, &root);
	}
}
