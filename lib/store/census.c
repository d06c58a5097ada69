/* lib/store/census.c: opens the places, one by one, and groups them. */
#include "config.h"

#include "store/census.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/digest.h"
#include "base/error.h"
#include "store/constraints.h"
#include "store/sources.h"

/* Different certificates; a hostile tree has bundles without end. */
#define POOL_MAX 200000

static void set_clear(struct chk_census_set *set)
{
	free(set->members);
	free(set->lists);
}

void chk_census_free(struct chk_census *census)
{
	if (!census)
		return;
	for (size_t i = 0; i < census->pool_count; i++)
		chk_cert_unref(census->pool[i].cert);
	free(census->pool);
	for (size_t i = 0; i < census->set_count; i++)
		set_clear(&census->sets[i]);
	free(census->sets);
	set_clear(&census->reference);
	for (size_t i = 0; i < census->view_count; i++)
		free((void *)(uintptr_t)census->views[i].error);
	free(census->views);
	chk_map_clear(&census->by_digest);
	chk_map_clear(&census->by_members);
	chk_notes_clear(&census->notes);
	chk_said_clear(&census->said);
	free(census);
}

static inline void cleanup_census(struct chk_census **census)
{
	chk_census_free(*census);
}

/* Of the date and the constraints; their sizes keep them apart. */
static bool digest_limits(const struct chk_anchor *anchor, uint8_t digest[32])
{
	CHK_CLEANUP(chk_constraints_clear)
	struct chk_constraints constraints = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	int64_t date = anchor->distrust_after[CHK_PURPOSE_TLS_SERVER];

	memset(digest, 0, 32);
	if (!chk_constraints_add(&constraints, anchor))
		return false;
	if (date == CHK_NO_DATE && !constraints.count)
		return true;
	chk_buffer_format(&text, "%" PRId64, date);
	for (size_t i = 0; i < constraints.count; i++) {
		const struct chk_stapled *item = constraints.items[i];

		chk_buffer_format(&text, " %d %zu %zu:", item->critical,
				  item->oid.size, item->value.size);
		chk_buffer_add(&text, item->oid.data, item->oid.size);
		chk_buffer_add(&text, item->value.data, item->value.size);
	}
	if (!text.failed)
		chk_digest_sha256(chk_bytes_of(text.data, text.size), digest);
	return !text.failed;
}

static uint64_t hash_of(const struct chk_pooled_key *key)
{
	uint64_t hash;

	memcpy(&hash, key->sha256, sizeof(hash));
	return hash;
}

/* Where the anchor is in the pool, put there if need be. */
static bool pool(struct chk_census *census, const struct chk_anchor *anchor,
		 uint32_t *item, struct chk_error *error)
{
	struct chk_pooled pooled;
	size_t cursor = 0;

	chk_cert_sha256(anchor->cert, pooled.key.sha256);
	if (!digest_limits(anchor, pooled.key.limits))
		return chk_error_memory(error);
	while (chk_map_find(&census->by_digest, hash_of(&pooled.key), &cursor,
			    item))
		if (memcmp(&census->pool[*item].key, &pooled.key,
			   sizeof(pooled.key)) == 0)
			return true;
	if (census->pool_count >= POOL_MAX)
		return chk_error_set(error, CHK_ERROR_TOO_LARGE, NULL,
				     "more than %d different certificates are "
				     "trusted", POOL_MAX);
	*item = (uint32_t)census->pool_count;
	if (!chk_array_grow(&census->pool, census->pool_count,
			    &census->pool_room, sizeof(*census->pool)) ||
	    !chk_map_add(&census->by_digest, hash_of(&pooled.key), *item))
		return chk_error_memory(error);
	pooled.cert = chk_cert_ref(anchor->cert);
	census->pool[census->pool_count++] = pooled;
	return true;
}

static size_t count_trusted(const struct chk_store *store)
{
	size_t count = 0;

	for (size_t i = 0; i < store->count; i++)
		count += chk_anchor_trust(store->anchors[i],
					  CHK_PURPOSE_TLS_SERVER) ==
			 CHK_TRUST_TRUSTED;
	return count;
}

static int by_key(const void *a, const void *b, void *context)
{
	const struct chk_pooled *pool = context;
	const uint32_t *one = a, *other = b;

	return memcmp(&pool[*one].key, &pool[*other].key, sizeof(pool->key));
}

/* The store's anchors for TLS servers, sorted. */
static bool collect(struct chk_census *census, const struct chk_store *store,
		    struct chk_census_set *set, struct chk_error *error)
{
	*set = (struct chk_census_set){ 0 };
	set->members = calloc(count_trusted(store) + 1, sizeof(*set->members));
	if (!set->members)
		return chk_error_memory(error);
	for (size_t i = 0; i < store->count; i++) {
		const struct chk_anchor *anchor = store->anchors[i];

		if (chk_anchor_trust(anchor, CHK_PURPOSE_TLS_SERVER) !=
		    CHK_TRUST_TRUSTED)
			continue;
		if (!pool(census, anchor, &set->members[set->count], error))
			return false;
		set->count++;
	}
	qsort_r(set->members, set->count, sizeof(*set->members), by_key,
		census->pool);
	return true;
}

/* Members are the same where the anchors are: the pool has each once. */
static uint64_t members_hash(const struct chk_census_set *set)
{
	return chk_bytes_hash(chk_bytes_of(set->members, set->count *
					   sizeof(*set->members)));
}

/* Which set it is; `*set` is taken over. */
static bool place_set(struct chk_census *census, struct chk_census_set *set,
		      size_t *index, struct chk_error *error)
{
	uint64_t hash = members_hash(set);
	size_t cursor = 0;
	uint32_t item;

	while (chk_map_find(&census->by_members, hash, &cursor, &item)) {
		const struct chk_census_set *other = &census->sets[item];

		*index = item;
		if (other->count == set->count &&
		    memcmp(other->members, set->members,
			   set->count * sizeof(*set->members)) == 0)
			return true;
	}
	*index = census->set_count;
	if (!chk_array_grow(&census->sets, census->set_count,
			    &census->set_room, sizeof(*census->sets)) ||
	    !chk_map_add(&census->by_members, hash, (uint32_t)*index))
		return chk_error_memory(error);
	census->sets[census->set_count++] = *set;
	*set = (struct chk_census_set){ 0 };
	return true;
}

/* What the reading passed over or warns of is kept; the store is not. */
static bool keep_notes(struct chk_census *census,
		       const struct chk_store *store)
{
	for (size_t i = 0; i < store->note_count; i++)
		if (!chk_notes_add(&census->notes, store->notes[i].where,
				   store->notes[i].what, NULL))
			return false;
	for (size_t i = 0; i < store->trap_count; i++)
		if (!chk_said_add(&census->said, store->traps[i].code, "%s: %s",
				  store->traps[i].where, store->traps[i].what))
			return false;
	return true;
}

static bool add_view(struct chk_census *census,
		     const struct chk_census_place *view)
{
	if (!chk_array_grow(&census->views, census->view_count,
			    &census->view_room, sizeof(*census->views)))
		return false;
	census->views[census->view_count++] = *view;
	return true;
}

/* Whoever asked sees the store of the place that was added last. */
static bool visit(const struct chk_census *census,
		  const struct chk_store *store)
{
	const struct chk_census_options *options = census->options;
	size_t last = census->view_count - 1;

	return !options->visit ||
	       options->visit(options->visitor, last, census->views[last].set,
			      store);
}

static bool add_read(struct chk_census *census,
		     const struct chk_place_item *item,
		     const struct chk_store *store, struct chk_error *error)
{
	struct chk_census_place view = {
		.place = &item->view, .format = chk_store_format(store),
		.certificates = store->count,
	};
	struct chk_census_set set;
	bool placed;

	if (!item->view.known && !chk_census_is_store(store))
		return true;
	placed = collect(census, store, &set, error);
	view.anchors = set.count;
	placed = placed && place_set(census, &set, &view.set, error);
	set_clear(&set);
	if (!placed)
		return false;
	return (keep_notes(census, store) && add_view(census, &view) &&
		visit(census, store)) || chk_error_memory(error);
}

/*
 * What promised to be a store by its first bytes, and holds no certificate,
 * is none; where somebody looks for one it is told.
 */
static bool is_none(const struct chk_place_item *item, enum chk_code code)
{
	return !item->view.known &&
	       (code == CHK_ERROR_EMPTY || code == CHK_ERROR_FORMAT);
}

static bool add_unread(struct chk_census *census,
		       const struct chk_place_item *item,
		       const struct chk_error *why)
{
	struct chk_census_place view = {
		.place = &item->view, .format = item->format, .set = SIZE_MAX,
	};
	struct chk_error *copy;

	if (is_none(item, why->code))
		return true;
	copy = malloc(sizeof(*copy));
	if (!copy)
		return false;
	*copy = *why;
	view.error = copy;
	if (add_view(census, &view))
		return true;
	free(copy);
	return false;
}

static bool take_one(struct chk_census *census,
		     const struct chk_place_item *item, const char *pass)
{
	CHK_CLEANUP(chk_cleanup_store) struct chk_store *store = NULL;
	struct chk_error why;

	if (chk_census_open(census->places, item, pass, &store, &why) &&
	    add_read(census, item, store, &why))
		return true;
	return why.code != CHK_ERROR_MEMORY && add_unread(census, item, &why);
}

/* The first place of the system's own that holds anything. */
static const struct chk_census_set *find_reference(struct chk_census *census)
{
	for (size_t i = 0; i < census->view_count; i++) {
		const struct chk_census_place *view = &census->views[i];

		if (!view->place->reader_count || view->error ||
		    strcmp(view->place->readers[0].kind, "system") != 0 ||
		    !view->anchors)
			continue;
		census->reference_name = view->place->path;
		return &census->sets[view->set];
	}
	return NULL;
}

/* Below a folder of this machine, the machine's own store. */
static const struct chk_census_set *system_reference(struct chk_census *census)
{
	CHK_CLEANUP(chk_cleanup_store) struct chk_store *store = NULL;

	if (census->places->root[0] || !census->places->in ||
	    !chk_store_open("system", NULL, &store, NULL) ||
	    !collect(census, store, &census->reference, NULL))
		return NULL;
	census->reference_name = "system";
	return &census->reference;
}

static bool take_all(struct chk_census *census,
		     const struct chk_census_options *options)
{
	const struct chk_places *places = census->places;
	const struct chk_census_set *reference;

	for (size_t i = 0; i < places->count; i++) {
		if (options->progress)
			options->progress(options->context, i,
					  places->items[i].view.path);
		if (!take_one(census, &places->items[i], options->pass))
			return false;
	}
	reference = find_reference(census);
	return chk_census_compare(census, reference ? reference :
				  system_reference(census)) &&
	       chk_sources_look(census);
}

bool chk_census_take(const struct chk_places *places,
		     const struct chk_census_options *options,
		     struct chk_census **out, struct chk_error *error)
{
	static const struct chk_census_options NONE = { 0 };
	CHK_CLEANUP(cleanup_census) struct chk_census *census =
		calloc(1, sizeof(*census));

	*out = NULL;
	if (!options)
		options = &NONE;
	if (!census)
		return chk_error_memory(error);
	census->places = places;
	census->options = options;
	census->at = options->at ? options->at : time(NULL);
	if (!take_all(census, options))
		return chk_error_memory(error);
	census->options = NULL;
	*out = chk_steal(&census);
	return true;
}

size_t chk_census_set_count(const struct chk_census *census)
{
	return census->set_count;
}

const struct chk_anchor_set *chk_census_set(const struct chk_census *census,
					    size_t i)
{
	return i < census->set_count ? &census->sets[i].view : NULL;
}

size_t chk_census_place_count(const struct chk_census *census)
{
	return census->view_count;
}

const struct chk_census_place *chk_census_place(const struct chk_census *census,
						size_t i)
{
	return i < census->view_count ? &census->views[i] : NULL;
}

const char *chk_census_reference(const struct chk_census *census)
{
	return census->reference_name;
}

size_t chk_census_note_count(const struct chk_census *census)
{
	return census->notes.count;
}

const struct chk_note *chk_census_note(const struct chk_census *census,
				       size_t i)
{
	return i < census->notes.count ? &census->notes.items[i] : NULL;
}

size_t chk_census_finding_count(const struct chk_census *census)
{
	return census->said.count;
}

struct chk_reason chk_census_finding(const struct chk_census *census, size_t i)
{
	const struct chk_said_list *said = &census->said;

	if (i >= said->count)
		return (struct chk_reason){ 0 };
	return (struct chk_reason){ said->items[i].text, said->items[i].code };
}
