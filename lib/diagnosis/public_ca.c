/* lib/diagnosis/public_ca.c: an issuer nobody sent, as the public has it. */
#include "diagnosis/public_ca.h"

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/digest.h"
#include "base/when.h"
#include "cert/dn.h"
#include "diagnosis/words.h"
#include "supply/known.h"

/* The weights of what speaks for a certificate, each above all below it. */
enum {
	WORTH_NOT_REVOKED = 64,
	WORTH_HELD_ROOT = 32, /* it leads to a valid root of this client */
	WORTH_VALID = 16,
	WORTH_ROOT = 8,
	WORTH_OVERLAPS = 4,   /* it was valid when the other was issued */
	WORTH_FOR_TLS = 2,
};

/* Has a store of the question this very certificate, and trusts it? */
static bool is_held(const struct chk_inquiry *inquiry, struct chk_bytes name,
		    const uint8_t *sha256, bool trusted)
{
	const struct chk_question *question = inquiry->question;

	for (size_t i = 0; i < question->store_count; i++) {
		const struct chk_anchor *anchor;
		size_t cursor = 0;
		uint8_t digest[32];

		while ((anchor = chk_store_next(question->stores[i], name,
						chk_dn_hash(name), &cursor))) {
			chk_digest_sha256(anchor->cert->der, digest);
			if (memcmp(digest, sha256, sizeof(digest)) == 0 &&
			    (!trusted ||
			     chk_anchor_trust(anchor, question->purpose) ==
				     CHK_TRUST_TRUSTED))
				return true;
		}
	}
	return false;
}

bool chk_public_held_root(struct chk_inquiry *inquiry,
			  const struct chk_known_cert *known,
			  struct chk_known_cert *root)
{
	const struct chk_known *table = inquiry->question->known;

	for (size_t i = 0; chk_known_root(table, known, i, root); i++) {
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer name = { 0 };
		CHK_CLEANUP(chk_cleanup_free) char *text =
			chk_known_subject(table, root);

		if (text && chk_dn_parse(text, &name) &&
		    is_held(inquiry, chk_bytes_of(name.data, name.size),
			    root->sha256, true))
			return true;
	}
	return false;
}

bool chk_public_root_of(struct chk_inquiry *inquiry,
			const struct chk_cert *cert,
			struct chk_known_cert *root)
{
	const struct chk_known *table = inquiry->question->known;
	const struct chk_bytes any = { 0 };
	size_t cursor = 0;

	while (table && chk_known_next(table, cert->subject,
				       cert->subject_hash, any, &cursor,
				       root)) {
		if (root->root && root->not_before <= inquiry->at &&
		    inquiry->at <= root->not_after &&
		    chk_known_has_key(table, root, cert->spki))
			return !is_held(inquiry, cert->subject, root->sha256,
					false);
	}
	return false;
}

static unsigned worth_of(struct chk_inquiry *inquiry,
			 const struct chk_cert *cert,
			 const struct chk_known_cert *known)
{
	struct chk_known_cert root;
	unsigned worth = 0;

	if (!known->revoked)
		worth |= WORTH_NOT_REVOKED;
	if (chk_public_held_root(inquiry, known, &root) &&
	    inquiry->at <= root.not_after)
		worth |= WORTH_HELD_ROOT;
	if (known->not_before <= inquiry->at && inquiry->at <= known->not_after)
		worth |= WORTH_VALID;
	if (known->root)
		worth |= WORTH_ROOT;
	if (known->not_before <= cert->not_before &&
	    cert->not_before <= known->not_after)
		worth |= WORTH_OVERLAPS;
	if (known->for_tls)
		worth |= WORTH_FOR_TLS;
	return worth;
}

const struct chk_known_cert *chk_public_issuer(struct chk_inquiry *inquiry,
					       const struct chk_cert *cert)
{
	const struct chk_known *table = inquiry->question->known;
	struct chk_known_cert *best = NULL, known;
	unsigned worth, most = 0;
	size_t cursor = 0;

	/* By the name alone nothing is certain. */
	if (!table || !cert->authority.key_id.data)
		return NULL;
	while (chk_known_issuer(table, cert, &cursor, &known)) {
		worth = worth_of(inquiry, cert, &known);
		if (best && (worth < most || (worth == most &&
					      known.not_after <=
						      best->not_after)))
			continue;
		if (!best)
			best = chk_arena_get(&inquiry->report->arena,
					     sizeof(*best));
		if (!best)
			return NULL;
		*best = known;
		most = worth;
	}
	return best;
}

const struct chk_known_cert *chk_public_self(struct chk_inquiry *inquiry,
					     const struct chk_cert *cert)
{
	const struct chk_known *table = inquiry->question->known;
	struct chk_known_cert found, *copy;

	if (!table || !chk_known_find(table, cert, &found))
		return NULL;
	copy = chk_arena_get(&inquiry->report->arena, sizeof(*copy));
	if (copy)
		*copy = found;
	return copy;
}

/* "since 2016-08-05", "from 2016-08-05 to 2020-01-01" */
static const char *span_words(struct chk_arena *arena,
			      const struct chk_known_span *span)
{
	const char *since = span->since == INT64_MIN ? NULL :
			    chk_words_day(arena, span->since);
	const char *until = span->until == INT64_MAX ? NULL :
			    chk_words_day(arena, span->until);
	const char *last = span->distrust_after == INT64_MAX ? "" :
		chk_words(arena, ", for certificates issued up to %s",
			  chk_words_day(arena, span->distrust_after));

	if (until && since)
		return chk_words(arena, "from %s to %s%s", since, until, last);
	if (until)
		return chk_words(arena, "until %s%s", until, last);
	if (since)
		return chk_words(arena, "since %s%s", since, last);
	return chk_words(arena, "for long%s", last);
}

/* Whose word counts for most readers. */
static const char *const FIRST[] = { "mozilla", "openjdk", "debian12" };

static bool is_first(const char *id)
{
	for (size_t i = 0; i < CHK_COUNT(FIRST); i++) {
		if (strcmp(FIRST[i], id) == 0)
			return true;
	}
	return false;
}

/* ", in Mozilla since 2016-08-05, in OpenJDK ..." */
static const char *programmes(struct chk_inquiry *inquiry,
			      const struct chk_known_cert *root)
{
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_known_span span;
	const char *words = "";

	for (size_t i = 0; chk_known_span(inquiry->question->known, root, i,
					  &span); i++) {
		if (is_first(span.id))
			words = chk_words(arena, "%s, in %s %s", words,
					  span.programme,
					  span_words(arena, &span));
	}
	return *words ? words : ", in no programme that is looked at here";
}

static const char *name_of(struct chk_inquiry *inquiry,
			   const struct chk_known_cert *known)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer name = { 0 };
	CHK_CLEANUP(chk_cleanup_free) char *text =
		chk_known_subject(inquiry->question->known, known);

	if (!text || !chk_dn_parse(text, &name))
		return "a root";
	return chk_words_name(&inquiry->report->arena,
			      chk_bytes_of(name.data, name.size));
}

static const char *intermediate_clause(struct chk_inquiry *inquiry,
				       const struct chk_known_cert *known)
{
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_known_cert root;

	if (chk_public_held_root(inquiry, known, &root))
		return chk_words(arena, "; it is a public intermediate that "
				 "leads to %s, which this client has",
				 name_of(inquiry, &root));
	if (!chk_known_root(inquiry->question->known, known, 0, &root))
		return "; it is a public intermediate";
	return chk_words(arena, "; it is a public intermediate that leads to "
			 "%s, which this client has not",
			 name_of(inquiry, &root));
}

const char *chk_public_clause(struct chk_inquiry *inquiry,
			      const struct chk_cert *cert,
			      const struct chk_known_cert *known)
{
	const struct chk_known *table = inquiry->question->known;
	const struct chk_bytes any = { 0 };
	struct chk_known_cert other;
	size_t cursor = 0;

	if (!table)
		return "";
	if (known && known->root)
		return chk_words(&inquiry->report->arena,
				 "; it is a public root%s",
				 programmes(inquiry, known));
	if (known)
		return intermediate_clause(inquiry, known);
	if (chk_known_next(table, cert->issuer, cert->issuer_hash, any,
			   &cursor, &other))
		return cert->authority.key_id.data ?
			"; public CAs of that name have other keys" : "";
	return "; it is no public CA that is known here";
}

static void add_one(struct chk_inquiry *inquiry, struct chk_finding_node *node,
		    const char *label, const struct chk_known_cert *known)
{
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_bytes sha256 = chk_bytes_of(known->sha256,
					       sizeof(known->sha256));

	chk_finding_evidence(
		inquiry, node, label,
		chk_words(arena, "%s, SHA-256 %s, valid until %s%s",
			  known->root ? "a root" : "an intermediate",
			  chk_words_hex(arena, sha256),
			  known->not_after == INT64_MAX ? "long after" :
				  chk_words_day(arena, known->not_after),
			  known->revoked ? ", revoked by its CA (OneCRL)" :
					   ""));
}

static void add_programmes(struct chk_inquiry *inquiry,
			   struct chk_finding_node *node,
			   const struct chk_known_cert *root)
{
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_known_span span;

	for (size_t i = 0; chk_known_span(inquiry->question->known, root, i,
					  &span); i++)
		chk_finding_evidence(inquiry, node,
				     chk_words(arena, "in %s", span.programme),
				     span_words(arena, &span));
}

static const char *root_words(struct chk_inquiry *inquiry,
			      const struct chk_known_cert *root)
{
	struct chk_arena *arena = &inquiry->report->arena;

	return chk_words(arena, "%s, SHA-256 %s", name_of(inquiry, root),
			 chk_words_hex(arena, chk_bytes_of(root->sha256, 32)));
}

void chk_public_evidence(struct chk_inquiry *inquiry,
			 struct chk_finding_node *node,
			 const struct chk_cert *cert,
			 const struct chk_known_cert *known)
{
	const struct chk_known *table = inquiry->question->known;
	struct chk_known_cert other, root;
	size_t cursor = 0;

	if (!known)
		return;
	add_one(inquiry, node, "publicly known as", known);
	add_programmes(inquiry, node, known);
	for (size_t i = 0; i < 3 && chk_known_root(table, known, i, &root); i++)
		chk_finding_evidence(inquiry, node, "leads to",
				     root_words(inquiry, &root));
	while (cert && chk_known_issuer(table, cert, &cursor, &other)) {
		if (other.index != known->index)
			add_one(inquiry, node, "would do as well, same key",
				&other);
	}
	chk_finding_evidence(inquiry, node, "known as of",
			     chk_words_day(&inquiry->report->arena,
				    chk_known_date(table)));
}
