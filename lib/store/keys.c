/*
 * lib/store/keys.c: anchors by subject and key. Sorted by the hash of the
 * subject and the bytes of the key; names are compared among those alone, so
 * that only names made to hash alike cost more than n log n.
 */
#include "store/keys.h"

#include "cert/dn.h"

static int compare_bytes(struct chk_bytes a, struct chk_bytes b)
{
	if (a.size != b.size)
		return a.size < b.size ? -1 : 1;
	return a.size ? memcmp(a.data, b.data, a.size) : 0;
}

static int compare_keys(const struct chk_cert *a, const struct chk_cert *b)
{
	if (a->subject_hash != b->subject_hash)
		return a->subject_hash < b->subject_hash ? -1 : 1;
	return compare_bytes(a->spki, b->spki);
}

static int compare_places(const struct chk_key_entry *a,
			  const struct chk_key_entry *b)
{
	if (a->side != b->side)
		return a->side < b->side ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

static int by_key(const void *a, const void *b)
{
	const struct chk_key_entry *left = a, *right = b;
	int order = compare_keys(left->anchor->cert, right->anchor->cert);

	return order ? order : compare_places(left, right);
}

static void list(struct chk_keys *keys, const struct chk_store *store,
		 unsigned side)
{
	for (size_t i = 0; i < store->count; i++)
		keys->entries[keys->entry_count++] = (struct chk_key_entry){
			.anchor = store->anchors[i], .side = side, .at = i,
		};
}

/*
 * Brings those whose subject is the first one's to the front, in order, and
 * gives their number.
 */
static size_t gather(struct chk_key_entry *entries, size_t count)
{
	struct chk_bytes subject = entries[0].anchor->cert->subject;
	size_t end = 1;

	for (size_t i = 1; i < count; i++) {
		struct chk_key_entry entry = entries[i];

		if (!chk_dn_match(entry.anchor->cert->subject, subject))
			continue;
		if (i > end)
			memmove(entries + end + 1, entries + end,
				(i - end) * sizeof(*entries));
		entries[end++] = entry;
	}
	return end;
}

static void add_group(struct chk_keys *keys,
		      const struct chk_key_entry *entries, size_t count)
{
	struct chk_key_group group = { .entries = entries };

	for (size_t i = 0; i < count; i++)
		group.counts[entries[i].side]++;
	keys->groups[keys->count++] = group;
}

static size_t end_of_run(const struct chk_keys *keys, size_t at)
{
	const struct chk_cert *first = keys->entries[at].anchor->cert;

	do
		at++;
	while (at < keys->entry_count &&
	       compare_keys(first, keys->entries[at].anchor->cert) == 0);
	return at;
}

bool chk_keys_group(struct chk_keys *keys, const struct chk_store *first,
		    const struct chk_store *second)
{
	size_t all = first->count + second->count;

	/* One more, for an empty array would look like no memory. */
	keys->entries = calloc(all + 1, sizeof(*keys->entries));
	keys->groups = calloc(all + 1, sizeof(*keys->groups));
	if (!keys->entries || !keys->groups)
		return false;
	list(keys, first, 0);
	list(keys, second, 1);
	qsort(keys->entries, keys->entry_count, sizeof(*keys->entries), by_key);
	for (size_t at = 0; at < keys->entry_count;) {
		size_t end = end_of_run(keys, at);

		while (at < end) {
			size_t count = gather(keys->entries + at, end - at);

			add_group(keys, keys->entries + at, count);
			at += count;
		}
	}
	return true;
}

void chk_keys_clear(struct chk_keys *keys)
{
	free(keys->entries);
	free(keys->groups);
	*keys = (struct chk_keys){ 0 };
}

/* A group that looks for its other half. */
struct lone {
	const struct chk_key_entry *first;
	size_t group;
	bool paired;
};

static int by_name(const void *a, const void *b)
{
	const struct lone *left = a, *right = b;
	uint64_t left_hash = left->first->anchor->cert->subject_hash;
	uint64_t right_hash = right->first->anchor->cert->subject_hash;

	if (left_hash != right_hash)
		return left_hash < right_hash ? -1 : 1;
	return compare_places(left->first, right->first);
}

static bool may_pair(const struct chk_key_group *group)
{
	return (group->counts[0] == 0 || group->counts[1] == 0) &&
	       !chk_dn_is_empty(group->entries[0].anchor->cert->subject);
}

/* The first of side 1 among `count` that has the name of `one`. */
static struct lone *find_half(struct lone *lones, size_t count,
			      const struct lone *one)
{
	for (size_t i = 0; i < count; i++)
		if (!lones[i].paired &&
		    chk_dn_match(lones[i].first->anchor->cert->subject,
				 one->first->anchor->cert->subject))
			return &lones[i];
	return NULL;
}

/* One run of names that hash alike, those of side 0 first. */
static void pair_run(struct lone *lones, size_t count, size_t *pairs)
{
	size_t second = 0, done;

	while (second < count && lones[second].first->side == 0)
		second++;
	done = second;
	for (size_t i = 0; i < second && done < count; i++) {
		struct lone *half = find_half(lones + done, count - done,
					      &lones[i]);

		if (!half)
			continue;
		half->paired = true;
		pairs[lones[i].group] = half->group;
		pairs[half->group] = lones[i].group;
		while (done < count && lones[done].paired)
			done++;
	}
}

static void pair_all(struct lone *lones, size_t count, size_t *pairs)
{
	for (size_t at = 0, end; at < count; at = end) {
		uint64_t hash = lones[at].first->anchor->cert->subject_hash;

		end = at;
		while (end < count &&
		       lones[end].first->anchor->cert->subject_hash == hash)
			end++;
		pair_run(lones + at, end - at, pairs);
	}
}

bool chk_keys_pair(const struct chk_keys *keys, const bool *wanted,
		   size_t **pairs)
{
	struct lone *lones = calloc(keys->count + 1, sizeof(*lones));
	size_t count = 0;

	*pairs = calloc(keys->count + 1, sizeof(**pairs));
	if (!lones || !*pairs) {
		free(lones);
		return false;
	}
	for (size_t i = 0; i < keys->count; i++) {
		(*pairs)[i] = SIZE_MAX;
		if (wanted[i] && may_pair(&keys->groups[i]))
			lones[count++] = (struct lone){
				.first = keys->groups[i].entries, .group = i,
			};
	}
	qsort(lones, count, sizeof(*lones), by_name);
	pair_all(lones, count, *pairs);
	free(lones);
	return true;
}
