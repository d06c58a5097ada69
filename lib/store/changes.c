/* lib/store/changes.c: a difference as its callers look at it. */
#include <stdlib.h>

#include "store/difference.h"

static const char *const NAMES[CHK_CHANGE_COUNT] = {
	[CHK_CHANGE_DISTRUST_LOST] = "distrust-lost",
	[CHK_CHANGE_CONSTRAINTS_LOST] = "constraints-lost",
	[CHK_CHANGE_CONSTRAINTS] = "constraints",
	[CHK_CHANGE_PURPOSES] = "purposes",
	[CHK_CHANGE_DISTRUST_GAINED] = "distrust-gained",
	[CHK_CHANGE_REMOVED] = "removed",
	[CHK_CHANGE_REKEYED] = "rekeyed",
	[CHK_CHANGE_ADDED] = "added",
	[CHK_CHANGE_RENEWED] = "renewed",
};

const char *chk_store_change_name(enum chk_change_kind kind)
{
	return (size_t)kind < CHK_CHANGE_COUNT ? NAMES[kind] : "unknown";
}

void chk_difference_free(struct chk_difference *difference)
{
	if (!difference)
		return;
	for (size_t i = 0; i < difference->count; i++)
		free((void *)(uintptr_t)difference->rows[i].view.issuer);
	free(difference->rows);
	free(difference);
}

size_t chk_difference_count(const struct chk_difference *difference)
{
	return difference->count;
}

const struct chk_store_change *
chk_difference_get(const struct chk_difference *difference, size_t i)
{
	return i < difference->count ? &difference->rows[i].view : NULL;
}

size_t chk_difference_kind_count(const struct chk_difference *difference,
				 enum chk_change_kind kind)
{
	return (size_t)kind < CHK_CHANGE_COUNT ? difference->kinds[kind] : 0;
}

size_t chk_difference_same(const struct chk_difference *difference)
{
	return difference->same;
}

size_t chk_difference_unstated(const struct chk_difference *difference,
			       enum chk_side side)
{
	return difference->unstated[side];
}

const struct chk_store *
chk_difference_store(const struct chk_difference *difference,
		     enum chk_side side)
{
	return difference->store[side];
}

/* The view is the first member of its row. */
static const struct chk_standing *
standing_of(const struct chk_store_change *change, enum chk_side side)
{
	return &((const struct chk_change_row *)change)->standing[side];
}

enum chk_trust chk_store_change_trust(const struct chk_store_change *change,
				      enum chk_side side,
				      enum chk_purpose purpose)
{
	const struct chk_standing *standing = standing_of(change, side);
	unsigned bits = purpose < CHK_PURPOSE_ANY ? 1u << purpose :
						    CHK_ALL_PURPOSES;

	if (standing->trusted & bits)
		return CHK_TRUST_TRUSTED;
	return standing->distrusted & bits ? CHK_TRUST_DISTRUSTED :
					     CHK_TRUST_NOT_STATED;
}

int64_t chk_store_change_distrust_after(const struct chk_store_change *change,
					enum chk_side side,
					enum chk_purpose purpose)
{
	const struct chk_standing *standing = standing_of(change, side);

	if (purpose >= CHK_PURPOSE_ANY ||
	    !(standing->trusted & 1u << purpose))
		return CHK_NO_DATE;
	return standing->distrust_after[purpose];
}
