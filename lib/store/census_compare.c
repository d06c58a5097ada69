/* lib/store/census_compare.c: dates of sets, and what one has and lacks. */
#include "store/census.h"

#include <stdlib.h>

#include "cert/dn.h"

static const struct chk_cert *cert_of(const struct chk_census *census,
				      const struct chk_census_set *set,
				      size_t i)
{
	return census->pool[set->members[i]].cert;
}

/* Of the subject and the key: a renewed root keeps both. */
static uint64_t key_hash(const struct chk_cert *cert)
{
	return cert->subject_hash * 3 ^ chk_bytes_hash(cert->spki);
}

static bool make_keys(const struct chk_census *census,
		      const struct chk_census_set *set, struct chk_map *keys)
{
	for (size_t i = 0; i < set->count; i++)
		if (!chk_map_add(keys, key_hash(cert_of(census, set, i)),
				 set->members[i]))
			return false;
	return true;
}

/* What `keys` has of the subject and the key, next to the last; NULL: none. */
static const struct chk_pooled *next_of(const struct chk_census *census,
					const struct chk_map *keys,
					const struct chk_cert *cert,
					size_t *cursor)
{
	uint32_t item;

	while (chk_map_find(keys, key_hash(cert), cursor, &item)) {
		const struct chk_pooled *other = &census->pool[item];

		if (chk_bytes_equal(other->cert->spki, cert->spki) &&
		    chk_dn_match(other->cert->subject, cert->subject))
			return other;
	}
	return NULL;
}

static bool has_key(const struct chk_census *census, const struct chk_map *keys,
		    const struct chk_cert *cert)
{
	size_t cursor = 0;

	return next_of(census, keys, cert, &cursor) != NULL;
}

/* The same subject and key, and nothing of it within the same limits. */
static bool is_limited_otherwise(const struct chk_census *census,
				 const struct chk_map *keys,
				 const struct chk_pooled *pooled)
{
	const struct chk_pooled *other;
	size_t cursor = 0;
	bool found = false;

	while ((other = next_of(census, keys, pooled->cert, &cursor))) {
		if (memcmp(other->key.limits, pooled->key.limits,
			   sizeof(other->key.limits)) == 0)
			return false;
		found = true;
	}
	return found;
}

static size_t count_limited_otherwise(const struct chk_census *census,
				      const struct chk_census_set *set,
				      const struct chk_map *keys)
{
	size_t count = 0;

	for (size_t i = 0; i < set->count; i++)
		count += is_limited_otherwise(census, keys,
					      &census->pool[set->members[i]]);
	return count;
}

static void fill_dates(const struct chk_census *census,
		       struct chk_census_set *set)
{
	struct chk_anchor_set *view = &set->view;

	for (size_t i = 0; i < set->count; i++) {
		const struct chk_cert *cert = cert_of(census, set, i);

		if (!view->oldest ||
		    cert->not_before < view->oldest->not_before)
			view->oldest = cert;
		if (!view->newest ||
		    cert->not_before > view->newest->not_before)
			view->newest = cert;
		view->expired += cert->not_after < census->at;
	}
}

/* Those of `set` whose keys are not among `keys`, into `list`. */
static size_t fill_others(const struct chk_census *census,
			  const struct chk_census_set *set,
			  const struct chk_map *keys,
			  const struct chk_cert **list)
{
	size_t count = 0;

	for (size_t i = 0; i < set->count; i++) {
		const struct chk_cert *cert = cert_of(census, set, i);

		if (!has_key(census, keys, cert))
			list[count++] = cert;
	}
	return count;
}

static bool fill_view(const struct chk_census *census,
		      struct chk_census_set *set,
		      const struct chk_census_set *reference,
		      const struct chk_map *reference_keys)
{
	size_t others = reference ? reference->count + set->count : 0;
	struct chk_anchor_set *view = &set->view;
	struct chk_map keys = { 0 };

	set->lists = calloc(set->count + others + 1, sizeof(*set->lists));
	if (!set->lists || !make_keys(census, set, &keys)) {
		chk_map_clear(&keys);
		return false;
	}
	for (size_t i = 0; i < set->count; i++)
		set->lists[i] = cert_of(census, set, i);
	view->anchors = set->lists;
	view->anchor_count = set->count;
	view->reference = set == reference;
	fill_dates(census, set);
	if (reference) {
		view->lacks = set->lists + set->count;
		view->lack_count = fill_others(census, reference, &keys,
					       set->lists + set->count);
		view->extra = view->lacks + view->lack_count;
		view->extra_count = fill_others(
			census, set, reference_keys,
			set->lists + set->count + view->lack_count);
		view->other_limits = count_limited_otherwise(census, set,
							     reference_keys);
	}
	chk_map_clear(&keys);
	return true;
}

bool chk_census_compare(struct chk_census *census,
			const struct chk_census_set *reference)
{
	struct chk_map keys = { 0 };
	bool done = !reference || make_keys(census, reference, &keys);

	for (size_t i = 0; done && i < census->set_count; i++)
		done = fill_view(census, &census->sets[i], reference, &keys);
	chk_map_clear(&keys);
	return done;
}
