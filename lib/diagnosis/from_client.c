/*
 * lib/diagnosis/from_client.c: the certificate that the server asked of its
 * client, those that were at hand, and what became of it.
 */
#include "diagnosis/sources.h"

#include "diagnosis/client_words.h"
#include "diagnosis/remedy.h"
#include "diagnosis/words.h"

/* ": it is from «B», which is not listed"; "" where nothing is known. */
static const char *why(struct chk_arena *arena,
		       const struct chk_presented *presented)
{
	const struct chk_at_hand *sent = chk_presented_sent(presented);
	const char *misfits = "";

	if (!sent && presented->at_hand_count)
		sent = &presented->at_hand[0];
	if (sent)
		misfits = chk_client_misfits(arena, sent);
	return *misfits ? chk_words(arena, ": %s", misfits) : "";
}

/* What came, came from the server, and is the server's verdict. */
static const char *end(struct chk_arena *arena,
		       const struct chk_presented *presented)
{
	if (presented->failure != CHK_FAILURE_ALERT)
		return chk_words(arena, " (%s)",
				 chk_words_escape(arena, presented->why));
	return chk_words(arena, " with the alert %s (%d)%s",
			 chk_words_escape(arena, presented->alert_name),
			 presented->alert,
			 presented->step == CHK_STEP_FINISHED ?
				 ", reported after the handshake, as TLS 1.3 "
				 "does" : "");
}

static const char *message(struct chk_arena *arena,
			   const struct chk_presented *presented)
{
	const char *wanted = chk_client_wanted(arena, &presented->request);
	const struct chk_at_hand *sent = chk_presented_sent(presented);
	const char *name = sent ? chk_words_cert(arena, sent->leaf) : NULL;
	bool refused = chk_client_is_refused(presented);

	if (!refused && presented->failure != CHK_FAILURE_NONE)
		return chk_words(arena, "the server asked for %s; the "
				 "handshake broke for another reason", wanted);
	if (!refused && sent)
		return chk_words(arena, "the server asked for %s and did not "
				 "refuse %s%s", wanted, name,
				 why(arena, presented));
	if (!refused)
		return chk_words(arena, "the server asked for %s, and went on "
				 "without one%s", wanted,
				 why(arena, presented));
	if (sent)
		return chk_words(arena, "the server asked for %s and refused "
				 "%s%s%s", wanted, name,
				 end(arena, presented), why(arena, presented));
	return chk_words(arena, "the server asked for %s and got none: it "
			 "ended the handshake%s%s", wanted,
			 end(arena, presented), why(arena, presented));
}

static void add_evidence(struct chk_inquiry *inquiry,
			 struct chk_finding_node *node)
{
	const struct chk_presented *presented = inquiry->presented;
	const struct chk_request *request = &presented->request;
	struct chk_arena *arena = &inquiry->report->arena;

	chk_finding_evidence(inquiry, node, "offered issuers",
			     chk_client_issuers(arena, request));
	if (request->signature_count)
		chk_finding_evidence(inquiry, node, "signatures wanted",
				     chk_client_signatures(arena, request));
	if (request->fault)
		chk_finding_evidence(inquiry, node, "CertificateRequest",
				     request->fault);
	for (size_t i = 0; i < presented->at_hand_count; i++)
		chk_finding_evidence(
			inquiry, node, "your certificate",
			chk_client_at_hand(arena, &presented->at_hand[i]));
}

/* What was at hand and not asked for at all. */
static void tell_unasked(struct chk_inquiry *inquiry)
{
	const struct chk_presented *presented = inquiry->presented;

	if (presented->failure != CHK_FAILURE_NONE ||
	    !presented->credentials_given)
		return;
	chk_finding_add(inquiry, CHK_FINDING_CLIENT_CERTIFICATE,
			"the server did not ask for a client certificate, and "
			"none was sent; some ask later, for a part of what "
			"they serve");
}

void chk_findings_from_client(struct chk_inquiry *inquiry)
{
	const struct chk_presented *presented = inquiry->presented;
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_finding_node *node;

	if (!presented->client_certificate_wanted) {
		tell_unasked(inquiry);
		return;
	}
	node = chk_finding_add(inquiry, CHK_FINDING_CLIENT_CERTIFICATE,
			       message(arena, presented));
	if (node && chk_client_is_refused(presented))
		node->finding.severity = CHK_SEVERITY_WARNING;
	add_evidence(inquiry, node);
	if (!chk_presented_sent(presented))
		chk_remedies_add(inquiry, node, "tls.client-certificate",
				 NULL);
	else if (chk_client_is_refused(presented))
		chk_remedies_add(inquiry, node,
				 "tls.client-certificate/refused", NULL);
}
