/* lib/diagnosis/trial.c: the same question with something added to it. */
#include "diagnosis/trial.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "diagnosis/sent.h"
#include "diagnosis/words.h"

static const struct {
	const char *change;
	bool adds, sends;
} KINDS[] = {
	{ "added", true, false },
	{ "sent", false, true },
	{ "added-and-sent", true, true },
};

/* The files that the certificates came from, as a person named them. */
static const char *files_of(struct chk_arena *arena,
			    const struct chk_chain *chain)
{
	char first[512], name[512];

	if (chain->count == 0)
		return "nothing";
	chk_words_file(chain->items[0].where, first, sizeof(first));
	for (size_t i = 1; i < chain->count; i++) {
		chk_words_file(chain->items[i].where, name, sizeof(name));
		if (strcmp(name, first) != 0)
			return chk_words(arena, "%s and others",
					 chk_words_escape(arena, first));
	}
	return chk_words_escape(arena, first);
}

/* "With ca.pem added to the store, " */
static const char *supposition(struct chk_inquiry *inquiry, size_t kind)
{
	const struct chk_question *question = inquiry->question;
	struct chk_arena *arena = &inquiry->report->arena;
	const char *text = "With ";

	if (KINDS[kind].adds)
		text = chk_words(arena, "%s%s added to the store%s", text,
				 files_of(arena, question->if_added),
				 KINDS[kind].sends ? " and " : "");
	if (KINDS[kind].sends)
		text = chk_words(arena, "%s%s sent as well", text,
				 files_of(arena, question->if_sent));
	return chk_words(arena, "%s, ", text);
}

/* A store of what is added. NULL: no memory. */
static struct chk_store *store_of(struct chk_arena *arena,
				  const struct chk_chain *chain)
{
	CHK_CLEANUP(chk_cleanup_store) struct chk_store *store =
		chk_store_new(files_of(arena, chain));

	for (size_t i = 0; store && i < chain->count; i++) {
		if (!chk_store_add(store, chain->items[i].cert,
				   CHK_PURPOSE_ANY, CHK_TRUST_TRUSTED,
				   chain->items[i].where, NULL))
			return NULL;
	}
	return chk_steal(&store);
}

/* Of a chain that is longer than any, only the beginning is looked at. */
static bool was_sent(const struct chk_chain *chain,
		     const struct chk_cert *cert)
{
	for (size_t i = 0; i < chain->count && i < CHK_SENT_MAX; i++) {
		if (chk_bytes_equal(chain->items[i].cert->der, cert->der))
			return true;
	}
	return false;
}

/*
 * What was sent, and `more` behind it; what is there already is not sent
 * twice. Where nothing was sent, nothing is: the first would be the leaf.
 * Ownership: free() the items, of which nothing is the list's own.
 */
static bool join_chains(const struct chk_chain *sent,
			const struct chk_chain *more, struct chk_chain *chain)
{
	*chain = (struct chk_chain){ .notes = sent->notes };
	chain->items = calloc(sent->count + more->count + 1,
			      sizeof(*chain->items));
	if (!chain->items)
		return false;
	for (size_t i = 0; i < sent->count; i++)
		chain->items[chain->count++] = sent->items[i];
	for (size_t i = 0; sent->count > 0 && i < more->count; i++) {
		if (!was_sent(sent, more->items[i].cert))
			chain->items[chain->count++] = more->items[i];
	}
	return true;
}

/* Everything a trial needs besides the inquiry that it is of. */
struct setting {
	struct chk_question question;
	struct chk_chain chain;
	struct chk_store *added;
	const struct chk_store **stores;
};

static bool add_store(struct setting *setting, struct chk_arena *arena)
{
	struct chk_question *question = &setting->question;

	setting->added = store_of(arena, question->if_added);
	setting->stores = calloc(question->store_count + 1,
				 sizeof(*setting->stores));
	if (!setting->added || !setting->stores)
		return false;
	for (size_t i = 0; i < question->store_count; i++)
		setting->stores[i] = question->stores[i];
	setting->stores[question->store_count++] = setting->added;
	question->stores = setting->stores;
	return true;
}

static bool set(struct setting *setting, struct chk_inquiry *inquiry,
		size_t kind)
{
	static const struct chk_chain NOTHING = { 0 };

	*setting = (struct setting){ .question = *inquiry->question };
	if (KINDS[kind].adds && !add_store(setting, &inquiry->report->arena))
		return false;
	if (!join_chains(inquiry->chain, KINDS[kind].sends ?
			 setting->question.if_sent : &NOTHING,
			 &setting->chain))
		return false;
	setting->question.if_added = NULL;
	setting->question.if_sent = NULL;
	setting->question.fetcher = NULL;
	return true;
}

static void clear(struct setting *setting)
{
	chk_store_free(setting->added);
	free(setting->stores);
	free(setting->chain.items);
}

/*
 * The trial's inquiry is the first one with other inputs: it has the memory of
 * signatures and what was fetched from it, and gives neither back.
 */
static bool run(struct chk_inquiry *inquiry, const struct setting *setting,
		const char *supposed, struct chk_report *report,
		chk_trial_answer *answer)
{
	struct chk_inquiry trial = *inquiry;
	bool answered;

	trial.chain = &setting->chain;
	trial.question = &setting->question;
	trial.arena = (struct chk_arena){ 0 };
	trial.outcome = (struct chk_outcome){ 0 };
	trial.findings = NULL;
	trial.whole_tried = false;
	trial.report = report;
	trial.tried_on = inquiry->report;
	trial.supposed = supposed;
	answered = answer(&trial);
	chk_arena_clear(&trial.arena);
	return answered;
}

static bool try_kind(struct chk_inquiry *inquiry, size_t kind,
		     chk_trial_answer *answer)
{
	struct chk_report *of = inquiry->report;
	struct chk_report *report = calloc(1, sizeof(*report));
	struct setting setting;
	bool answered;

	if (!report)
		return false;
	of->trials[of->trial_count++] = (struct chk_trial){
		.change = KINDS[kind].change, .report = report,
	};
	answered = set(&setting, inquiry, kind) &&
		   run(inquiry, &setting, supposition(inquiry, kind), report,
		       answer);
	clear(&setting);
	return answered;
}

bool chk_trials_run(struct chk_inquiry *inquiry, chk_trial_answer *answer)
{
	const struct chk_question *question = inquiry->question;
	struct chk_report *report = inquiry->report;

	if (!question->if_added && !question->if_sent)
		return true;
	report->trials = chk_arena_array(&report->arena, CHK_COUNT(KINDS),
					 sizeof(*report->trials));
	if (!report->trials)
		return false;
	for (size_t i = 0; i < CHK_COUNT(KINDS); i++) {
		if ((KINDS[i].adds && !question->if_added) ||
		    (KINDS[i].sends && !question->if_sent))
			continue;
		if (!try_kind(inquiry, i, answer))
			return false;
	}
	return true;
}
