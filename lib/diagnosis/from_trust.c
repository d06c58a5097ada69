/* lib/diagnosis/from_trust.c: a store has it and does not trust it for this. */
#include "diagnosis/sources.h"

#include "diagnosis/remedy.h"
#include "diagnosis/words.h"

/* The store that an anchor is of; NULL: none that was asked. */
static const struct chk_store *store_of(const struct chk_inquiry *inquiry,
					const struct chk_anchor *anchor)
{
	const struct chk_question *question = inquiry->question;

	for (size_t i = 0; i < question->store_count; i++) {
		if (chk_store_find(question->stores[i], anchor->cert) == anchor)
			return question->stores[i];
	}
	return NULL;
}

/* What is not set, in the words of that kind of store. */
static const struct {
	const char *format, *words;
} MARKS[] = {
	{ "nss", "its trust flags are empty" },
	{ "certdata", "no trust object says so" },
	{ "pkcs12", "it is without Java's mark of trust" },
	{ "jks", "Java finds no entry of its own for it there" },
	{ "jceks", "Java finds no entry of its own for it there" },
};

static const char *mark_words(const struct chk_inquiry *inquiry,
			      const struct chk_anchor *anchor)
{
	const struct chk_store *store = store_of(inquiry, anchor);
	const char *format = store ? chk_store_format(store) : "";

	for (size_t i = 0; i < CHK_COUNT(MARKS); i++) {
		if (strcmp(MARKS[i].format, format) == 0)
			return MARKS[i].words;
	}
	return "CKA_TRUSTED is not set";
}

static const char *place_words(struct chk_inquiry *inquiry,
			       const struct chk_anchor *anchor)
{
	if (!anchor || !anchor->where_count)
		return "the trust store";
	return chk_words_escape(&inquiry->report->arena, anchor->where[0]);
}

static void tell_anchor_purpose(struct chk_inquiry *inquiry,
				const struct chk_path *path,
				const struct chk_defect *defect)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_anchor *anchor = defect->anchor;
	const char *purpose = chk_purpose_name(inquiry->question->purpose);
	bool unmarked = anchor && chk_anchor_is_unmarked(anchor);
	bool peer = anchor && !unmarked &&
		    chk_anchor_trust(anchor, CHK_PURPOSE_ANY) ==
			    CHK_TRUST_NOT_STATED;
	const char *name = chk_words_cert(arena, defect->cert);
	struct chk_change change = { .anchor = defect->cert };
	struct chk_finding_node *node = chk_finding_begin(
		inquiry, path, defect,
		unmarked ?
		chk_words(arena, "%s is in %s, and is not marked as trusted "
			  "there (%s)", name, place_words(inquiry, anchor),
			  mark_words(inquiry, anchor)) :
		chk_words(arena, "%s is in %s, and is not trusted there for "
			  "%s%s", name, place_words(inquiry, anchor), purpose,
			  peer ? ": it is trusted as what it is, and not for "
				 "what it issued" : ""));

	chk_finding_evidence(inquiry, node, "place",
			     place_words(inquiry, anchor));
	chk_finding_evidence(inquiry, node, "purpose", purpose);
	chk_remedies_add(inquiry, node,
			 unmarked ? "trust.anchor-distrusted/unmarked" :
				    "trust.anchor-distrusted/purpose",
			 &change);
	if (!unmarked)
		return;
	node = chk_finding_add(inquiry, CHK_FINDING_NOT_MARKED,
			       chk_words(arena, "%s is where %s "
					 "is, and %s: present is not trusted",
					 place_words(inquiry, anchor), name,
					 mark_words(inquiry, anchor)));
	chk_finding_set_about(inquiry, node, defect->cert,
			      place_words(inquiry, anchor));
	chk_remedies_add(inquiry, node, "store.not-marked-trusted", NULL);
}

/* The store that refuses this very certificate; NULL: the caller does. */
static const struct chk_store *blocking(const struct chk_inquiry *inquiry,
					const struct chk_cert *cert)
{
	const struct chk_question *question = inquiry->question;

	for (size_t i = 0; i < question->store_count; i++) {
		if (chk_store_blocks(question->stores[i], cert,
				     question->purpose))
			return question->stores[i];
	}
	return NULL;
}

static void tell_distrusted(struct chk_inquiry *inquiry,
			    const struct chk_path *path,
			    const struct chk_defect *defect)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_store *store = blocking(inquiry, defect->cert);
	const char *who = store ? chk_words_store(arena, store) :
				  "the list of certificates not to be used";
	struct chk_finding_node *node = chk_finding_begin(
		inquiry, path, defect,
		chk_words(arena, "%s distrusts this very certificate, %s "
			  "(SHA-256 %s)", who,
			  chk_words_cert(arena, defect->cert),
			  chk_words_sha256(arena, defect->cert)));

	chk_finding_evidence(inquiry, node, "distrusted by", who);
	chk_remedies_add(inquiry, node, "trust.anchor-distrusted", NULL);
}

static void tell_distrust_after(struct chk_inquiry *inquiry,
				const struct chk_path *path,
				const struct chk_defect *defect)
{
	struct chk_arena *arena = &inquiry->report->arena;
	struct chk_finding_node *node = chk_finding_begin(
		inquiry, path, defect,
		chk_words(arena, "%s is trusted only for certificates issued "
			  "up to %s; this one was issued at %s",
			  chk_words_cert(arena, defect->cert),
			  chk_words_when(arena, defect->when),
			  chk_words_when(arena, defect->found_when)));

	chk_finding_evidence(inquiry, node, "distrust after",
			     chk_words_when(arena, defect->when));
	chk_finding_evidence(inquiry, node, "not before of the leaf",
			     chk_words_when(arena, defect->found_when));
	chk_finding_evidence(inquiry, node, "place",
			     place_words(inquiry, defect->anchor));
	chk_remedies_add(inquiry, node, "trust.anchor-distrusted", NULL);
}

void chk_findings_from_trust(struct chk_inquiry *inquiry,
			     const struct chk_path *path,
			     const struct chk_defect *defect)
{
	if (defect->rule == CHK_RULE_WRONG_PURPOSE_ANCHOR)
		tell_anchor_purpose(inquiry, path, defect);
	else if (defect->rule == CHK_RULE_DISTRUST_AFTER)
		tell_distrust_after(inquiry, path, defect);
	else
		tell_distrusted(inquiry, path, defect);
}
