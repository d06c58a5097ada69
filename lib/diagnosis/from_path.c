/* lib/diagnosis/from_path.c: each defect of a path, told to a person. */
#include "diagnosis/sources.h"

#include "cert/dn.h"
#include "diagnosis/missing.h"
#include "diagnosis/proof.h"
#include "diagnosis/public_ca.h"
#include "diagnosis/remedy.h"
#include "diagnosis/words.h"

/*
 * Explanations by another party that are worth telling, and pieces of evidence
 * of one rule on one certificate: it may have ten thousand names.
 */
enum { MAX_ALTERNATIVES = 2, MAX_ALSO = 8 };

/* A certificate's place on its path decides whose it is. */
enum place { PLACE_LEAF, PLACE_INTERMEDIATE, PLACE_ANCHOR };

static enum place place_of(const struct chk_path *path,
			   const struct chk_cert *cert)
{
	if (path->links[0].cert == cert)
		return PLACE_LEAF;
	if (path->end == CHK_END_ANCHOR && path->anchor->cert == cert)
		return PLACE_ANCHOR;
	/* It is in no store; it would be an anchor and is no intermediate. */
	if (path->end == CHK_END_TOP &&
	    path->links[path->count - 1].cert == cert)
		return PLACE_ANCHOR;
	return PLACE_INTERMEDIATE;
}

static enum chk_finding_id id_of(enum chk_rule rule)
{
	enum chk_finding_id id;

	if (rule == CHK_RULE_FORM)
		return CHK_FINDING_FORM;
	id = chk_finding_find(chk_rule_facts(rule)->code);
	return id == CHK_FINDING_COUNT ? CHK_FINDING_MALFORMED : id;
}

struct chk_finding_node *chk_finding_begin(struct chk_inquiry *inquiry,
					   const struct chk_path *path,
					   const struct chk_defect *defect,
					   const char *message)
{
	const struct chk_rule_facts *facts = chk_rule_facts(defect->rule);
	const struct chk_link *link = chk_path_link(path, defect->cert);
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_finding_node *node =
		chk_finding_add(inquiry, id_of(defect->rule), message);

	/* Whatever it is elsewhere: it keeps this path from being trusted. */
	if (node)
		node->finding.severity = CHK_SEVERITY_ERROR;
	chk_finding_set_party(node, chk_party_of(facts->actor));
	chk_finding_set_about(inquiry, node, defect->cert,
			      link ? link->where : NULL);
	chk_finding_evidence(inquiry, node, "rule", facts->source);
	chk_finding_evidence(inquiry, node, "SHA-256",
			     chk_words_sha256(arena, defect->cert));
	return node;
}

static void add_dates(struct chk_inquiry *inquiry,
		      struct chk_finding_node *node,
		      const struct chk_defect *defect)
{
	struct chk_arena *arena = &inquiry->report->arena;

	chk_finding_evidence(inquiry, node, "not before",
			     chk_words_when(arena, defect->cert->not_before));
	chk_finding_evidence(inquiry, node, "not after",
			     chk_words_when(arena, defect->cert->not_after));
	chk_finding_evidence(inquiry, node,
			     inquiry->question->at_set ? "time asked about" :
							 "time of this machine",
			     chk_words_when(arena, inquiry->at));
}

/* Another certificate of the same subject and key, valid at the time. */
static bool is_edition(const struct chk_inquiry *inquiry,
		       const struct chk_cert *cert,
		       const struct chk_cert *other)
{
	return chk_bytes_equal(cert->spki, other->spki) &&
	       chk_bytes_equal(cert->subject, other->subject) &&
	       inquiry->at >= other->not_before &&
	       inquiry->at <= other->not_after;
}

static const struct chk_cert *find_edition(const struct chk_inquiry *inquiry,
					   const struct chk_cert *cert)
{
	const struct chk_question *question = inquiry->question;

	for (size_t i = 0; i < inquiry->chain->count; i++) {
		if (is_edition(inquiry, cert, inquiry->chain->items[i].cert))
			return inquiry->chain->items[i].cert;
	}
	for (size_t i = 0; i < question->other_count; i++) {
		const struct chk_store *store = question->others[i];

		for (size_t j = 0; j < store->count; j++) {
			if (is_edition(inquiry, cert, store->anchors[j]->cert))
				return store->anchors[j]->cert;
		}
	}
	return NULL;
}

/*
 * Below an anchor that has expired: a CA that is a public root by now, and was
 * cross-signed by the old one. It is what the store lacks.
 */
static const char *root_below(struct chk_inquiry *inquiry,
			      const struct chk_path *path)
{
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_known_cert root;

	for (size_t i = 1; i + 1 < path->count; i++) {
		const struct chk_cert *cert = path->links[i].cert;

		if (chk_public_root_of(inquiry, cert, &root))
			return chk_words(
				arena, "; %s below it is a public root itself, "
				"SHA-256 %s, and is missing from %s",
				chk_words_cert(arena, cert),
				chk_words_hex(arena,
					      chk_bytes_of(root.sha256, 32)),
				chk_missing_stores(inquiry));
	}
	return "; Java takes an anchor all the same, OpenSSL, GnuTLS and Go do "
	       "not";
}

static void tell_expired(struct chk_inquiry *inquiry,
			 const struct chk_path *path,
			 const struct chk_defect *defect)
{
	static const char *const KEYS[] = { "cert.expired",
					    "cert.expired/intermediate",
					    "cert.expired/anchor" };
	static const char *const WHAT[] = { "The server's own certificate",
					    "Not the server's own certificate "
					    "but the intermediate",
					    "The anchor" };
	struct chk_arena *arena = &inquiry->report->arena;
	enum place place = place_of(path, defect->cert);
	const struct chk_cert *edition = find_edition(inquiry, defect->cert);
	struct chk_change change = { .at_set = true, .at = defect->when };
	struct chk_finding_node *node = chk_finding_begin(
		inquiry, path, defect,
		chk_words(arena, "%s %s expired %s ago, at %s%s",
			  place == PLACE_ANCHOR && path->end == CHK_END_TOP ?
				  "The root" : WHAT[place],
			  chk_words_cert(arena, defect->cert),
			  chk_words_between(arena, defect->when,
					    defect->found_when),
			  chk_words_when(arena, defect->when),
			  place == PLACE_ANCHOR ?
				  root_below(inquiry, path) : ""));

	chk_finding_set_party(node, place == PLACE_ANCHOR ? CHK_PARTY_CLIENT :
							    CHK_PARTY_SERVER);
	add_dates(inquiry, node, defect);
	if (edition)
		chk_finding_evidence(
			inquiry, node, "valid edition with the same key",
			chk_words(arena, "SHA-256 %s, until %s",
				  chk_words_sha256(arena, edition),
				  chk_words_when(arena, edition->not_after)));
	chk_remedies_add(inquiry, node, KEYS[place], &change);
}

/* The first finding of this kind, whatever it is about; NULL: none. */
static struct chk_finding_node *find_kind(const struct chk_inquiry *inquiry,
					  enum chk_finding_id id)
{
	struct chk_finding_node *node = inquiry->findings;

	while (node && node->id != id)
		node = node->next;
	return node;
}

/* One clock makes all of them early: one finding. */
static void tell_not_yet(struct chk_inquiry *inquiry,
			 const struct chk_path *path,
			 const struct chk_defect *defect)
{
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_change change = { .at_set = true, .at = defect->when };
	struct chk_finding_node *node =
		find_kind(inquiry, CHK_FINDING_NOT_YET_VALID);

	if (node) {
		chk_finding_evidence(inquiry, node, "also",
				     chk_words_defect(arena, defect));
		return;
	}
	node = chk_finding_begin(
		inquiry, path, defect,
		chk_words(arena, "%s begins to be valid at %s, in %s; %s is %s:"
			  " look at the clock first",
			  chk_words_cert(arena, defect->cert),
			  chk_words_when(arena, defect->when),
			  chk_words_between(arena, defect->found_when,
					    defect->when),
			  inquiry->question->at_set ? "the time asked about" :
						      "this machine's time",
			  chk_words_when(arena, defect->found_when)));

	add_dates(inquiry, node, defect);
	chk_remedies_add(inquiry, node, "cert.not-yet-valid", &change);
}

static void tell_name(struct chk_inquiry *inquiry, const struct chk_path *path,
		      const struct chk_defect *defect)
{
	struct chk_arena *arena = &inquiry->report->arena;
	bool ip = inquiry->identity.type == CHK_IDENTITY_IP;
	const char *names = chk_words_alt_names(arena, defect->cert, 5);
	const char *nearest = defect->text && *defect->text ?
		chk_words_escape(arena, defect->text) : NULL;
	struct chk_change change = { .any_name = true };
	struct chk_finding_node *node = chk_finding_begin(
		inquiry, path, defect,
		chk_words(arena, "Asked for %s; the certificate %s is for %s"
			  "%s%s", inquiry->host,
			  chk_words_cert(arena, defect->cert), names,
			  nearest ? "; the nearest is " : "",
			  nearest ? nearest : ""));

	chk_finding_evidence(inquiry, node, "asked for", inquiry->host);
	chk_finding_evidence(inquiry, node, "certificate has", names);
	chk_finding_evidence(inquiry, node, "nearest", nearest);
	if (nearest && strstr(nearest, "*."))
		chk_finding_evidence(inquiry, node, "wildcard",
				     "it stands for one label, the leftmost");
	if (ip)
		chk_finding_evidence(inquiry, node, "address",
				     "it must be an iPAddress entry of "
				     "subjectAltName");
	chk_remedies_add(inquiry, node, "name.mismatch", &change);
	if (ip)
		chk_remedies_add(inquiry, node, "name.mismatch/ip", NULL);
}

static void tell_common_name(struct chk_inquiry *inquiry,
			     const struct chk_path *path,
			     const struct chk_defect *defect)
{
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_change change = { .any_name = true };
	struct chk_finding_node *node = chk_finding_begin(
		inquiry, path, defect,
		chk_words(arena, "%s has no subjectAltName; its Common Name is "
			  "not looked at any more (RFC 9525), so it is for no "
			  "host at all", chk_words_cert(arena, defect->cert)));

	chk_finding_evidence(inquiry, node, "asked for", inquiry->host);
	chk_finding_evidence(inquiry, node, "subject",
			     chk_words_dn(arena, defect->cert->subject));
	chk_remedies_add(inquiry, node, "name.common-name-only", &change);
}

/* What is the operator's on a leaf is the CA's on what is above. */
static enum chk_party party_of(const struct chk_path *path,
			       const struct chk_defect *defect)
{
	switch (defect->rule) {
	case CHK_RULE_PURPOSE:
	case CHK_RULE_REVOKED:
	case CHK_RULE_WEAK_KEY:
	case CHK_RULE_WEAK_SIGNATURE:
		return place_of(path, defect->cert) == PLACE_LEAF ?
			       CHK_PARTY_SERVER : CHK_PARTY_CA;
	default:
		return chk_party_of(chk_rule_facts(defect->rule)->actor);
	}
}

/* The rest: the sentence of the rule says all. */
static void tell_plainly(struct chk_inquiry *inquiry,
			 const struct chk_path *path,
			 const struct chk_defect *defect)
{
	const char *code = chk_rule_facts(defect->rule)->code;
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_finding_node *node =
		chk_finding_last(inquiry, id_of(defect->rule), defect->cert);

	/* A rule broken by ten names of one certificate is one finding. */
	if (node && node->finding.evidence_count >= MAX_ALSO)
		return;
	if (node) {
		chk_finding_evidence(inquiry, node, "also",
				     chk_words_defect(arena, defect));
		return;
	}
	node = chk_finding_begin(inquiry, path, defect,
				 chk_words_sentence(arena, defect));
	chk_finding_set_party(node, party_of(path, defect));
	chk_remedies_add(inquiry, node, code, NULL);
}

/* An algorithm that is not known proves no more than a wrong signature. */
static bool is_unsupported(const struct chk_inquiry *inquiry,
			   const struct chk_defect *defect)
{
	const struct chk_outcome *outcome = &inquiry->outcome;

	for (size_t i = 0; i < outcome->refusal_count; i++) {
		const struct chk_refusal *refusal = &outcome->refusals[i];

		if (refusal->defect.rule == CHK_RULE_SIGNATURE &&
		    refusal->issued == defect->cert && refusal->defect.flag)
			return true;
	}
	return false;
}

static void tell_signature(struct chk_inquiry *inquiry,
			   const struct chk_path *path,
			   const struct chk_defect *defect)
{
	struct chk_defect told = *defect;

	told.flag |= is_unsupported(inquiry, defect);
	tell_plainly(inquiry, path, &told);
}

typedef void teller(struct chk_inquiry *inquiry, const struct chk_path *path,
		    const struct chk_defect *defect);

static void tell_missing(struct chk_inquiry *inquiry,
			 const struct chk_path *path,
			 const struct chk_defect *defect)
{
	chk_findings_from_missing(inquiry, path, defect, false);
}

static teller *const TELLERS[CHK_RULE_COUNT] = {
	[CHK_RULE_ISSUER_ELSEWHERE] = tell_missing,
	[CHK_RULE_ISSUER_UNKNOWN] = tell_missing,
	[CHK_RULE_ISSUER_UNFIT] = tell_missing,
	[CHK_RULE_ANCHOR_MISSING] = tell_missing,
	[CHK_RULE_ISSUER_CIRCLE] = tell_missing,
	[CHK_RULE_SELF_SIGNED_LEAF] = tell_missing,
	[CHK_RULE_KEY_MISMATCH] = tell_missing,
	[CHK_RULE_EXPIRED] = tell_expired,
	[CHK_RULE_NOT_YET_VALID] = tell_not_yet,
	[CHK_RULE_HOST_NAME] = tell_name,
	[CHK_RULE_COMMON_NAME_ONLY] = tell_common_name,
	[CHK_RULE_WRONG_PURPOSE_ANCHOR] = chk_findings_from_trust,
	[CHK_RULE_DISTRUSTED] = chk_findings_from_trust,
	[CHK_RULE_DISTRUST_AFTER] = chk_findings_from_trust,
	[CHK_RULE_SIGNATURE] = tell_signature,
};

/* The list has the top first; a person reads from the leaf up. */
static void tell_best(struct chk_inquiry *inquiry, const struct chk_path *path)
{
	const struct chk_defect **defects;
	size_t count = 0, i = 0;

	for (const struct chk_defect_node *node = path->defects; node;
	     node = node->next)
		count++;
	defects = chk_arena_array(&inquiry->arena, count, sizeof(*defects));
	if (!defects) {
		inquiry->report->arena.failed = true;
		return;
	}
	for (const struct chk_defect_node *node = path->defects; node;
	     node = node->next)
		defects[i++] = &node->defect;
	for (; i > 0; i--) {
		teller *tell = TELLERS[defects[i - 1]->rule];

		(tell ? tell : tell_plainly)(inquiry, path, defects[i - 1]);
	}
}

/* Is another finding by this party, or of this code, told already? */
static bool is_told(const struct chk_inquiry *inquiry,
		    const struct chk_rule_facts *facts)
{
	for (const struct chk_finding_node *node = inquiry->findings; node;
	     node = node->next) {
		if (node->finding.severity == CHK_SEVERITY_ERROR &&
		    (node->finding.party == chk_party_of(facts->actor) ||
		     strcmp(node->finding.code, facts->code) == 0))
			return true;
	}
	return false;
}

static bool is_unseen(const struct chk_defect *defect)
{
	return defect->rule == CHK_RULE_ISSUER_UNKNOWN ||
	       defect->rule == CHK_RULE_ISSUER_UNFIT;
}

/* Does the best path lack an issuer, and this one nothing but another? */
static bool is_as_good(const struct chk_inquiry *inquiry,
		       const struct chk_defect_node *node)
{
	const struct chk_defect_node *best =
		chk_inquiry_best(inquiry)->defects;

	return node->defect.rule == CHK_RULE_ISSUER_UNKNOWN &&
	       best->defect.rule == CHK_RULE_ISSUER_UNKNOWN && !best->next &&
	       !chk_dn_match(best->defect.cert->issuer,
			     node->defect.cert->issuer);
}

/*
 * A path that only lacks something, where the best one says otherwise: an
 * explanation by another party.
 */
static bool tell_alternative(struct chk_inquiry *inquiry,
			     const struct chk_path *path)
{
	const struct chk_defect_node *node = path->defects;

	if (!node || node->next || TELLERS[node->defect.rule] != tell_missing)
		return false;
	if (!is_as_good(inquiry, node) &&
	    (is_unseen(&node->defect) ||
	     is_told(inquiry, chk_rule_facts(node->defect.rule))))
		return false;
	chk_findings_from_missing(inquiry, path, &node->defect, true);
	return true;
}

void chk_findings_from_path(struct chk_inquiry *inquiry)
{
	const struct chk_outcome *outcome = &inquiry->outcome;
	size_t told = 0;

	if (outcome->count == 0 || chk_path_is_valid(&outcome->paths[0]))
		return;
	chk_proof_gather(inquiry, &outcome->paths[0]);
	tell_best(inquiry, &outcome->paths[0]);
	chk_findings_from_cross(inquiry, &outcome->paths[0]);
	for (size_t i = 1; i < outcome->count && told < MAX_ALTERNATIVES; i++)
		told += tell_alternative(inquiry, &outcome->paths[i]);
}
