/* lib/diagnosis/probe_words.c: a table of how handshakes end. */
#include "diagnosis/probe_words.h"

#include "diagnosis/words.h"
#include "fetch/offer.h"

/* {alert} and {why} stand for what the peer said. */
static const struct {
	const char *one, *many, *passive;
} ENDS[] = {
	[CHK_FAILURE_NONE] = { "completes the handshake",
			       "complete the handshake", "works" },
	[CHK_FAILURE_RESOLVE] = { "is not found", "are not found",
				  "finds no address" },
	[CHK_FAILURE_REFUSED] = { "refuses the connection",
				  "refuse the connection",
				  "finds the connection refused" },
	[CHK_FAILURE_UNREACHABLE] = { "cannot be reached", "cannot be reached",
				      "cannot be tried, the server is out of "
				      "reach" },
	[CHK_FAILURE_TIMEOUT] = { "does not answer in time",
				  "do not answer in time",
				  "is not answered in time" },
	[CHK_FAILURE_RESET] = { "resets the connection",
				"reset the connection",
				"is answered by a reset of the connection" },
	[CHK_FAILURE_CLOSED] = { "closes the connection",
				 "close the connection",
				 "is answered by the end of the connection" },
	[CHK_FAILURE_NOT_TLS] = { "does not speak TLS", "do not speak TLS",
				  "is not answered in TLS" },
	[CHK_FAILURE_ALERT] = { "refuses with alert {alert}",
				"refuse with alert {alert}",
				"is refused with alert {alert}" },
	[CHK_FAILURE_PROXY] = { "is not reached by the proxy",
				"are not reached by the proxy",
				"is not carried by the proxy" },
	[CHK_FAILURE_STARTTLS] = { "does not come from plain text to TLS",
				   "do not come from plain text to TLS",
				   "finds no way from plain text to TLS" },
	[CHK_FAILURE_TLS] = { "answers what this side does not take",
			      "answer what this side does not take",
			      "is ended by this side ({why})" },
};

struct filling {
	struct chk_arena *arena;
	const struct chk_presented *presented;
};

static const char *value_of(const void *with, const char *place, size_t size)
{
	const struct filling *filling = with;
	const struct chk_presented *presented = filling->presented;

	if (size == 5 && memcmp(place, "alert", 5) == 0)
		return chk_words(filling->arena, "%d (%s)", presented->alert,
				 presented->alert_name ?
					 presented->alert_name : "unassigned");
	return chk_words_escape(filling->arena, presented->why);
}

static const char *fill(struct chk_arena *arena, const char *text,
			const struct chk_presented *presented)
{
	const struct filling filling = { arena, presented };

	return chk_words_fill(arena, text, value_of, &filling);
}

struct chk_probe_words
chk_probe_end(struct chk_arena *arena, const struct chk_presented *presented)
{
	enum chk_failure failure = presented->failure;
	struct chk_probe_words words = {
		.one = fill(arena, ENDS[failure].one, presented),
		.many = fill(arena, ENDS[failure].many, presented),
		.rank = failure == CHK_FAILURE_NONE,
	};

	words.key = words.one;
	return words;
}

const char *chk_probe_passive(struct chk_arena *arena,
			      const struct chk_presented *presented)
{
	return fill(arena, ENDS[presented->failure].passive, presented);
}

const char *chk_probe_chain(struct chk_arena *arena,
			    const struct chk_presented *presented)
{
	size_t count = presented->chain->count;

	return count == 1 ? "only its own certificate" :
	       count == 0 ? "no certificate" :
			    chk_words(arena, "%zu certificates", count);
}

const char *chk_probe_version(struct chk_arena *arena,
			      const struct chk_presented *presented)
{
	const char *version = presented->version ?
		chk_offer_version(presented->version, arena) : NULL;

	return version ? version : "";
}
