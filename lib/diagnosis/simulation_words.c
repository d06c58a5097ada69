/* lib/diagnosis/simulation_words.c: what a client and a server agreed on. */
#include "diagnosis/simulation.h"

#include "diagnosis/words.h"
#include "fetch/alert.h"
#include "fetch/tls_names.h"

static const char *version_words(uint16_t version)
{
	return version == 0x0002 ? "SSL 2.0" : chk_version_name(version);
}

static const char *suite_words(struct chk_arena *arena, uint16_t number)
{
	const struct chk_suite *suite = chk_suite_of(number);

	return suite && suite->name ? suite->name :
		       chk_words(arena, "suite 0x%04x", (unsigned)number);
}

static const char *group_words(struct chk_arena *arena, uint16_t number)
{
	const struct chk_group *group = chk_group_of(number);

	return group ? group->name :
		       chk_words(arena, "group 0x%04x", (unsigned)number);
}

void chk_simulated_agree(struct chk_arena *arena,
			 const struct chk_answer *answer,
			 struct chk_simulated *simulated)
{
	simulated->tls = version_words(answer->version);
	if (answer->suite)
		simulated->suite = suite_words(arena, answer->suite);
	if (answer->group)
		simulated->group = group_words(arena, answer->group);
	else if (answer->dh_bits)
		simulated->group = chk_words(arena, "DH %u", answer->dh_bits);
}

static const char *alert_words(struct chk_arena *arena, int alert)
{
	return chk_words(arena, "alert %d, %s", alert, chk_alert_name(alert));
}

static const char *ended_words(struct chk_arena *arena,
			       const struct chk_answer *answer,
			       const char **code)
{
	switch (answer->end) {
	case CHK_ANSWER_ALERT:
		*code = "tls.alert";
		return alert_words(arena, answer->alert);
	case CHK_ANSWER_CLOSED:
		*code = "net.closed";
		return "the server hung up";
	case CHK_ANSWER_RESET:
		*code = "net.reset";
		return "the server reset the connection";
	case CHK_ANSWER_SILENT:
		*code = "net.timeout";
		return "no answer in time";
	case CHK_ANSWER_NOT_TLS:
		*code = "tls.not-tls";
		return answer->speaks ?
			       chk_words(arena, "the server speaks %s, not TLS",
					 answer->speaks) :
			       "the server does not speak TLS";
	case CHK_ANSWER_UNCONNECTED:
		return answer->why; /* of the client it says nothing */
	default:
		*code = "tls.handshake";
		return answer->why && *answer->why ? answer->why :
						     "no answer came";
	}
}

const char *chk_simulated_why(struct chk_arena *arena,
			      const struct chk_client *client,
			      const struct chk_answer *answer,
			      const char **code)
{
	*code = NULL;
	switch (chk_client_judge(client, answer)) {
	case CHK_CLIENT_TAKES:
		return NULL;
	case CHK_CLIENT_REFUSES_ANSWER:
		return ended_words(arena, answer, code);
	case CHK_CLIENT_REFUSES_VERSION:
		*code = "tls.version";
		return chk_words(arena, "does not take %s",
				 version_words(answer->version));
	case CHK_CLIENT_REFUSES_SUITE:
		*code = "tls.cipher";
		return "the server chose a suite not offered";
	case CHK_CLIENT_REFUSES_GROUP:
		*code = "tls.group";
		return "the server chose a group not offered";
	case CHK_CLIENT_REFUSES_SIGNATURE:
		*code = "tls.signature-algorithm";
		return "the server signs otherwise than offered";
	case CHK_CLIENT_REFUSES_DH:
		*code = "tls.weak-dh";
		return chk_words(arena, "does not take a DH prime of %u bits",
				 answer->dh_bits);
	case CHK_CLIENT_REFUSES_RENEGOTIATION:
		*code = "tls.handshake";
		return "the server lacks secure renegotiation (RFC 5746)";
	}
	return NULL;
}
