/* lib/diagnosis/probe_steps.c: one handshake, step by step as it happened. */
#include "diagnosis/probes.h"

#include "base/buffer.h"
#include "base/cleanup.h"
#include "diagnosis/client_words.h"
#include "diagnosis/probe_words.h"
#include "diagnosis/words.h"
#include "fetch/protocol.h"

#define STEPS_MAX 32 /* sixteen addresses, sixteen certificates at hand */
#define NAMES_MAX 4 /* of certificates, in one line */

static void add(struct chk_probes *probes, const char *name, bool broken,
		const char *text)
{
	if (probes->steps && probes->step_count < STEPS_MAX)
		probes->steps[probes->step_count++] =
			(struct chk_probes_step){ name, text, broken };
}

static const char *kept(struct chk_probes *probes,
			const struct chk_buffer *text)
{
	probes->arena.failed |= text->failed;
	return chk_words(&probes->arena, "%s",
			 text->failed || !text->data ? "" : text->data);
}

static void tell_addresses(struct chk_probes *probes)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	if (!probes->address_count) {
		add(probes, "addresses", true,
		    chk_words_escape(&probes->arena, probes->found->why));
		return;
	}
	for (size_t i = 0; i < probes->address_count; i++)
		chk_buffer_format(&text, "%s%s", i ? ", " : "",
				  probes->addresses[i].address);
	add(probes, "addresses", false, kept(probes, &text));
}

/* What lies between the connection and the ClientHello. */
static void tell_way(struct chk_probes *probes,
		     const struct chk_presented *presented)
{
	struct chk_arena *arena = &probes->arena;
	const struct chk_spoken *spoken = &presented->spoken;

	if (presented->proxy)
		add(probes, "through", false,
		    chk_words(arena, "the proxy %s", presented->proxy));
	if (spoken->end == CHK_SPOKEN_GO && !presented->needs)
		add(probes, "in clear", false,
		    chk_words(arena, "%s, up to STARTTLS%s%s%s",
			      spoken->protocol->title,
			      spoken->greeting ? "; it began with '" : "",
			      spoken->greeting ? spoken->greeting : "",
			      spoken->greeting ? "'" : ""));
}

static void tell_offer(struct chk_probes *probes,
		       const struct chk_presented *presented)
{
	struct chk_arena *arena = &probes->arena;
	const char *name = presented->server_name;

	if (presented->offered)
		add(probes, "offered", false,
		    chk_words(arena, "%s", presented->offered));
	add(probes, "server name", false,
	    name ? chk_words_escape(arena, name) : "none was sent (SNI)");
}

static void tell_choice(struct chk_probes *probes,
			const struct chk_presented *presented)
{
	struct chk_arena *arena = &probes->arena;

	if (!presented->version)
		return;
	add(probes, "chosen", false,
	    chk_words(arena, "%s%s%s%s%s", chk_probe_version(arena, presented),
		      presented->cipher ? ", " : "",
		      presented->cipher ? presented->cipher : "",
		      presented->group ? ", group " : "",
		      presented->group ? presented->group : ""));
}

static void tell_certificates(struct chk_probes *probes,
			      const struct chk_presented *presented)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	const struct chk_chain *chain = presented->chain;

	if (presented->step < CHK_STEP_CERTIFICATE)
		return;
	chk_buffer_format(&text, "%zu%s", chain->count,
			  chain->count ? ": " : "");
	for (size_t i = 0; i < chain->count && i < NAMES_MAX; i++)
		chk_buffer_format(&text, "%s%s", i ? ", " : "",
				  chk_words_cert(&probes->arena,
						 chain->items[i].cert));
	if (chain->count > NAMES_MAX)
		chk_buffer_text(&text, ", ...");
	if (chain->notes.count)
		chk_buffer_format(&text, "%s%zu could not be read",
				  chain->count ? "; " : ", ",
				  chain->notes.count);
	add(probes, "certificates", false, kept(probes, &text));
	if (presented->signature)
		add(probes, "signed with", false,
		    chk_words(&probes->arena, "%s", presented->signature));
}

/* What the server asked of its client, and of what was at hand each. */
static void tell_client(struct chk_probes *probes,
			const struct chk_presented *presented)
{
	struct chk_arena *arena = &probes->arena;

	if (!presented->client_certificate_wanted) {
		if (presented->credentials_given &&
		    presented->step >= CHK_STEP_CERTIFICATE)
			add(probes, "asked for", false,
			    "no client certificate; none was sent");
		return;
	}
	add(probes, "asked for", false,
	    chk_words(arena, "%s%s",
		      chk_client_wanted(arena, &presented->request),
		      presented->at_hand_count ? "" :
						 "; this side sent none"));
	for (size_t i = 0; i < presented->at_hand_count; i++)
		add(probes, "at hand", false,
		    chk_client_at_hand(arena, &presented->at_hand[i]));
}

/* An alert that came was the peer's; of this side's own it is said so. */
static void tell_end(struct chk_probes *probes,
		     const struct chk_presented *presented)
{
	struct chk_arena *arena = &probes->arena;

	if (presented->failure == CHK_FAILURE_NONE)
		add(probes, "finished", false, "by both sides");
	else if (presented->sent_alert_name)
		add(probes, "broken", true,
		    chk_words(arena, "%s; this side then ended it with alert "
			      "%d (%s)",
			      chk_words_escape(arena, presented->why),
			      presented->sent_alert,
			      presented->sent_alert_name));
	else
		add(probes, "broken", true,
		    chk_words_escape(arena, presented->why));
	if (presented->needs)
		add(probes, "instead", false,
		    chk_words(arena, "it speaks %s, and TLS behind STARTTLS: "
			      "--starttls %s", presented->needs->title,
			      presented->needs->name));
}

void chk_probes_tell(struct chk_probes *probes)
{
	const struct chk_probed *first = chk_probes_first(probes);
	const struct chk_presented *presented;

	probes->steps = chk_arena_array(&probes->arena, STEPS_MAX,
					sizeof(*probes->steps));
	tell_addresses(probes);
	for (size_t i = 0; !first && i < probes->address_count; i++) {
		presented = probes->addresses[i].probes[CHK_PROBE_WHOLE]
				    .presented;
		if (presented)
			add(probes, "broken", true,
			    chk_words_escape(&probes->arena, presented->why));
	}
	if (!first)
		return;
	presented = first->probes[CHK_PROBE_WHOLE].presented;
	add(probes, "connected", false,
	    chk_words_escape(&probes->arena,
			     chk_peer_text(&probes->arena, first->address,
					   presented->port)));
	tell_way(probes, presented);
	tell_offer(probes, presented);
	tell_choice(probes, presented);
	tell_certificates(probes, presented);
	tell_client(probes, presented);
	tell_end(probes, presented);
}
