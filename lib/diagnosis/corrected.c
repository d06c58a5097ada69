/* lib/diagnosis/corrected.c: the chain in order, whole, and no more. */
#include "diagnosis/corrected.h"

#include "diagnosis/finding.h"
#include "diagnosis/proof.h"
#include "diagnosis/sent.h"
#include "diagnosis/words.h"

/* A list in the making; it has room for the path and all that was sent. */
struct list {
	const struct chk_cert **certs;
	size_t count;
};

/* Clients have the root, or do not trust it (RFC 8446 section 4.4.2). */
static bool is_root(const struct chk_path *path, size_t i)
{
	return i > 0 && i + 1 == path->count &&
	       chk_cert_is_root(path->links[i].cert);
}

static void add_path(struct list *list, const struct chk_path *path)
{
	for (size_t i = 0; i < path->count; i++) {
		if (!is_root(path, i))
			list->certs[list->count++] = path->links[i].cert;
	}
}

/* What was sent for clients with other anchors stays, behind the path. */
static void add_related(struct list *list, const struct chk_inquiry *inquiry,
			const struct chk_path *path)
{
	struct chk_sent sent[CHK_SENT_MAX];
	size_t count = chk_sent_list(inquiry->chain, path, sent);

	for (size_t i = 1; i < count; i++) {
		if (!sent[i].again && !sent[i].on_path &&
		    !chk_cert_is_root(sent[i].cert) &&
		    chk_sent_is_related(inquiry, path, sent, count, i))
			list->certs[list->count++] = sent[i].cert;
	}
}

static bool is_as_sent(const struct list *list, const struct chk_chain *chain)
{
	if (list->count != chain->count)
		return false;
	for (size_t i = 0; i < list->count; i++) {
		if (!chk_bytes_equal(list->certs[i]->der,
				     chain->items[i].cert->der))
			return false;
	}
	return true;
}

static bool is_proved(struct chk_inquiry *inquiry, const struct list *list)
{
	struct chk_change change = inquiry->whole;

	change.sent_count = 0;
	change.exactly = list->certs;
	change.exactly_count = list->count;
	return chk_proof_holds(inquiry, &change);
}

static void correct_chain(struct chk_inquiry *inquiry,
			  const struct chk_path *path)
{
	struct chk_report *report = inquiry->report;
	struct list list = {
		.certs = chk_arena_array(&report->arena, path->count +
					 inquiry->chain->count,
					 sizeof(*list.certs)),
	};

	if (!list.certs || path->end == CHK_END_MISSING)
		return;
	add_path(&list, path);
	add_related(&list, inquiry, path);
	if (is_as_sent(&list, inquiry->chain) || !is_proved(inquiry, &list))
		return;
	for (size_t i = 0; i < list.count; i++)
		chk_report_hold(report, list.certs[i]);
	report->corrected = list.certs;
	report->corrected_count = list.count;
}

/* How it came to be at hand, and how little that says. */
static const char *origin_words(struct chk_inquiry *inquiry,
				const struct chk_link *link)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const char *where = chk_words_escape(arena, link->where);

	if (link->origin == CHK_ORIGIN_PRESENTED && inquiry->presented)
		return "sent by the server itself, which proves nothing";
	if (link->origin == CHK_ORIGIN_FETCHED)
		return chk_words(arena, "fetched from %s, where anybody may "
				 "have put it", where);
	return chk_words(arena, "found in %s, which proves nothing", where);
}

static void find_missing(struct chk_inquiry *inquiry,
			 const struct chk_path *path)
{
	const struct chk_defect_node *node = path->defects;
	struct chk_report *report = inquiry->report;
	const struct chk_link *link;

	while (node && node->defect.rule != CHK_RULE_ANCHOR_MISSING)
		node = node->next;
	if (!node || !chk_proof_whole(inquiry))
		return;
	link = chk_path_link(path, node->defect.cert);
	/* One that has ended is not what is missing. */
	if (!link || inquiry->at > link->cert->not_after)
		return;
	report->missing = chk_subject_of(inquiry, link->cert, link->where);
	report->missing_seen = origin_words(inquiry, link);
}

static bool is_intercepted(const struct chk_inquiry *inquiry)
{
	const struct chk_finding_node *node = inquiry->findings;

	while (node && node->id != CHK_FINDING_INTERCEPTION)
		node = node->next;
	return node != NULL;
}

void chk_correct(struct chk_inquiry *inquiry)
{
	const struct chk_path *path = chk_inquiry_best(inquiry);

	if (!path || is_intercepted(inquiry))
		return;
	correct_chain(inquiry, path);
	find_missing(inquiry, path);
}
