/*
 * lib/diagnosis/from_sources.c: the certificate that is missing lies among what
 * the system makes its store from, and did not get into it.
 */
#include "diagnosis/sources.h"

#include "cert/dn.h"
#include "diagnosis/remedy.h"
#include "diagnosis/words.h"
#include "path/memory.h"
#include "store/source_of.h"

struct sought {
	struct chk_inquiry *inquiry;
	const struct chk_cert *top; /* as far as the path goes */
	bool failed;                /* no memory */
};

static bool is_signer(struct sought *sought, const struct chk_cert *cert)
{
	const struct chk_signed_bytes what = chk_signed_bytes_of(sought->top);
	struct chk_memory *memory = sought->inquiry->memory;
	enum chk_signed result = CHK_SIGNED_NO;

	if (!chk_memory_find(memory, &what, cert, &result))
		sought->failed |= !chk_memory_ask(memory, &what, cert,
						  &result);
	return !sought->failed && result == CHK_SIGNED_YES;
}

/* The top itself by its key, or who signed it: a name alone proves nothing. */
static bool is_missing(void *context, const struct chk_cert *cert)
{
	struct sought *sought = context;
	const struct chk_cert *top = sought->top;

	if (chk_bytes_equal(cert->spki, top->spki) &&
	    chk_dn_match(cert->subject, top->subject))
		return true;
	return chk_dn_match(cert->subject, top->issuer) &&
	       is_signer(sought, cert);
}

static void tell(struct chk_inquiry *inquiry, const struct chk_source_of *found)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_change change = { .anchor = found->cert };
	const char *path = chk_words_escape(arena, found->path);
	struct chk_finding_node *node = chk_finding_add(
		inquiry, chk_finding_find(found->code),
		chk_words(arena, "%s, which is missing, lies in %s: that %s",
			  chk_words_cert(arena, found->cert), path,
			  chk_words_escape(arena, found->why)));

	chk_finding_set_about(inquiry, node, found->cert, path);
	chk_finding_evidence(inquiry, node, "SHA-256",
			     chk_words_sha256(arena, found->cert));
	chk_remedies_add(inquiry, node, found->variant, &change);
}

/* A path that ends in an anchor lacks none, whatever is wrong with it. */
static bool lacks_anchor(const struct chk_inquiry *inquiry)
{
	const struct chk_path *path = chk_inquiry_best(inquiry);

	return path && path->count && !path->anchor;
}

static const struct chk_cert *top_of(const struct chk_inquiry *inquiry)
{
	const struct chk_path *path = chk_inquiry_best(inquiry);

	return path->links[path->count - 1].cert;
}

/* As one more place where a certificate may be found, and proves nothing. */
static bool keep(struct chk_inquiry *inquiry)
{
	const struct chk_source_of *found = &inquiry->source;

	inquiry->sources = chk_store_new("sources");
	return inquiry->sources &&
	       chk_store_add(inquiry->sources, found->cert, CHK_PURPOSE_ANY,
			     CHK_TRUST_TRUSTED, found->path, NULL);
}

bool chk_complete_sources(struct chk_inquiry *inquiry)
{
	const struct chk_question *question = inquiry->question;
	const struct chk_change none = { 0 };
	struct sought sought = { .inquiry = inquiry };

	if (!question->sources || !lacks_anchor(inquiry))
		return true;
	sought.top = top_of(inquiry);
	for (size_t i = 0;
	     i < question->store_count && !inquiry->source.code; i++)
		if (!chk_source_of(question->stores[i], is_missing, &sought,
				   &inquiry->source) || sought.failed)
			return false;
	return !inquiry->source.code ||
	       (keep(inquiry) &&
		chk_inquiry_search(inquiry, &none, &inquiry->arena,
				   &inquiry->outcome));
}

void chk_findings_from_sources(struct chk_inquiry *inquiry)
{
	if (inquiry->source.code && lacks_anchor(inquiry))
		tell(inquiry, &inquiry->source);
}

const char *chk_sources_remedy(const struct chk_inquiry *inquiry,
			       const struct chk_cert *cert,
			       const char *otherwise)
{
	const struct chk_source_of *found = &inquiry->source;

	return found->code && chk_bytes_equal(found->cert->der, cert->der) ?
		       found->variant : otherwise;
}
