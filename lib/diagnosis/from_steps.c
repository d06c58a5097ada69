/*
 * lib/diagnosis/from_steps.c: steps of a path that are sound by RFC 5280 and
 * that other verifiers do not take: key ids and bytes of names that differ,
 * and a server's key that may not be used as one.
 */
#include "diagnosis/sources.h"

#include "cert/dn.h"
#include "cert/general_name.h"
#include "cert/key_id.h"
#include "diagnosis/remedy.h"
#include "diagnosis/words.h"
#include "path/candidates.h"

/* A key id, and how it was made of the issuer's key. */
static void add_key_id(struct chk_inquiry *inquiry,
		       struct chk_finding_node *node, const char *name,
		       const struct chk_cert *issuer, struct chk_bytes id)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const char *way = chk_key_id_way(issuer, id);

	chk_finding_evidence(inquiry, node, name,
			     chk_words(arena, "%s: %s",
				       chk_words_key_id(arena, id),
				       way ? way : "no usual hash of the "
						   "issuer's key"));
}

/*
 * GnuTLS and OpenSSL take a differing key id for a missing issuer. Where
 * the profile has it for a defect it is told as one.
 */
static void tell_key_id(struct chk_inquiry *inquiry,
			const struct chk_link *link,
			const struct chk_cert *issuer)
{
	const struct chk_cert *cert = link->cert;
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_defect defect = {
		.rule = CHK_RULE_KEY_IDS, .cert = cert, .other = issuer,
	};
	struct chk_finding_node *node;

	if (inquiry->profile->key_ids ||
	    chk_key_id_fit(cert, issuer) != CHK_KEY_ID_DIFFERS)
		return;
	node = chk_finding_add(
		inquiry, CHK_FINDING_KEY_ID_MISMATCH,
		chk_words(arena, "%s: OpenSSL and GnuTLS find no issuer, Java "
			  "and Go do", chk_words_defect(arena, &defect)));
	chk_finding_set_about(inquiry, node, cert, link->where);
	add_key_id(inquiry, node, "authority key id", issuer,
		   cert->authority.key_id);
	add_key_id(inquiry, node, "key id of the issuer", issuer,
		   issuer->key_id);
	chk_remedies_add(inquiry, node, "cert.key-id-mismatch", NULL);
}

/* The first name of the issuer's issuer in an authority key id; or none. */
static struct chk_bytes authority_issuer(const struct chk_cert *cert)
{
	struct chk_der names = chk_der_begin(cert->authority.issuer, NULL);
	struct chk_general_name name;

	while (cert->authority.issuer.data && !chk_der_at_end(&names) &&
	       chk_general_name_next(&names, &name)) {
		if (name.type == CHK_NAME_DIRECTORY)
			return name.value;
	}
	return (struct chk_bytes){ 0 };
}

/*
 * RFC 5280 4.2.1.1: who issued the issuer's certificate, and its number. Only
 * OpenSSL holds an issuer to them: GnuTLS, NSS and Java take it all the same.
 */
static void tell_authority(struct chk_inquiry *inquiry,
			   const struct chk_link *link,
			   const struct chk_cert *issuer)
{
	const struct chk_cert *cert = link->cert;
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_bytes above = authority_issuer(cert);
	bool other_name = above.data && !chk_dn_match(above, issuer->issuer);
	bool other_number = cert->authority.serial.data &&
			    !chk_bytes_equal(cert->authority.serial,
					     issuer->serial);
	const char *says, *is;
	struct chk_finding_node *node;

	if (!other_name && !other_number)
		return;
	if (other_name) {
		says = chk_words(arena, "issued by %s",
				 chk_words_name(arena, above));
		is = chk_words_name(arena, issuer->issuer);
	} else {
		says = chk_words(arena, "number %s",
				 chk_words_hex(arena, cert->authority.serial));
		is = chk_words_hex(arena, issuer->serial);
	}
	node = chk_finding_add(
		inquiry, CHK_FINDING_KEY_ID_MISMATCH,
		chk_words(arena, "%s did sign %s, which names its issuer's "
			  "certificate as %s while it is %s: OpenSSL finds no "
			  "issuer; GnuTLS, NSS and Java do",
			  chk_words_cert(arena, issuer),
			  chk_words_cert(arena, cert), says, is));
	chk_finding_set_about(inquiry, node, cert, link->where);
	chk_remedies_add(inquiry, node, "cert.key-id-mismatch/authority",
			 NULL);
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
		chk_words(arena, "The issuer of %s and the subject of %s are "
			  "the same name in different bytes (%s): GnuTLS, Go "
			  "and NSS compare bytes and find no issuer",
			  chk_words_cert(arena, cert),
			  chk_words_cert(arena, issuer),
			  chk_words_name_difference(arena, cert->issuer,
						    issuer->subject)));
	chk_finding_set_about(inquiry, node, cert, link->where);
	chk_remedies_add(inquiry, node, "cert.issuer-encoding", NULL);
}

/*
 * Not one of these on a server's certificate: RFC 5280 4.2.1.12 has it unfit,
 * and section 6 has no such step; OpenSSL refuses it and Go does not.
 */
#define SERVER_USAGES (CHK_USAGE_DIGITAL_SIGNATURE | \
		       CHK_USAGE_KEY_ENCIPHERMENT | CHK_USAGE_KEY_AGREEMENT)

static void tell_key_usage(struct chk_inquiry *inquiry,
			   const struct chk_link *leaf)
{
	const struct chk_key_usage *usage = &leaf->cert->key_usage;
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_finding_node *node;

	if (inquiry->question->purpose != CHK_PURPOSE_TLS_SERVER ||
	    inquiry->profile->leaf_usages ||
	    !usage->present || (usage->bits & SERVER_USAGES))
		return;
	node = chk_finding_add(
		inquiry, CHK_FINDING_PURPOSE,
		chk_words(arena, "the keyUsage of %s has neither "
			  "digitalSignature nor keyEncipherment nor "
			  "keyAgreement: OpenSSL does not take it for a "
			  "server's, Go does",
			  chk_words_cert(arena, leaf->cert)));
	if (!node)
		return;
	node->finding.severity = CHK_SEVERITY_WARNING;
	chk_finding_set_party(node, CHK_PARTY_SERVER);
	chk_finding_set_about(inquiry, node, leaf->cert, leaf->where);
	chk_finding_evidence(inquiry, node, "rule",
			     "RFC 5280 section 4.2.1.12");
	chk_remedies_add(inquiry, node, "cert.purpose", NULL);
}

void chk_findings_from_steps(struct chk_inquiry *inquiry)
{
	const struct chk_path *path = chk_inquiry_best(inquiry);

	if (path)
		tell_key_usage(inquiry, &path->links[0]);
	for (size_t i = 0; path && i + 1 < path->count; i++) {
		tell_key_id(inquiry, &path->links[i], path->links[i + 1].cert);
		tell_authority(inquiry, &path->links[i],
			       path->links[i + 1].cert);
		tell_encoding(inquiry, &path->links[i],
			      path->links[i + 1].cert);
	}
}
