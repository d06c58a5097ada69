/* lib/diagnosis/cause_refused.c: what all answers have in common. */
#include "diagnosis/cause.h"

#include "diagnosis/cause_words.h"
#include "diagnosis/words.h"

#define HANDSHAKE_FAILURE 40
#define PROTOCOL_VERSION 70
#define INSUFFICIENT_SECURITY 71
#define UNRECOGNIZED_NAME 112

/*
 * Who hangs up without reading resets the connection or not, as the kernel has
 * it: both are one.
 */
static enum chk_answer_end end_of(const struct chk_answer *answer)
{
	return answer->end == CHK_ANSWER_RESET ? CHK_ANSWER_CLOSED :
						 answer->end;
}

/* Every one of them ends as the hello itself does. */
static bool are_alike(const struct chk_delta *delta)
{
	const struct chk_answer *first = &delta->asked[0].answer;

	for (size_t i = 1; i < delta->count; i++) {
		const struct chk_answer *answer = &delta->asked[i].answer;

		if (end_of(answer) != end_of(first) ||
		    answer->alert != first->alert)
			return false;
	}
	return true;
}

static bool is_alert(const struct chk_answer *answer, int alert)
{
	return answer->end == CHK_ANSWER_ALERT && answer->alert == alert;
}

static bool tells_versions_apart(const struct chk_delta *delta)
{
	for (size_t i = 0; i < delta->count; i++) {
		if (is_alert(&delta->asked[i].answer, PROTOCOL_VERSION))
			return true;
	}
	return false;
}

/*
 * The server tells versions apart, so it has read the hello; of those that it
 * has, no suite will do. Where answers differ otherwise (a server that is at
 * its limits, several behind one address), nothing follows from it.
 */
static bool lacks_certificate(const struct chk_delta *delta)
{
	const struct chk_answer *own =
		chk_delta_answer(delta, delta->baseline);

	return tells_versions_apart(delta) &&
	       (is_alert(own, HANDSHAKE_FAILURE) ||
		is_alert(own, INSUFFICIENT_SECURITY));
}

static void tell_certificate(const struct chk_delta *delta, const char *peer,
			     struct chk_arena *arena, struct chk_cause *cause)
{
	*cause = (struct chk_cause){
		CHK_FINDING_TLS_CIPHER, CHK_PARTY_SERVER,
		chk_words(arena, "%s has, it seems, no certificate for any "
			  "cipher suite: it %s even where all of them are "
			  "offered; its key is missing, or is of another kind "
			  "than the suites it allows", peer,
			  chk_cause_answers(arena, chk_delta_answer(
						    delta, delta->baseline))),
		"tls.cipher/certificate",
	};
}

static void tell_alert(const struct chk_delta *delta, const char *peer,
		       struct chk_arena *arena, struct chk_cause *cause)
{
	*cause = (struct chk_cause){
		CHK_FINDING_ALERT, CHK_PARTY_SERVER,
		chk_words(arena, "%s %s%s: whatever is offered is refused, so "
			  "that it is nothing that this client could change",
			  peer,
			  chk_cause_answers(arena, chk_delta_answer(
						    delta, delta->baseline)),
			  are_alike(delta) ? ", to every ClientHello" : ""),
		"tls.alert",
	};
}

static void tell_name(const struct chk_delta *delta, const char *peer,
		      struct chk_arena *arena, struct chk_cause *cause)
{
	const char *name = delta->hello.server_name;

	*cause = (struct chk_cause){
		CHK_FINDING_TLS_SNI, CHK_PARTY_SERVER,
		name ? chk_words(arena, "%s refuses SNI %s with alert 112 "
				 "(unrecognized_name), and no SNI as well: it "
				 "is not set up for that name", peer,
				 chk_words_escape(arena, name)) :
		       chk_words(arena, "%s refuses a ClientHello without SNI "
				 "with alert 112 (unrecognized_name): it wants "
				 "a name that it is set up for", peer),
		name ? "tls.sni/server" : "tls.sni/client",
	};
	if (!name)
		cause->party = CHK_PARTY_CLIENT;
}

/* The connection ends without a word, or nothing comes at all. */
static bool tell_end(const struct chk_delta *delta, const char *peer,
		     struct chk_arena *arena, struct chk_cause *cause)
{
	static const struct {
		enum chk_answer_end end;
		enum chk_finding_id id;
		enum chk_party party;
		const char *remedies;
	} ENDS[] = {
		{ CHK_ANSWER_CLOSED, CHK_FINDING_NET_CLOSED, CHK_PARTY_SERVER,
		  "net.closed" },
		{ CHK_ANSWER_RESET, CHK_FINDING_NET_RESET, CHK_PARTY_NETWORK,
		  "net.reset" },
		{ CHK_ANSWER_SILENT, CHK_FINDING_NET_TIMEOUT,
		  CHK_PARTY_NETWORK, "net.timeout" },
	};
	const struct chk_answer *own =
		chk_delta_answer(delta, delta->baseline);

	for (size_t i = 0; i < CHK_COUNT(ENDS); i++) {
		if (own->end != ENDS[i].end || !are_alike(delta))
			continue;
		*cause = (struct chk_cause){
			ENDS[i].id, ENDS[i].party,
			chk_words(arena, "%s takes the connection and %s, "
				  "whatever the ClientHello offers", peer,
				  chk_cause_answers(arena, own)),
			ENDS[i].remedies,
		};
		return true;
	}
	return false;
}

bool chk_cause_of_refusals(const struct chk_delta *delta, const char *peer,
			   struct chk_arena *arena, struct chk_cause *cause)
{
	const struct chk_answer *own =
		chk_delta_answer(delta, delta->baseline);

	if (!own || own->end == CHK_ANSWER_UNCONNECTED)
		return false;
	if (is_alert(own, UNRECOGNIZED_NAME) && !are_alike(delta))
		tell_name(delta, peer, arena, cause);
	else if (lacks_certificate(delta))
		tell_certificate(delta, peer, arena, cause);
	else if (own->end == CHK_ANSWER_ALERT)
		tell_alert(delta, peer, arena, cause);
	else
		return tell_end(delta, peer, arena, cause);
	return true;
}
