/*
 * lib/store/read_jks.c: Java's own keystores, JKS and JCEKS. There is no
 * standard; all numbers are big-endian:
 *
 *	magic, version (1 or 2), count of entries; for each a tag, the alias
 *	and a time of eight bytes, then
 *	1, a key: its length, the key, the count of its chain, certificates
 *	2, a trusted certificate
 *	3, a secret key of JCEKS: a serialized object, of no stated length
 *	and behind them all SHA-1 (password, "Mighty Aphrodite", all before).
 *
 * A certificate is its kind (not in version 1), its length and its DER.
 * The hash proves that nobody without the password changed the file; it takes
 * no password to read the certificates, for Java neither.
 */
#include "store/format.h"

#include <gnutls/crypto.h>

#include "base/array.h"
#include "base/ascii.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/map.h"
#include "store/java_text.h"
#include "store/pin.h"

#define MAGIC_JKS "\xfe\xed\xfe\xed"
#define MAGIC_JCEKS "\xce\xce\xce\xce"

/* The largest cacerts has 500; aliases that hash alike are compared. */
#define ENTRIES_MAX 10000

#define HASH_SIZE 20

enum tag {
	TAG_KEY = 1,
	TAG_TRUSTED = 2,
	TAG_SECRET = 3,
};

struct entry {
	size_t at;                /* in the file */
	struct chk_bytes alias;   /* modified UTF-8 */
	uint32_t count;           /* of its certificates */
	size_t certificates;      /* where they are in the file */
	bool hidden;              /* Java does not find it */
};

/* What one reading goes by. */
struct keystore {
	struct chk_store *store;
	const char *name;
	struct chk_error *error;
	struct chk_bytes bytes;
	size_t at;
	uint32_t version, count; /* as the file says */
	struct entry *entries;
	size_t entry_count, entry_room;
	struct chk_map by_alias;
	size_t hidden; /* entries */
};

static void cleanup_keystore(struct keystore *keystore)
{
	free(keystore->entries);
	chk_map_clear(&keystore->by_alias);
}

static bool fail_at(struct keystore *keystore, size_t at, const char *what)
{
	chk_error_set(keystore->error, CHK_ERROR_FORMAT, keystore->name,
		      "a damaged keystore: %s (byte %zu)", what, at);
	if (keystore->error)
		keystore->error->offset = at;
	return false;
}

static bool take(struct keystore *keystore, size_t size,
		 struct chk_bytes *bytes)
{
	if (size > keystore->bytes.size - keystore->at)
		return fail_at(keystore, keystore->at,
			       "it ends before what it announces here");
	*bytes = chk_bytes_of(keystore->bytes.data + keystore->at, size);
	keystore->at += size;
	return true;
}

/* A number of `size` bytes, up to four. */
static bool take_number(struct keystore *keystore, size_t size,
			uint32_t *number)
{
	struct chk_bytes bytes;

	if (!take(keystore, size, &bytes))
		return false;
	*number = 0;
	for (size_t i = 0; i < size; i++)
		*number = *number << 8 | bytes.data[i];
	return true;
}

/* `digits` is the size of the length before it. */
static bool take_string(struct keystore *keystore, size_t digits,
			struct chk_bytes *string)
{
	uint32_t size;

	return take_number(keystore, digits, &size) &&
	       take(keystore, size, string);
}

static bool take_certificate(struct keystore *keystore, struct chk_bytes *kind,
			     struct chk_bytes *der)
{
	*kind = chk_bytes_text("X.509");
	if (keystore->version > 1 && !take_string(keystore, 2, kind))
		return false;
	return take_string(keystore, 4, der);
}

static bool take_certificates(struct keystore *keystore, struct entry *entry)
{
	struct chk_bytes kind, der;

	entry->certificates = keystore->at;
	for (uint32_t i = 0; i < entry->count; i++)
		if (!take_certificate(keystore, &kind, &der))
			return false;
	return true;
}

/* Java keeps the last one of an alias; it never writes two. */
static struct entry *find_alias(struct keystore *keystore,
				struct chk_bytes alias)
{
	size_t cursor = 0;
	uint32_t item;

	while (chk_map_find(&keystore->by_alias, chk_bytes_hash(alias), &cursor,
			    &item))
		if (chk_bytes_equal(keystore->entries[item].alias, alias))
			return &keystore->entries[item];
	return NULL;
}

static bool replace_entry(struct keystore *keystore, struct entry *old,
			  const struct entry *entry)
{
	if (!chk_store_note_add(keystore->store, keystore->name,
				"the entry at byte %zu has the alias of the "
				"one at byte %zu, and Java takes the last",
				entry->at, old->at))
		return chk_error_memory(keystore->error);
	*old = *entry;
	return true;
}

static bool add_entry(struct keystore *keystore, const struct entry *entry)
{
	struct entry *old = find_alias(keystore, entry->alias);

	if (old)
		return replace_entry(keystore, old, entry);
	if (!chk_array_grow(&keystore->entries, keystore->entry_count,
			    &keystore->entry_room,
			    sizeof(*keystore->entries)) ||
	    !chk_map_add(&keystore->by_alias, chk_bytes_hash(entry->alias),
			 (uint32_t)keystore->entry_count))
		return chk_error_memory(keystore->error);
	keystore->entries[keystore->entry_count++] = *entry;
	return true;
}

/*
 * Java keeps an alias as it is written and looks for it in lower case: it does
 * not find one that another program wrote in capitals.
 */
static bool check_alias(struct keystore *keystore, struct entry *entry)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer lower = { 0 };

	if (!chk_java_text(entry->alias, &text))
		return fail_at(keystore, entry->at, "an alias that is no text; "
			       "Java refuses it");
	chk_java_lower(chk_bytes_of(text.data, text.size), &lower);
	if (lower.failed || text.failed)
		return chk_error_memory(keystore->error);
	entry->hidden = !chk_bytes_equal(chk_bytes_of(text.data, text.size),
					 chk_bytes_of(lower.data, lower.size));
	return true;
}

/* `*last`: what is behind it cannot be found. */
static bool take_entry(struct keystore *keystore, bool *last)
{
	struct entry entry = { .at = keystore->at, .count = 1 };
	struct chk_bytes skipped;
	uint32_t tag;

	if (!take_number(keystore, 4, &tag) ||
	    !take_string(keystore, 2, &entry.alias) ||
	    !check_alias(keystore, &entry) ||
	    !take(keystore, 8, &skipped))
		return false;
	*last = tag == TAG_SECRET &&
		memcmp(keystore->bytes.data, MAGIC_JCEKS, 4) == 0;
	if (*last) {
		entry.count = 0;
		return add_entry(keystore, &entry);
	}
	if (tag != TAG_KEY && tag != TAG_TRUSTED)
		return fail_at(keystore, entry.at,
			       "an entry of no kind that there is");
	if (tag == TAG_KEY && (!take_string(keystore, 4, &skipped) ||
			       !take_number(keystore, 4, &entry.count)))
		return false;
	keystore->store->keys += tag == TAG_KEY;
	return take_certificates(keystore, &entry) &&
	       add_entry(keystore, &entry);
}

/*
 * A secret key is a serialized Java object, and only who reads it whole knows
 * where it ends.
 */
static bool note_secret(struct keystore *keystore, uint32_t left)
{
	if (chk_store_note_add(keystore->store, keystore->name,
			       "a secret key at byte %zu ends the reading; %u "
			       "entries behind it are not read",
			       keystore->at, (unsigned)left))
		return true;
	return chk_error_memory(keystore->error);
}

static bool take_entries(struct keystore *keystore, bool *whole)
{
	bool last = false;
	uint32_t i = 0;

	while (i < keystore->count && !last) {
		if (!take_entry(keystore, &last))
			return false;
		i++;
	}
	*whole = !last;
	return i == keystore->count ||
	       note_secret(keystore, keystore->count - i);
}

static bool take_header(struct keystore *keystore)
{
	struct chk_bytes magic;

	if (!take(keystore, 4, &magic) ||
	    !take_number(keystore, 4, &keystore->version))
		return false;
	if (keystore->version != 1 && keystore->version != 2)
		return fail_at(keystore, 4, "of a version that there is not");
	if (!take_number(keystore, 4, &keystore->count))
		return false;
	if (keystore->count > ENTRIES_MAX)
		return chk_error_set(keystore->error, CHK_ERROR_TOO_LARGE,
				     keystore->name,
				     "it announces %u entries, more than %d",
				     (unsigned)keystore->count, ENTRIES_MAX);
	return true;
}

/* Is the hash behind the first `size` bytes that of this password? */
static bool hash_fits(const struct keystore *keystore, size_t size,
		      const char *password)
{
	uint8_t chars[2 * CHK_PIN_MAX], digest[HASH_SIZE];
	size_t chars_size;
	gnutls_hash_hd_t hash;
	bool ok;

	if (!chk_java_chars(chk_bytes_text(password), chars, sizeof(chars),
			    &chars_size) ||
	    gnutls_hash_init(&hash, GNUTLS_DIG_SHA1) < 0)
		return false;
	ok = gnutls_hash(hash, chars, chars_size) == 0 &&
	     gnutls_hash(hash, "Mighty Aphrodite", 16) == 0 &&
	     gnutls_hash(hash, keystore->bytes.data, size) == 0;
	gnutls_hash_deinit(hash, digest);
	explicit_bzero(chars, sizeof(chars));
	return ok && memcmp(digest, keystore->bytes.data + size,
			    HASH_SIZE) == 0;
}

/*
 * As Java: a wrong password refuses the keystore, and where none is given
 * nothing is checked. What most keystores have is tried all the same.
 */
static bool check_hash(struct keystore *keystore, size_t size,
		       const char *password)
{
	if (password)
		return hash_fits(keystore, size, password) ||
		       chk_error_set(keystore->error, CHK_ERROR_PASSWORD,
				     keystore->name, "the password is wrong, "
				     "or somebody without it changed the "
				     "keystore");
	if (hash_fits(keystore, size, "changeit") ||
	    hash_fits(keystore, size, ""))
		return true;
	return chk_store_trap_add(keystore->store, "store.password",
				  keystore->name, "whether somebody changed "
				  "the keystore cannot be checked without its "
				  "password, which is none of the usual ones")
	       || chk_error_memory(keystore->error);
}

/*
 * The hash stands behind the entries; where one of them has no end that could
 * be found, at the end of the file.
 */
static bool check_end(struct keystore *keystore, bool whole,
		      const char *password)
{
	size_t left = keystore->bytes.size - keystore->at;

	if (left < HASH_SIZE)
		return fail_at(keystore, keystore->at,
			       "it ends before its hash");
	if (!whole)
		return check_hash(keystore, keystore->bytes.size - HASH_SIZE,
				  password);
	if (left > HASH_SIZE &&
	    !chk_store_note_add(keystore->store, keystore->name,
				"%zu bytes behind the end of the keystore are "
				"passed over", left - HASH_SIZE))
		return chk_error_memory(keystore->error);
	return check_hash(keystore, keystore->at, password);
}

/* Java asks for certificates by names that it knows, "X509" for one. */
static bool is_x509(struct chk_bytes kind)
{
	return chk_ascii_equal(kind, chk_bytes_text("X.509")) ||
	       chk_ascii_equal(kind, chk_bytes_text("X509"));
}

static bool add_certificate(struct keystore *keystore, const char *where,
			    enum chk_trust trust)
{
	struct chk_bytes kind, der;

	if (!take_certificate(keystore, &kind, &der))
		return false;
	if (!is_x509(kind))
		return chk_error_set(keystore->error, CHK_ERROR_FORMAT, where,
				     "not an X.509 certificate, so that Java "
				     "refuses the whole keystore");
	return chk_read_java_certificate(keystore->store, der, trust, where,
					 keystore->error);
}

/* Once: a program that writes one so writes all so. */
static bool say_hidden(struct keystore *keystore, const char *where)
{
	return keystore->hidden++ ||
	       chk_store_trap_add(keystore->store, "store.not-marked-trusted",
				  where, "Java looks for an alias in lower "
				  "case and does not find this one, nor others "
				  "with capital letters; keytool -importcert "
				  "writes one that it finds") ||
	       chk_error_memory(keystore->error);
}

/* Of a key, Java's PKIX trusts its own certificate and not its issuers. */
static bool add_anchors(struct keystore *keystore, const struct entry *entry)
{
	CHK_CLEANUP(chk_cleanup_free) char *where = NULL;
	struct chk_buffer text = { 0 };

	chk_buffer_format(&text, "%s: alias ", keystore->name);
	chk_java_text(entry->alias, &text);
	where = chk_buffer_steal(&text);
	if (!where)
		return chk_error_memory(keystore->error);
	keystore->at = entry->certificates;
	for (uint32_t i = 0; i < entry->count; i++)
		if (!add_certificate(keystore, where, i || entry->hidden ?
				     CHK_TRUST_NOT_STATED : CHK_TRUST_TRUSTED))
			return false;
	return !entry->hidden || !entry->count || say_hidden(keystore, where);
}

bool chk_jks_is(struct chk_bytes bytes)
{
	return bytes.size >= 4 &&
	       (memcmp(bytes.data, MAGIC_JKS, 4) == 0 ||
		memcmp(bytes.data, MAGIC_JCEKS, 4) == 0);
}

bool chk_read_jks(struct chk_store *store, struct chk_bytes bytes,
		  const char *name, const struct chk_store_options *options,
		  struct chk_error *error)
{
	CHK_CLEANUP(cleanup_keystore) struct keystore keystore = {
		.store = store, .name = name, .error = error, .bytes = bytes };
	bool whole;

	if (bytes.size >= 4 && memcmp(bytes.data, MAGIC_JCEKS, 4) == 0)
		store->format = "jceks";
	if (!take_header(&keystore) || !take_entries(&keystore, &whole) ||
	    !check_end(&keystore, whole, options->pin))
		return false;
	for (size_t i = 0; i < keystore.entry_count; i++)
		if (!add_anchors(&keystore, &keystore.entries[i]))
			return false;
	return store->count > 0 ||
	       chk_error_set(error, CHK_ERROR_EMPTY, name,
			     whole ? "no certificate is in the keystore" :
			     "no certificate is in the keystore before a "
			     "secret key, behind which none can be found");
}
