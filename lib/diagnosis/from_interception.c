/*
 * lib/diagnosis/from_interception.c: is it a box on the way that answers? Its
 * CA is no public one, and its maker is named in it.
 */
#include "diagnosis/sources.h"

#include <ctype.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "cert/dn.h"
#include "diagnosis/remedy.h"
#include "diagnosis/words.h"
#include "supply/known.h"

/* lib/data/interceptors.tsv */
static const struct {
	const char *word, *product, *source;
} INTERCEPTORS[] = {
#include "data/interceptors.inc"
};

/* The product that writes this into its CA; NULL: none that is known. */
static const char *product_of(struct chk_bytes name)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	chk_dn_text(&text, name);
	for (size_t i = 0; i < text.size; i++)
		text.data[i] = (char)tolower((unsigned char)text.data[i]);
	for (size_t i = 0; text.size && i < CHK_COUNT(INTERCEPTORS); i++) {
		if (strstr(text.data, INTERCEPTORS[i].word))
			return INTERCEPTORS[i].product;
	}
	return NULL;
}

/* A maker may run a public CA as well. */
static bool is_public(const struct chk_inquiry *inquiry, struct chk_bytes name)
{
	const struct chk_known *known = inquiry->question->known;
	const struct chk_bytes any = { 0 };
	struct chk_known_cert cert;
	size_t cursor = 0;

	return known && chk_known_next(known, name, chk_dn_hash(name), any,
				       &cursor, &cert);
}

/* The CA that the path leads to, at hand or not. */
static struct chk_bytes top_of(const struct chk_path *path)
{
	const struct chk_link *last = &path->links[path->count - 1];

	return path->end == CHK_END_MISSING ? last->cert->issuer :
					      last->cert->subject;
}

/* With its SHA-256 where it is at hand. */
static const char *name_of(struct chk_inquiry *inquiry,
			   const struct chk_path *path)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_cert *last = path->links[path->count - 1].cert;

	if (path->end == CHK_END_MISSING)
		return chk_words_name(arena, last->issuer);
	return chk_words(arena, "%s (SHA-256 %s)", chk_words_cert(arena, last),
			 chk_words_sha256(arena, last));
}

static const char *sentence(struct chk_inquiry *inquiry,
			    const struct chk_path *path, const char *product,
			    bool trusted)
{
	return chk_words(&inquiry->report->arena,
			 "%s is answered by %s, a CA of %s, which inspects "
			 "TLS, and not by one of a public CA%s", inquiry->peer,
			 name_of(inquiry, path), product,
			 trusted ? "; this client trusts it, and whoever runs "
				   "it reads along" :
				   ": the server's own certificate does not "
				   "get here, and this client does not trust "
				   "the one that does");
}

static void tell(struct chk_inquiry *inquiry, const struct chk_path *path,
		 struct chk_bytes name, const char *product)
{
	bool trusted = chk_outcome_is_trusted(&inquiry->outcome);
	const struct chk_link *last = &path->links[path->count - 1];
	struct chk_finding_node *node = chk_finding_add(
		inquiry, CHK_FINDING_INTERCEPTION,
		sentence(inquiry, path, product, trusted));

	if (!node)
		return;
	if (trusted)
		node->finding.severity = CHK_SEVERITY_WARNING;
	if (path->end == CHK_END_MISSING)
		chk_finding_set_missing(inquiry, node, last->cert);
	else
		chk_finding_set_about(inquiry, node, last->cert, last->where);
	chk_finding_evidence(inquiry, node, "product", product);
	chk_finding_evidence(inquiry, node, "its CA",
			     chk_words_dn(&inquiry->report->arena, name));
	chk_remedies_add(inquiry, node, trusted ? "trust.interception/trusted" :
						  "trust.interception", NULL);
}

/*
 * Files prove nothing of a network; yet a chain that was saved behind such a
 * box is the box's, and nothing is to be made of it.
 */
static void tell_of_file(struct chk_inquiry *inquiry,
			 const struct chk_path *path, const char *product)
{
	struct chk_finding_node *node = chk_finding_add(
		inquiry, CHK_FINDING_INTERCEPTION,
		chk_words(&inquiry->report->arena,
			  "%s is a CA of %s, which inspects TLS: if the chain "
			  "in %s came over a network, it may be the box's "
			  "and not the server's",
			  name_of(inquiry, path), product, inquiry->peer));

	if (!node)
		return;
	node->finding.severity = CHK_SEVERITY_NOTE;
	chk_finding_evidence(inquiry, node, "product", product);
}

void chk_findings_from_interception(struct chk_inquiry *inquiry)
{
	const struct chk_path *path = chk_inquiry_best(inquiry);
	const char *product;
	struct chk_bytes name;

	if (!path)
		return;
	name = top_of(path);
	product = product_of(name);
	if (!product || is_public(inquiry, name))
		return;
	if (inquiry->presented)
		tell(inquiry, path, name, product);
	else
		tell_of_file(inquiry, path, product);
}
