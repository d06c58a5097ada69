/* lib/report/change_groups.c: rows of a difference that say the same. */
#include "report/change_groups.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "report/trust_words.h"

static int order(size_t a, size_t b)
{
	return a < b ? -1 : a > b;
}

static int same_words(const struct chk_grouped *a, const struct chk_grouped *b)
{
	int by_kind = order(a->change->kind, b->change->kind);

	return by_kind ? by_kind : strcmp(a->words, b->words);
}

static int by_words(const void *left, const void *right)
{
	const struct chk_grouped *a = left, *b = right;
	int by_words = same_words(a, b);

	return by_words ? by_words : order(a->index, b->index);
}

static int by_first(const void *left, const void *right)
{
	const struct chk_grouped *a = left, *b = right;
	int by_first = order(a->first, b->first);

	return by_first ? by_first : order(a->index, b->index);
}

static bool take_words(struct chk_grouped *row)
{
	struct chk_buffer words = { 0 };

	chk_say_change(&words, row->change);
	row->words = chk_buffer_steal(&words);
	return row->words != NULL;
}

/* Sorted twice, since a store may have as many kinds of change as keys. */
static void group(struct chk_grouped *rows, size_t count)
{
	qsort(rows, count, sizeof(*rows), by_words);
	for (size_t i = 0; i < count; i++)
		rows[i].first = i && same_words(&rows[i - 1], &rows[i]) == 0 ?
				rows[i - 1].first : rows[i].index;
	qsort(rows, count, sizeof(*rows), by_first);
}

struct chk_grouped *
chk_change_groups(const struct chk_difference *difference)
{
	size_t count = chk_difference_count(difference);
	struct chk_grouped *rows = calloc(count + 1, sizeof(*rows));

	for (size_t i = 0; rows && i < count; i++) {
		rows[i].change = chk_difference_get(difference, i);
		rows[i].index = i;
		if (!take_words(&rows[i])) {
			chk_change_groups_free(rows, count);
			return NULL;
		}
	}
	if (rows)
		group(rows, count);
	return rows;
}

void chk_change_groups_free(struct chk_grouped *rows, size_t count)
{
	for (size_t i = 0; rows && i < count; i++)
		free(rows[i].words);
	free(rows);
}
