/* lib/store/store.c: anchors, each once, with its trust and its places. */
#include "store/store.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "base/text.h"
#include "cert/dn.h"

/* More tell nobody anything; what is over is counted. */
#define NOTES_MAX 1000

/* Items of the maps are 32 bits wide, and one value means "free". */
#define ANCHORS_MAX (UINT32_MAX - 1)

/* Copies what must not be empty for malloc's sake. */
static bool copy_bytes(struct chk_bytes *copy, struct chk_bytes bytes)
{
	uint8_t *data = malloc(bytes.size ? bytes.size : 1);

	if (!data)
		return false;
	if (bytes.size)
		memcpy(data, bytes.data, bytes.size);
	*copy = chk_bytes_of(data, bytes.size);
	return true;
}

static void free_bytes(struct chk_bytes bytes)
{
	free((void *)(uintptr_t)bytes.data);
}

static void anchor_free(struct chk_anchor *anchor)
{
	for (size_t i = 0; i < anchor->where_count; i++)
		free(anchor->where[i]);
	free(anchor->where);
	for (size_t i = 0; i < anchor->stapled_count; i++) {
		free_bytes(anchor->stapled[i].oid);
		free_bytes(anchor->stapled[i].value);
	}
	free(anchor->stapled);
	chk_cert_unref(anchor->cert);
	free(anchor);
}

static inline void cleanup_anchor(struct chk_anchor **anchor)
{
	if (*anchor)
		anchor_free(*anchor);
}

struct chk_store *chk_store_new(const char *name)
{
	struct chk_store *store = calloc(1, sizeof(*store));

	if (!store)
		return NULL;
	store->spec = chk_text_escaped(name);
	if (!store->spec) {
		free(store);
		return NULL;
	}
	return store;
}

static void blocked_free(struct chk_store *store)
{
	for (size_t i = 0; i < store->blocked_count; i++) {
		free_bytes(store->blocked[i].issuer);
		free_bytes(store->blocked[i].serial);
		free(store->blocked[i].where);
	}
	free(store->blocked);
}

static void notes_free(struct chk_store *store)
{
	for (size_t i = 0; i < store->note_count; i++) {
		free((void *)(uintptr_t)store->notes[i].where);
		free((void *)(uintptr_t)store->notes[i].what);
	}
	free(store->notes);
}

void chk_store_free(struct chk_store *store)
{
	if (!store)
		return;
	for (size_t i = 0; i < store->count; i++)
		anchor_free(store->anchors[i]);
	free(store->anchors);
	chk_map_clear(&store->by_subject);
	chk_map_clear(&store->by_bytes);
	blocked_free(store);
	notes_free(store);
	chk_store_traps_clear(store);
	chk_said_clear(&store->said);
	free(store->spec);
	free(store->file);
	free(store);
}

static struct chk_anchor *find(const struct chk_store *store,
			       const struct chk_cert *cert, uint64_t hash)
{
	size_t cursor = 0;
	uint32_t item;

	while (chk_map_find(&store->by_bytes, hash, &cursor, &item))
		if (chk_bytes_equal(store->anchors[item]->cert->der, cert->der))
			return store->anchors[item];
	return NULL;
}

const struct chk_anchor *chk_store_find(const struct chk_store *store,
					const struct chk_cert *cert)
{
	return find(store, cert, chk_cert_hash(cert));
}

static bool add_place(struct chk_anchor *anchor, const char *where)
{
	char *copy;

	if (!chk_array_grow(&anchor->where, anchor->where_count,
			    &anchor->where_room, sizeof(*anchor->where)))
		return false;
	copy = chk_text_escaped(where);
	if (!copy)
		return false;
	anchor->where[anchor->where_count++] = copy;
	return true;
}

static struct chk_anchor *make_anchor(const struct chk_cert *cert,
				      const char *where)
{
	CHK_CLEANUP(cleanup_anchor) struct chk_anchor *anchor =
		calloc(1, sizeof(*anchor));

	if (!anchor)
		return NULL;
	anchor->cert = chk_cert_ref(cert);
	for (size_t i = 0; i < CHK_PURPOSE_COUNT; i++)
		anchor->distrust_after[i] = CHK_NO_DATE;
	if (!add_place(anchor, where))
		return NULL;
	return chk_steal(&anchor);
}

/*
 * Into the list first: what an index points at must be there, even where
 * memory ends half-way. An anchor that is in no index states nothing.
 */
static struct chk_anchor *new_anchor(struct chk_store *store,
				     const struct chk_cert *cert,
				     uint64_t hash, const char *where)
{
	struct chk_anchor *anchor;
	uint32_t item = (uint32_t)store->count;

	if (store->count >= ANCHORS_MAX)
		return NULL;
	if (!chk_array_grow(&store->anchors, store->count, &store->room,
			    sizeof(*store->anchors)))
		return NULL;
	anchor = make_anchor(cert, where);
	if (!anchor)
		return NULL;
	store->anchors[store->count++] = anchor;
	if (!chk_map_add(&store->by_bytes, hash, item) ||
	    !chk_map_add(&store->by_subject, cert->subject_hash, item))
		return NULL;
	return anchor;
}

struct chk_anchor *chk_store_anchor(struct chk_store *store,
				    const struct chk_cert *cert,
				    const char *where)
{
	uint64_t hash = chk_cert_hash(cert);
	struct chk_anchor *anchor = find(store, cert, hash);

	if (!anchor)
		return new_anchor(store, cert, hash, where);
	return add_place(anchor, where) ? anchor : NULL;
}

const struct chk_anchor *chk_store_next(const struct chk_store *store,
					struct chk_bytes name, uint64_t hash,
					size_t *cursor)
{
	uint32_t item;

	while (chk_map_find(&store->by_subject, hash, cursor, &item))
		if (chk_dn_match(store->anchors[item]->cert->subject, name))
			return store->anchors[item];
	return NULL;
}

/* A handful at most in any store there is; no index. */
static bool is_blocked(const struct chk_store *store,
		       const struct chk_cert *cert)
{
	for (size_t i = 0; i < store->blocked_count; i++)
		if (chk_bytes_equal(store->blocked[i].serial, cert->serial) &&
		    chk_dn_match(store->blocked[i].issuer, cert->issuer))
			return true;
	return false;
}

bool chk_store_blocks(const struct chk_store *store,
		      const struct chk_cert *cert, enum chk_purpose purpose)
{
	const struct chk_anchor *anchor = chk_store_find(store, cert);

	if (anchor && chk_anchor_trust(anchor, purpose) ==
		      CHK_TRUST_DISTRUSTED)
		return true;
	return is_blocked(store, cert);
}

static void set_one(struct chk_anchor *anchor, size_t purpose,
		    enum chk_trust trust)
{
	if (anchor->trust[purpose] != CHK_TRUST_DISTRUSTED &&
	    trust != CHK_TRUST_NOT_STATED)
		anchor->trust[purpose] = trust;
}

void chk_anchor_set(struct chk_anchor *anchor, enum chk_purpose purpose,
		    enum chk_trust trust)
{
	if (purpose < CHK_PURPOSE_ANY) {
		set_one(anchor, purpose, trust);
		return;
	}
	for (size_t i = 0; i < CHK_PURPOSE_ANY; i++)
		set_one(anchor, i, trust);
}

bool chk_anchor_is_unmarked(const struct chk_anchor *anchor)
{
	for (size_t i = 0; i < CHK_PURPOSE_ANY; i++)
		if (anchor->trust[i] != CHK_TRUST_NOT_STATED || anchor->peer[i])
			return false;
	return true;
}

bool chk_anchor_staple(struct chk_anchor *anchor, struct chk_bytes oid,
		       bool critical, struct chk_bytes value)
{
	struct chk_stapled stapled = { .critical = critical };

	if (!chk_array_grow(&anchor->stapled, anchor->stapled_count,
			    &anchor->stapled_room, sizeof(*anchor->stapled)))
		return false;
	if (!copy_bytes(&stapled.oid, oid))
		return false;
	if (!copy_bytes(&stapled.value, value)) {
		free_bytes(stapled.oid);
		return false;
	}
	anchor->stapled[anchor->stapled_count++] = stapled;
	return true;
}

bool chk_store_block(struct chk_store *store, struct chk_bytes issuer,
		     struct chk_bytes serial, const char *where)
{
	struct chk_blocked *blocked;

	if (!chk_array_grow(&store->blocked, store->blocked_count,
			    &store->blocked_room, sizeof(*store->blocked)))
		return false;
	blocked = &store->blocked[store->blocked_count];
	*blocked = (struct chk_blocked){ .where = chk_text_escaped(where) };
	if (blocked->where && copy_bytes(&blocked->issuer, issuer) &&
	    copy_bytes(&blocked->serial, serial)) {
		store->blocked_count++;
		return true;
	}
	free_bytes(blocked->issuer);
	free(blocked->where);
	return false;
}

static bool add_note(struct chk_store *store, const char *where,
		     const char *what)
{
	struct chk_note note;

	if (!chk_array_grow(&store->notes, store->note_count, &store->note_room,
			    sizeof(*store->notes)))
		return false;
	note.where = chk_text_escaped(where);
	note.what = chk_text_escaped(what);
	if (note.where && note.what) {
		store->notes[store->note_count++] = note;
		return true;
	}
	free((void *)(uintptr_t)note.where);
	free((void *)(uintptr_t)note.what);
	return false;
}

bool chk_store_note_add(struct chk_store *store, const char *where,
			const char *format, ...)
{
	/* A sentence; a longer one is cut. */
	char what[512];
	va_list list;

	if (store->note_count >= NOTES_MAX) {
		store->notes_over++;
		return true;
	}
	va_start(list, format);
	vsnprintf(what, sizeof(what), format, list);
	va_end(list);
	return add_note(store, where, what);
}

/* A block names a certificate that may be an anchor too: distrust wins. */
static void block_anchors(struct chk_store *store)
{
	for (size_t i = 0; store->blocked_count && i < store->count; i++)
		if (is_blocked(store, store->anchors[i]->cert))
			chk_anchor_set(store->anchors[i], CHK_PURPOSE_ANY,
				       CHK_TRUST_DISTRUSTED);
}

bool chk_store_end(struct chk_store *store)
{
	char what[64];

	block_anchors(store);
	if (!store->notes_over)
		return true;
	snprintf(what, sizeof(what), "%zu more notes are left out",
		 store->notes_over);
	store->notes_over = 0;
	return add_note(store, store->spec, what);
}

bool chk_store_add(struct chk_store *store, const struct chk_cert *cert,
		   enum chk_purpose purpose, enum chk_trust trust,
		   const char *where, struct chk_error *error)
{
	struct chk_anchor *anchor = chk_store_anchor(store, cert, where);

	if (!anchor)
		return chk_error_memory(error);
	chk_anchor_set(anchor, purpose, trust);
	return true;
}

const char *chk_store_spec(const struct chk_store *store)
{
	return store->spec;
}

const char *chk_store_format(const struct chk_store *store)
{
	return store->format ? store->format : "made";
}

size_t chk_store_count(const struct chk_store *store)
{
	return store->count;
}

const struct chk_anchor *chk_store_get(const struct chk_store *store, size_t i)
{
	return i < store->count ? store->anchors[i] : NULL;
}

size_t chk_store_note_count(const struct chk_store *store)
{
	return store->note_count;
}

const struct chk_note *chk_store_note(const struct chk_store *store, size_t i)
{
	return i < store->note_count ? &store->notes[i] : NULL;
}

const struct chk_cert *chk_anchor_cert(const struct chk_anchor *anchor)
{
	return anchor->cert;
}

/* For no purpose in particular, trust for one of them is enough. */
enum chk_trust chk_anchor_trust(const struct chk_anchor *anchor,
				enum chk_purpose purpose)
{
	enum chk_trust trust = CHK_TRUST_NOT_STATED;

	if (purpose < CHK_PURPOSE_ANY)
		return anchor->trust[purpose];
	for (size_t i = 0; i < CHK_PURPOSE_ANY; i++) {
		if (anchor->trust[i] == CHK_TRUST_TRUSTED)
			return CHK_TRUST_TRUSTED;
		if (anchor->trust[i] == CHK_TRUST_DISTRUSTED)
			trust = CHK_TRUST_DISTRUSTED;
	}
	return trust;
}

int64_t chk_anchor_distrust_after(const struct chk_anchor *anchor,
				  enum chk_purpose purpose)
{
	int64_t latest = INT64_MIN;

	if (purpose < CHK_PURPOSE_ANY)
		return anchor->distrust_after[purpose];
	/* As chk_anchor_trust: the purpose that lasts longest is enough. */
	for (size_t i = 0; i < CHK_PURPOSE_ANY; i++)
		if (anchor->trust[i] == CHK_TRUST_TRUSTED &&
		    anchor->distrust_after[i] > latest)
			latest = anchor->distrust_after[i];
	return latest == INT64_MIN ? CHK_NO_DATE : latest;
}

const char *chk_anchor_where(const struct chk_anchor *anchor, size_t i)
{
	return i < anchor->where_count ? anchor->where[i] : NULL;
}

size_t chk_anchor_constraint_count(const struct chk_anchor *anchor)
{
	return anchor->stapled_count;
}

bool chk_anchor_constraint(const struct chk_anchor *anchor, size_t i,
			   struct chk_constraint *constraint)
{
	const struct chk_stapled *stapled;

	if (i >= anchor->stapled_count)
		return false;
	stapled = &anchor->stapled[i];
	*constraint = (struct chk_constraint){
		.oid = stapled->oid,
		.critical = stapled->critical,
		.value = stapled->value,
	};
	return true;
}
