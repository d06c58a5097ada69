/* lib/diagnosis/from_network.c: what kept the handshake from its end. */
#include "diagnosis/sources.h"

#include "diagnosis/remedy.h"
#include "diagnosis/words.h"

/* Alerts of RFC 8446 section 6 that a missing client certificate brings. */
static bool is_about_client_certificate(int alert)
{
	static const int ALERTS[] = { 40, 41, 42, 43, 46, 48, 49, 116 };

	for (size_t i = 0; i < CHK_COUNT(ALERTS); i++) {
		if (ALERTS[i] == alert)
			return true;
	}
	return false;
}

/* The server wanted one, got none, and ended the handshake over it. */
static bool lacks_client_certificate(const struct chk_presented *presented)
{
	return presented->client_certificate_wanted &&
	       presented->step >= CHK_STEP_CERTIFICATE &&
	       ((presented->failure == CHK_FAILURE_ALERT &&
		 is_about_client_certificate(presented->alert)) ||
		presented->failure == CHK_FAILURE_CLOSED ||
		presented->failure == CHK_FAILURE_RESET);
}

bool chk_network_lets_chain_decide(const struct chk_inquiry *inquiry)
{
	const struct chk_presented *presented = inquiry->presented;

	return !presented || presented->failure == CHK_FAILURE_NONE ||
	       lacks_client_certificate(presented);
}

static enum chk_finding_id id_of(enum chk_failure failure)
{
	static const enum chk_finding_id IDS[] = {
		[CHK_FAILURE_RESOLVE] = CHK_FINDING_NET_RESOLVE,
		[CHK_FAILURE_REFUSED] = CHK_FINDING_NET_REFUSED,
		[CHK_FAILURE_UNREACHABLE] = CHK_FINDING_NET_UNREACHABLE,
		[CHK_FAILURE_TIMEOUT] = CHK_FINDING_NET_TIMEOUT,
		[CHK_FAILURE_RESET] = CHK_FINDING_NET_RESET,
		[CHK_FAILURE_CLOSED] = CHK_FINDING_NET_CLOSED,
		[CHK_FAILURE_NOT_TLS] = CHK_FINDING_NOT_TLS,
		[CHK_FAILURE_ALERT] = CHK_FINDING_ALERT,
		[CHK_FAILURE_TLS] = CHK_FINDING_HANDSHAKE,
	};

	return (size_t)failure < CHK_COUNT(IDS) ? IDS[failure] :
						  CHK_FINDING_HANDSHAKE;
}

const char *chk_network_code(const struct chk_presented *presented)
{
	if (presented->failure == CHK_FAILURE_NONE)
		return NULL;
	return chk_finding_facts(lacks_client_certificate(presented) ?
					 CHK_FINDING_CLIENT_CERTIFICATE :
					 id_of(presented->failure))->code;
}

static const char *step_words(enum chk_step step)
{
	static const char *const WORDS[] = {
		[CHK_STEP_RESOLVE] = "looking up the name",
		[CHK_STEP_CONNECT] = "connecting",
		[CHK_STEP_HELLO] = "waiting for an answer to the ClientHello",
		[CHK_STEP_CERTIFICATE] = "shaking hands, after the "
					 "certificates had come",
		[CHK_STEP_FINISHED] = "using the connection",
	};

	return (size_t)step < CHK_COUNT(WORDS) ? WORDS[step] : "connecting";
}

static const char *message_of(struct chk_inquiry *inquiry)
{
	const struct chk_presented *presented = inquiry->presented;
	struct chk_arena *arena = &inquiry->report->arena;

	if (presented->failure == CHK_FAILURE_NOT_TLS)
		return chk_words(arena, "%s answers '%s', which is no TLS%s%s: "
				 "use that protocol or the port that speaks "
				 "TLS", inquiry->peer,
				 chk_words_bytes(arena, presented->first_bytes),
				 presented->speaks ? " but " : "",
				 presented->speaks ?
					 chk_words_escape(arena,
							  presented->speaks) :
					 "");
	if (presented->failure == CHK_FAILURE_ALERT)
		return chk_words(arena, "%s ended the handshake with the alert "
				 "%s (%d): a received alert was sent by the "
				 "peer, it is no verdict of this client",
				 inquiry->peer,
				 chk_words_escape(arena, presented->alert_name),
				 presented->alert);
	return chk_words(arena, "%s: %s, while %s", inquiry->peer,
			 chk_words_escape(arena, presented->why),
			 step_words(presented->step));
}

static const char *failure_words(enum chk_failure failure)
{
	static const char *const WORDS[] = {
		[CHK_FAILURE_NONE] = "connected",
		[CHK_FAILURE_RESOLVE] = "no address",
		[CHK_FAILURE_REFUSED] = "refused",
		[CHK_FAILURE_UNREACHABLE] = "unreachable",
		[CHK_FAILURE_TIMEOUT] = "timed out",
		[CHK_FAILURE_RESET] = "reset",
		[CHK_FAILURE_CLOSED] = "closed",
		[CHK_FAILURE_NOT_TLS] = "no TLS",
		[CHK_FAILURE_ALERT] = "alert",
		[CHK_FAILURE_TLS] = "handshake failed",
	};

	return (size_t)failure < CHK_COUNT(WORDS) ? WORDS[failure] : "failed";
}

static void add_attempts(struct chk_inquiry *inquiry,
			 struct chk_finding_node *node)
{
	const struct chk_presented *presented = inquiry->presented;
	struct chk_arena *arena = &inquiry->report->arena;

	for (size_t i = 0; i < presented->attempt_count && i < 8; i++) {
		const struct chk_attempt *attempt = &presented->attempts[i];

		chk_finding_evidence(
			inquiry, node, "tried",
			chk_words(arena, "%s port %u: %s",
				  chk_words_escape(arena, attempt->address),
				  attempt->port,
				  failure_words(attempt->failure)));
	}
}

static void tell_failure(struct chk_inquiry *inquiry)
{
	const struct chk_presented *presented = inquiry->presented;
	struct chk_arena *arena = &inquiry->report->arena;
	enum chk_finding_id id = id_of(presented->failure);
	struct chk_finding_node *node =
		chk_finding_add(inquiry, id, message_of(inquiry));

	chk_finding_evidence(inquiry, node, "step",
			     step_words(presented->step));
	add_attempts(inquiry, node);
	if (presented->first_bytes.size) {
		chk_finding_evidence(
			inquiry, node, "first bytes",
			chk_words_bytes(arena, presented->first_bytes));
		chk_finding_evidence(
			inquiry, node, "first bytes, hexadecimal",
			chk_words_hex(arena, presented->first_bytes));
	}
	if (presented->failure == CHK_FAILURE_ALERT)
		chk_finding_evidence(
			inquiry, node, "alert",
			chk_words(arena, "%d", presented->alert));
	chk_finding_hellos(inquiry, node);
	chk_remedies_add(inquiry, node, chk_finding_facts(id)->code, NULL);
}

static void tell_client_certificate(struct chk_inquiry *inquiry)
{
	const struct chk_presented *presented = inquiry->presented;
	struct chk_arena *arena = &inquiry->report->arena;
	bool failed = presented->failure != CHK_FAILURE_NONE;
	struct chk_finding_node *node = chk_finding_add(
		inquiry, CHK_FINDING_CLIENT_CERTIFICATE,
		failed ?
		chk_words(arena, "%s sent its chain, asked for a client "
			  "certificate, got none and ended the handshake (%s)",
			  inquiry->peer,
			  presented->failure == CHK_FAILURE_ALERT ?
				  chk_words_escape(arena,
						   presented->alert_name) :
				  failure_words(presented->failure)) :
		chk_words(arena, "%s asks for a client certificate, and went "
			  "on without one", inquiry->peer));

	if (node && failed)
		node->finding.severity = CHK_SEVERITY_WARNING;
	chk_remedies_add(inquiry, node, "tls.client-certificate", NULL);
}

void chk_findings_from_network(struct chk_inquiry *inquiry)
{
	const struct chk_presented *presented = inquiry->presented;

	if (!presented)
		return;
	if (presented->failure != CHK_FAILURE_NONE &&
	    !lacks_client_certificate(presented) &&
	    !chk_findings_from_handshake(inquiry))
		tell_failure(inquiry);
	chk_findings_from_weakness(inquiry);
	if (presented->client_certificate_wanted)
		tell_client_certificate(inquiry);
}
