/* lib/supply/known_write.c: entries in, the file of the table out. */
#include "supply/known_write.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "base/map.h"
#include "cert/dn.h"

/* What a name refers to a part by is two bytes. */
#define PARTS_MAX UINT16_MAX

struct writing {
	struct chk_known_header header;
	struct chk_error *error;
	struct chk_buffer records, lists, spans, parts, names, texts;
	struct chk_map by_text;  /* hash of a part -> its number */
	struct chk_map by_name;  /* hash of a subject -> entry that has it */
	struct chk_map by_sha256; /* its first eight bytes -> entry */
	const struct chk_known_entry *entries;
	size_t count;
};

static void clear(struct writing *writing)
{
	chk_buffer_clear(&writing->records);
	chk_buffer_clear(&writing->lists);
	chk_buffer_clear(&writing->spans);
	chk_buffer_clear(&writing->parts);
	chk_buffer_clear(&writing->names);
	chk_buffer_clear(&writing->texts);
	chk_map_clear(&writing->by_text);
	chk_map_clear(&writing->by_name);
	chk_map_clear(&writing->by_sha256);
}

static bool fill_hashes(struct chk_known_entry *entries, size_t count,
			struct chk_error *error)
{
	for (size_t i = 0; i < count; i++) {
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer name = { 0 };

		if (!chk_dn_parse(entries[i].subject, &name) ||
		    !chk_dn_check(chk_bytes_of(name.data, name.size), NULL))
			return chk_error_set(error, CHK_ERROR_FORMAT,
					     entries[i].subject,
					     "no distinguished name");
		entries[i].record.name_hash = (uint32_t)chk_dn_hash(
			chk_bytes_of(name.data, name.size));
	}
	return true;
}

static int compare(const void *left, const void *right)
{
	const struct chk_known_record *a =
		&((const struct chk_known_entry *)left)->record;
	const struct chk_known_record *b =
		&((const struct chk_known_entry *)right)->record;
	int order;

	if (a->name_hash != b->name_hash)
		return a->name_hash < b->name_hash ? -1 : 1;
	order = memcmp(a->key_id, b->key_id, sizeof(a->key_id));
	return order ? order : memcmp(a->sha256, b->sha256, sizeof(a->sha256));
}

/* The number of a part's text. False: too many, or no memory. */
static bool intern(struct writing *writing, struct chk_bytes text,
		   uint16_t *number)
{
	uint64_t hash = chk_bytes_hash(text);
	uint32_t item, at = (uint32_t)writing->texts.size;
	size_t cursor = 0, count = writing->parts.size / sizeof(at);

	while (chk_map_find(&writing->by_text, hash, &cursor, &item)) {
		uint32_t begin;

		memcpy(&begin, writing->parts.data + item * sizeof(begin),
		       sizeof(begin));
		*number = (uint16_t)item;
		if (chk_bytes_equal(
			chk_bytes_text(writing->texts.data + begin), text))
			return true;
	}
	if (count >= PARTS_MAX ||
	    !chk_map_add(&writing->by_text, hash, (uint32_t)count))
		return false;
	*number = (uint16_t)count;
	chk_buffer_add(&writing->parts, &at, sizeof(at));
	chk_buffer_add(&writing->texts, text.data, text.size);
	chk_buffer_add(&writing->texts, "", 1);
	return !writing->parts.failed && !writing->texts.failed;
}

/* Up to the next comma that no backslash takes away. */
static size_t part_size(const char *text)
{
	size_t size = 0;

	while (text[size] && text[size] != ',')
		size += text[size] == '\\' && text[size + 1] ? 2 : 1;
	return size;
}

static bool add_name(struct writing *writing, const char *subject,
		     uint32_t *name)
{
	uint16_t numbers[CHK_KNOWN_MAX_PARTS], count = 0;

	for (;;) {
		size_t size = part_size(subject);

		if (count == CHK_COUNT(numbers) ||
		    !intern(writing, chk_bytes_of(subject, size),
			    &numbers[count++]))
			return false;
		if (!subject[size])
			break;
		subject += size + 1;
	}
	*name = (uint32_t)(writing->names.size / sizeof(count));
	chk_buffer_add(&writing->names, &count, sizeof(count));
	chk_buffer_add(&writing->names, numbers, count * sizeof(*numbers));
	return !writing->names.failed;
}

/* Each subject stands there once. */
static bool find_name(struct writing *writing, struct chk_known_record *records,
		      size_t entry)
{
	const char *subject = writing->entries[entry].subject;
	uint64_t hash = chk_bytes_hash(chk_bytes_text(subject));
	size_t cursor = 0;
	uint32_t item;

	while (chk_map_find(&writing->by_name, hash, &cursor, &item)) {
		if (strcmp(writing->entries[item].subject, subject) == 0) {
			records[entry].name = records[item].name;
			return true;
		}
	}
	return add_name(writing, subject, &records[entry].name) &&
	       chk_map_add(&writing->by_name, hash, (uint32_t)entry);
}

static bool add_roots(struct writing *writing,
		      const struct chk_known_entry *entry)
{
	for (size_t i = 0; i < entry->record.count; i++) {
		size_t cursor = 0;
		uint32_t root;

		if (!chk_map_find(&writing->by_sha256,
				  chk_known_prefix(entry->roots[i]), &cursor,
				  &root))
			return chk_error_set(writing->error, CHK_ERROR_FORMAT,
					     entry->subject,
					     "it leads to a root that is not "
					     "in the table");
		chk_buffer_add(&writing->lists, &root, sizeof(root));
	}
	return true;
}

static bool add_rest(struct writing *writing,
		     const struct chk_known_entry *entry, uint32_t *first)
{
	if (!(entry->record.flags & CHK_KNOWN_ROOT)) {
		*first = (uint32_t)(writing->lists.size / sizeof(uint32_t));
		return add_roots(writing, entry);
	}
	*first = (uint32_t)(writing->spans.size / sizeof(*entry->days));
	chk_buffer_add(&writing->spans, entry->days,
		       entry->record.count * sizeof(*entry->days));
	return true;
}

static bool add_records(struct writing *writing)
{
	CHK_CLEANUP(chk_cleanup_free) struct chk_known_record *records =
		calloc(writing->count + 1, sizeof(*records));

	if (!records)
		return chk_error_memory(writing->error);
	for (size_t i = 0; i < writing->count; i++) {
		const uint8_t *sha256 = writing->entries[i].record.sha256;

		if (!chk_map_add(&writing->by_sha256, chk_known_prefix(sha256),
				 (uint32_t)i))
			return chk_error_memory(writing->error);
	}
	for (size_t i = 0; i < writing->count; i++) {
		records[i] = writing->entries[i].record;
		if (!find_name(writing, records, i))
			return chk_error_set(writing->error,
					     CHK_ERROR_TOO_LARGE, NULL,
					     "more names than the table holds");
		if (!add_rest(writing, &writing->entries[i],
			      &records[i].first))
			return false;
	}
	chk_buffer_add(&writing->records, records,
		       writing->count * sizeof(*records));
	return true;
}

static void join(struct chk_buffer *file, struct chk_buffer *part)
{
	static const char ZEROES[3];

	file->failed |= part->failed;
	chk_buffer_add(file, part->data ? part->data : "", part->size);
	chk_buffer_add(file, ZEROES, (4 - file->size % 4) % 4);
}

static bool put(struct writing *writing, int64_t made, struct chk_buffer *file)
{
	struct chk_known_header *header = &writing->header;
	size_t begin = file->size;

	memcpy(header->magic, CHK_KNOWN_MAGIC, sizeof(header->magic));
	header->byte_order = CHK_KNOWN_BYTE_ORDER;
	header->probe = chk_known_probe();
	header->record_count = (uint32_t)writing->count;
	header->list_count = (uint32_t)(writing->lists.size / 4);
	header->span_count = (uint32_t)(writing->spans.size /
					sizeof(struct chk_known_days));
	header->part_count = (uint32_t)(writing->parts.size / 4);
	header->name_size = (uint32_t)(writing->names.size / 2);
	header->text_size = (uint32_t)writing->texts.size;
	header->made = made;
	chk_buffer_add(file, header, sizeof(*header));
	join(file, &writing->records);
	join(file, &writing->lists);
	join(file, &writing->spans);
	join(file, &writing->parts);
	join(file, &writing->names);
	join(file, &writing->texts);
	if (file->failed || file->size - begin > UINT32_MAX)
		return chk_error_memory(writing->error);
	header->size = (uint32_t)(file->size - begin);
	memcpy(file->data + begin, header, sizeof(*header));
	return true;
}

bool chk_known_write(struct chk_known_entry *entries, size_t count,
		     int64_t made, struct chk_buffer *file,
		     struct chk_error *error)
{
	CHK_CLEANUP(clear) struct writing writing = {
		.error = error, .entries = entries, .count = count,
	};

	if (!fill_hashes(entries, count, error))
		return false;
	if (count)
		qsort(entries, count, sizeof(*entries), compare);
	return add_records(&writing) && put(&writing, made, file);
}
