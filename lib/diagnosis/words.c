/* lib/diagnosis/words.c: names, dates, digests and stores as text. */
#include "diagnosis/words.h"

#include <ctype.h>
#include <stdio.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/digest.h"
#include "base/text.h"
#include "base/when.h"
#include "cert/der.h"
#include "cert/dn.h"
#include "cert/general_name.h"
#include "cert/oid.h"
#include "path/alt_names.h"

/* Bytes of text; what a stranger wrote does not get more. */
enum { MAX_NAME = 120, MAX_DN = 4096, MAX_HEX = 64, MAX_TEXT = 1024 };

const char *chk_words(struct chk_arena *arena, const char *format, ...)
{
	va_list list;
	char *text;

	va_start(list, format);
	text = chk_arena_vformat(arena, format, list);
	va_end(list);
	return text ? text : "";
}

const char *chk_words_fill(struct chk_arena *arena, const char *text,
			   const char *(*value_of)(const void *with,
						   const char *place,
						   size_t size),
			   const void *with)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };
	const char *open, *close;

	while ((open = strchr(text, '{')) && (close = strchr(open, '}'))) {
		chk_buffer_add(&buffer, text, (size_t)(open - text));
		chk_buffer_text(&buffer, value_of(with, open + 1,
						  (size_t)(close - open - 1)));
		text = close + 1;
	}
	chk_buffer_text(&buffer, text);
	arena->failed |= buffer.failed;
	return chk_words(arena, "%s", buffer.data ? buffer.data : "");
}

/* Where to cut so that no character is split; `max` is below the size. */
static size_t cut_at(const char *text, size_t max)
{
	while (max > 0 && ((unsigned char)text[max] & 0xc0) == 0x80)
		max--;
	return max;
}

/* The buffer's text in the arena, cut to `max` bytes. */
static const char *keep(struct chk_arena *arena, struct chk_buffer *buffer,
			size_t max)
{
	const char *text = buffer->data ? buffer->data : "";

	if (buffer->failed) {
		arena->failed = true;
		return "";
	}
	if (buffer->size <= max)
		return chk_words(arena, "%s", text);
	return chk_words(arena, "%.*s...", (int)cut_at(text, max), text);
}

const char *chk_words_bytes(struct chk_arena *arena, struct chk_bytes text)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };

	if (text.size > MAX_TEXT)
		text.size = MAX_TEXT;
	chk_text_escape(&buffer, text);
	return keep(arena, &buffer, 4 * MAX_TEXT);
}

const char *chk_words_escape(struct chk_arena *arena, const char *text)
{
	return chk_words_bytes(arena, chk_bytes_text(text ? text : ""));
}

const char *chk_words_name(struct chk_arena *arena, struct chk_bytes name)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };

	if (!name.data || chk_dn_is_empty(name))
		return "«(empty name)»";
	chk_dn_short(&buffer, name);
	return chk_words(arena, "«%s»", keep(arena, &buffer, MAX_NAME));
}

/* A certificate may have all its names in subjectAltName. */
const char *chk_words_cert(struct chk_arena *arena, const struct chk_cert *cert)
{
	if (chk_dn_is_empty(cert->subject) && cert->alt_names.present)
		return chk_words(arena, "«%s»",
				 chk_words_alt_names(arena, cert, 1));
	return chk_words_name(arena, cert->subject);
}

const char *chk_words_dn(struct chk_arena *arena, struct chk_bytes name)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };

	chk_dn_text(&buffer, name);
	return keep(arena, &buffer, MAX_DN);
}

const char *chk_words_name_difference(struct chk_arena *arena,
				      struct chk_bytes a, struct chk_bytes b)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };

	chk_dn_difference(&buffer, a, b);
	return keep(arena, &buffer, MAX_NAME);
}

static const char *hex(struct chk_arena *arena, struct chk_bytes bytes,
		       char separator)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };

	if (!bytes.data)
		return "none";
	if (bytes.size > MAX_HEX)
		bytes.size = MAX_HEX;
	chk_text_hex(&buffer, bytes, separator);
	return keep(arena, &buffer, 3 * MAX_HEX);
}

const char *chk_words_hex(struct chk_arena *arena, struct chk_bytes bytes)
{
	return hex(arena, bytes, 0);
}

const char *chk_words_key_id(struct chk_arena *arena, struct chk_bytes key_id)
{
	return hex(arena, key_id, ':');
}

const char *chk_words_with_key_id(struct chk_arena *arena,
				  struct chk_bytes key_id)
{
	if (!key_id.data)
		return "";
	return chk_words(arena, " with key id %s",
			 chk_words_key_id(arena, key_id));
}

const char *chk_words_sha256(struct chk_arena *arena,
			     const struct chk_cert *cert)
{
	uint8_t digest[32];

	chk_digest_sha256(cert->der, digest);
	return chk_words_hex(arena, chk_bytes_of(digest, sizeof(digest)));
}

const char *chk_words_fingerprint(struct chk_arena *arena,
				  const struct chk_cert *cert)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };
	uint8_t digest[32];

	chk_digest_sha256(cert->der, digest);
	chk_text_hex(&buffer, chk_bytes_of(digest, sizeof(digest)), ':');
	for (size_t i = 0; i < buffer.size; i++)
		buffer.data[i] = (char)toupper((unsigned char)buffer.data[i]);
	return keep(arena, &buffer, 3 * sizeof(digest));
}

const char *chk_words_when(struct chk_arena *arena, int64_t seconds)
{
	char text[CHK_WHEN_SIZE];

	chk_when_text(seconds, text);
	return chk_words(arena, "%s", text);
}

const char *chk_words_day(struct chk_arena *arena, int64_t seconds)
{
	return chk_words(arena, "%.10s", chk_words_when(arena, seconds));
}

/* Dates lie between the years 0 and 9999, so the difference fits. */
const char *chk_words_between(struct chk_arena *arena, int64_t a, int64_t b)
{
	char text[64];

	chk_when_distance(b - a, text, sizeof(text));
	return chk_words(arena, "%s", text);
}

/* Where the path of a store's own words begins: "file:/x" is "/x". */
static const char *path_of(const char *spec)
{
	static const char *const SCHEMES[] = { "file:", "dir:" };

	for (size_t i = 0; i < CHK_COUNT(SCHEMES); i++) {
		size_t size = strlen(SCHEMES[i]);

		if (strncmp(spec, SCHEMES[i], size) == 0 && spec[size])
			return spec + size;
	}
	return spec;
}

void chk_words_file(const char *where, char *name, size_t size)
{
	const char *colon = where ? strrchr(where, ':') : NULL;
	bool line = colon && colon != where && colon[1] &&
		    strspn(colon + 1, "0123456789") == strlen(colon + 1);

	snprintf(name, size, "%.*s", line ? (int)(colon - where) : (int)size,
		 where ? where : "");
}

const char *chk_words_store(struct chk_arena *arena,
			    const struct chk_store *store)
{
	return chk_words(arena, "%s (%zu anchor%s)",
			 chk_words_escape(arena, path_of(store->spec)),
			 store->count, store->count == 1 ? "" : "s");
}

const char *chk_words_stores(struct chk_arena *arena,
			     const struct chk_store *const *stores,
			     size_t count)
{
	const char *text;

	if (count == 0)
		return "any store, since none was named";
	text = chk_words_store(arena, stores[0]);
	for (size_t i = 1; i < count && i < 3; i++)
		text = chk_words(arena, "%s and %s", text,
				 chk_words_store(arena, stores[i]));
	if (count > 3)
		text = chk_words(arena, "%s and %zu more", text, count - 3);
	return text;
}

const char *chk_words_alt_names(struct chk_arena *arena,
				const struct chk_cert *cert, size_t max)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };
	struct chk_der names = chk_alt_names_begin(cert);
	struct chk_general_name name;
	size_t count = 0;

	if (!cert->alt_names.present)
		return "no name (it has no subjectAltName)";
	while (chk_general_name_next(&names, &name)) {
		if (count++ >= max)
			continue;
		chk_buffer_text(&buffer, count > 1 ? ", " : "");
		chk_general_name_text(&buffer, &name);
	}
	if (count > max && max > 1)
		chk_buffer_format(&buffer, " and %zu more", count - max);
	return keep(arena, &buffer, MAX_TEXT);
}

const char *chk_words_oid(struct chk_arena *arena, struct chk_bytes oid)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };
	const char *name = chk_oid_name(chk_oid_find(oid));

	if (name)
		return name;
	chk_oid_dotted(&buffer, oid);
	return keep(arena, &buffer, MAX_NAME);
}

const char *chk_words_usages(struct chk_arena *arena,
			     const struct chk_cert *cert)
{
	struct chk_der der = chk_der_begin(cert->ext_key_usage.value, NULL);
	struct chk_tlv tlv;
	const char *text = "";

	if (!cert->ext_key_usage.present)
		return "any usage";
	if (chk_der_expect(&der, CHK_DER_SEQUENCE, "extKeyUsage", &tlv))
		der = chk_der_inside(&der, &tlv);
	for (size_t i = 0; i < 8 && chk_der_next(&der, &tlv); i++)
		text = chk_words(arena, "%s%s%s", text, *text ? ", " : "",
				 chk_words_oid(arena, tlv.value));
	if (!chk_der_at_end(&der))
		text = chk_words(arena, "%s, ...", text);
	return text;
}
