/* lib/diagnosis/cause_words.c: numbers of the wire by their names. */
#include "diagnosis/cause_words.h"

#include "base/cleanup.h"
#include "diagnosis/words.h"
#include "fetch/alert.h"
#include "fetch/tls_names.h"

#define VERSIONS 5

/* How an answer that is no ServerHello is told, as a verb and as a noun. */
static const struct {
	const char *verb, *noun;
} ENDS[] = {
	[CHK_ANSWER_NONE] = { "was not asked", "not asked" },
	[CHK_ANSWER_HELLO] = { "goes on", "ServerHello" },
	[CHK_ANSWER_RETRY] = { "goes on", "HelloRetryRequest" },
	[CHK_ANSWER_ALERT] = { "sends an alert", "alert" },
	[CHK_ANSWER_CLOSED] = { "closes the connection", "closed" },
	[CHK_ANSWER_RESET] = { "resets the connection", "reset" },
	[CHK_ANSWER_SILENT] = { "does not answer in time", "silence" },
	[CHK_ANSWER_NOT_TLS] = { "answers in no TLS", "no TLS" },
	[CHK_ANSWER_MALFORMED] = { "answers with broken TLS", "broken TLS" },
	[CHK_ANSWER_FLOOD] = { "sends without end", "too much" },
	[CHK_ANSWER_UNCONNECTED] = { "takes no connection", "no connection" },
};

static const char *alert(struct chk_arena *arena,
			 const struct chk_answer *answer)
{
	return chk_words(arena, "alert %d (%s)", answer->alert,
			 chk_alert_name(answer->alert));
}

const char *chk_cause_answers(struct chk_arena *arena,
			      const struct chk_answer *answer)
{
	if (answer->end == CHK_ANSWER_ALERT)
		return chk_words(arena, "answers with %s",
				 alert(arena, answer));
	if (chk_answer_is_accepted(answer))
		return chk_words(arena, "answers with %s",
				 chk_version_name(answer->version));
	return ENDS[answer->end].verb;
}

const char *chk_cause_answer(struct chk_arena *arena,
			     const struct chk_answer *answer)
{
	if (answer->end == CHK_ANSWER_ALERT)
		return alert(arena, answer);
	if (!chk_answer_is_accepted(answer))
		return ENDS[answer->end].noun;
	return chk_words(arena, "%s, %s%s%s%s%s",
			 chk_version_name(answer->version),
			 chk_cause_suite(arena, answer->suite),
			 answer->group ? ", " : "",
			 answer->group ?
				 chk_cause_group(arena, answer->group) : "",
			 answer->signature ? ", " : "",
			 answer->signature ?
				 chk_cause_scheme(arena, answer->signature) :
				 "");
}

/* "A, B and C" of the versions for which a bit is set. */
static const char *versions(struct chk_arena *arena, unsigned bits,
			    const char *one, const char *none)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	unsigned left = bits, count = 0;

	for (uint16_t i = 0; i < VERSIONS; i++) {
		if (!(left & 1u << i))
			continue;
		left &= ~(1u << i);
		chk_buffer_format(&text, "%s%s",
				  !count++ ? "" : left ? ", " : " and ",
				  chk_version_name(0x0300 + i));
	}
	if (count == 1)
		chk_buffer_text(&text, one);
	arena->failed |= text.failed;
	return count && !text.failed ? chk_words(arena, "%s", text.data) :
				       none;
}

const char *chk_cause_taken(struct chk_arena *arena,
			    const struct chk_delta *delta)
{
	unsigned bits = 0;

	for (unsigned i = 0; i < VERSIONS; i++)
		bits |= delta->takes[i] ? 1u << i : 0;
	return versions(arena, bits, " alone", "nothing that was offered");
}

const char *chk_cause_offered(struct chk_arena *arena,
			      const struct chk_delta *delta)
{
	unsigned bits = 0;

	for (uint16_t i = 0; i < VERSIONS; i++)
		bits |= chk_delta_offers(delta, 0x0300 + i) ? 1u << i : 0;
	return versions(arena, bits, "", "no version of TLS");
}

static const char *named(struct chk_arena *arena, const char *name,
			 uint16_t number)
{
	return name ? name : chk_words(arena, "0x%04x", (unsigned)number);
}

const char *chk_cause_suite(struct chk_arena *arena, uint16_t number)
{
	const struct chk_suite *suite = chk_suite_of(number);

	return named(arena, suite ? suite->name : NULL, number);
}

const char *chk_cause_group(struct chk_arena *arena, uint16_t number)
{
	const struct chk_group *group = chk_group_of(number);

	return named(arena, group ? group->name : NULL, number);
}

const char *chk_cause_scheme(struct chk_arena *arena, uint16_t number)
{
	const struct chk_signature_scheme *scheme =
		chk_signature_scheme_of(number);

	return named(arena, scheme ? scheme->name : NULL, number);
}

const char *chk_cause_list(struct chk_arena *arena, struct chk_ids ids,
			   size_t max,
			   const char *(*name)(struct chk_arena *, uint16_t))
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	size_t shown = ids.count < max ? ids.count : max;

	for (size_t i = 0; i < shown; i++)
		chk_buffer_format(&text, "%s%s", i ? ", " : "",
				  name(arena, ids.items[i]));
	if (ids.count > shown)
		chk_buffer_format(&text, " and %zu more", ids.count - shown);
	arena->failed |= text.failed;
	return ids.count && !text.failed ? chk_words(arena, "%s", text.data) :
					   "none";
}

const char *chk_cause_client(const struct chk_delta *delta)
{
	return delta->client->label;
}
