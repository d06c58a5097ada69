/* lib/diagnosis/from_unseen.c: an issuer that nobody here has seen. */
#include "diagnosis/missing.h"

#include "cert/dn.h"
#include "cert/general_name.h"
#include "diagnosis/complete.h"
#include "diagnosis/public_ca.h"
#include "diagnosis/remedy.h"
#include "diagnosis/words.h"

/* What a certificate's authority key id tells of the issuer's own issuer. */
enum kin {
	KIN_UNKNOWN,
	KIN_ITSELF,  /* the issuer is self-signed: a root */
	KIN_ANOTHER, /* the issuer has an issuer: an intermediate */
};

/*
 * RFC 5280 4.2.1.1: authorityCertIssuer is the issuer of the issuer. `*above`
 * is its name then.
 */
static enum kin kin_of_issuer(const struct chk_cert *cert,
			      struct chk_bytes *above)
{
	struct chk_der names = chk_der_begin(cert->authority.issuer, NULL);
	struct chk_general_name name;

	*above = (struct chk_bytes){ 0 };
	if (!cert->authority.issuer.data)
		return KIN_UNKNOWN;
	while (!chk_der_at_end(&names) &&
	       chk_general_name_next(&names, &name)) {
		if (name.type != CHK_NAME_DIRECTORY)
			continue;
		*above = name.value;
		return chk_dn_match(name.value, cert->issuer) ? KIN_ITSELF :
								KIN_ANOTHER;
	}
	return KIN_UNKNOWN;
}

/* An anchor of this name in the stores that count; NULL: none. */
static const struct chk_anchor *find_anchor(const struct chk_inquiry *inquiry,
					    struct chk_bytes name)
{
	const struct chk_question *question = inquiry->question;
	const struct chk_anchor *anchor = NULL;

	for (size_t i = 0; !anchor && i < question->store_count; i++) {
		size_t cursor = 0;

		anchor = chk_store_next(question->stores[i], name,
					chk_dn_hash(name), &cursor);
	}
	return anchor;
}

/* What was sent besides the leaf, where that did not issue it. */
static void add_sent_instead(struct chk_inquiry *inquiry,
			     struct chk_finding_node *node)
{
	for (size_t i = 1; i < inquiry->chain->count && i < 4; i++)
		chk_finding_evidence(
			inquiry, node, "sent, and no issuer of it",
			chk_words_cert(&inquiry->report->arena,
				       inquiry->chain->items[i].cert));
}

/* How far the path goes, and whether what was sent goes that far. */
static const char *sent_clause(struct chk_inquiry *inquiry,
			       const struct chk_path *path)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_link *top = &path->links[path->count - 1];
	const char *name = chk_words_cert(arena, top->cert);

	if (path->count > 1 && top->origin != CHK_ORIGIN_PRESENTED)
		return chk_words(arena, "The path from %s goes up to %s",
				 inquiry->peer, name);
	if (path->count > 1)
		return chk_words(arena, "%s %s its chain up to %s",
				 inquiry->peer, inquiry->sends, name);
	if (inquiry->chain->count == 1)
		return chk_words(arena, "%s %s only the certificate %s",
				 inquiry->peer, inquiry->sends, name);
	return chk_words(arena, "%s %s %zu certificates, and none of them "
			 "issued %s", inquiry->peer, inquiry->sends,
			 inquiry->chain->count, name);
}

static const char *unsent_words(struct chk_inquiry *inquiry,
				const struct chk_path *path,
				const struct chk_cert *cert,
				const char *certainty)
{
	struct chk_arena *arena = &inquiry->report->arena;

	return chk_words(arena, "%s; its issuer %s%s was not sent and is in no "
			 "store here%s%s: the operator must send it",
			 sent_clause(inquiry, path),
			 chk_words_name(arena, cert->issuer),
			 chk_missing_key_id(inquiry, cert->authority.key_id),
			 chk_complete_clause(inquiry, cert), certainty);
}

/* The server must send an issuer that is nowhere at hand. */
static struct chk_finding_node *add_unsent(struct chk_inquiry *inquiry,
					   const struct chk_cert *cert,
					   const char *message)
{
	struct chk_finding_node *node = chk_finding_add(
		inquiry, CHK_FINDING_INTERMEDIATE_MISSING, message);

	chk_finding_set_missing(inquiry, node, cert);
	chk_missing_evidence(inquiry, node, cert);
	return node;
}

/* The table of public CAs has it, and it is no root. */
static void add_public_intermediate(struct chk_inquiry *inquiry,
				    const struct chk_path *path,
				    const struct chk_cert *cert,
				    const struct chk_known_cert *known)
{
	struct chk_finding_node *node = add_unsent(
		inquiry, cert,
		unsent_words(inquiry, path, cert,
			     chk_public_clause(inquiry, cert, known)));

	if (path->count == 1)
		add_sent_instead(inquiry, node);
	chk_public_evidence(inquiry, node, cert, known);
	chk_remedies_add(inquiry, node,
			 "chain.intermediate-missing/not-at-hand", NULL);
}

/* The leaf itself says that its issuer has an issuer. */
static void add_certain_intermediate(struct chk_inquiry *inquiry,
				     const struct chk_path *path,
				     const struct chk_cert *cert,
				     struct chk_bytes above)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_anchor *anchor = find_anchor(inquiry, above);
	const char *certainty = chk_words(
		arena, "; it is no root, since %s issued it, which %s",
		chk_words_name(arena, above),
		anchor ? "is in this client's store" :
			 "is in no store here either");
	struct chk_finding_node *node =
		add_unsent(inquiry, cert,
			   unsent_words(inquiry, path, cert, certainty));

	if (path->count == 1)
		add_sent_instead(inquiry, node);
	chk_finding_evidence(inquiry, node, "issuer of the missing one",
			     chk_words_dn(arena, above));
	chk_remedies_add(inquiry, node,
			 "chain.intermediate-missing/not-at-hand", NULL);
}

/* Nothing decides between a root and an intermediate: both are said. */
static struct chk_finding_node *add_undecided(struct chk_inquiry *inquiry,
					      const struct chk_cert *cert,
					      const char *message)
{
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_finding_node *first = add_unsent(inquiry, cert, message);
	struct chk_finding_node *node;

	chk_remedies_add(inquiry, first,
			 "chain.intermediate-missing/not-at-hand", NULL);
	node = chk_finding_add(
		inquiry, CHK_FINDING_ISSUER_UNKNOWN,
		chk_words(arena, "If %s%s is itself a root, it must be "
			  "installed on this client: it is in none of %s",
			  chk_words_name(arena, cert->issuer),
			  chk_missing_key_id(inquiry, cert->authority.key_id),
			  chk_missing_stores(inquiry)));
	chk_finding_set_alternative(node);
	chk_finding_set_missing(inquiry, node, cert);
	chk_missing_evidence(inquiry, node, cert);
	chk_remedies_add(inquiry, node, "trust.issuer-unknown", NULL);
	return first;
}

/* Does the issuer that `cert` asks for call itself the issuer of `other`? */
static bool is_sibling(const struct chk_cert *cert,
		       const struct chk_cert *other)
{
	return other->issuer_hash == cert->issuer_hash &&
	       !chk_cert_is_self_issued(other) &&
	       chk_bytes_equal(other->authority.key_id,
			       cert->authority.key_id) &&
	       chk_dn_match(other->issuer, cert->issuer);
}

/* An intermediate that was installed where its root should have been. */
static const char *sibling_clause(struct chk_inquiry *inquiry,
				  const struct chk_cert *cert)
{
	const struct chk_question *question = inquiry->question;
	struct chk_arena *arena = &inquiry->report->arena;

	for (size_t i = 0; i < question->store_count; i++) {
		const struct chk_store *store = question->stores[i];

		for (size_t j = 0; j < store->count; j++) {
			const struct chk_anchor *anchor = store->anchors[j];

			if (is_sibling(cert, anchor->cert))
				return chk_words(
					arena, ", which has %s, of the same "
					"issuer, and not the issuer itself",
					chk_words_cert(arena, anchor->cert));
		}
	}
	return "";
}

/* The top of what was sent names a root that no store has. */
static void add_unseen_anchor(struct chk_inquiry *inquiry,
			      const struct chk_path *path,
			      const struct chk_cert *cert, bool certain)
{
	const struct chk_known_cert *known = chk_public_issuer(inquiry, cert);
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_finding_node *node = chk_finding_add(
		inquiry, CHK_FINDING_ANCHOR_MISSING,
		chk_words(arena, "%s; its issuer %s%s is missing from %s%s%s%s",
			  sent_clause(inquiry, path),
			  chk_words_name(arena, cert->issuer),
			  chk_missing_key_id(inquiry, cert->authority.key_id),
			  chk_missing_stores(inquiry),
			  sibling_clause(inquiry, cert),
			  chk_complete_clause(inquiry, cert),
			  chk_public_clause(inquiry, cert, known)));

	chk_finding_set_missing(inquiry, node, cert);
	chk_missing_evidence(inquiry, node, cert);
	chk_public_evidence(inquiry, node, cert, known);
	chk_finding_evidence(inquiry, node, "at hand",
			     "no: the certificate itself was not seen");
	if (certain && !known)
		chk_finding_evidence(inquiry, node, "it is a root",
				     "the authority key id names it as its "
				     "own issuer");
	chk_remedies_add(inquiry, node, "trust.anchor-missing/not-at-hand",
			 NULL);
	if (certain)
		return;
	node = chk_finding_add(
		inquiry, CHK_FINDING_INTERMEDIATE_MISSING,
		chk_words(arena, "If %s%s is no root, the server must send it "
			  "behind %s", chk_words_name(arena, cert->issuer),
			  chk_missing_key_id(inquiry, cert->authority.key_id),
			  chk_words_cert(arena, cert)));
	chk_finding_set_alternative(node);
	chk_finding_set_missing(inquiry, node, cert);
	chk_missing_evidence(inquiry, node, cert);
	chk_remedies_add(inquiry, node,
			 "chain.intermediate-missing/alternative", NULL);
}

static void tell_unknown(struct chk_inquiry *inquiry,
			 const struct chk_path *path,
			 const struct chk_defect *defect)
{
	const struct chk_known_cert *known =
		chk_public_issuer(inquiry, defect->cert);
	struct chk_bytes above;
	enum kin kin = kin_of_issuer(defect->cert, &above);
	struct chk_finding_node *node;

	if (known && !known->root)
		add_public_intermediate(inquiry, path, defect->cert, known);
	else if (known)
		add_unseen_anchor(inquiry, path, defect->cert, true);
	else if (kin == KIN_ANOTHER)
		add_certain_intermediate(inquiry, path, defect->cert, above);
	else if (kin == KIN_ITSELF || path->count > 1)
		add_unseen_anchor(inquiry, path, defect->cert,
				  kin == KIN_ITSELF);
	else {
		node = add_undecided(inquiry, defect->cert,
				     unsent_words(inquiry, path, defect->cert,
						  chk_public_clause(
							  inquiry, defect->cert,
							  NULL)));
		add_sent_instead(inquiry, node);
	}
}

/* The first rule that taking `unfit` for the issuer of `cert` broke. */
static const char *why_unfit(struct chk_inquiry *inquiry,
			     const struct chk_cert *cert,
			     const struct chk_cert *unfit)
{
	const struct chk_outcome *outcome = &inquiry->outcome;

	for (size_t i = 0; i < outcome->refusal_count; i++) {
		const struct chk_refusal *refusal = &outcome->refusals[i];

		if (refusal->cert == unfit && refusal->issued == cert)
			return chk_words_defect(&inquiry->report->arena,
						&refusal->defect);
	}
	return NULL;
}

/* One has the name and the key, and leads to nothing that is at hand. */
static void tell_unfit(struct chk_inquiry *inquiry,
		       const struct chk_defect *defect)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_cert *unfit = defect->other;
	const char *message = chk_words(
		arena, "The %s at hand is not fit to stand above %s, and what "
		"issued it is not here; another certificate of it%s was not "
		"sent and is in no store here: the operator must send it",
		chk_words_cert(arena, unfit),
		chk_words_cert(arena, defect->cert),
		chk_missing_key_id(inquiry, unfit->key_id));
	struct chk_finding_node *node =
		add_undecided(inquiry, defect->cert, message);

	chk_finding_evidence(inquiry, node, "will not do",
			     why_unfit(inquiry, defect->cert, unfit));
	chk_finding_evidence(inquiry, node, "its issuer, not at hand",
			     chk_words_dn(arena, unfit->issuer));
}

/*
 * Another path lacks as little: which one is meant nothing tells, so the
 * finding to act on first names both.
 */
static void tell_another(struct chk_inquiry *inquiry,
			 const struct chk_path *path,
			 const struct chk_cert *cert)
{
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_finding_node *first = chk_findings_primary(inquiry);
	const char *name = chk_words_name(arena, cert->issuer);
	const char *key_id =
		chk_missing_key_id(inquiry, cert->authority.key_id);
	struct chk_finding_node *node = chk_finding_add(
		inquiry, CHK_FINDING_ANCHOR_MISSING,
		chk_words(arena, "Another path goes up to %s; its issuer %s%s "
			  "in %s would do as well",
			  chk_words_cert(arena,
					 path->links[path->count - 1].cert),
			  name, key_id, chk_missing_stores(inquiry)));

	if (first)
		first->finding.message = chk_words(
			arena, "%s; %s%s would do as well",
			first->finding.message, name, key_id);
	chk_finding_evidence(inquiry, first, "or subject",
			     chk_words_dn(arena, cert->issuer));
	if (cert->authority.key_id.data)
		chk_finding_evidence(inquiry, first, "or key id",
				     chk_words_key_id(arena,
						   cert->authority.key_id));

	chk_finding_set_alternative(node);
	chk_finding_set_missing(inquiry, node, cert);
	chk_missing_evidence(inquiry, node, cert);
	chk_remedies_add(inquiry, node, "trust.anchor-missing/not-at-hand",
			 NULL);
}

void chk_findings_from_unseen(struct chk_inquiry *inquiry,
			      const struct chk_path *path,
			      const struct chk_defect *defect,
			      bool alternative)
{
	if (alternative)
		tell_another(inquiry, path, defect->cert);
	else if (defect->rule == CHK_RULE_ISSUER_UNFIT)
		tell_unfit(inquiry, defect);
	else
		tell_unknown(inquiry, path, defect);
}
