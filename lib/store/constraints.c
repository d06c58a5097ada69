/* lib/store/constraints.c: stapled extensions as sets. */
#include "store/constraints.h"

#include "cert/oid.h"

/* 1.3.6.1.4.1.3319.6.10.1: p11-kit's list of rejected usages */
static const uint8_t REJECT[] = { 0x2b, 0x06, 0x01, 0x04, 0x01, 0x99, 0x77,
				  0x06, 0x0a, 0x01 };

bool chk_stapled_is_usage(const struct chk_stapled *stapled)
{
	return chk_oid_find(stapled->oid) == CHK_OID_EXT_EXT_KEY_USAGE ||
	       chk_bytes_equal(stapled->oid,
			       chk_bytes_of(REJECT, sizeof(REJECT)));
}

static int compare_bytes(struct chk_bytes a, struct chk_bytes b)
{
	if (a.size != b.size)
		return a.size < b.size ? -1 : 1;
	return a.size ? memcmp(a.data, b.data, a.size) : 0;
}

/* Those of one identifier stand together. */
static int compare(const struct chk_stapled *a, const struct chk_stapled *b)
{
	int order = compare_bytes(a->oid, b->oid);

	if (!order)
		order = (int)a->critical - (int)b->critical;
	return order ? order : compare_bytes(a->value, b->value);
}

static int by_content(const void *a, const void *b)
{
	return compare(*(const struct chk_stapled *const *)a,
		       *(const struct chk_stapled *const *)b);
}

/* Sorted, each once. NULL: no memory. */
static const struct chk_stapled **list(const struct chk_anchor *anchor,
				       size_t *count)
{
	const struct chk_stapled **items =
		calloc(anchor->stapled_count + 1, sizeof(*items));
	size_t all = 0;

	*count = 0;
	if (!items)
		return NULL;
	for (size_t i = 0; i < anchor->stapled_count; i++)
		if (!chk_stapled_is_usage(&anchor->stapled[i]))
			items[all++] = &anchor->stapled[i];
	qsort(items, all, sizeof(*items), by_content);
	for (size_t i = 0; i < all; i++)
		if (!*count || compare(items[*count - 1], items[i]) != 0)
			items[(*count)++] = items[i];
	return items;
}

/* Keeps what `items` has too. */
static void intersect(struct chk_constraints *constraints,
		      const struct chk_stapled **items, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0, j = 0; i < constraints->count; i++) {
		while (j < count &&
		       compare(items[j], constraints->items[i]) < 0)
			j++;
		if (j < count && compare(items[j], constraints->items[i]) == 0)
			constraints->items[kept++] = constraints->items[i];
	}
	constraints->count = kept;
}

bool chk_constraints_add(struct chk_constraints *constraints,
			 const struct chk_anchor *anchor)
{
	const struct chk_stapled **items;
	size_t count;

	if (constraints->begun && constraints->count == 0)
		return true;
	items = list(anchor, &count);
	if (!items)
		return false;
	if (!constraints->begun) {
		*constraints = (struct chk_constraints){ items, count, true };
		return true;
	}
	intersect(constraints, items, count);
	free(items);
	return true;
}

void chk_constraints_clear(struct chk_constraints *constraints)
{
	free(constraints->items);
	*constraints = (struct chk_constraints){ 0 };
}

/* Where the next identifier begins. */
static size_t end_of_kind(const struct chk_constraints *constraints, size_t at)
{
	size_t end = at;

	while (end < constraints->count &&
	       compare_bytes(constraints->items[end]->oid,
			     constraints->items[at]->oid) == 0)
		end++;
	return end;
}

static bool same(const struct chk_constraints *a, size_t a_at, size_t a_end,
		 const struct chk_constraints *b, size_t b_at, size_t b_end)
{
	if (a_end - a_at != b_end - b_at)
		return false;
	for (; a_at < a_end; a_at++, b_at++)
		if (compare(a->items[a_at], b->items[b_at]) != 0)
			return false;
	return true;
}

struct chk_constraint_changes
chk_constraints_compare(const struct chk_constraints *before,
			const struct chk_constraints *after)
{
	struct chk_constraint_changes changes = { 0 };
	size_t i = 0, j = 0;

	while (i < before->count || j < after->count) {
		size_t i_end = end_of_kind(before, i);
		size_t j_end = end_of_kind(after, j);
		int order = i == i_end ? 1 : j == j_end ? -1 :
			    compare_bytes(before->items[i]->oid,
					  after->items[j]->oid);

		if (order < 0)
			changes.lost++;
		else if (order > 0 ||
			 !same(before, i, i_end, after, j, j_end))
			changes.changed++;
		if (order <= 0)
			i = i_end;
		if (order >= 0)
			j = j_end;
	}
	return changes;
}
