/* lib/fetch/starttls.c: the conversation of a protocol, turn by turn. */
#include "config.h"

#include "fetch/starttls.h"

#include <errno.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "fetch/banner.h"
#include "fetch/connect.h"
#include "fetch/presented.h"
#include "fetch/protocol.h"

/* Of one conversation; the longest honest one is some dozens of lines. */
#define UNITS_MAX 256
#define BYTES_MAX (64u << 10)
#define SHOWN_MAX 64    /* bytes of what the server said, in a sentence */
#define OFFERS_MAX 400  /* characters */
/* With a refusal in bytes there often comes why, in words. */
#define REASON_MS 200

struct talk {
	const struct chk_route *route;
	const struct chk_io *io;
	int handle;
	int64_t deadline;
	int64_t limit_ms;
	const struct chk_protocol *protocol;
	struct chk_arena *arena;
	struct chk_spoken *said;
	bool (*is_tls)(void *self);
	void *self;
	struct chk_buffer offers;
	uint8_t data[CHK_UNIT_MAX];
	size_t size;     /* in data */
	size_t received; /* in all */
	size_t units;
};

static bool end_with(struct talk *talk, enum chk_spoken_end end)
{
	talk->said->end = end;
	return false;
}

static const char *escaped(struct talk *talk, struct chk_bytes bytes)
{
	char text[4 * SHOWN_MAX + 4];
	bool cut = bytes.size > SHOWN_MAX;

	chk_text_escape_into(text, sizeof(text) - 3, (const char *)bytes.data,
			     cut ? SHOWN_MAX : bytes.size);
	if (cut)
		strcat(text, "...");
	return chk_arena_text(talk->arena, text);
}

static bool lose(struct talk *talk, enum chk_failure failure, int cause)
{
	talk->said->failure = failure;
	talk->said->cause = cause;
	return end_with(talk, CHK_SPOKEN_LOST);
}

static bool say(struct talk *talk, struct chk_bytes text)
{
	const struct chk_io *io = talk->io;

	while (text.size) {
		long count = -1;

		errno = ETIMEDOUT;
		if (io->now(io->self) < talk->deadline)
			count = io->write(io->self, talk->handle, text.data,
					  text.size, talk->deadline);
		if (count <= 0)
			return lose(talk, chk_failure_of_errno(
					    count < 0 && errno ? errno : EPIPE),
				    errno);
		text = chk_bytes_skip(text, (size_t)count);
	}
	return true;
}

static void add_escaped_xml(struct chk_buffer *text, const char *name)
{
	static const char SPECIAL[] = "<>&'\"";

	for (; *name; name++) {
		if (strchr(SPECIAL, *name))
			chk_buffer_format(text, "&#%d;", *name);
		else
			chk_buffer_add(text, name, 1);
	}
}

/* The domain that is asked for: an attribute of XMPP's stream alone has it. */
static bool say_turn(struct talk *talk, struct chk_bytes text)
{
	static const char HOST[] = "{host}";
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer filled = { 0 };
	const struct chk_route *route = talk->route;
	const uint8_t *place = memmem(text.data, text.size, HOST,
				      sizeof(HOST) - 1);
	size_t before = place ? (size_t)(place - text.data) : 0;

	if (!place)
		return say(talk, text);
	chk_buffer_add(&filled, text.data, before);
	add_escaped_xml(&filled, route->server_name ? route->server_name :
						      route->host);
	chk_buffer_add(&filled, place + sizeof(HOST) - 1,
		       text.size - before - (sizeof(HOST) - 1));
	talk->arena->failed |= filled.failed;
	return !filled.failed &&
	       say(talk, chk_bytes_of(filled.data, filled.size));
}

/* An alert or a handshake record (RFC 8446 section 5.1). */
static bool begins_tls(struct chk_bytes bytes)
{
	return bytes.size >= 2 && bytes.data[1] == 3 &&
	       (bytes.data[0] == 21 || bytes.data[0] == 22);
}

static void note_first(struct talk *talk)
{
	struct chk_spoken *said = talk->said;
	struct chk_bytes first = chk_bytes_of(talk->data, talk->size);
	size_t line = chk_framing_size(CHK_FRAMING_LINE, first);

	said->speaks = chk_banner_protocol(first);
	if (line && line <= first.size)
		first = chk_framing_text(CHK_FRAMING_LINE,
					 chk_bytes_of(first.data, line));
	said->greeting = escaped(talk, first);
	first = chk_bytes_of(talk->data, talk->size < SHOWN_MAX ? talk->size :
								  SHOWN_MAX);
	said->first = chk_arena_bytes(talk->arena, first);
}

/* Some bytes more, by `until`; 0 and an errno of ETIMEDOUT: none came. */
static long hear(struct talk *talk, int64_t until)
{
	const struct chk_io *io = talk->io;
	size_t room = sizeof(talk->data) - talk->size;
	long count = -1;

	errno = ETIMEDOUT;
	if (io->now(io->self) < until)
		count = io->read(io->self, talk->handle,
				 talk->data + talk->size, room, until);
	if (count > 0) {
		talk->size += (size_t)count;
		talk->received += (size_t)count;
	}
	return count;
}

/* Nothing in the time in which a server greets: is it TLS that it speaks? */
static bool is_silent_tls(struct talk *talk)
{
	int64_t now = talk->io->now(talk->io->self);
	int64_t until = now + CHK_PRELUDE_PATIENCE_MS;

	if (!talk->is_tls || until >= talk->deadline)
		return false;
	return hear(talk, until) < 0 && errno == ETIMEDOUT &&
	       talk->is_tls(talk->self);
}

/* A server of TLS that was spoken to in clear may hang up without an alert. */
static bool hung_up_as_tls(const struct talk *talk)
{
	const struct chk_spoken *spoken = talk->said;

	return talk->is_tls && spoken->end == CHK_SPOKEN_LOST &&
	       talk->received == 0 && spoken->failure != CHK_FAILURE_TIMEOUT &&
	       talk->is_tls(talk->self);
}

/* A whole unit stands in front of `data`; its size, or 0: it is over. */
static size_t next_unit(struct talk *talk)
{
	for (;;) {
		struct chk_bytes bytes = chk_bytes_of(talk->data, talk->size);
		size_t size = chk_framing_size(talk->protocol->framing, bytes);
		bool first = talk->size == talk->received;
		long count;

		if (first && begins_tls(bytes))
			return end_with(talk, CHK_SPOKEN_TLS);
		if (size > CHK_UNIT_MAX || talk->received > BYTES_MAX ||
		    talk->units == UNITS_MAX)
			return end_with(talk, first ? CHK_SPOKEN_OTHER :
						      CHK_SPOKEN_ENDLESS);
		if (size)
			return size;
		count = hear(talk, talk->deadline);
		if (count == 0)
			lose(talk, CHK_FAILURE_CLOSED, 0);
		else if (count < 0)
			lose(talk, chk_failure_of_errno(errno ? errno : EIO),
			     errno);
		if (count <= 0)
			return 0;
	}
}

static void drop(struct talk *talk, size_t size)
{
	talk->size -= size;
	memmove(talk->data, talk->data + size, talk->size);
	talk->units++;
}

/*
 * A first word of another protocol ends it at once, and not the deadline. What
 * fits a protocol that greets is its own, however it reads: "220" is SMTP's and
 * FTP's. Of XMLs an HTTP server's is told by its status line alone.
 */
static bool is_other(const struct talk *talk, const struct chk_turn *met)
{
	const char *speaks = talk->said->speaks;
	const char *title = talk->protocol->title;

	if (talk->units || !speaks ||
	    (met && (met->what != CHK_TURN_NO ||
		     chk_protocol_is_greeted(talk->protocol->id))))
		return false;
	if (talk->protocol->framing == CHK_FRAMING_TAG && *talk->data == '<')
		return false;
	return !strstr(speaks, title) && !strstr(title, speaks);
}

/* What a server can do, of the lines that list it. */
static void note_offer(struct talk *talk, struct chk_bytes text)
{
	struct chk_buffer *offers = &talk->offers;
	char line[4 * SHOWN_MAX + 1];

	if (offers->size > OFFERS_MAX)
		return;
	chk_text_escape_into(line, sizeof(line), (const char *)text.data,
			     text.size < SHOWN_MAX ? text.size : SHOWN_MAX);
	chk_buffer_format(offers, "%s%s", offers->size ? ", " : "", line);
}

/* Turns of one wait, from `from` on. */
static size_t wait_size(const struct chk_turn *from, size_t count)
{
	size_t size = 0;

	while (size < count && from[size].what != CHK_TURN_SEND)
		size++;
	return size;
}

static bool has_offer(const struct chk_turn *turns, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (turns[i].what == CHK_TURN_OFFER ||
		    turns[i].what == CHK_TURN_SEE)
			return true;
	}
	return false;
}

/* The first turn but an offer that meets the unit; NULL: it is passed over. */
static const struct chk_turn *decide(const struct talk *talk,
				     const struct chk_turn *turns, size_t count,
				     struct chk_bytes text, bool *offered)
{
	for (size_t i = 0; i < count; i++) {
		bool meets = chk_turn_meets(&turns[i],
					    talk->protocol->framing, text);

		if (!meets)
			continue;
		if (turns[i].what != CHK_TURN_OFFER &&
		    turns[i].what != CHK_TURN_SEE)
			return &turns[i];
		*offered = true;
	}
	return NULL;
}

/* A refusal of one byte, or in a packet, may go on in words. */
static void note_refusal(struct talk *talk, struct chk_bytes unit)
{
	if (talk->protocol->framing == CHK_FRAMING_BYTE) {
		hear(talk, talk->io->now(talk->io->self) + REASON_MS);
		unit = chk_bytes_of(talk->data, talk->size);
	}
	talk->said->last = escaped(talk, chk_framing_text(
						 talk->protocol->framing,
						 unit));
}

/* One wait: until a unit ends it. */
static bool wait_for(struct talk *talk, const struct chk_turn *turns,
		     size_t count)
{
	bool lists = has_offer(turns, count), offered = !lists;
	const struct chk_turn *met = NULL;

	chk_buffer_clear(&talk->offers);
	while (!met) {
		size_t size = next_unit(talk);
		struct chk_bytes unit = chk_bytes_of(talk->data, size), text;

		if (!talk->said->greeting && talk->size)
			note_first(talk);
		if (!size)
			return false;
		text = chk_framing_text(talk->protocol->framing, unit);
		met = decide(talk, turns, count, text, &offered);
		if (is_other(talk, met))
			return end_with(talk, CHK_SPOKEN_OTHER);
		if (met && met->what == CHK_TURN_NO) {
			note_refusal(talk, unit);
			return end_with(talk, CHK_SPOKEN_REFUSED);
		}
		if (lists)
			note_offer(talk, text);
		drop(talk, size);
	}
	return met->what == CHK_TURN_GO || offered ||
	       end_with(talk, CHK_SPOKEN_UNOFFERED);
}

/*
 * Not a byte may be left: what was sent in clear would be taken for what came
 * under TLS, by GnuTLS or by a program that buffers as this one does.
 */
static bool nothing_behind(struct talk *talk)
{
	struct chk_bytes behind = chk_bytes_of(talk->data, talk->size);

	if (!behind.size)
		return true;
	talk->said->behind_size = behind.size;
	if (behind.size > SHOWN_MAX)
		behind.size = SHOWN_MAX;
	talk->said->last = escaped(talk, behind);
	talk->said->behind = chk_arena_bytes(talk->arena, behind);
	return end_with(talk, CHK_SPOKEN_BEHIND);
}

static bool take_turns(struct talk *talk)
{
	size_t count, size;
	const struct chk_turn *turn = chk_protocol_turns(talk->protocol->id,
							 &count);

	if (turn->what != CHK_TURN_SEND && is_silent_tls(talk))
		return end_with(talk, CHK_SPOKEN_TLS);
	for (; count; turn += size, count -= size) {
		size = wait_size(turn, count);
		if (size == 0) {
			size = 1;
			if (!say_turn(talk, turn->text))
				return false;
		} else if (!wait_for(talk, turn, size)) {
			return false;
		}
	}
	return nothing_behind(talk) && !end_with(talk, CHK_SPOKEN_GO);
}

static const char *lost_words(struct talk *talk)
{
	const char *title = talk->protocol->title;
	const struct chk_spoken *said = talk->said;

	if (said->failure == CHK_FAILURE_TIMEOUT)
		return chk_arena_format(
			talk->arena, talk->received ?
			"the server did not bring %s to STARTTLS within %s" :
			"no word of %s from the server within %s", title,
			chk_millis_text(talk->arena, talk->limit_ms));
	return chk_arena_format(
		talk->arena, "the server %s while %s was spoken, before TLS",
		said->failure == CHK_FAILURE_CLOSED ? "closed the connection" :
		said->failure == CHK_FAILURE_RESET ? "reset the connection" :
						     "was lost", title);
}

static const char *why_of(struct talk *talk)
{
	struct chk_arena *arena = talk->arena;
	const struct chk_spoken *said = talk->said;
	const char *title = talk->protocol->title;
	const char *last = said->last ? said->last : "";
	const char *greeting = said->greeting ? said->greeting : "";

	switch (said->end) {
	case CHK_SPOKEN_LOST:
		return lost_words(talk);
	case CHK_SPOKEN_UNOFFERED:
		return chk_arena_format(arena, "the server speaks %s and does "
					"not offer STARTTLS", title);
	case CHK_SPOKEN_REFUSED:
		return chk_arena_format(arena, "the server refuses STARTTLS "
					"of %s: \"%s\"", title, last);
	case CHK_SPOKEN_OTHER:
		return chk_arena_format(arena, "the server does not speak %s%s"
					"%s: its first words are \"%s\"", title,
					said->speaks ? " but " : "",
					said->speaks ? said->speaks : "",
					greeting);
	case CHK_SPOKEN_TLS:
		return chk_arena_format(arena, "the server speaks TLS at once, "
					"and no %s before it", title);
	case CHK_SPOKEN_BEHIND:
		return chk_arena_format(arena, "the server sent %zu bytes in "
					"clear behind its answer, before TLS "
					"could begin: \"%s\"",
					said->behind_size, last);
	case CHK_SPOKEN_ENDLESS:
		return chk_arena_format(arena, "the server says more than %s "
					"has to say before TLS", title);
	default:
		return "";
	}
}

bool chk_prelude_patient(const struct chk_route *route, int handle,
			 int64_t end, struct chk_arena *arena,
			 struct chk_spoken *said,
			 bool (*is_tls)(void *self), void *self)
{
	const struct chk_io *io = route->io;
	int64_t now = io->now(io->self), limit = now + route->handshake_ms;
	struct talk talk = {
		.route = route, .io = io, .handle = handle,
		.deadline = limit < end ? limit : end, .arena = arena,
		.protocol = chk_protocol(route->protocol), .said = said,
		.is_tls = is_tls, .self = self,
	};
	bool done;

	*said = (struct chk_spoken){ .protocol = talk.protocol, .why = "" };
	if (!talk.protocol)
		return true;
	talk.limit_ms = talk.deadline - now;
	done = take_turns(&talk);
	if (!done && hung_up_as_tls(&talk)) {
		said->failure = CHK_FAILURE_NONE;
		said->end = CHK_SPOKEN_TLS;
	}
	if (talk.offers.size)
		said->offers = chk_arena_text(arena, talk.offers.data);
	arena->failed |= talk.offers.failed;
	chk_buffer_clear(&talk.offers);
	if (done)
		return !arena->failed;
	if (said->failure == CHK_FAILURE_NONE)
		said->failure = CHK_FAILURE_STARTTLS;
	said->why = why_of(&talk);
	if (!said->why)
		said->why = "";
	return false;
}

bool chk_prelude(const struct chk_route *route, int handle, int64_t end,
		 struct chk_arena *arena, struct chk_spoken *said)
{
	return chk_prelude_patient(route, handle, end, arena, said, NULL,
				   NULL);
}
