/*
 * lib/diagnosis/from_steps.c: steps of a path that are sound by RFC 5280 and
 * that other verifiers do not take: key ids and bytes of names that differ.
 */
#include "diagnosis/sources.h"

#include "diagnosis/remedy.h"
#include "diagnosis/words.h"

/* GnuTLS and OpenSSL take a differing key id for a missing issuer. */
static void tell_key_id(struct chk_inquiry *inquiry,
			const struct chk_link *link,
			const struct chk_cert *issuer)
{
	const struct chk_cert *cert = link->cert;
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_finding_node *node;

	if (!cert->authority.key_id.data || !issuer->key_id.data ||
	    chk_bytes_equal(cert->authority.key_id, issuer->key_id))
		return;
	node = chk_finding_add(
		inquiry, CHK_FINDING_KEY_ID_MISMATCH,
		chk_words(arena, "%s did sign %s, which names the issuer's key "
			  "id as %s while it is %s: OpenSSL and GnuTLS find no "
			  "issuer, Java and Go do",
			  chk_words_cert(arena, issuer),
			  chk_words_cert(arena, cert),
			  chk_words_hex(arena, cert->authority.key_id),
			  chk_words_hex(arena, issuer->key_id)));
	chk_finding_set_about(inquiry, node, cert, link->where);
	chk_finding_evidence(inquiry, node, "authority key id",
			     chk_words_hex(arena, cert->authority.key_id));
	chk_finding_evidence(inquiry, node, "key id of the issuer",
			     chk_words_hex(arena, issuer->key_id));
	chk_remedies_add(inquiry, node, "cert.key-id-mismatch", NULL);
}

/* The first byte at which two names differ, of their DER. */
static size_t first_difference(struct chk_bytes a, struct chk_bytes b)
{
	size_t i = 0;

	while (i < a.size && i < b.size && a.data[i] == b.data[i])
		i++;
	return i;
}

/* RFC 5280 7.1 folds string types, case and space; others compare bytes. */
static void tell_encoding(struct chk_inquiry *inquiry,
			  const struct chk_link *link,
			  const struct chk_cert *issuer)
{
	const struct chk_cert *cert = link->cert;
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_finding_node *node;

	if (chk_bytes_equal(cert->issuer, issuer->subject))
		return;
	node = chk_finding_add(
		inquiry, CHK_FINDING_ISSUER_ENCODING,
		chk_words(arena, "the issuer of %s and the subject of %s are "
			  "the same name in different bytes, from byte %zu on: "
			  "GnuTLS, Go and NSS compare bytes and find no issuer",
			  chk_words_cert(arena, cert),
			  chk_words_cert(arena, issuer),
			  first_difference(cert->issuer, issuer->subject)));
	chk_finding_set_about(inquiry, node, cert, link->where);
	chk_remedies_add(inquiry, node, "cert.issuer-encoding", NULL);
}

void chk_findings_from_steps(struct chk_inquiry *inquiry)
{
	const struct chk_path *path = chk_inquiry_best(inquiry);

	for (size_t i = 0; path && i + 1 < path->count; i++) {
		tell_key_id(inquiry, &path->links[i], path->links[i + 1].cert);
		tell_encoding(inquiry, &path->links[i],
			      path->links[i + 1].cert);
	}
}
