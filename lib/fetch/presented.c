/* lib/fetch/presented.c: hold what a server presented, and give it out. */
#include "fetch/presented.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "cert/dn.h"

#define WHY_SIZE 1024 /* bytes; sixteen addresses and their reasons fit */

struct chk_presented *chk_presented_new(void)
{
	struct chk_presented *presented = calloc(1, sizeof(*presented));

	if (!presented)
		return NULL;
	presented->why = "";
	presented->alert = -1;
	presented->chain = chk_chain_new();
	if (presented->chain)
		return presented;
	free(presented);
	return NULL;
}

void chk_presented_free(struct chk_presented *presented)
{
	if (!presented)
		return;
	chk_chain_free(presented->chain);
	for (size_t i = 0; i < presented->at_hand_count; i++) {
		chk_cert_unref(presented->at_hand[i].leaf);
		chk_cert_unref(presented->at_hand[i].last);
	}
	chk_arena_clear(&presented->arena);
	free(presented);
}

const struct chk_at_hand *
chk_presented_sent(const struct chk_presented *presented)
{
	for (size_t i = 0; i < presented->at_hand_count; i++) {
		if (presented->at_hand[i].sent)
			return &presented->at_hand[i];
	}
	return NULL;
}

void chk_presented_fail(struct chk_presented *presented,
			enum chk_failure failure, int cause,
			const char *format, ...)
{
	char why[WHY_SIZE];
	const char *copy;
	va_list list;

	if (presented->failure != CHK_FAILURE_NONE)
		return;
	va_start(list, format);
	vsnprintf(why, sizeof(why), format, list);
	va_end(list);
	copy = chk_arena_text(&presented->arena, why);
	presented->failure = failure;
	presented->cause = cause;
	presented->why = copy ? copy : "";
}

static const char *text_or_empty(const char *text)
{
	return text ? text : "";
}

const char *chk_peer_text(struct chk_arena *arena, const char *address,
			  uint16_t port)
{
	bool brackets = strchr(address, ':') != NULL;

	if (chk_is_socket(address))
		return address;
	return text_or_empty(chk_arena_format(
		arena, "%s%s%s:%u", brackets ? "[" : "", address,
		brackets ? "]" : "", (unsigned)port));
}

const char *chk_millis_text(struct chk_arena *arena, int64_t millis)
{
	bool whole = millis % 1000 == 0;
	int64_t number = whole ? millis / 1000 : millis;

	return text_or_empty(chk_arena_format(
		arena, "%" PRId64 " %s%s", number,
		whole ? "second" : "millisecond", number == 1 ? "" : "s"));
}

const struct chk_chain *
chk_presented_chain(const struct chk_presented *presented)
{
	return presented->chain;
}

enum chk_step chk_presented_step(const struct chk_presented *presented)
{
	return presented->step;
}

enum chk_failure chk_presented_failure(const struct chk_presented *presented)
{
	return presented->failure;
}

const char *chk_presented_why(const struct chk_presented *presented)
{
	return presented->why;
}

bool chk_presented_asks(const struct chk_presented *presented)
{
	return presented->client_certificate_wanted;
}

size_t chk_presented_issuer_count(const struct chk_presented *presented)
{
	return presented->request.issuer_count;
}

char *chk_presented_issuer(const struct chk_presented *presented, size_t i)
{
	struct chk_buffer text = { 0 };

	if (i >= presented->request.issuer_count)
		return NULL;
	chk_dn_text(&text, presented->request.issuers[i]);
	chk_buffer_text(&text, "");
	return chk_buffer_steal(&text);
}

bool chk_presented_credential(const struct chk_presented *presented, size_t *i)
{
	const struct chk_at_hand *sent = chk_presented_sent(presented);

	if (sent)
		*i = (size_t)(sent - presented->at_hand);
	return sent != NULL;
}
