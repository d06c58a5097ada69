/* lib/diagnosis/ledger.c: rejected candidates with the first rule broken. */
#include "diagnosis/views.h"

#include "diagnosis/finding.h"
#include "diagnosis/twins.h"
#include "diagnosis/words.h"

/* A hostile chain of many of one name does not make a report of megabytes. */
enum { MAX_REJECTED = 100 };

/* A step of the best path that breaks a rule is shown there. */
static bool is_on_best(const struct chk_path *path,
		       const struct chk_refusal *refusal)
{
	for (size_t i = 1; path && i < path->count; i++) {
		if (path->links[i].cert == refusal->cert &&
		    path->links[i - 1].cert == refusal->issued)
			return true;
	}
	return false;
}

/* Fetched for an issuer, and by name none: the search never looked at it. */
static void add_wrong_names(struct chk_inquiry *inquiry,
			    const struct chk_aia_asked *asked, size_t room)
{
	struct chk_report *report = inquiry->report;
	struct chk_arena *arena = &report->arena;

	for (size_t i = 0; i < asked->count && !asked->named &&
			   report->rejected_count < room; i++) {
		const struct chk_chain_item *item =
			&inquiry->aia.fetched->items[asked->first + i];

		report->rejected[report->rejected_count++] =
			(struct chk_rejected){
				.cert = chk_report_hold(report, item->cert),
				.issued = chk_report_hold(report, asked->cert),
				.where = chk_words_escape(arena, item->where),
				.rule = "issuer-name",
				.reason = chk_words(
					arena, "%s names %s as its issuer",
					chk_words_cert(arena, asked->cert),
					chk_words_name(arena,
						       asked->cert->issuer)),
			};
	}
}

static void add_refusal(struct chk_inquiry *inquiry,
			const struct chk_refusal *refusal)
{
	struct chk_report *report = inquiry->report;
	struct chk_arena *arena = &report->arena;
	struct chk_rejected *row = &report->rejected[report->rejected_count++];

	*row = (struct chk_rejected){
		.cert = chk_report_hold(report, refusal->cert),
		.issued = chk_report_hold(report, refusal->issued),
		.where = chk_words_escape(arena, refusal->where),
		.rule = chk_rule_facts(refusal->defect.rule)->name,
		.reason = chk_words_defect(arena, &refusal->defect),
	};
	chk_twins_tell(inquiry, refusal, row);
}

/* How many rows there can be. */
static size_t count_rows(const struct chk_inquiry *inquiry)
{
	size_t count = inquiry->outcome.refusal_count;

	if (inquiry->aia.fetched)
		count += inquiry->aia.fetched->count;
	return count < MAX_REJECTED ? count : MAX_REJECTED;
}

void chk_view_ledger(struct chk_inquiry *inquiry)
{
	const struct chk_outcome *outcome = &inquiry->outcome;
	struct chk_report *report = inquiry->report;
	const struct chk_path *best = chk_inquiry_best(inquiry);
	size_t room = count_rows(inquiry);

	report->rejected = chk_arena_array(&report->arena, room,
					   sizeof(*report->rejected));
	for (size_t i = 0; report->rejected && i < outcome->refusal_count &&
	     report->rejected_count < room; i++) {
		const struct chk_refusal *refusal = &outcome->refusals[i];

		if (is_on_best(best, refusal))
			continue;
		add_refusal(inquiry, refusal);
	}
	for (size_t i = 0; report->rejected && i < inquiry->aia.count; i++)
		add_wrong_names(inquiry, &inquiry->aia.asked[i], room);
}
