/*
 * lib/diagnosis/from_chain.c: how the chain was sent. This search finds its
 * path in any order; others do not (RFC 5246 section 7.4.2).
 */
#include "diagnosis/sources.h"

#include "cert/dn.h"
#include "diagnosis/remedy.h"
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

/* A certificate that was sent, and its place on the best path. */
struct sent {
	const struct chk_cert *cert;
	bool again;   /* it was sent before */
	bool on_path;
	size_t index; /* on the path, when it is on it */
};

static bool find_on_path(const struct chk_path *path,
			 const struct chk_cert *cert, size_t *index)
{
	for (size_t i = 0; i < path->count; i++) {
		if (chk_bytes_equal(path->links[i].cert->der, cert->der)) {
			*index = i;
			return true;
		}
	}
	return false;
}

/* Bounded: chains are long only when somebody wants to tire us. */
enum { MAX_SENT = 256 };

static bool was_sent_before(const struct sent *sent, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (chk_bytes_equal(sent[j].cert->der, sent[i].cert->der))
			return true;
	}
	return false;
}

static size_t list_sent(const struct chk_chain *chain,
			const struct chk_path *path,
			struct sent sent[MAX_SENT])
{
	size_t count = chain->count < MAX_SENT ? chain->count : MAX_SENT;

	for (size_t i = 0; i < count; i++) {
		sent[i] = (struct sent){ .cert = chain->items[i].cert };
		sent[i].again = was_sent_before(sent, i);
		sent[i].on_path = find_on_path(path, sent[i].cert,
					       &sent[i].index);
	}
	return count;
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
static const char *sent_order(struct chk_arena *arena, const struct sent *sent,
			      size_t count)
{
	const char *list = "";
	size_t named = 0;

	for (size_t i = 0; i < count; i++)
		list = append_name(arena, list, sent[i].cert, &named);
	return end_names(arena, list, named);
}

static bool is_in_order(const struct sent *sent, size_t count)
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

static void tell_order(struct chk_inquiry *inquiry, const struct sent *sent,
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
			    const struct sent *sent, size_t count)
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

/*
 * Another certificate of an issuer on the path, of the same key: a cross-
 * certificate for clients with other anchors. Once it has expired it helps
 * nobody.
 */
static bool helps_others(const struct chk_inquiry *inquiry,
			 const struct chk_path *path,
			 const struct chk_cert *cert)
{
	if (inquiry->at > cert->not_after || inquiry->at < cert->not_before)
		return false;
	for (size_t i = 1; i < path->count; i++) {
		const struct chk_cert *link = path->links[i].cert;

		if (chk_bytes_equal(cert->spki, link->spki) &&
		    chk_dn_match(cert->subject, link->subject))
			return true;
	}
	return false;
}

/* Does it issue something that helps others, as the root of a cross-sign? */
static bool is_related(const struct chk_inquiry *inquiry,
		       const struct chk_path *path, const struct sent *sent,
		       size_t count, size_t i)
{
	if (sent[i].on_path || helps_others(inquiry, path, sent[i].cert))
		return true;
	for (size_t j = 0; j < count; j++) {
		if (j != i && !sent[j].on_path &&
		    helps_others(inquiry, path, sent[j].cert) &&
		    chk_cert_names_match(sent[j].cert, sent[i].cert))
			return true;
	}
	return false;
}

static void tell_unrelated(struct chk_inquiry *inquiry,
			   const struct chk_path *path,
			   const struct sent *sent, size_t count)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_cert *first = NULL;
	const char *list = "";
	struct chk_finding_node *node;
	size_t found = 0;

	for (size_t i = 1; i < count; i++) {
		if (sent[i].again || is_related(inquiry, path, sent, count, i))
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

static void tell_root(struct chk_inquiry *inquiry, const struct sent *sent,
		      size_t count)
{
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_finding_node *node;

	for (size_t i = 1; i < count; i++) {
		const struct chk_cert *cert = sent[i].cert;

		if (sent[i].again || !sent[i].on_path ||
		    sent[i].index == 0 || !chk_cert_is_self_issued(cert))
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
	struct sent sent[MAX_SENT];
	size_t count;

	if (!path || inquiry->chain->count < 2)
		return;
	count = list_sent(inquiry->chain, path, sent);
	tell_order(inquiry, sent, count);
	tell_duplicates(inquiry, sent, count);
	tell_unrelated(inquiry, path, sent, count);
	tell_root(inquiry, sent, count);
}
