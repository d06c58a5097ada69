/*
 * lib/diagnosis/probe_addresses.c: what one address does and the others do
 * not. The few stand against the most; of as many, what a server should do is
 * what "the others" do.
 */
#include "diagnosis/probe_differences.h"

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "diagnosis/probe_words.h"
#include "diagnosis/words.h"

/* What is looked at: the certificate, the version, ... */
struct aspect {
	const char *name; /* "in NAME", where the words do not tell apart */
	/* .key NULL: nothing is known of it */
	struct chk_probe_words (*look)(struct chk_arena *,
				       const struct chk_presented *);
	bool follows; /* of what was looked at just before, where it differs */
};

static bool has_certificate(const struct chk_presented *presented)
{
	return presented->step >= CHK_STEP_CERTIFICATE;
}

static struct chk_probe_words said(struct chk_arena *arena, const char *one,
				   const char *many, const char *what)
{
	struct chk_probe_words words = { 0 };

	if (!what)
		return words;
	words.one = chk_words(arena, "%s %s", one, what);
	words.many = chk_words(arena, "%s %s", many, what);
	words.key = what;
	return words;
}

/* The digests of all certificates from `first` on. */
static const char *digests(struct chk_arena *arena,
			   const struct chk_chain *chain, size_t first,
			   size_t end)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	chk_buffer_text(&text, "-");
	for (size_t i = first; i < end && i < chain->count; i++)
		chk_buffer_text(&text, chk_words_sha256(arena,
							chain->items[i].cert));
	arena->failed |= text.failed;
	return chk_words(arena, "%s", text.failed ? "" : text.data);
}

static struct chk_probe_words
look_at_issuers(struct chk_arena *arena, const struct chk_presented *presented)
{
	const struct chk_chain *chain = presented->chain;
	struct chk_probe_words words = { 0 };

	if (!has_certificate(presented))
		return words;
	words = said(arena, "sends", "send",
		     chk_probe_chain(arena, presented));
	words.key = digests(arena, chain, 1, chain->count);
	words.rank = chain->count;
	if (chain->count == 1)
		words.many = "send only their own certificate";
	return words;
}

static struct chk_probe_words
look_at_leaf(struct chk_arena *arena, const struct chk_presented *presented)
{
	const struct chk_chain *chain = presented->chain;
	struct chk_probe_words words = { 0 };
	const char *name;

	if (!has_certificate(presented) || !chain->count)
		return words;
	name = chk_words_cert(arena, chain->items[0].cert);
	words = said(arena, "sends a certificate for",
		     "send a certificate for", name);
	words.key = digests(arena, chain, 0, 1);
	return words;
}

static struct chk_probe_words
look_at_version(struct chk_arena *arena, const struct chk_presented *presented)
{
	return said(arena, "agrees on", "agree on",
		    presented->version ? chk_probe_version(arena, presented) :
					 NULL);
}

static struct chk_probe_words
look_at_cipher(struct chk_arena *arena, const struct chk_presented *presented)
{
	return said(arena, "chooses", "choose", presented->cipher);
}

static struct chk_probe_words
look_at_group(struct chk_arena *arena, const struct chk_presented *presented)
{
	return said(arena, "chooses the group", "choose the group",
		    presented->group);
}

static struct chk_probe_words
look_at_request(struct chk_arena *arena, const struct chk_presented *presented)
{
	return said(arena, "asks for", "ask for",
		    !has_certificate(presented) ? NULL :
		    presented->client_certificate_wanted ?
			    "a client certificate" : "no client certificate");
}

static const struct aspect ASPECTS[] = {
	{ "how it ends", chk_probe_end, false },
	{ "its own certificate", look_at_leaf, false },
	{ "the certificates behind its own", look_at_issuers, false },
	{ "the version", look_at_version, false },
	{ "the cipher", look_at_cipher, true },
	{ "the group", look_at_group, true },
	{ "the client certificate", look_at_request, false },
};

/* How an address looks in one aspect. */
struct look {
	struct chk_probe_words words;
	const char *address;
	size_t alike; /* addresses that look the same, itself too */
	bool told;
};

static size_t look_at_all(struct chk_probes *probes,
			  const struct aspect *aspect, struct look *looks)
{
	size_t count = 0;

	for (size_t i = 0; i < probes->address_count; i++) {
		const struct chk_probed *at = &probes->addresses[i];
		const struct chk_presented *presented =
			at->probes[CHK_PROBE_WHOLE].presented;
		struct look look = { .address = at->address };

		if (presented)
			look.words = aspect->look(&probes->arena, presented);
		if (look.words.key)
			looks[count++] = look;
	}
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < count; j++)
			looks[i].alike += strcmp(looks[i].words.key,
						 looks[j].words.key) == 0;
	}
	return count;
}

/* What most do; of as many, what they should. */
static const struct look *most(const struct look *looks, size_t count)
{
	const struct look *found = &looks[0];

	for (size_t i = 1; i < count; i++) {
		if (looks[i].alike > found->alike ||
		    (looks[i].alike == found->alike &&
		     looks[i].words.rank > found->words.rank))
			found = &looks[i];
	}
	return found;
}

static void add_others(struct chk_buffer *text, const struct look *rest,
		       size_t these, size_t count)
{
	bool all = rest->alike + these == count;

	if (all)
		chk_buffer_text(text, rest->alike == 1 ? "the other" :
							 "the others");
	else
		chk_buffer_format(text, "%zu %s", rest->alike,
				  rest->alike == 1 ? "other" : "others");
}

/* One sentence of all addresses that look like looks[first]. */
static void tell(struct chk_probes *probes, const struct aspect *aspect,
		 struct look *looks, size_t count, size_t first,
		 const struct look *rest)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	const struct look *odd = &looks[first];
	bool one = odd->alike == 1;
	const char *before = "";

	chk_buffer_format(&text, "%zu of %zu addresses (", odd->alike, count);
	for (size_t i = first; i < count; i++) {
		if (strcmp(looks[i].words.key, odd->words.key) != 0)
			continue;
		chk_buffer_format(&text, "%s%s", before, looks[i].address);
		before = ", ";
		looks[i].told = true;
	}
	chk_buffer_text(&text, ") ");
	if (strcmp(odd->words.one, rest->words.one) == 0) {
		chk_buffer_text(&text, one ? "differs from " : "differ from ");
		add_others(&text, rest, odd->alike, count);
		chk_buffer_format(&text, " in %s", aspect->name);
	} else {
		chk_buffer_text(&text, one ? odd->words.one : odd->words.many);
		chk_buffer_text(&text, "; ");
		add_others(&text, rest, odd->alike, count);
		chk_buffer_format(&text, " %s", rest->alike == 1 ?
				  rest->words.one : rest->words.many);
	}
	chk_probes_differ(probes, &text);
}

static bool compare(struct chk_probes *probes, const struct aspect *aspect)
{
	struct look *looks = chk_arena_array(&probes->arena,
					     probes->address_count,
					     sizeof(*looks));
	size_t count = looks ? look_at_all(probes, aspect, looks) : 0;
	const struct look *rest = count ? most(looks, count) : NULL;
	bool differs = false;

	for (size_t i = 0; i < count; i++) {
		if (looks[i].told ||
		    strcmp(looks[i].words.key, rest->words.key) == 0)
			continue;
		tell(probes, aspect, looks, count, i, rest);
		differs = true;
	}
	return differs;
}

void chk_probes_compare_addresses(struct chk_probes *probes)
{
	bool differs = false;

	for (size_t i = 0; i < CHK_COUNT(ASPECTS); i++) {
		if (ASPECTS[i].follows && differs)
			continue;
		differs = compare(probes, &ASPECTS[i]);
		probes->addresses_differ |= differs;
	}
}
