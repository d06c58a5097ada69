/* lib/diagnosis/complete.c: a search that goes on with what was fetched. */
#include "diagnosis/complete.h"

#include "diagnosis/words.h"

static bool lacks_issuer(enum chk_rule rule)
{
	return rule == CHK_RULE_ISSUER_UNKNOWN ||
	       rule == CHK_RULE_ISSUER_UNFIT || rule == CHK_RULE_KEY_MISMATCH;
}

/* The certificate whose issuer the explanation lacks; NULL: it lacks none. */
static const struct chk_cert *find_asker(const struct chk_inquiry *inquiry)
{
	const struct chk_path *best = chk_inquiry_best(inquiry);
	const struct chk_defect_node *node = best ? best->defects : NULL;

	while (node && !lacks_issuer(node->defect.rule))
		node = node->next;
	return node ? node->defect.cert : NULL;
}

/* What was of use is kept: each of these has made the signature below it. */
static void keep_answers(const struct chk_inquiry *inquiry)
{
	const struct chk_path *best = chk_inquiry_best(inquiry);

	if (!inquiry->aia.fetcher)
		return;
	for (size_t i = 0; best && i < best->count; i++) {
		if (best->links[i].origin == CHK_ORIGIN_FETCHED)
			chk_aia_keep(&inquiry->aia, best->links[i].where);
	}
}

bool chk_complete_path(struct chk_inquiry *inquiry)
{
	const struct chk_change none = { 0 };
	const struct chk_cert *cert;
	struct chk_error error;

	inquiry->aia.fetcher = inquiry->question->fetcher;
	while (inquiry->aia.fetcher && (cert = find_asker(inquiry))) {
		if (!chk_aia_ask(&inquiry->aia, cert, &error)) {
			if (error.code)
				return false;
			break;
		}
		if (!chk_inquiry_search(inquiry, &none, &inquiry->arena,
					&inquiry->outcome))
			return false;
	}
	keep_answers(inquiry);
	return true;
}

/* The first rule that what came from there broke; NULL: none is known. */
static const char *why_refused(struct chk_inquiry *inquiry,
			       const struct chk_aia_asked *asked)
{
	const struct chk_outcome *outcome = &inquiry->outcome;

	for (size_t i = 0; i < outcome->refusal_count; i++) {
		const struct chk_refusal *refusal = &outcome->refusals[i];

		if (refusal->origin == CHK_ORIGIN_FETCHED &&
		    refusal->issued == asked->cert &&
		    strcmp(refusal->where, asked->url) == 0)
			return chk_words_defect(&inquiry->report->arena,
						&refusal->defect);
	}
	return NULL;
}

/* What came, where it was no answer to the question. */
static const char *wrong_words(struct chk_inquiry *inquiry,
			       const struct chk_aia_asked *asked)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_cert *first =
		inquiry->aia.fetched->items[asked->first].cert;
	const char *why = why_refused(inquiry, asked);

	if (why)
		return chk_words(arena, "gives one that will not do (%s)",
				 why);
	if (asked->named)
		return "gives one that will not do";
	return chk_words(arena, "gives %s, and not %s",
			 chk_words_cert(arena, first),
			 chk_words_name(arena, asked->cert->issuer));
}

static bool is_on_best(const struct chk_inquiry *inquiry,
		       const struct chk_aia_asked *asked)
{
	const struct chk_path *best = chk_inquiry_best(inquiry);

	for (size_t i = 1; best && i < best->count; i++) {
		if (best->links[i].origin == CHK_ORIGIN_FETCHED &&
		    best->links[i - 1].cert == asked->cert)
			return true;
	}
	return false;
}

static const char *outcome_words(struct chk_inquiry *inquiry,
				 const struct chk_aia_asked *asked)
{
	if (asked->why)
		return chk_words_escape(&inquiry->report->arena, asked->why);
	return is_on_best(inquiry, asked) ? "gives it" :
					    wrong_words(inquiry, asked);
}

void chk_complete_evidence(struct chk_inquiry *inquiry,
			   struct chk_finding_node *node,
			   const struct chk_cert *cert)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_aia *aia = &inquiry->aia;

	if (aia->fetcher && !chk_cert_ca_issuers(cert).data)
		chk_finding_evidence(inquiry, node, "caIssuers",
				     "none: it says of no place where its "
				     "issuer is to be had");
	for (size_t i = 0; i < aia->count; i++) {
		if (aia->asked[i].cert == cert)
			chk_finding_evidence(
				inquiry, node, "asked",
				chk_words(arena, "%s: %s", aia->asked[i].url,
					  outcome_words(inquiry,
							&aia->asked[i])));
	}
}

const char *chk_complete_clause(struct chk_inquiry *inquiry,
				const struct chk_cert *cert)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_aia *aia = &inquiry->aia;
	const struct chk_aia_asked *last = NULL;

	for (size_t i = 0; i < aia->count; i++) {
		if (aia->asked[i].cert == cert)
			last = &aia->asked[i];
	}
	if (!last)
		return "";
	if (!last->why)
		return chk_words(arena, ", and %s %s", last->url,
				 wrong_words(inquiry, last));
	return chk_words(arena, ", and could not be fetched from %s (%s)",
			 last->url, chk_words_escape(arena, last->why));
}
