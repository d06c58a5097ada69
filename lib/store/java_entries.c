/*
 * lib/store/java_entries.c: what a JVM that has a PKCS #12 file as its trust
 * store takes from it (tests/cli/keystores.sh asks one).
 */
#include "store/java_entries.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "store/java_text.h"

/* Ids have 20 bytes; a longer one belongs to nobody. */
#define ID_MAX 256

void chk_java_entries_clear(struct chk_java_entries *entries)
{
	for (size_t i = 0; i < entries->count; i++)
		free(entries->items[i].alias);
	free(entries->items);
	*entries = (struct chk_java_entries){ .items = NULL };
}

static bool take_alias(struct chk_java_item *item, struct chk_bytes name)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer lower = { 0 };
	struct chk_buffer alias = { 0 };

	chk_java_from_chars(name, &alias);
	item->alias = chk_buffer_steal(&alias);
	if (!item->alias)
		return false;
	chk_java_lower(chk_bytes_text(item->alias), &lower);
	if (lower.failed) {
		free(item->alias);
		return false;
	}
	item->alias_hash = chk_bytes_hash(chk_bytes_of(lower.data,
						       lower.size));
	return true;
}

bool chk_java_entries_add(struct chk_java_entries *entries,
			  const struct chk_bag *bag, bool first,
			  bool encrypted, struct chk_error *error)
{
	struct chk_java_item item = {
		.kind = bag->kind,	.certificate = bag->certificate,
		.key_id = bag->key_id,	.first = first,
		.encrypted = encrypted,
		/* On a secret the mark says nothing. */
		.marked = bag->java_trusted &&
			  bag->kind == CHK_BAG_CERTIFICATE,
	};

	if (bag->kind == CHK_BAG_OTHER)
		return true;
	if (entries->count >= CHK_JAVA_ITEMS_MAX)
		return chk_error_set(error, CHK_ERROR_TOO_LARGE, NULL,
				     "more than %d certificates and keys",
				     CHK_JAVA_ITEMS_MAX);
	if (!chk_array_grow(&entries->items, entries->count, &entries->room,
			    sizeof(*entries->items)))
		return chk_error_memory(error);
	if (bag->name.data && !take_alias(&item, bag->name))
		return chk_error_memory(error);
	entries->items[entries->count++] = item;
	return true;
}

/*
 * By the hash alone: who makes two aliases that hash alike could as well make
 * them the same, and a file of nothing but long ones would take for ever.
 */
static bool same_alias(const struct chk_java_item *a,
		       const struct chk_java_item *b)
{
	return a->alias && b->alias && a->alias_hash == b->alias_hash;
}

static bool same_id(const struct chk_java_item *a,
		    const struct chk_java_item *b)
{
	return a->key_id.data && b->key_id.data && a->key_id.size <= ID_MAX &&
	       chk_bytes_equal(a->key_id, b->key_id);
}

/*
 * Entries are keys, secrets and what is marked. Of one alias, which Java
 * compares in lower case, the last is kept.
 */
static bool is_replaced(const struct chk_java_entries *entries, size_t at)
{
	const struct chk_java_item *item = &entries->items[at];

	for (size_t i = at + 1; i < entries->count; i++) {
		const struct chk_java_item *later = &entries->items[i];

		if ((later->marked || later->kind != CHK_BAG_CERTIFICATE) &&
		    same_alias(item, later))
			return true;
	}
	return false;
}

/*
 * A key without an id is that of the certificate without one that stands first
 * in its part, where there is but one key: so old files have it.
 */
static void give_ids(struct chk_java_entries *entries)
{
	size_t keys = 0;

	for (size_t i = 0; i < entries->count; i++) {
		struct chk_java_item *item = &entries->items[i];
		bool key = item->kind == CHK_BAG_KEY;

		keys += key;
		if (!item->key_id.data && keys == 1 && (key || item->first))
			item->key_id = chk_bytes_text("01");
	}
}

/* By its id, else by its alias; NULL: none is its own. */
static struct chk_java_item *find_own(const struct chk_java_entries *entries,
				      const struct chk_java_item *key)
{
	struct chk_java_item *by_id = NULL, *by_alias = NULL;

	for (size_t i = 0; i < entries->count; i++) {
		struct chk_java_item *item = &entries->items[i];
		bool alias = same_alias(item, key);

		if (item->kind != CHK_BAG_CERTIFICATE || item->marked)
			continue;
		if (same_id(item, key)) {
			by_id = item;
			if (alias)
				return item;
		} else if (alias) {
			by_alias = item;
		}
	}
	return by_id ? by_id : by_alias;
}

void chk_java_entries_take(struct chk_java_entries *entries)
{
	give_ids(entries);
	for (size_t i = 0; i < entries->count; i++) {
		struct chk_java_item *item = &entries->items[i], *own = item;

		if (item->kind == CHK_BAG_KEY)
			own = item->key_id.data ? find_own(entries, item) :
			      NULL;
		else if (!item->marked)
			own = NULL;
		if (own && !is_replaced(entries, i))
			own->taken = true;
	}
}
