/*
 * lib/diagnosis/from_anchor.c: anchors that end a path by RFC 5280 and that
 * other clients do not take for an end, or do not take in at all.
 */
#include "diagnosis/sources.h"

#include "diagnosis/missing.h"
#include "diagnosis/remedy.h"
#include "diagnosis/words.h"

/* Of the issuer's name, and not the certificate itself, which may have it. */
static bool may_issue(const struct chk_cert *cert,
		      const struct chk_cert *issuer)
{
	return chk_cert_names_match(cert, issuer) &&
	       !chk_bytes_equal(cert->der, issuer->der);
}

/* Has a store that counts, or the peer, a certificate of this issuer's name? */
static bool has_issuer(const struct chk_inquiry *inquiry,
		       const struct chk_cert *cert)
{
	const struct chk_question *question = inquiry->question;
	const struct chk_anchor *anchor;

	for (size_t i = 0; i < question->store_count; i++) {
		size_t cursor = 0;

		while ((anchor = chk_store_next(question->stores[i],
						cert->issuer,
						cert->issuer_hash, &cursor))) {
			if (may_issue(cert, anchor->cert))
				return true;
		}
	}
	for (size_t i = 0; i < inquiry->chain->count; i++) {
		if (may_issue(cert, inquiry->chain->items[i].cert))
			return true;
	}
	return false;
}

/*
 * OpenSSL goes on from a trusted intermediate to a root, unless it is told
 * that partial chains will do (X509_V_FLAG_PARTIAL_CHAIN).
 */
static void tell_partial(struct chk_inquiry *inquiry,
			 const struct chk_cert *cert)
{
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_finding_node *node;

	if (chk_cert_is_root(cert) || has_issuer(inquiry, cert))
		return;
	node = chk_finding_add(
		inquiry, CHK_FINDING_ANCHOR_MISSING,
		chk_words(arena, "the anchor %s is no root, and its issuer "
			  "%s%s is in no store that counts: OpenSSL wants that "
			  "too, GnuTLS, Java and Go end the path here",
			  chk_words_cert(arena, cert),
			  chk_words_name(arena, cert->issuer),
			  chk_missing_key_id(inquiry,
					     cert->authority.key_id)));
	if (!node)
		return;
	node->finding.severity = CHK_SEVERITY_WARNING;
	chk_finding_set_missing(inquiry, node, cert);
	chk_remedies_add(inquiry, node, "trust.anchor-missing/not-at-hand",
			 NULL);
}

/* The server's own certificate was installed in place of a CA. */
static void tell_own_anchor(struct chk_inquiry *inquiry,
			    const struct chk_link *leaf)
{
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_finding_node *node;

	if (leaf->cert->basic_constraints.ca ||
	    !chk_cert_is_self_issued(leaf->cert))
		return;
	node = chk_finding_add(
		inquiry, CHK_FINDING_NOT_A_CA,
		chk_words(arena, "%s is its own anchor and no CA: OpenSSL, "
			  "GnuTLS, Java and Go take it, Android and iOS do not "
			  "install it, and its successor must be installed "
			  "anew", chk_words_cert(arena, leaf->cert)));
	if (!node)
		return;
	node->finding.severity = CHK_SEVERITY_NOTE;
	chk_finding_set_party(node, CHK_PARTY_SERVER);
	chk_finding_set_about(inquiry, node, leaf->cert, leaf->where);
	chk_remedies_add(inquiry, node, "cert.not-a-ca/own-anchor", NULL);
}

void chk_findings_from_anchor(struct chk_inquiry *inquiry)
{
	const struct chk_path *path = chk_inquiry_best(inquiry);

	if (!path || !chk_path_is_valid(path))
		return;
	if (path->count > 1)
		tell_partial(inquiry, path->links[path->count - 1].cert);
	else
		tell_own_anchor(inquiry, &path->links[0]);
}
