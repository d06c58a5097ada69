/* lib/diagnosis/simulate_trust.c: what a client makes of the chain it gets. */
#include "diagnosis/simulation.h"

#include "diagnosis/sources.h"
#include "diagnosis/words.h"
#include "path/profile.h"
#include "supply/known.h"

/* NULL: this client has no store of its own here. */
static struct chk_store *own_store(struct chk_simulating *simulating,
				   const char *spec)
{
	struct chk_simulation *simulation = simulating->simulation;
	struct chk_own_store *own = simulation->stores;

	if (!simulating->own_stores || !spec)
		return NULL;
	for (size_t i = 0; i < simulation->store_count; i++, own++) {
		if (strcmp(own->spec, spec) == 0)
			return own->store;
	}
	*own = (struct chk_own_store){ .spec = spec };
	simulation->store_count++;
	if (!chk_store_open(spec, NULL, &own->store, NULL))
		own->store = NULL;
	return own->store;
}

static bool is_same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static struct chk_judged *find(struct chk_simulation *simulation,
			       const struct chk_judged *like)
{
	for (size_t i = 0; i < simulation->judged_count; i++) {
		struct chk_judged *judged = &simulation->judged[i];

		if (judged->served == like->served &&
		    is_same(judged->profile, like->profile) &&
		    is_same(judged->strength, like->strength) &&
		    is_same(judged->trust, like->trust))
			return judged;
	}
	return NULL;
}

static bool judge(struct chk_simulating *simulating, struct chk_judged *judged,
		  const struct chk_store *own, struct chk_error *error)
{
	struct chk_question question = *simulating->question;

	question.profile = judged->profile;
	question.strength = judged->strength;
	question.memory = simulating->simulation->memory;
	if (own) {
		question.stores = &own;
		question.store_count = 1;
	}
	return chk_diagnose(simulating->target, judged->served->presented,
			    &question, &judged->report, error);
}

static bool find_report(struct chk_simulating *simulating,
			const struct chk_judged *like,
			const struct chk_store *own,
			const struct chk_report **report,
			struct chk_error *error)
{
	struct chk_simulation *simulation = simulating->simulation;
	struct chk_judged *judged = find(simulation, like);

	if (!judged) {
		judged = &simulation->judged[simulation->judged_count];
		*judged = *like;
		if (!judge(simulating, judged, own, error))
			return false;
		simulation->judged_count++;
	}
	*report = judged->report;
	return true;
}

/* The stores of the question in one line. */
static const char *stores_asked(struct chk_simulating *simulating)
{
	const struct chk_question *question = simulating->question;
	struct chk_arena *arena = &simulating->simulation->arena;
	const char *text = NULL;

	for (size_t i = 0; i < question->store_count; i++) {
		const char *spec = chk_words_escape(
			arena, chk_store_spec(question->stores[i]));

		text = text ? chk_words(arena, "%s, %s", text, spec) : spec;
	}
	return text;
}

/*
 * The handshake through GnuTLS came to no end: that comes before trust. Where
 * no chain came, it may be GnuTLS's own hello that is not borne.
 */
static bool tell_failure(struct chk_simulation *simulation,
			 struct chk_simulated *answer,
			 const struct chk_presented *presented)
{
	if (presented->failure == CHK_FAILURE_NONE)
		return false;
	if (presented->step < CHK_STEP_CERTIFICATE) {
		answer->why = chk_words(
			&simulation->arena, "its chain could not be seen: %s",
			chk_words_escape(&simulation->arena, presented->why));
		answer->verdict = CHK_VERDICT_UNDECIDED;
		return true;
	}
	answer->code = chk_network_code(presented);
	answer->why = strcmp(answer->code, "tls.client-certificate") == 0 ?
			      "a client certificate is demanded" :
			      chk_words_escape(&simulation->arena,
					       presented->why);
	answer->verdict = presented->failure == CHK_FAILURE_TLS ?
				  CHK_VERDICT_UNDECIDED :
				  CHK_VERDICT_UNTRUSTED;
	return true;
}

/* Whether it would get what the server does not send is not tried. */
static bool may_fetch(const struct chk_client *client,
		      const struct chk_simulated *answer,
		      const struct chk_chain *chain)
{
	return client->fetches_issuers && answer->code &&
	       strcmp(answer->code, "chain.intermediate-missing") == 0 &&
	       chk_cert_ca_issuers(chain->items[0].cert).data;
}

/* A path of these links has a signature of less than SHA-224 that counts. */
static bool rests_on_sha1(const struct chk_path_view *path)
{
	const struct chk_strength *least = chk_strength_find("low");

	for (size_t i = 0; i + 1 < path->link_count; i++) {
		const struct chk_cert *cert = path->links[i].subject.cert;

		if (cert && chk_strength_is_weak(cert->signature_algorithm,
						 least))
			return true;
	}
	return false;
}

/*
 * "SHA1 jdkCA & usage TLSServer", since Java 8u141: no SHA-1 below a root that
 * came with the JDK. A root that is in no table of public CAs came with none;
 * whether a store has marked a public one so is not to be seen from here.
 */
static bool may_refuse_sha1(const struct chk_simulating *simulating,
			    const struct chk_client *client,
			    const struct chk_report *report)
{
	const struct chk_known *known = simulating->question->known;
	const struct chk_path_view *path = chk_report_path(report, 0);
	const struct chk_cert *anchor;
	struct chk_known_cert found;

	if (!client->profile || strcmp(client->profile, "java") != 0 ||
	    !path || !path->link_count || !rests_on_sha1(path))
		return false;
	anchor = path->links[path->link_count - 1].subject.cert;
	return !known || !anchor || chk_known_find(known, anchor, &found);
}

static void doubt(struct chk_simulated *answer, const char *code,
		  const char *why)
{
	answer->verdict = CHK_VERDICT_UNDECIDED;
	answer->code = code;
	answer->why = why;
	answer->report = NULL;
}

bool chk_simulate_trust(struct chk_simulating *simulating, size_t i,
			const struct chk_served *served,
			struct chk_error *error)
{
	struct chk_simulation *simulation = simulating->simulation;
	const struct chk_client *client = simulation->clients[i];
	struct chk_simulated *answer = &simulation->answers[i];
	const struct chk_store *own = own_store(simulating, client->trust);
	const struct chk_judged like = {
		.served = served, .profile = client->profile,
		.strength = client->strength,
		.trust = own ? client->trust : NULL,
	};
	const struct chk_finding *primary;

	if (tell_failure(simulation, answer, served->presented))
		return true;
	if (!find_report(simulating, &like, own, &answer->report, error))
		return false;
	answer->verdict = chk_report_verdict(answer->report);
	answer->own_store = own;
	answer->store = own ? client->trust : stores_asked(simulating);
	primary = chk_report_primary(answer->report);
	if (answer->verdict == CHK_VERDICT_TRUSTED &&
	    may_refuse_sha1(simulating, client, answer->report))
		doubt(answer, "cert.weak-signature",
		      "since 8u141 Java takes no SHA-1 below a root of its "
		      "own, which this may be");
	if (!answer->report || answer->verdict == CHK_VERDICT_TRUSTED)
		return true;
	answer->code = primary ? primary->code : NULL;
	answer->why = primary ? primary->message :
				chk_report_sentence(answer->report);
	if (may_fetch(client, answer, served->presented->chain))
		doubt(answer, answer->code,
		      "it may fetch the missing intermediate (AIA)");
	return true;
}
