/* lib/diagnosis/from_missing.c: which certificate is not there, and whose. */
#include "diagnosis/missing.h"

#include "diagnosis/complete.h"
#include "diagnosis/public_ca.h"
#include "diagnosis/remedy.h"
#include "diagnosis/twins.h"
#include "diagnosis/words.h"

const char *chk_missing_stores(struct chk_inquiry *inquiry)
{
	return chk_words_stores(&inquiry->report->arena,
				inquiry->question->stores,
				inquiry->question->store_count);
}

const char *chk_missing_key_id(struct chk_inquiry *inquiry,
			       struct chk_bytes key_id)
{
	struct chk_arena *arena = &inquiry->report->arena;

	if (!key_id.data)
		return "";
	return chk_words(arena, ", key id %s,",
			 chk_words_key_id(arena, key_id));
}

void chk_missing_evidence(struct chk_inquiry *inquiry,
			  struct chk_finding_node *node,
			  const struct chk_cert *cert)
{
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_bytes url = chk_cert_ca_issuers(cert);

	chk_finding_evidence(inquiry, node, "missing subject",
			     chk_words_dn(arena, cert->issuer));
	chk_finding_evidence(inquiry, node, "missing key id",
			     chk_words_key_id(arena, cert->authority.key_id));
	chk_finding_evidence(inquiry, node, "asked for by",
			     chk_words_dn(arena, cert->subject));
	if (url.data)
		chk_finding_evidence(inquiry, node, "caIssuers",
				     chk_words_bytes(arena, url));
	chk_complete_evidence(inquiry, node, cert);
	chk_finding_evidence(inquiry, node, "stores",
			     chk_missing_stores(inquiry));
}

/* What is known of a certificate that is at hand. */
static void add_known(struct chk_inquiry *inquiry,
		      struct chk_finding_node *node,
		      const struct chk_cert *cert)
{
	struct chk_arena *arena = &inquiry->report->arena;

	chk_finding_evidence(inquiry, node, "subject",
			     chk_words_dn(arena, cert->subject));
	chk_finding_evidence(inquiry, node, "key id",
			     chk_words_key_id(arena, cert->key_id));
	chk_finding_evidence(inquiry, node, "SHA-256",
			     chk_words_sha256(arena, cert));
}

/* An intermediate that another place on this machine has. */
static struct chk_finding_node *tell_elsewhere(struct chk_inquiry *inquiry,
					       const struct chk_path *path,
					       const struct chk_defect *defect)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_link *link = chk_path_link(path, defect->other);
	const char *where = link && link->where ? link->where : "another store";
	bool fetched = link && link->origin == CHK_ORIGIN_FETCHED;
	struct chk_change change = { .sent = { defect->other },
				     .sent_count = 1 };
	struct chk_finding_node *node = chk_finding_add(
		inquiry, CHK_FINDING_INTERMEDIATE_MISSING,
		chk_words(arena, "%s %s %s without its issuer %s%s which was "
			  "%s %s: the operator must send it",
			  inquiry->peer, inquiry->sends,
			  chk_words_cert(arena, defect->cert),
			  chk_words_cert(arena, defect->other),
			  chk_missing_key_id(inquiry, defect->other->key_id),
			  fetched ? "fetched from" : "found in",
			  chk_words_escape(arena, where)));

	chk_finding_set_about(inquiry, node, defect->other, where);
	add_known(inquiry, node, defect->other);
	chk_missing_evidence(inquiry, node, defect->cert);
	chk_remedies_add(inquiry, node, "chain.intermediate-missing", &change);
	return node;
}

/* Whence a top that no store trusts is known, as a clause and as a remedy. */
static const char *origin_clause(struct chk_inquiry *inquiry,
				 const struct chk_link *top, const char **key)
{
	struct chk_arena *arena = &inquiry->report->arena;
	bool found = top && top->origin == CHK_ORIGIN_ELSEWHERE;

	if (top && top->origin == CHK_ORIGIN_PRESENTED && inquiry->presented) {
		*key = "trust.anchor-missing/sent";
		return "was sent by the server itself, which proves nothing; "
		       "it";
	}
	if (top && top->origin == CHK_ORIGIN_FETCHED) {
		*key = "trust.anchor-missing/fetched";
		return chk_words(arena, "was fetched from %s, where anybody "
				 "may have put it; it",
				 chk_words_escape(arena, top->where));
	}
	*key = found ? "trust.anchor-missing/elsewhere" :
		       "trust.anchor-missing";
	if (!found || !top->where)
		return chk_words(arena, "stands in %s, which proves nothing; "
				 "it", top && top->where ?
				 chk_words_escape(arena, top->where) :
				 inquiry->peer);
	return chk_words(arena, "was found in %s, which is not what this "
			 "client reads; it",
			 chk_words_escape(arena, top->where));
}

/* CAs that issued each other, and no root among them. */
static struct chk_finding_node *tell_circle(struct chk_inquiry *inquiry,
					    const struct chk_defect *defect)
{
	struct chk_change change = { .anchor = defect->cert };
	struct chk_finding_node *node = chk_finding_add(
		inquiry, CHK_FINDING_ANCHOR_MISSING,
		chk_words_sentence(&inquiry->report->arena, defect));

	chk_finding_set_about(inquiry, node, defect->cert, NULL);
	add_known(inquiry, node, defect->cert);
	chk_remedies_add(inquiry, node, "trust.anchor-missing/circle", &change);
	return node;
}

/* What is to be done about it before it is installed, if it may be at all. */
static const char *advice_on(struct chk_inquiry *inquiry,
			     const struct chk_cert *cert, const char **key)
{
	struct chk_arena *arena = &inquiry->report->arena;

	if (inquiry->at > cert->not_after) {
		*key = "trust.anchor-missing/expired";
		return chk_words(arena, "It ended at %s: to install it would "
				 "not help",
				 chk_words_when(arena, cert->not_after));
	}
	*key = chk_sources_remedy(inquiry, cert, *key);
	return chk_words(arena, "Compare its SHA-256 %s with what its CA "
			 "publishes before installing it",
			 chk_words_sha256(arena, cert));
}

static struct chk_finding_node *tell_top(struct chk_inquiry *inquiry,
					 const struct chk_path *path,
					 const struct chk_defect *defect)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_link *top = chk_path_link(path, defect->cert);
	const char *key;
	const char *clause = origin_clause(inquiry, top, &key);
	const struct chk_known_cert *known =
		chk_public_self(inquiry, defect->cert);
	struct chk_change change = { .anchor = defect->cert };
	struct chk_finding_node *node = chk_finding_add(
		inquiry, CHK_FINDING_ANCHOR_MISSING,
		chk_words(arena, "%s %s is missing from %s%s. %s",
			  chk_words_cert(arena, defect->cert), clause,
			  chk_missing_stores(inquiry),
			  chk_public_clause(inquiry, defect->cert, known),
			  advice_on(inquiry, defect->cert, &key)));

	chk_finding_set_about(inquiry, node, defect->cert,
			      top ? top->where : NULL);
	add_known(inquiry, node, defect->cert);
	chk_finding_evidence(inquiry, node, "stores",
			     chk_missing_stores(inquiry));
	chk_public_evidence(inquiry, node, NULL, known);
	chk_remedies_add(inquiry, node, key, &change);
	return node;
}

static struct chk_finding_node *
tell_self_signed(struct chk_inquiry *inquiry, const struct chk_defect *defect)
{
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_change change = { .anchor = defect->cert };
	struct chk_finding_node *node = chk_finding_add(
		inquiry, CHK_FINDING_SELF_SIGNED_LEAF,
		chk_words(arena, "%s presents a certificate signed by itself, "
			  "%s (SHA-256 %s); no CA can be installed that covers "
			  "its successor: the operator must have one issued "
			  "by a CA", inquiry->peer,
			  chk_words_cert(arena, defect->cert),
			  chk_words_sha256(arena, defect->cert)));

	chk_finding_set_about(inquiry, node, defect->cert,
			      inquiry->chain->items[0].where);
	add_known(inquiry, node, defect->cert);
	chk_finding_evidence(inquiry, node, "not after",
			     chk_words_when(arena, defect->cert->not_after));
	chk_remedies_add(inquiry, node, "trust.self-signed-leaf", &change);
	return node;
}

/* How the issuer with the wrong key was met. */
static const struct chk_refusal *find_refusal(const struct chk_inquiry *inquiry,
					      const struct chk_defect *defect)
{
	const struct chk_outcome *outcome = &inquiry->outcome;

	for (size_t i = 0; i < outcome->refusal_count; i++) {
		const struct chk_refusal *refusal = &outcome->refusals[i];

		if (refusal->cert == defect->other &&
		    refusal->issued == defect->cert)
			return refusal;
	}
	return NULL;
}

/* Where the issuer with the wrong key stands. */
static const char *whose_mismatch(struct chk_inquiry *inquiry,
				  const struct chk_defect *defect,
				  const struct chk_refusal *refusal)
{
	struct chk_arena *arena = &inquiry->report->arena;

	if (!defect->anchor && refusal && refusal->where &&
	    refusal->origin != CHK_ORIGIN_PRESENTED)
		return chk_words(arena, "%s has a certificate %s",
				 chk_words_escape(arena, refusal->where),
				 chk_words_cert(arena, defect->other));
	if (!defect->anchor)
		return chk_words(arena, "%s %s a certificate %s", inquiry->peer,
				 inquiry->sends,
				 chk_words_cert(arena, defect->other));
	return chk_words(arena, "This client has a certificate %s, in %s,",
			 chk_words_cert(arena, defect->other),
			 defect->anchor->where_count ?
				 chk_words_escape(arena,
						  defect->anchor->where[0]) :
				 "its store");
}

/* A CA that renews its key may issue the new one by the old (4.2.1.9). */
static void add_self_issued(struct chk_inquiry *inquiry,
			    const struct chk_defect *defect)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const char *name = chk_words_name(arena, defect->cert->issuer);
	struct chk_finding_node *node = chk_finding_add(
		inquiry, CHK_FINDING_INTERMEDIATE_MISSING,
		chk_words(arena, "If the %s of this client issued the other "
			  "%s%s the server must send that one behind %s", name,
			  name,
			  chk_missing_key_id(inquiry,
					     defect->cert->authority.key_id),
			  chk_words_cert(arena, defect->cert)));

	chk_finding_set_alternative(node);
	chk_finding_set_missing(inquiry, node, defect->cert);
	chk_missing_evidence(inquiry, node, defect->cert);
	chk_remedies_add(inquiry, node,
			 "chain.intermediate-missing/not-at-hand", NULL);
}

static struct chk_finding_node *tell_mismatch(struct chk_inquiry *inquiry,
					      const struct chk_defect *defect)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_refusal *refusal = find_refusal(inquiry, defect);
	bool client = defect->anchor != NULL;
	struct chk_bytes asked = defect->cert->authority.key_id;
	struct chk_finding_node *node = chk_finding_add(
		inquiry, CHK_FINDING_KEY_MISMATCH,
		chk_words(arena, "%s%s; %s was signed by another %s%s, which "
			  "is not at hand; the one at hand %s",
			  whose_mismatch(inquiry, defect, refusal),
			  chk_words_with_key_id(arena, defect->other->key_id),
			  chk_words_cert(arena, defect->cert),
			  chk_words_name(arena, defect->cert->issuer),
			  chk_words_with_key_id(arena, asked),
			  chk_twins_age(arena, defect->other, defect->cert)));

	chk_finding_set_party(node, client ? CHK_PARTY_CLIENT :
					     CHK_PARTY_SERVER);
	chk_finding_set_about(inquiry, node, defect->other,
			      refusal ? refusal->where : NULL);
	add_known(inquiry, node, defect->other);
	chk_finding_evidence(inquiry, node, "not before of it",
			     chk_words_when(arena, defect->other->not_before));
	chk_missing_evidence(inquiry, node, defect->cert);
	chk_remedies_add(inquiry, node,
			 client ? "chain.issuer-key-mismatch/client" :
				  "chain.issuer-key-mismatch/server", NULL);
	if (client && defect->cert->authority.key_id.data)
		add_self_issued(inquiry, defect);
	return node;
}

void chk_findings_from_missing(struct chk_inquiry *inquiry,
			       const struct chk_path *path,
			       const struct chk_defect *defect,
			       bool alternative)
{
	struct chk_finding_node *node = NULL;

	if (defect->rule == CHK_RULE_ISSUER_UNKNOWN ||
	    defect->rule == CHK_RULE_ISSUER_UNFIT)
		chk_findings_from_unseen(inquiry, path, defect, alternative);
	else if (defect->rule == CHK_RULE_ISSUER_ELSEWHERE)
		node = tell_elsewhere(inquiry, path, defect);
	else if (defect->rule == CHK_RULE_ANCHOR_MISSING)
		node = tell_top(inquiry, path, defect);
	else if (defect->rule == CHK_RULE_ISSUER_CIRCLE)
		node = tell_circle(inquiry, defect);
	else if (defect->rule == CHK_RULE_SELF_SIGNED_LEAF)
		node = tell_self_signed(inquiry, defect);
	else if (defect->rule == CHK_RULE_KEY_MISMATCH)
		node = tell_mismatch(inquiry, defect);
	if (alternative)
		chk_finding_set_alternative(node);
}
