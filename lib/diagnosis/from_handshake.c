/* lib/diagnosis/from_handshake.c: the cause of a failed handshake, told. */
#include "diagnosis/sources.h"

#include "diagnosis/cause.h"
#include "diagnosis/remedy.h"
#include "diagnosis/words.h"

/* Shorter ones are refused by OpenSSL's level 2, the default of Debian. */
#define DH_BITS 2048
#define HANDSHAKE_FAILURE 40 /* RFC 8446 section 6 */

void chk_finding_hellos(struct chk_inquiry *inquiry,
			struct chk_finding_node *node)
{
	size_t count = 0;
	const struct chk_evidence *items = inquiry->delta ?
		chk_cause_evidence(inquiry->delta, &inquiry->report->arena,
				   &count) : NULL;

	for (size_t i = 0; items && i < count; i++)
		chk_finding_evidence(inquiry, node, items[i].name,
				     items[i].value);
}

/*
 * A hello of our own goes as far as the ServerHello: what ends a handshake of
 * TLS 1.3 between it and the certificate it cannot tell. A server that sends
 * handshake_failure there has none that it may send (RFC 8446 section 4.4.2.2).
 */
static bool lacks_certificate(const struct chk_presented *presented,
			      const char *peer, struct chk_arena *arena,
			      struct chk_cause *cause)
{
	if (!presented->agreed13 || presented->step != CHK_STEP_HELLO ||
	    presented->failure != CHK_FAILURE_ALERT ||
	    presented->alert != HANDSHAKE_FAILURE)
		return false;
	*cause = (struct chk_cause){
		CHK_FINDING_TLS_CIPHER, CHK_PARTY_SERVER,
		chk_words(arena, "%s agrees on TLS 1.3, and where its "
			  "certificate should come it sends alert 40 "
			  "(handshake_failure): it has no certificate for this "
			  "client; its key is missing, or is of a kind that "
			  "the client does not take", peer),
		"tls.cipher/certificate",
	};
	return true;
}

bool chk_findings_from_handshake(struct chk_inquiry *inquiry)
{
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_finding_node *node;
	struct chk_cause cause;

	if (!lacks_certificate(inquiry->presented, inquiry->peer, arena,
			       &cause) &&
	    (!inquiry->delta || !chk_cause_find(inquiry->delta, inquiry->peer,
						arena, &cause)))
		return false;
	node = chk_finding_add(inquiry, cause.id, cause.message);
	chk_finding_set_party(node, cause.party);
	chk_finding_hellos(inquiry, node);
	chk_remedies_add(inquiry, node, cause.remedies, NULL);
	return true;
}

/* Something that any answer of the server has shown. */
static bool lacks_renegotiation_info(const struct chk_inquiry *inquiry)
{
	const struct chk_delta *delta = inquiry->delta;

	if (inquiry->presented->lacks_renegotiation_info)
		return true;
	for (size_t i = 0; delta && i < delta->count; i++) {
		const struct chk_answer *answer = &delta->asked[i].answer;

		/* SSL 3.0 is asked without extensions, but with the signal. */
		if (answer->end == CHK_ANSWER_HELLO && answer->done &&
		    answer->version > 0x0300 && answer->version < 0x0304 &&
		    !answer->has_renegotiation_info)
			return true;
	}
	return false;
}

static void tell_prime(struct chk_inquiry *inquiry)
{
	unsigned bits = inquiry->presented->dh_bits;
	struct chk_finding_node *node = chk_finding_add(
		inquiry, CHK_FINDING_TLS_WEAK_DH,
		chk_words(&inquiry->report->arena, "%s uses a Diffie-Hellman "
			  "prime of %u bits, which this client takes and %s "
			  "not", inquiry->peer, bits,
			  bits < 1024 ? "clients of today do" :
					"OpenSSL at its level 2 does"));

	if (node)
		node->finding.severity = CHK_SEVERITY_WARNING;
	chk_remedies_add(inquiry, node, "tls.weak-dh", NULL);
}

void chk_findings_from_weakness(struct chk_inquiry *inquiry)
{
	const struct chk_presented *presented = inquiry->presented;
	struct chk_finding_node *node;

	if (presented->dh_bits && presented->dh_bits < DH_BITS)
		tell_prime(inquiry);
	if (!lacks_renegotiation_info(inquiry))
		return;
	node = chk_finding_add(
		inquiry, CHK_FINDING_RENEGOTIATION_INFO,
		chk_words(&inquiry->report->arena, "%s lacks RFC 5746 (safe "
			  "renegotiation): clients on OpenSSL 3 refuse it",
			  inquiry->peer));
	chk_remedies_add(inquiry, node, "tls.renegotiation-info", NULL);
}
