/*
 * lib/audit/least.c: which anchors of a store the chains of some hosts need,
 * and the least of them that still serve all. Each host is asked with all
 * anchors; then each anchor that was used is left out in its turn, the one of
 * the fewest hosts first: where others still serve them, it is not needed.
 */
#include <chaincheck/audit.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "store/store.h"

struct used {
	const struct chk_cert *cert; /* a reference */
	size_t hosts;
	bool dropped, tried;
};

struct chk_least {
	struct used *anchors;
	size_t count, room;
	size_t *serving; /* of each host, an index in anchors; SIZE_MAX */
	size_t host_count;
	size_t *kept; /* those that were not dropped */
	size_t kept_count;
};

/* What a search goes by. */
struct asking {
	const struct chk_least_host *hosts;
	const struct chk_audit_question *question;
	struct chk_memory *memory;
	struct chk_error *error;
};

CHK_CLEANUP_FUNCTION(cleanup_report, struct chk_report *, chk_report_free);
CHK_CLEANUP_FUNCTION(cleanup_memory, struct chk_memory *, chk_memory_free);
CHK_CLEANUP_FUNCTION(cleanup_least, struct chk_least *, chk_least_free);

/* `*anchor` is a reference; NULL: it is not trusted by this store. */
static bool ask(const struct asking *asking, const struct chk_store *store,
		const struct chk_least_host *host,
		const struct chk_cert **anchor)
{
	const struct chk_store *stores[] = { store };
	const struct chk_question question = {
		.stores = stores, .store_count = 1, .host = host->host,
		.at_set = asking->question->at_set,
		.at = asking->question->at, .memory = asking->memory,
	};
	CHK_CLEANUP(cleanup_report) struct chk_report *report = NULL;

	*anchor = NULL;
	if (chk_chain_count(host->chain) == 0)
		return true;
	if (!chk_verify(host->chain, &question, &report, asking->error))
		return false;
	if (chk_report_verdict(report) == CHK_VERDICT_TRUSTED)
		*anchor = chk_cert_ref(chk_report_store(report, 0)->anchor);
	return true;
}

/* The place of an anchor, made where there is none. SIZE_MAX: no memory. */
static size_t place_of(struct chk_least *least, const struct chk_cert *cert)
{
	for (size_t i = 0; i < least->count; i++) {
		if (chk_bytes_equal(least->anchors[i].cert->der, cert->der))
			return i;
	}
	if (!chk_array_grow(&least->anchors, least->count, &least->room,
			    sizeof(*least->anchors)))
		return SIZE_MAX;
	least->anchors[least->count] =
		(struct used){ .cert = chk_cert_ref(cert) };
	return least->count++;
}

/* Puts a host under the anchor that serves it. */
static bool serve(struct chk_least *least, size_t host,
		  const struct chk_cert *cert, struct chk_error *error)
{
	size_t place = place_of(least, cert);

	if (place == SIZE_MAX)
		return chk_error_memory(error);
	if (least->serving[host] != SIZE_MAX)
		least->anchors[least->serving[host]].hosts--;
	least->serving[host] = place;
	least->anchors[place].hosts++;
	return true;
}

static bool ask_all(struct chk_least *least, const struct asking *asking,
		    const struct chk_store *store)
{
	for (size_t i = 0; i < least->host_count; i++) {
		CHK_CLEANUP(chk_cleanup_cert) struct chk_cert *held = NULL;
		const struct chk_cert *anchor;

		if (!ask(asking, store, &asking->hosts[i], &anchor))
			return false;
		held = (struct chk_cert *)(uintptr_t)anchor;
		if (anchor && !serve(least, i, anchor, asking->error))
			return false;
	}
	return true;
}

/* What the store says of an anchor holds in the smaller one as well. */
static bool copy_anchor(struct chk_store *to, const struct chk_anchor *anchor,
			struct chk_error *error)
{
	struct chk_anchor *copy = chk_store_anchor(to, anchor->cert, "used");

	if (!copy)
		return chk_error_memory(error);
	memcpy(copy->trust, anchor->trust, sizeof(copy->trust));
	memcpy(copy->peer, anchor->peer, sizeof(copy->peer));
	memcpy(copy->distrust_after, anchor->distrust_after,
	       sizeof(copy->distrust_after));
	copy->issuer_only = anchor->issuer_only;
	for (size_t i = 0; i < anchor->stapled_count; i++) {
		if (!chk_anchor_staple(copy, anchor->stapled[i].oid,
				       anchor->stapled[i].critical,
				       anchor->stapled[i].value))
			return chk_error_memory(error);
	}
	return true;
}

/* Those that are used, but for one. */
static bool store_without(const struct chk_least *least, size_t without,
			  const struct chk_store *store,
			  struct chk_store **made, struct chk_error *error)
{
	*made = chk_store_new("used");
	if (!*made)
		return chk_error_memory(error);
	for (size_t i = 0; i < least->count; i++) {
		const struct chk_anchor *anchor =
			chk_store_find(store, least->anchors[i].cert);

		if (i != without && !least->anchors[i].dropped && anchor &&
		    !copy_anchor(*made, anchor, error))
			return false;
	}
	return true;
}

/* Do the others serve all that this one serves? Then they do from now on. */
static bool try_without(struct chk_least *least, const struct asking *asking,
			const struct chk_store *store, size_t without)
{
	CHK_CLEANUP(chk_cleanup_store) struct chk_store *made = NULL;
	bool needed = false;

	if (!store_without(least, without, store, &made, asking->error))
		return false;
	for (size_t i = 0; i < least->host_count && !needed; i++) {
		CHK_CLEANUP(chk_cleanup_cert) struct chk_cert *held = NULL;
		const struct chk_cert *anchor;

		if (least->serving[i] != without)
			continue;
		if (!ask(asking, made, &asking->hosts[i], &anchor))
			return false;
		held = (struct chk_cert *)(uintptr_t)anchor;
		needed = anchor == NULL;
		if (anchor && !serve(least, i, anchor, asking->error))
			return false;
	}
	least->anchors[without].dropped = !needed;
	return true;
}

/* Of those that were not tried the one of the fewest hosts; SIZE_MAX: none. */
static size_t next_to_try(const struct chk_least *least)
{
	size_t best = SIZE_MAX;

	for (size_t i = 0; i < least->count; i++) {
		if (!least->anchors[i].tried &&
		    (best == SIZE_MAX ||
		     least->anchors[i].hosts < least->anchors[best].hosts))
			best = i;
	}
	return best;
}

static bool reduce(struct chk_least *least, const struct asking *asking,
		   const struct chk_store *store)
{
	size_t next;

	while ((next = next_to_try(least)) != SIZE_MAX) {
		least->anchors[next].tried = true;
		if (!try_without(least, asking, store, next))
			return false;
	}
	least->kept = calloc(least->count + 1, sizeof(*least->kept));
	if (!least->kept)
		return chk_error_memory(asking->error);
	for (size_t i = 0; i < least->count; i++) {
		if (!least->anchors[i].dropped)
			least->kept[least->kept_count++] = i;
	}
	return true;
}

bool chk_least_new(const struct chk_store *store,
		   const struct chk_least_host *hosts, size_t count,
		   const struct chk_audit_question *question,
		   struct chk_least **least, struct chk_error *error)
{
	CHK_CLEANUP(cleanup_memory) struct chk_memory *memory =
		chk_memory_new(0);
	CHK_CLEANUP(cleanup_least) struct chk_least *made =
		calloc(1, sizeof(*made));
	const struct asking asking = { hosts, question, memory, error };

	*least = NULL;
	if (!memory || !made)
		return chk_error_memory(error);
	made->host_count = count;
	made->serving = malloc((count + 1) * sizeof(*made->serving));
	if (!made->serving)
		return chk_error_memory(error);
	for (size_t i = 0; i < count; i++)
		made->serving[i] = SIZE_MAX;
	if (!ask_all(made, &asking, store) || !reduce(made, &asking, store))
		return false;
	*least = chk_steal(&made);
	return true;
}

void chk_least_free(struct chk_least *least)
{
	if (!least)
		return;
	for (size_t i = 0; i < least->count; i++)
		chk_cert_unref((struct chk_cert *)(uintptr_t)
				       least->anchors[i].cert);
	free(least->anchors);
	free(least->serving);
	free(least->kept);
	free(least);
}

size_t chk_least_count(const struct chk_least *least)
{
	return least->kept_count;
}

const struct chk_cert *chk_least_anchor(const struct chk_least *least, size_t i)
{
	return i < least->kept_count ?
		       least->anchors[least->kept[i]].cert : NULL;
}

bool chk_least_serves(const struct chk_least *least, size_t i, size_t host)
{
	return i < least->kept_count && host < least->host_count &&
	       least->serving[host] == least->kept[i];
}
