/* lib/audit/mend_changes.c: what is other in the mended file, in sentences. */
#include "audit/mend.h"

#include "audit/pem_faults.h"
#include "base/error.h"
#include "diagnosis/words.h"

/* Sentences that are told; of a long bundle the rest is counted. */
enum { CHANGES_MAX = 50 };

struct telling {
	struct chk_audit *audit;
	struct chk_mending *mending;
	size_t more;
};

static void tell(struct telling *telling, const char *sentence)
{
	struct chk_mending *mending = telling->mending;

	if (mending->change_count == CHANGES_MAX)
		telling->more++;
	else
		mending->changes[mending->change_count++] = sentence;
}

static bool is_in(const struct chk_mending *mending,
		  const struct chk_cert *cert)
{
	for (size_t i = 0; i < mending->count; i++) {
		if (mending->certs[i] == cert ||
		    chk_bytes_equal(mending->certs[i]->der, cert->der))
			return true;
	}
	return false;
}

/* Why a piece of the file is not in the mended one. */
static const char *why_left_out(const struct chk_audit *audit,
				const struct chk_item *item)
{
	const struct chk_mending *mending = &audit->audited->mending;
	const struct chk_cert *last;

	if (item->again && is_in(mending, item->cert))
		return "it is there already";
	if (item->trusted_label)
		return "a plain certificate cannot say what it is trusted for";
	if (audit->at > item->cert->not_after)
		return "it has expired";
	if (item->again)
		return "it is left out where it stands first";
	if (!mending->chain)
		return "it is not needed";
	last = mending->certs[mending->count - 1];
	if (chk_cert_is_root(item->cert) &&
	    chk_cert_names_match(last, item->cert))
		return "clients have the root, or do not trust it";
	return "it is on no path";
}

static const char *place(struct chk_audit *audit, const struct chk_item *item)
{
	return chk_words(audit->arena, " (line %u)", (unsigned)item->line);
}

static void tell_left_out(struct telling *telling, const struct chk_item *item)
{
	struct chk_audit *audit = telling->audit;

	if (item->cert) {
		if (item->again || !is_in(telling->mending, item->cert))
			tell(telling, chk_words(
				audit->arena, "left out %s%s: %s",
				chk_words_cert(audit->arena, item->cert),
				place(audit, item),
				why_left_out(audit, item)));
	} else if (item->kind == CHK_ITEM_CERT) {
		tell(telling, chk_words(audit->arena, "left out a certificate"
					"%s: it cannot be read",
					place(audit, item)));
	} else if (item->kind == CHK_ITEM_KEY) {
		if (!telling->mending->chain || !chk_mend_keeps_key(item))
			tell(telling, chk_words(audit->arena, "left out a "
						"private key%s",
						place(audit, item)));
	} else {
		tell(telling, chk_words(audit->arena, "left out what is no "
					"certificate%s", place(audit, item)));
	}
}

static void tell_added(struct telling *telling, const struct chk_cert *cert)
{
	struct chk_audit *audit = telling->audit;
	const struct chk_chain *pool = audit->question->untrusted;
	const char *where = "a store";

	if (chk_contents_find(audit->contents, cert))
		return;
	for (size_t i = 0; pool && i < pool->count; i++) {
		if (chk_bytes_equal(pool->items[i].cert->der, cert->der))
			where = pool->items[i].where;
	}
	tell(telling, chk_words(audit->arena, "added %s from %s",
				chk_words_cert(audit->arena, cert),
				chk_words_escape(audit->arena, where)));
}

/* Those that stay stand in the order of the file? */
static bool is_in_order(const struct chk_audit *audit)
{
	const struct chk_mending *mending = &audit->audited->mending;
	size_t next = 0;

	for (size_t i = 0; i < audit->contents->count; i++) {
		const struct chk_item *item = &audit->contents->items[i];

		if (!item->cert || item->again ||
		    !is_in(mending, item->cert))
			continue;
		while (next < mending->count &&
		       !chk_bytes_equal(mending->certs[next]->der,
					item->cert->der))
			next++;
		if (next == mending->count)
			return false;
	}
	return true;
}

/* What only the writing of it was wrong with. */
static bool is_badly_written(const struct chk_audit *audit)
{
	for (size_t i = 0; audit->faults && i < audit->contents->count; i++) {
		const struct chk_item *item = &audit->contents->items[i];

		if (item->cert && !item->trusted_label && audit->faults[i])
			return true;
	}
	return false;
}

/* What has no BEGIN is no piece of the file, and was meant for one. */
static void tell_stray(struct telling *telling)
{
	struct chk_audit *audit = telling->audit;

	for (size_t i = 0; audit->faults && i < audit->contents->count; i++) {
		if (!(audit->faults[i] & 1u << CHK_PEM_STRAY))
			continue;
		tell(telling, "left out what ends without a BEGIN: no "
			      "certificate can be read from it");
		return;
	}
}

static void tell_all(struct telling *telling)
{
	struct chk_audit *audit = telling->audit;
	const struct chk_mending *mending = telling->mending;

	if (mending->chain && !is_in_order(audit))
		tell(telling, chk_words(audit->arena, "put in order: %s "
					"first, each issuer behind what it "
					"issued",
					chk_words_cert(audit->arena,
						       mending->certs[0])));
	for (size_t i = 0; mending->chain && i < mending->count; i++)
		tell_added(telling, mending->certs[i]);
	for (size_t i = 0; i < audit->contents->count; i++)
		tell_left_out(telling, &audit->contents->items[i]);
	tell_stray(telling);
	if (is_badly_written(audit))
		tell(telling, "written anew, so that every program reads it");
}

bool chk_mend_tell(struct chk_audit *audit)
{
	struct telling telling = { audit, &audit->audited->mending, 0 };

	telling.mending->changes = chk_arena_array(
		audit->arena, CHANGES_MAX + 1,
		sizeof(*telling.mending->changes));
	if (!telling.mending->changes)
		return chk_error_memory(audit->error);
	tell_all(&telling);
	if (telling.more)
		telling.mending->changes[telling.mending->change_count++] =
			chk_words(audit->arena, "and %zu more like these",
				  telling.more);
	return true;
}
