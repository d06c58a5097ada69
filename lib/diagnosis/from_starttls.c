/* lib/diagnosis/from_starttls.c: what kept plain text from becoming TLS. */
#include "diagnosis/sources.h"

#include "diagnosis/remedy.h"
#include "diagnosis/words.h"
#include "fetch/protocol.h"

/* What an end of the conversation comes to. */
struct meaning {
	enum chk_finding_id id;
	const char *key;
};

static const struct meaning MEANINGS[] = {
	[CHK_SPOKEN_UNOFFERED] = { CHK_FINDING_STARTTLS_UNOFFERED,
				 "tls.starttls/unoffered" },
	[CHK_SPOKEN_REFUSED] = { CHK_FINDING_STARTTLS_UNOFFERED,
			       "tls.starttls/unoffered" },
	[CHK_SPOKEN_OTHER] = { CHK_FINDING_STARTTLS, "tls.starttls/other" },
	[CHK_SPOKEN_TLS] = { CHK_FINDING_STARTTLS, "tls.starttls/at-once" },
	[CHK_SPOKEN_BEHIND] = { CHK_FINDING_STARTTLS_BEHIND,
			      "tls.starttls/behind" },
	[CHK_SPOKEN_ENDLESS] = { CHK_FINDING_STARTTLS, "tls.starttls/other" },
};

/* Texts of the peer came escaped. */
static const char *words(const char *text)
{
	return text ? text : "";
}

static const char *needed_message(struct chk_inquiry *inquiry)
{
	const struct chk_presented *presented = inquiry->presented;
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_protocol *needs = presented->needs;
	uint16_t port = chk_protocol_tls_port(needs->id);
	const char *greets = chk_protocol_is_greeted(needs->id) ?
		chk_words(arena, "greets '%s' and offers STARTTLS",
			  words(presented->spoken.greeting)) :
		chk_words(arena, "speaks %s and begins TLS when asked",
			  needs->title);

	return chk_words(arena, "%s %s: ask it with --starttls %s; the program "
			 "needs STARTTLS there%s", inquiry->peer, greets,
			 needs->name, port ?
			 chk_words(arena, ", or TLS on port %u", port) : "");
}

static const char *failed_message(struct chk_inquiry *inquiry)
{
	const struct chk_spoken *said = &inquiry->presented->spoken;
	struct chk_arena *arena = &inquiry->report->arena;
	const char *title = said->protocol->title, *peer = inquiry->peer;

	switch (said->end) {
	case CHK_SPOKEN_TLS:
		return chk_words(arena, "%s speaks TLS at once, without %s "
				 "before it: leave --starttls %s out", peer,
				 title, said->protocol->name);
	case CHK_SPOKEN_UNOFFERED:
		return chk_words(arena, "%s speaks %s and does not offer "
				 "STARTTLS; what it lists is '%s'", peer, title,
				 words(said->offers));
	case CHK_SPOKEN_REFUSED:
		return chk_words(arena, "%s answers '%s' where %s goes over "
				 "to TLS", peer, words(said->last), title);
	case CHK_SPOKEN_BEHIND:
		return chk_words(arena, "%s sent %zu bytes in clear behind its "
				 "word that TLS begins, '%s': whoever reads on "
				 "under TLS takes them for protected "
				 "(CVE-2011-0411)", peer, said->behind_size,
				 words(said->last));
	case CHK_SPOKEN_OTHER:
		return chk_words(arena, "%s answers '%s', which is %s and no "
				 "%s", peer, words(said->greeting),
				 said->speaks ? said->speaks :
						"something else", title);
	default:
		return chk_words(arena, "%s: %s", peer, words(said->why));
	}
}

static void add_evidence(struct chk_inquiry *inquiry,
			 struct chk_finding_node *node)
{
	const struct chk_spoken *said = &inquiry->presented->spoken;
	struct chk_arena *arena = &inquiry->report->arena;
	const struct {
		const char *name, *value;
	} facts[] = {
		{ "greeting", said->greeting },
		{ "offers", said->offers },
		{ "answer", said->last },
	};

	for (size_t i = 0; i < CHK_COUNT(facts); i++) {
		if (facts[i].value)
			chk_finding_evidence(inquiry, node, facts[i].name,
					     chk_words(arena, "%s",
						       facts[i].value));
	}
}

bool chk_findings_from_starttls(struct chk_inquiry *inquiry)
{
	const struct chk_presented *presented = inquiry->presented;
	struct meaning meaning = { CHK_FINDING_STARTTLS,
				   "tls.starttls/needed" };
	struct chk_finding_node *node;

	if (!presented->needs && presented->failure != CHK_FAILURE_STARTTLS)
		return false;
	if (!presented->needs)
		meaning = MEANINGS[presented->spoken.end];
	node = chk_finding_add(inquiry, meaning.id, presented->needs ?
				       needed_message(inquiry) :
				       failed_message(inquiry));
	add_evidence(inquiry, node);
	chk_remedies_add(inquiry, node, meaning.key, NULL);
	return true;
}
