/*
 * lib/diagnosis/from_chain.c: how the chain was sent. This search finds its
 * path in any order; others do not (RFC 5246 section 7.4.2).
 */
#include "diagnosis/sources.h"

#include "diagnosis/remedy.h"
#include "diagnosis/sent.h"
#include "diagnosis/words.h"

/* Names in one sentence. */
enum { MAX_NAMED = 5 };

/*
 * The remedy is to send what is on the path and nothing else; tried where the
 * path is a valid one.
 */
static void add_remedies(struct chk_inquiry *inquiry,
			 struct chk_finding_node *node, const char *key)
{
	const struct chk_path *path = chk_inquiry_best(inquiry);
	struct chk_change change = { .resent = path };

	chk_remedies_add(inquiry, node, key,
			 chk_path_is_valid(path) ? &change : NULL);
}

/* A list of names that stops in time; `*count` is how many there were. */
static const char *append_name(struct chk_arena *arena, const char *list,
			       const struct chk_cert *cert, size_t *count)
{
	if ((*count)++ >= MAX_NAMED)
		return list;
	return chk_words(arena, "%s%s%s", list, *list ? ", " : "",
			 chk_words_cert(arena, cert));
}

static const char *end_names(struct chk_arena *arena, const char *list,
			     size_t count)
{
	if (count <= MAX_NAMED)
		return list;
	return chk_words(arena, "%s and %zu more", list, count - MAX_NAMED);
}

/* The order as it is, for the sentence. */
static const char *sent_order(struct chk_arena *arena,
			      const struct chk_sent *sent, size_t count)
{
	const char *list = "";
	size_t named = 0;

	for (size_t i = 0; i < count; i++)
		list = append_name(arena, list, sent[i].cert, &named);
	return end_names(arena, list, named);
}

static bool is_in_order(const struct chk_sent *sent, size_t count)
{
	size_t last = 0;

	for (size_t i = 0; i < count; i++) {
		if (!sent[i].on_path || sent[i].again)
			continue;
		if (sent[i].index < last)
			return false;
		last = sent[i].index;
	}
	return true;
}

static void tell_order(struct chk_inquiry *inquiry, const struct chk_sent *sent,
		       size_t count)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const char *order = sent_order(arena, sent, count);
	struct chk_finding_node *node;

	if (is_in_order(sent, count))
		return;
	node = chk_finding_add(
		inquiry, CHK_FINDING_ORDER,
		chk_words(arena, "%s %s its certificates out of order: %s; "
			  "each must stand behind the one it issued",
			  inquiry->peer, inquiry->sends, order));
	chk_finding_evidence(inquiry, node, "order", order);
	add_remedies(inquiry, node, "chain.order");
}

static void tell_duplicates(struct chk_inquiry *inquiry,
			    const struct chk_sent *sent, size_t count)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_cert *first = NULL;
	const char *list = "";
	struct chk_finding_node *node;
	size_t found = 0;

	for (size_t i = 0; i < count; i++) {
		if (!sent[i].again)
			continue;
		first = first ? first : sent[i].cert;
		list = append_name(arena, list, sent[i].cert, &found);
	}
	if (!first)
		return;
	node = chk_finding_add(
		inquiry, CHK_FINDING_DUPLICATE,
		chk_words(arena, "%s %s %s more than once", inquiry->peer,
			  inquiry->sends, end_names(arena, list, found)));
	chk_finding_set_about(inquiry, node, first, NULL);
	add_remedies(inquiry, node, "chain.duplicate");
}

static void tell_unrelated(struct chk_inquiry *inquiry,
			   const struct chk_path *path,
			   const struct chk_sent *sent, size_t count)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_cert *first = NULL;
	const char *list = "";
	struct chk_finding_node *node;
	size_t found = 0;

	for (size_t i = 1; i < count; i++) {
		if (sent[i].again ||
		    chk_sent_is_related(inquiry, path, sent, count, i))
			continue;
		/* That it has the wrong key is told already. */
		if (chk_finding_last(inquiry, CHK_FINDING_KEY_MISMATCH,
				     sent[i].cert))
			continue;
		first = first ? first : sent[i].cert;
		list = append_name(arena, list, sent[i].cert, &found);
	}
	if (!first)
		return;
	list = end_names(arena, list, found);
	node = chk_finding_add(
		inquiry, CHK_FINDING_UNRELATED,
		chk_words(arena, "%zu of the %zu certificates of %s %s on no "
			  "path from the first one: %s", found, count,
			  inquiry->peer, found == 1 ? "is" : "are", list));
	chk_finding_set_about(inquiry, node, first, NULL);
	chk_finding_evidence(inquiry, node, "on no path", list);
	if (inquiry->at > first->not_after)
		chk_finding_evidence(inquiry, node, "expired",
				     chk_words_when(arena, first->not_after));
	add_remedies(inquiry, node, "chain.unrelated");
}

static void tell_root(struct chk_inquiry *inquiry, const struct chk_sent *sent,
		      size_t count)
{
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_finding_node *node;

	for (size_t i = 1; i < count; i++) {
		const struct chk_cert *cert = sent[i].cert;

		if (sent[i].again || !sent[i].on_path ||
		    sent[i].index == 0 || !chk_cert_is_root(cert))
			continue;
		node = chk_finding_add(
			inquiry, CHK_FINDING_ROOT_SENT,
			chk_words(arena, "%s %s the root %s along: harmless, "
				  "but it proves nothing and costs %zu bytes "
				  "in each handshake", inquiry->peer,
				  inquiry->sends, chk_words_cert(arena, cert),
				  cert->der.size));
		chk_finding_set_about(inquiry, node, cert, NULL);
		add_remedies(inquiry, node, "chain.root-sent");
		return;
	}
}

void chk_findings_from_chain(struct chk_inquiry *inquiry)
{
	const struct chk_path *path = chk_inquiry_best(inquiry);
	struct chk_sent sent[CHK_SENT_MAX];
	size_t count;

	if (!path || inquiry->chain->count < 2)
		return;
	count = chk_sent_list(inquiry->chain, path, sent);
	tell_order(inquiry, sent, count);
	tell_duplicates(inquiry, sent, count);
	tell_unrelated(inquiry, path, sent, count);
	tell_root(inquiry, sent, count);
}
