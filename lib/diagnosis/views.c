/* lib/diagnosis/views.c: chain, paths, stores and notes for the report. */
#include "diagnosis/views.h"

#include "base/array.h"
#include "base/cleanup.h"
#include "diagnosis/finding.h"
#include "diagnosis/until.h"
#include "diagnosis/words.h"

static const char *const STEPS[] = {
	[CHK_STEP_RESOLVE] = "resolve",
	[CHK_STEP_CONNECT] = "connect",
	[CHK_STEP_STARTTLS] = "starttls",
	[CHK_STEP_HELLO] = "hello",
	[CHK_STEP_CERTIFICATE] = "certificate",
	[CHK_STEP_FINISHED] = "finished",
};

const char *chk_view_step(enum chk_step step)
{
	return STEPS[step];
}

static const char *or_null(struct chk_arena *arena, const char *text)
{
	return text && *text ? chk_words_escape(arena, text) : NULL;
}

static void view_handshake(struct chk_inquiry *inquiry)
{
	const struct chk_presented *presented = inquiry->presented;
	struct chk_handshake_view *view = &inquiry->report->handshake;
	struct chk_arena *arena = &inquiry->report->arena;

	view->asked = true;
	if (presented->address)
		view->address = chk_words_escape(
			arena, chk_peer_text(arena, presented->address,
					     presented->port));
	view->server_name = or_null(arena, presented->server_name);
	view->version = or_null(arena, presented->version);
	view->cipher = or_null(arena, presented->cipher);
	view->group = or_null(arena, presented->group);
	view->step = chk_view_step(presented->step);
	view->failure = or_null(arena, presented->why);
	if (presented->alert >= 0)
		view->alert = or_null(arena, presented->alert_name);
	view->client_certificate_wanted =
		presented->client_certificate_wanted;
}

void chk_view_presented(struct chk_inquiry *inquiry)
{
	const struct chk_chain *chain = inquiry->chain;
	struct chk_report *report = inquiry->report;
	struct chk_arena *arena = &report->arena;

	report->presented = chk_arena_array(arena, chain->count,
					    sizeof(*report->presented));
	for (size_t i = 0; report->presented && i < chain->count; i++) {
		report->presented[i] = (struct chk_presented_view){
			chk_report_hold(report, chain->items[i].cert),
			chk_words_escape(arena, chain->items[i].where),
		};
		report->presented_count++;
	}
	if (inquiry->presented)
		view_handshake(inquiry);
}

/* What a path lacks at its top, and who asks for it. */
static const struct chk_cert *missing_above(const struct chk_path *path)
{
	return path->end == CHK_END_MISSING ?
		       path->links[path->count - 1].cert : NULL;
}

static enum chk_role role_of(const struct chk_path *path, size_t i)
{
	bool last = i + 1 == path->count;

	if (last && path->end == CHK_END_ANCHOR)
		return CHK_ROLE_ANCHOR;
	if (!chk_origin_is_here(path->links[i].origin))
		return CHK_ROLE_MISSING;
	if (i == 0)
		return CHK_ROLE_LEAF;
	return last && path->end == CHK_END_TOP ? CHK_ROLE_TOP :
						  CHK_ROLE_INTERMEDIATE;
}

/* Defects that stand at the missing certificate, or where it was found. */
static const struct chk_cert *place_of(const struct chk_defect *defect)
{
	switch (defect->rule) {
	case CHK_RULE_ISSUER_UNKNOWN:
	case CHK_RULE_ISSUER_UNFIT:
	case CHK_RULE_KEY_MISMATCH:
		return NULL;
	case CHK_RULE_ISSUER_ELSEWHERE:
		return defect->other;
	default:
		return defect->cert;
	}
}

/* The sentences of the defects at `cert`; NULL: at what is missing above. */
static void add_defects(struct chk_arena *arena, const struct chk_path *path,
			const struct chk_cert *cert,
			struct chk_path_link *link)
{
	enum { MAX_SHOWN = 8 };
	const char **texts = chk_arena_array(arena, MAX_SHOWN, sizeof(*texts));

	for (const struct chk_defect_node *node = path->defects;
	     texts && node && link->defect_count < MAX_SHOWN;
	     node = node->next) {
		if (place_of(&node->defect) == cert)
			texts[link->defect_count++] =
				chk_words_defect(arena, &node->defect);
	}
	link->defects = texts;
}

static void view_path(struct chk_inquiry *inquiry, const struct chk_path *path,
		      struct chk_path_view *view)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const struct chk_cert *asks = missing_above(path);
	struct chk_path_link *links = chk_arena_array(arena, path->count + 1,
						      sizeof(*links));

	view->verdict = chk_path_is_valid(path) ? CHK_VERDICT_TRUSTED :
						  CHK_VERDICT_UNTRUSTED;
	for (size_t i = 0; links && i < path->count; i++) {
		links[i].role = role_of(path, i);
		links[i].subject = chk_subject_of(inquiry, path->links[i].cert,
						  path->links[i].where);
		add_defects(arena, path, path->links[i].cert, &links[i]);
		view->link_count++;
	}
	if (links && asks) {
		links[path->count].role = CHK_ROLE_MISSING;
		links[path->count].subject = chk_subject_missing(inquiry, asks);
		add_defects(arena, path, NULL, &links[path->count]);
		view->link_count++;
	}
	view->links = links;
}

void chk_view_paths(struct chk_inquiry *inquiry)
{
	const struct chk_outcome *outcome = &inquiry->outcome;
	struct chk_report *report = inquiry->report;

	report->paths = chk_arena_array(&report->arena, outcome->count,
					sizeof(*report->paths));
	for (size_t i = 0; report->paths && i < outcome->count; i++)
		view_path(inquiry, &outcome->paths[i],
			  &report->paths[report->path_count++]);
}

/* The one certificate that a store lacks, by its best path. */
static struct chk_subject lack_of(struct chk_inquiry *inquiry,
				  const struct chk_path *path)
{
	const struct chk_link *top = &path->links[path->count - 1];

	if (path->end == CHK_END_MISSING)
		return chk_subject_missing(inquiry, top->cert);
	if (path->end == CHK_END_TOP)
		return chk_subject_of(inquiry, top->cert, top->where);
	return (struct chk_subject){ 0 };
}

static void view_answer(struct chk_inquiry *inquiry,
			const struct chk_change *change,
			const struct chk_outcome *outcome,
			struct chk_store_view *view)
{
	const struct chk_path *best = outcome->count ? &outcome->paths[0] :
						       NULL;

	if (chk_outcome_is_trusted(outcome)) {
		view->verdict = CHK_VERDICT_TRUSTED;
		view->anchor = chk_report_hold(inquiry->report,
					       best->anchor->cert);
		chk_until_find(inquiry, change, outcome, &view->until);
	} else if (best) {
		view->lacks = lack_of(inquiry, best);
	}
}

static void view_steps(struct chk_arena *arena, const struct chk_store *store,
		       struct chk_store_view *view)
{
	struct chk_reason *steps = chk_arena_array(arena, store->said.count,
						   sizeof(*steps));

	for (size_t i = 0; steps && i < store->said.count; i++) {
		steps[i].text = chk_words(arena, "%s",
					  store->said.items[i].text);
		steps[i].code = store->said.items[i].code;
		view->step_count++;
	}
	view->steps = steps;
}

/* With one store alone its answer is the answer. */
static void view_store(struct chk_inquiry *inquiry,
		       const struct chk_store *store,
		       struct chk_store_view *view)
{
	CHK_CLEANUP(chk_arena_clear) struct chk_arena arena = { 0 };
	struct chk_report *report = inquiry->report;
	struct chk_change change = { .only = store };
	struct chk_outcome outcome;

	view->spec = chk_words_escape(&report->arena, store->spec);
	view->anchor_count = store->count;
	view_steps(&report->arena, store, view);
	if (inquiry->chain->count == 0) {
		view->verdict = CHK_VERDICT_UNDECIDED;
		return;
	}
	if (inquiry->question->store_count == 1)
		view_answer(inquiry, &change, &inquiry->outcome, view);
	else if (chk_inquiry_search(inquiry, &change, &arena, &outcome))
		view_answer(inquiry, &change, &outcome, view);
	else
		report->arena.failed = true;
}

void chk_view_stores(struct chk_inquiry *inquiry)
{
	const struct chk_question *question = inquiry->question;
	struct chk_report *report = inquiry->report;

	report->stores = chk_arena_array(&report->arena, question->store_count,
					 sizeof(*report->stores));
	for (size_t i = 0; report->stores && i < question->store_count; i++)
		view_store(inquiry, question->stores[i],
			   &report->stores[report->store_count++]);
}

static size_t add_notes(struct chk_report *report, const struct chk_note *notes,
			size_t count, size_t at)
{
	for (size_t i = 0; i < count; i++)
		report->notes[at++] = (struct chk_note){
			chk_words_escape(&report->arena, notes[i].where),
			chk_words_escape(&report->arena, notes[i].what),
		};
	return at;
}

void chk_view_notes(struct chk_inquiry *inquiry)
{
	const struct chk_question *question = inquiry->question;
	const struct chk_notes *notes[] = {
		&inquiry->chain->notes,
		question->untrusted ? &question->untrusted->notes : NULL,
		&inquiry->aia.notes,
		inquiry->aia.fetched ? &inquiry->aia.fetched->notes : NULL,
	};
	struct chk_report *report = inquiry->report;
	size_t count = 0;

	for (size_t i = 0; i < CHK_COUNT(notes); i++)
		count += notes[i] ? notes[i]->count : 0;
	for (size_t i = 0; i < question->store_count; i++)
		count += question->stores[i]->note_count;
	report->notes = chk_arena_array(&report->arena, count,
					sizeof(*report->notes));
	if (!report->notes)
		return;
	report->note_count = count;
	count = 0;
	for (size_t i = 0; i < CHK_COUNT(notes); i++) {
		if (notes[i])
			count = add_notes(report, notes[i]->items,
					  notes[i]->count, count);
	}
	for (size_t i = 0; i < question->store_count; i++)
		count = add_notes(report, question->stores[i]->notes,
				  question->stores[i]->note_count, count);
}

void chk_view_timings(struct chk_inquiry *inquiry)
{
	const struct chk_presented *presented = inquiry->presented;
	struct chk_report *report = inquiry->report;

	if (!presented)
		return;
	report->timings = chk_arena_array(&report->arena, 3,
					  sizeof(*report->timings));
	if (!report->timings)
		return;
	report->timings[0] = (struct chk_timing){ "resolve",
						  presented->resolve_micros };
	report->timings[1] = (struct chk_timing){ "connect",
						  presented->connect_micros };
	report->timings[2] = (struct chk_timing){ "handshake",
						  presented->handshake_micros };
	report->timing_count = 3;
}
