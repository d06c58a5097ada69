/*
 * lib/diagnosis/diagnose.c: question in, report out. The one coordinator: it
 * runs the search, asks every source for findings, and draws the verdict.
 */
#include "config.h"

#include <stdio.h>
#include <time.h>

#include <chaincheck/report.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "cert/oid.h"
#include "diagnosis/complete.h"
#include "diagnosis/corrected.h"
#include "diagnosis/delta_server.h"
#include "diagnosis/diagnose.h"
#include "diagnosis/finding.h"
#include "diagnosis/remedy.h"
#include "diagnosis/sources.h"
#include "diagnosis/trial.h"
#include "diagnosis/until.h"
#include "diagnosis/views.h"
#include "diagnosis/words.h"
#include "fetch/target.h"

static void cleanup_report(struct chk_report **report)
{
	chk_report_free(*report);
}

static void cleanup_presented(struct chk_presented **presented)
{
	chk_presented_free(*presented);
}

static void cleanup_delta(struct chk_delta **delta)
{
	chk_delta_free(*delta);
}

/* A name goes into commands: letters, digits, and what addresses have. */
static const char *safe_host(struct chk_inquiry *inquiry, const char *host)
{
	static const char SAFE[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "0123456789.-_:[]@";

	if (inquiry->identity.type == CHK_IDENTITY_DNS ||
	    inquiry->identity.type == CHK_IDENTITY_EMAIL)
		host = inquiry->identity.text;
	if (!host || !*host || *host == '-' ||
	    strspn(host, SAFE) != strlen(host))
		return "the-host";
	return chk_words(&inquiry->report->arena, "%s", host);
}

static bool set_identity(struct chk_inquiry *inquiry, const char *host,
			 struct chk_error *error)
{
	const struct chk_question *question = inquiry->question;

	if (question->email)
		return chk_identity_set_email(&inquiry->identity,
					      question->email, error);
	if (host)
		return chk_identity_set(&inquiry->identity, host, error);
	return true;
}

static bool set_memory(struct chk_inquiry *inquiry, struct chk_error *error)
{
	inquiry->memory = inquiry->question->memory;
	inquiry->owns_memory = !inquiry->memory;
	if (inquiry->owns_memory)
		inquiry->memory = chk_memory_new(0);
	return inquiry->memory || chk_error_memory(error);
}

static bool set_profile(struct chk_inquiry *inquiry, struct chk_error *error)
{
	const struct chk_question *question = inquiry->question;

	inquiry->profile = chk_profile_find(question->profile);
	if (!inquiry->profile)
		return chk_error_set(error, CHK_ERROR_ARGUMENT,
				     question->profile, "no such profile");
	inquiry->strength = chk_strength_find(
		question->strength ? question->strength :
				     inquiry->profile->strength);
	return inquiry->strength ||
	       chk_error_set(error, CHK_ERROR_ARGUMENT, question->strength,
			     "no such level of strength");
}

/* The content bytes of a dotted identifier. */
static bool set_oid(struct chk_inquiry *inquiry, const char *dotted,
		    struct chk_bytes *content, struct chk_error *error)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer oid = { 0 };

	if (!chk_oid_parse(dotted, &oid))
		return chk_error_set(error, CHK_ERROR_ARGUMENT, dotted,
				     "no object identifier");
	*content = chk_arena_bytes(&inquiry->arena,
				   chk_bytes_of(oid.data, oid.size));
	inquiry->arena.failed |= oid.failed;
	return !inquiry->arena.failed || chk_error_memory(error);
}

static bool set_usage(struct chk_inquiry *inquiry, struct chk_error *error)
{
	const struct chk_question *question = inquiry->question;

	if (!question->usage)
		return true;
	/* Two purposes at once would hold one of them for nothing. */
	if (question->purpose != CHK_PURPOSE_ANY)
		return chk_error_set(error, CHK_ERROR_ARGUMENT, question->usage,
				     "a usage besides a purpose");
	return set_oid(inquiry, question->usage, &inquiry->usage, error);
}

static bool set_policies(struct chk_inquiry *inquiry, struct chk_error *error)
{
	const struct chk_question *question = inquiry->question;
	struct chk_bytes *initial = chk_arena_array(
		&inquiry->arena, question->policy_count, sizeof(*initial));

	for (size_t i = 0; initial && i < question->policy_count; i++) {
		if (!set_oid(inquiry, question->policies[i], &initial[i],
			     error))
			return false;
	}
	inquiry->policies = (struct chk_policy_inputs){
		.initial = initial, .initial_count = question->policy_count,
		.explicit_policy = question->explicit_policy,
		.inhibit_mapping = question->inhibit_mapping,
		.inhibit_any = question->inhibit_any,
	};
	return !inquiry->arena.failed || chk_error_memory(error);
}

/* The number behind the last colon, "leaf.pem:12"; 0: there is none. */
static unsigned long line_of(const char *where)
{
	const char *colon = where ? strrchr(where, ':') : NULL;

	return colon ? strtoul(colon + 1, NULL, 10) : 0;
}

/*
 * Is the first certificate that could be read the first there was? If not, the
 * next one would be judged in its stead: a stranger could send a damaged
 * certificate of his own before a good one of somebody else. A server that
 * sends any damaged one is refused, as OpenSSL, GnuTLS and Java refuse it.
 */
static bool is_leaf_sure(const struct chk_inquiry *inquiry)
{
	const struct chk_chain *chain = inquiry->chain;
	unsigned long leaf;

	if (chain->notes.count == 0)
		return true;
	if (inquiry->presented || chain->count == 0)
		return false;
	leaf = line_of(chain->items[0].where);
	for (size_t i = 0; i < chain->notes.count; i++) {
		if (line_of(chain->notes.items[i].where) <= leaf)
			return false;
	}
	return true;
}

/* A broken certificate among those sent; its place is not known exactly. */
static void add_malformed(struct chk_inquiry *inquiry)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_notes *notes = &inquiry->chain->notes;
	struct chk_finding_node *node;

	if (notes->count == 0)
		return;
	node = chk_finding_add(
		inquiry, CHK_FINDING_MALFORMED,
		chk_words(arena, "%s %s a certificate that is damaged: %s, %s",
			  inquiry->peer, inquiry->sends,
			  chk_words_escape(arena, notes->items[0].where),
			  chk_words_escape(arena, notes->items[0].what)));
	if (node && is_leaf_sure(inquiry))
		node->finding.severity = CHK_SEVERITY_WARNING;
	chk_finding_set_party(node, CHK_PARTY_SERVER);
	for (size_t i = 0; i < notes->count && i < 8; i++)
		chk_finding_evidence(
			inquiry, node,
			chk_words_escape(arena, notes->items[i].where),
			chk_words_escape(arena, notes->items[i].what));
	chk_remedies_add(inquiry, node, "cert.malformed", NULL);
}

/* The budget ended before a path was found: an answer was not reached. */
static void add_search_limit(struct chk_inquiry *inquiry)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_outcome *outcome = &inquiry->outcome;
	struct chk_finding_node *node;

	if (!outcome->spent || chk_outcome_is_trusted(outcome))
		return;
	node = chk_finding_add(
		inquiry, CHK_FINDING_SEARCH_LIMIT,
		chk_words(arena, "the search for a path ended at its limit, "
			  "after %u steps and %u signatures; there may be a "
			  "path that it did not reach", outcome->used.steps,
			  outcome->used.signatures));
	chk_remedies_add(inquiry, node, "chain.search-limit", NULL);
}

/* Everything that is said of certificates at hand. */
static bool judge_chain(struct chk_inquiry *inquiry)
{
	const struct chk_change none = { 0 };

	if (!chk_inquiry_search(inquiry, &none, &inquiry->arena,
				&inquiry->outcome) ||
	    !chk_complete_path(inquiry) || !chk_complete_sources(inquiry))
		return false;
	add_search_limit(inquiry);
	chk_findings_from_path(inquiry);
	chk_findings_from_interception(inquiry);
	chk_findings_from_steps(inquiry);
	chk_findings_from_anchor(inquiry);
	chk_findings_from_chain(inquiry);
	if (!inquiry->tried_on && is_leaf_sure(inquiry))
		chk_correct(inquiry);
	chk_view_paths(inquiry);
	chk_view_ledger(inquiry);
	return true;
}

/*
 * The chain decides where there is one: what it lacks it lacks whatever
 * became of the connection. A good chain without a connection is no trust.
 */
static enum chk_verdict verdict_of(const struct chk_inquiry *inquiry)
{
	if (inquiry->chain->count == 0)
		return inquiry->presented ? CHK_VERDICT_UNDECIDED :
					    CHK_VERDICT_UNTRUSTED;
	if (!chk_outcome_is_trusted(&inquiry->outcome) ||
	    !is_leaf_sure(inquiry))
		return CHK_VERDICT_UNTRUSTED;
	return chk_network_lets_chain_decide(inquiry) ? CHK_VERDICT_TRUSTED :
							CHK_VERDICT_UNDECIDED;
}

/* The verdict is that of before, of the report that a trial stands beside. */
static bool is_still(const struct chk_inquiry *inquiry)
{
	return inquiry->tried_on &&
	       inquiry->tried_on->verdict == inquiry->report->verdict;
}

static const char *trusted_sentence(struct chk_inquiry *inquiry)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_path *path = chk_inquiry_best(inquiry);

	return chk_words(arena, "%s%s is %strusted: its path ends in %s of "
			 "%s.", inquiry->tried_on ? inquiry->supposed : "",
			 inquiry->peer, is_still(inquiry) ? "still " : "",
			 chk_words_cert(arena, path->anchor->cert),
			 path->store ? chk_words_store(arena, path->store) :
				       "the trust store");
}

static const char *sentence_of(struct chk_inquiry *inquiry)
{
	const struct chk_finding_node *primary = chk_findings_primary(inquiry);
	enum chk_verdict verdict = inquiry->report->verdict;
	struct chk_arena *arena = &inquiry->report->arena;
	const char *clause = primary ? chk_finding_clause(inquiry, primary) :
				       "the reason could not be told";
	bool undecided = verdict == CHK_VERDICT_UNDECIDED;

	if (verdict == CHK_VERDICT_TRUSTED)
		return trusted_sentence(inquiry);
	return chk_words(arena, "%s%s %s %snot %s: %s.",
			 inquiry->tried_on ? inquiry->supposed : "",
			 inquiry->peer, undecided ? "could" : "is",
			 is_still(inquiry) ? "still " : "",
			 undecided ? "be judged" : "trusted", clause);
}

static void set_limits(struct chk_inquiry *inquiry)
{
	const struct chk_outcome *outcome = &inquiry->outcome;
	struct chk_budget budget = chk_inquiry_budget(inquiry->question);

	inquiry->report->limits = (struct chk_limits){
		.steps = outcome->used.steps,
		.max_steps = budget.steps,
		.signatures = outcome->used.signatures,
		.max_signatures = budget.signatures,
		.spent = outcome->spent,
	};
}

/* Of one store alone, its own answer is the answer. */
static void set_until(struct chk_inquiry *inquiry)
{
	const struct chk_change none = { 0 };
	struct chk_report *report = inquiry->report;

	if (report->verdict != CHK_VERDICT_TRUSTED)
		return;
	if (report->store_count == 1)
		report->until = report->stores[0].until;
	else
		chk_until_find(inquiry, &none, &inquiry->outcome,
			       &report->until);
}

/* `inquiry` is ready but for the search. Fills its report. */
static bool fill_report(struct chk_inquiry *inquiry)
{
	struct chk_report *report = inquiry->report;

	chk_view_presented(inquiry);
	add_malformed(inquiry);
	if (inquiry->chain->count > 0 && !judge_chain(inquiry))
		return false;
	chk_findings_from_network(inquiry);
	chk_findings_from_stores(inquiry);
	chk_findings_from_sources(inquiry);
	chk_view_stores(inquiry);
	chk_view_notes(inquiry);
	chk_view_timings(inquiry);
	report->verdict = verdict_of(inquiry);
	set_until(inquiry);
	report->sentence = sentence_of(inquiry);
	report->target = inquiry->peer;
	report->version = PACKAGE_VERSION;
	report->at = inquiry->at;
	report->profile = inquiry->profile->name;
	set_limits(inquiry);
	chk_findings_finish(inquiry);
	return !report->arena.failed;
}

static bool answer(struct chk_inquiry *inquiry, const char *peer,
		   const char *host, struct chk_report **out,
		   struct chk_error *error)
{
	CHK_CLEANUP(cleanup_report) struct chk_report *report =
		calloc(1, sizeof(*report));
	bool done;

	if (!report)
		return chk_error_memory(error);
	inquiry->report = report;
	if (!set_memory(inquiry, error) ||
	    !set_identity(inquiry, host, error) ||
	    !set_profile(inquiry, error) || !set_usage(inquiry, error) ||
	    !set_policies(inquiry, error)) {
		chk_inquiry_clear(inquiry);
		return false;
	}
	inquiry->peer = chk_words_escape(&report->arena, peer);
	inquiry->host = safe_host(inquiry, host);
	inquiry->at = inquiry->question->at_set ? inquiry->question->at :
						  (int64_t)time(NULL);
	done = fill_report(inquiry) && chk_trials_run(inquiry, fill_report);
	chk_inquiry_clear(inquiry);
	if (!done)
		return chk_error_memory(error);
	*out = chk_steal(&report);
	return true;
}

/* The file that comes first, though nothing of it may have been read. */
static void name_of_file(const struct chk_chain *chain, char *name,
			 size_t size)
{
	const char *where = chain->count ? chain->items[0].where :
					   chain->notes.items[0].where;

	chk_words_file(where, name, size);
	if (!*name)
		snprintf(name, size, "the certificate");
}

bool chk_verify(const struct chk_chain *chain,
		const struct chk_question *question,
		struct chk_report **report, struct chk_error *error)
{
	struct chk_inquiry inquiry = {
		.chain = chain, .question = question, .sends = "holds",
	};

	char peer[512];

	*report = NULL;
	if (chain->count == 0 && chain->notes.count == 0)
		return chk_error_set(error, CHK_ERROR_EMPTY, NULL,
				     "no certificate to verify");
	name_of_file(chain, peer, sizeof(peer));
	return answer(&inquiry, peer, question->host, report, error);
}

bool chk_diagnose_handshake(const struct chk_target *target,
			    const struct chk_presented *presented,
			    const struct chk_delta *delta,
			    const struct chk_question *question,
			    struct chk_report **report,
			    struct chk_error *error)
{
	struct chk_inquiry inquiry = {
		.chain = presented->chain, .question = question,
		.presented = presented, .delta = delta, .sends = "sends",
		.port = chk_target_port(target),
	};
	const char *host = question->host ? question->host : target->host;
	char peer[512];
	bool v6;

	if (chk_is_socket(host))
		host = target->server_name;
	if (!host && !question->email)
		return chk_error_set(error, CHK_ERROR_ARGUMENT, target->host,
				     "a socket has no name: which one must the "
				     "certificate have?");
	v6 = strchr(target->host, ':') && *target->host != '[';
	snprintf(peer, sizeof(peer), chk_is_socket(target->host) ? "%s" : v6 ?
		 "[%s]:%u" : "%s:%u", target->host, inquiry.port);
	return answer(&inquiry, peer, host, report, error);
}

bool chk_diagnose(const struct chk_target *target,
		  const struct chk_presented *presented,
		  const struct chk_question *question,
		  struct chk_report **report, struct chk_error *error)
{
	return chk_diagnose_handshake(target, presented, NULL, question,
				      report, error);
}

/* The network is asked again only where the first handshake broke. */
static bool ask_again(const struct chk_target *target,
		      const struct chk_presented *presented,
		      struct chk_delta **delta, struct chk_error *error)
{
	return target->no_probes || !chk_delta_is_wanted(presented) ||
	       chk_delta_ask(target, presented, NULL, CHK_DELTA_MAX,
			     presented->end, delta, error);
}

bool chk_check(const struct chk_target *target,
	       const struct chk_question *question,
	       struct chk_report **report, struct chk_error *error)
{
	CHK_CLEANUP(cleanup_presented) struct chk_presented *presented = NULL;
	CHK_CLEANUP(cleanup_delta) struct chk_delta *delta = NULL;

	*report = NULL;
	return chk_fetch(target, &presented, error) &&
	       ask_again(target, presented, &delta, error) &&
	       chk_diagnose_handshake(target, presented, delta, question,
				      report, error);
}
