/* lib/diagnosis/until.c: when the last valid path ends, and why. */
#include "diagnosis/until.h"

#include "base/cleanup.h"
#include "diagnosis/finding.h"

/* Searches: each ends in a certificate that expires later than the last. */
enum { MAX_SEARCHES = 8 };

static enum chk_role role_of(const struct chk_path *path, size_t i)
{
	if (i == 0)
		return CHK_ROLE_LEAF;
	return i + 1 == path->count ? CHK_ROLE_ANCHOR : CHK_ROLE_INTERMEDIATE;
}

/* What ends first on a path; the leaf before others of the same second. */
static struct chk_until end_of(const struct chk_path *path)
{
	struct chk_until end = { .at = INT64_MAX };

	for (size_t i = 0; i < path->count; i++) {
		const struct chk_cert *cert = path->links[i].cert;

		if (end.cert && cert->not_after >= end.at)
			continue;
		end.cert = cert;
		end.at = cert->not_after;
		end.role = role_of(path, i);
	}
	return end;
}

/* Of all valid paths that were found, the one that ends last. */
static struct chk_until last_of(const struct chk_outcome *outcome)
{
	struct chk_until last = { 0 };

	for (size_t i = 0; i < outcome->count; i++) {
		struct chk_until end = end_of(&outcome->paths[i]);

		if (chk_path_is_valid(&outcome->paths[i]) &&
		    (!last.cert || end.at > last.at))
			last = end;
	}
	return last;
}

/* Is there a path behind this end? False too where that is not known. */
static bool goes_on(struct chk_inquiry *inquiry, struct chk_change *change,
		    struct chk_until *last, bool *known)
{
	CHK_CLEANUP(chk_arena_clear) struct chk_arena arena = { 0 };
	struct chk_outcome outcome;

	change->at_set = true;
	change->at = last->at + 1;
	if (!chk_inquiry_search(inquiry, change, &arena, &outcome)) {
		inquiry->report->arena.failed = true;
		*known = false;
		return false;
	}
	if (!chk_outcome_is_trusted(&outcome)) {
		*known = !outcome.spent;
		return false;
	}
	*last = last_of(&outcome);
	return true;
}

void chk_until_find(struct chk_inquiry *inquiry,
		    const struct chk_change *change,
		    const struct chk_outcome *outcome, struct chk_until *until)
{
	const struct chk_cert *leaf = inquiry->chain->items[0].cert;
	struct chk_until last = last_of(outcome);
	struct chk_change later = *change;
	bool known = true;
	size_t count = 0;

	if (inquiry->question->crls)
		return;
	while (last.role != CHK_ROLE_LEAF && count++ < MAX_SEARCHES &&
	       goes_on(inquiry, &later, &last, &known))
		;
	if (!known || count > MAX_SEARCHES)
		return;
	*until = last;
	until->cert = chk_report_hold(inquiry->report, last.cert);
	until->sooner = leaf->not_after - last.at;
}
