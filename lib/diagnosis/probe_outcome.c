/* lib/diagnosis/probe_outcome.c: what all of the handshakes come to. */
#include "diagnosis/probe_differences.h"

#include "base/cleanup.h"
#include "diagnosis/words.h"

static size_t count_unmade(const struct chk_probes *probes)
{
	size_t count = 0;

	for (size_t i = 0; i < probes->address_count; i++) {
		for (size_t j = 0; j < CHK_PROBE_KINDS; j++)
			count += probes->addresses[i].probes[j].no_time;
	}
	return count;
}

static void tell_unmade(struct chk_probes *probes)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	size_t count = count_unmade(probes);

	if (!count)
		return;
	chk_buffer_format(&text, "the time was over before all was asked: %zu "
			  "handshake%s %s not tried", count,
			  count == 1 ? "" : "s", count == 1 ? "was" : "were");
	chk_probes_differ(probes, &text);
}

/* Addresses that differ are told even where none of them works. */
static enum chk_probes_outcome outcome(const struct chk_probes *probes)
{
	const struct chk_probed *first = chk_probes_first(probes);

	if (!first)
		return CHK_PROBES_UNDECIDED;
	if (probes->addresses_differ)
		return CHK_PROBES_DIFFERENT;
	if (!chk_probe_works(&first->probes[CHK_PROBE_WHOLE]))
		return CHK_PROBES_FAILED;
	return count_unmade(probes) ? CHK_PROBES_UNDECIDED : CHK_PROBES_ALIKE;
}

/* Of the first address, or of having found none. */
static const char *why(struct chk_probes *probes)
{
	const struct chk_probed *first = chk_probes_first(probes);
	const struct chk_presented *presented = probes->found;

	if (!first && probes->address_count)
		first = &probes->addresses[0];
	if (first && first->probes[CHK_PROBE_WHOLE].presented)
		presented = first->probes[CHK_PROBE_WHOLE].presented;
	return chk_words_escape(&probes->arena, presented->why);
}

static const char *summary(struct chk_probes *probes)
{
	struct chk_arena *arena = &probes->arena;
	size_t count = probes->address_count;

	switch (probes->outcome) {
	case CHK_PROBES_ALIKE:
		return count == 1 ?
			       chk_words(arena, "%s completes the handshake",
					 probes->peer) :
			       chk_words(arena, "all %zu addresses of %s "
					 "complete the handshake, and alike",
					 count, probes->peer);
	case CHK_PROBES_DIFFERENT:
		return chk_words(arena, "the %zu addresses of %s do not answer "
				 "alike", count, probes->peer);
	case CHK_PROBES_FAILED:
		return chk_words(arena, "the handshake with %s fails: %s",
				 probes->peer, why(probes));
	default:
		return chk_probes_first(probes) ?
			       chk_words(arena, "not all of %s could be asked "
					 "in time", probes->peer) :
			       chk_words(arena, "no connection to %s came "
					 "about: %s", probes->peer,
					 why(probes));
	}
}

void chk_probes_judge(struct chk_probes *probes)
{
	chk_probes_tell(probes);
	/* What no address answered is told as steps. */
	if (chk_probes_first(probes)) {
		chk_probes_compare(probes);
		tell_unmade(probes);
	}
	probes->outcome = outcome(probes);
	probes->summary = summary(probes);
}
