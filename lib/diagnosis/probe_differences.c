/*
 * lib/diagnosis/probe_differences.c: what one change of the handshake brings.
 * Where all addresses take it alike that is said once.
 */
#include "diagnosis/probe_differences.h"

#include "base/cleanup.h"
#include "diagnosis/probe_keys.h"
#include "diagnosis/probe_words.h"
#include "diagnosis/words.h"

/*
 * {version} is what was agreed on, {fails} how the other ended, {whole} how it
 * ended without the change, {leaf} the certificate that was sent, {chain} and
 * {others} how many.
 */
static const struct {
	const char *name;
	const char *fails;      /* the change ends it */
	const char *mends;      /* without the change it fails */
	const char *otherwise;  /* both fail, in two ways */
	const char *other_leaf; /* another certificate is sent */
	const char *other_chain;
} KINDS[CHK_PROBE_KINDS] = {
	[CHK_PROBE_WHOLE] = { .name = "whole" },
	[CHK_PROBE_NO_NAME] = {
		"without-sni",
		"a handshake without SNI {fails}; with SNI it works",
		"without SNI the handshake works; with SNI it {fails}",
		"without SNI the handshake {fails}; with SNI it {whole}",
		"without SNI another certificate is sent: {leaf}",
		"without SNI the server sends {chain}, with SNI {others}" },
	[CHK_PROBE_TLS_1_2] = {
		"tls1.2",
		"TLS 1.2 {fails}; {version} works",
		"TLS 1.2 alone works; with all that is offered the handshake "
		"{fails}",
		"TLS 1.2 alone {fails}; with all that is offered the "
		"handshake {whole}",
		"with TLS 1.2 another certificate is sent: {leaf}",
		"with TLS 1.2 the server sends {chain}, with {version} "
		"{others}" },
	[CHK_PROBE_TLS_1_3] = {
		"tls1.3",
		"TLS 1.3 {fails}; {version} works",
		"TLS 1.3 alone works; with all that is offered the handshake "
		"{fails}",
		"TLS 1.3 alone {fails}; with all that is offered the "
		"handshake {whole}",
		"with TLS 1.3 another certificate is sent: {leaf}",
		"with TLS 1.3 the server sends {chain}, with {version} "
		"{others}" },
	[CHK_PROBE_RSA] = { .name = "rsa" },
	[CHK_PROBE_ECDSA] = { .name = "ecdsa" },
};

const char *chk_probe_name(enum chk_probe_kind kind)
{
	return KINDS[kind].name;
}

bool chk_probe_answered(const struct chk_probe *probe)
{
	return probe->presented && probe->presented->step > CHK_STEP_STARTTLS;
}

bool chk_probe_works(const struct chk_probe *probe)
{
	return chk_probe_answered(probe) &&
	       probe->presented->failure == CHK_FAILURE_NONE;
}

void chk_probes_differ(struct chk_probes *probes,
		       const struct chk_buffer *text)
{
	const char **grown = chk_arena_array(&probes->arena,
					     probes->difference_count + 1,
					     sizeof(*grown));

	probes->arena.failed |= text->failed;
	if (!grown || text->failed)
		return;
	for (size_t i = 0; i < probes->difference_count; i++)
		grown[i] = probes->differences[i];
	grown[probes->difference_count++] =
		chk_words(&probes->arena, "%s", text->data);
	probes->differences = grown;
}

struct filling {
	struct chk_arena *arena;
	const struct chk_presented *whole, *changed;
};

static const char *fails(const struct filling *filling)
{
	return chk_probe_passive(filling->arena,
				 filling->changed->failure ? filling->changed :
							     filling->whole);
}

static const char *whole(const struct filling *filling)
{
	return chk_probe_passive(filling->arena, filling->whole);
}

static const char *version(const struct filling *filling)
{
	return chk_probe_version(filling->arena, filling->whole);
}

static const char *leaf(const struct filling *filling)
{
	return chk_words_cert(filling->arena,
			      filling->changed->chain->items[0].cert);
}

static const char *chain(const struct filling *filling)
{
	return chk_probe_chain(filling->arena, filling->changed);
}

static const char *others(const struct filling *filling)
{
	return chk_probe_chain(filling->arena, filling->whole);
}

static const char *value_of(const void *with, const char *place, size_t size)
{
	static const struct {
		const char *place;
		const char *(*value)(const struct filling *);
	} VALUES[] = {
		{ "fails", fails }, { "version", version }, { "leaf", leaf },
		{ "chain", chain }, { "others", others }, { "whole", whole },
	};

	for (size_t i = 0; i < CHK_COUNT(VALUES); i++) {
		if (strlen(VALUES[i].place) == size &&
		    memcmp(VALUES[i].place, place, size) == 0)
			return VALUES[i].value(with);
	}
	return "";
}

static bool same_leaf(const struct chk_chain *a, const struct chk_chain *b)
{
	return a->count && b->count &&
	       chk_bytes_equal(a->items[0].cert->der, b->items[0].cert->der);
}

static bool end_alike(struct chk_arena *arena, const struct chk_probe *a,
		      const struct chk_probe *b)
{
	return strcmp(chk_probe_end(arena, a->presented).key,
		      chk_probe_end(arena, b->presented).key) == 0;
}

/* The template of what the change brought; NULL: nothing. */
static const char *choose(struct chk_arena *arena, enum chk_probe_kind kind,
			  const struct chk_probe *whole,
			  const struct chk_probe *changed)
{
	const struct chk_chain *sent, *otherwise;

	if (!chk_probe_answered(whole) || !changed->presented)
		return NULL;
	if (!end_alike(arena, whole, changed) && !chk_probe_works(whole) &&
	    !chk_probe_works(changed))
		return KINDS[kind].otherwise;
	if (chk_probe_works(whole) != chk_probe_works(changed))
		return chk_probe_works(whole) ? KINDS[kind].fails :
						KINDS[kind].mends;
	sent = changed->presented->chain;
	otherwise = whole->presented->chain;
	if (!sent->count || !otherwise->count)
		return NULL;
	if (!same_leaf(sent, otherwise))
		return KINDS[kind].other_leaf;
	return sent->count != otherwise->count ? KINDS[kind].other_chain :
						 NULL;
}

static const char *tell(struct chk_probes *probes,
			const struct chk_probed *at, enum chk_probe_kind kind)
{
	const struct filling filling = {
		&probes->arena, at->probes[CHK_PROBE_WHOLE].presented,
		at->probes[kind].presented,
	};
	const char *text;

	if (chk_probe_key(kind))
		return chk_probe_keys_tell(&probes->arena, at, kind);
	text = choose(&probes->arena, kind, &at->probes[CHK_PROBE_WHOLE],
		      &at->probes[kind]);
	return text ? chk_words_fill(&probes->arena, text, value_of,
				     &filling) : "";
}

/* Could it be said of this address at all? */
static bool is_asked(const struct chk_probed *at, enum chk_probe_kind kind)
{
	return chk_probe_answered(&at->probes[CHK_PROBE_WHOLE]) &&
	       at->probes[kind].presented;
}

/* Of addresses that take it alike, in one sentence. */
static void add(struct chk_probes *probes, const char *const *told,
		size_t first, bool all)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	const char *before = "at ";

	for (size_t i = first; !all && i < probes->address_count; i++) {
		if (!told[i] || strcmp(told[i], told[first]) != 0)
			continue;
		chk_buffer_format(&text, "%s%s", before,
				  probes->addresses[i].address);
		before = ", ";
	}
	chk_buffer_format(&text, "%s%s", all ? "" : ": ", told[first]);
	chk_probes_differ(probes, &text);
}

static bool was_told(const char *const *told, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (told[j] && strcmp(told[j], told[i]) == 0)
			return true;
	}
	return false;
}

static void compare(struct chk_probes *probes, enum chk_probe_kind kind)
{
	const char **told = chk_arena_array(&probes->arena,
					    probes->address_count,
					    sizeof(*told));
	const char *first = NULL;
	bool all = true;

	for (size_t i = 0; told && i < probes->address_count; i++) {
		if (!is_asked(&probes->addresses[i], kind))
			continue;
		told[i] = tell(probes, &probes->addresses[i], kind);
		first = first ? first : told[i];
		all = all && strcmp(first, told[i]) == 0;
	}
	for (size_t i = 0; told && i < probes->address_count; i++) {
		if (told[i] && *told[i] && !was_told(told, i))
			add(probes, told, i, all);
	}
	probes->addresses_differ |= !all;
}

void chk_probes_compare_kinds(struct chk_probes *probes)
{
	for (enum chk_probe_kind kind = CHK_PROBE_WHOLE + 1;
	     kind < CHK_PROBE_KINDS; kind++)
		compare(probes, kind);
}

void chk_probes_compare(struct chk_probes *probes)
{
	chk_probes_compare_addresses(probes);
	chk_probes_compare_kinds(probes);
}
