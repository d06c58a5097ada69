/* lib/supply/known.c: the mapped table. Whatever it says is checked first. */
#include "supply/known.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/text.h"
#include "cert/dn.h"

struct chk_known {
	void *map;
	size_t size;
	const struct chk_known_header *header;
	const struct chk_known_record *records;
	const uint32_t *lists;
	const struct chk_known_days *spans;
	const uint32_t *parts;
	const uint16_t *names;
	const char *texts;
};

static const struct {
	const char *id, *name;
} PROGRAMMES[] = {
#define CHK_PROGRAMME(symbol, id, name) { id, name },
#include "supply/known_programmes.def"
#undef CHK_PROGRAMME
};

uint32_t chk_known_probe(void)
{
	static const uint8_t NAME[] = "\x30\x15\x31\x13\x30\x11\x06\x03\x55"
				      "\x04\x03\x0c\x0a" "chaincheck";

	return (uint32_t)chk_dn_hash(chk_bytes_of(NAME, sizeof(NAME) - 1));
}

/* The place of a section, and the next one's. NULL: it is not whole. */
static const void *section(const struct chk_known *known, size_t *at,
			   size_t count, size_t size)
{
	const void *begin = (const char *)known->map + *at;

	if (*at > known->size || count > (known->size - *at) / size)
		return NULL;
	*at += count * size;
	*at += (4 - *at % 4) % 4;
	return begin;
}

static bool lay_out(struct chk_known *known)
{
	const struct chk_known_header *header = known->map;
	size_t at = sizeof(*header);

	if (known->size < sizeof(*header) || header->size != known->size ||
	    memcmp(header->magic, CHK_KNOWN_MAGIC, sizeof(header->magic)) ||
	    header->byte_order != CHK_KNOWN_BYTE_ORDER ||
	    header->probe != chk_known_probe())
		return false;
	known->header = header;
	known->records = section(known, &at, header->record_count,
				 sizeof(*known->records));
	known->lists = section(known, &at, header->list_count,
			       sizeof(*known->lists));
	known->spans = section(known, &at, header->span_count,
			       sizeof(*known->spans));
	known->parts = section(known, &at, header->part_count,
			       sizeof(*known->parts));
	known->names = section(known, &at, header->name_size,
			       sizeof(*known->names));
	known->texts = section(known, &at, header->text_size, 1);
	return known->records && known->lists && known->spans &&
	       known->parts && known->names && known->texts &&
	       header->text_size && at == known->size &&
	       known->texts[header->text_size - 1] == '\0';
}

static bool map_file(struct chk_known *known, const char *path,
		     struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_fd) int fd = open(path, O_RDONLY | O_CLOEXEC |
							O_NONBLOCK);
	struct stat facts;

	if (fd < 0)
		return chk_error_errno(error, errno == ENOENT ?
				       CHK_ERROR_NOT_FOUND : CHK_ERROR_READ,
				       errno, path, "cannot be opened");
	if (fstat(fd, &facts) != 0 || !S_ISREG(facts.st_mode) ||
	    facts.st_size <= 0 || facts.st_size > UINT32_MAX)
		return chk_error_set(error, CHK_ERROR_FORMAT, path,
				     "no table of known CAs");
	known->size = (size_t)facts.st_size;
	known->map = mmap(NULL, known->size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (known->map == MAP_FAILED) {
		known->map = NULL;
		return chk_error_errno(error, CHK_ERROR_READ, errno, path,
				       "cannot be mapped");
	}
	return true;
}

static void cleanup_known(struct chk_known **known)
{
	chk_known_free(*known);
}

bool chk_known_open(const char *path, struct chk_known **out,
		    struct chk_error *error)
{
	CHK_CLEANUP(cleanup_known) struct chk_known *known =
		calloc(1, sizeof(*known));

	*out = NULL;
	if (!known)
		return chk_error_memory(error);
	if (!map_file(known, path, error))
		return false;
	if (!lay_out(known))
		return chk_error_set(error, CHK_ERROR_FORMAT, path,
				     "a table of known CAs that is damaged, "
				     "or was made by another version");
	*out = chk_steal(&known);
	return true;
}

void chk_known_free(struct chk_known *known)
{
	if (!known)
		return;
	if (known->map)
		munmap(known->map, known->size);
	free(known);
}

int64_t chk_known_date(const struct chk_known *known)
{
	return known->header->made;
}

size_t chk_known_count(const struct chk_known *known)
{
	return known->header->record_count;
}

/* Its first second. */
static int64_t begin_of(uint16_t day)
{
	return (int64_t)day * CHK_KNOWN_DAY;
}

/* Its last one; the last day there is stands for all that come. */
static int64_t end_of(uint16_t day)
{
	return day == UINT16_MAX ? INT64_MAX :
				   begin_of(day) + CHK_KNOWN_DAY - 1;
}

bool chk_known_get(const struct chk_known *known, size_t i,
		   struct chk_known_cert *cert)
{
	const struct chk_known_record *record;
	bool root;

	if (i >= known->header->record_count)
		return false;
	record = &known->records[i];
	root = record->flags & CHK_KNOWN_ROOT;
	*cert = (struct chk_known_cert){
		.index = i,
		.key_id_size = record->key_id_size,
		.not_before = begin_of(record->not_before),
		.not_after = end_of(record->not_after),
		.root = root,
		.revoked = record->flags & CHK_KNOWN_REVOKED,
		.for_tls = record->flags & CHK_KNOWN_TLS ||
			   record->flags < CHK_KNOWN_TLS,
		.span_count = root ? record->count : 0,
		.root_count = root ? 0 : record->count,
	};
	memcpy(cert->sha256, record->sha256, sizeof(cert->sha256));
	memcpy(cert->key_id, record->key_id, sizeof(cert->key_id));
	return true;
}

/* The parts of a name; false: damaged. */
static bool find_parts(const struct chk_known *known, uint32_t name,
		       const uint16_t **parts, uint16_t *count)
{
	uint32_t size = known->header->name_size;

	if (name >= size)
		return false;
	*parts = &known->names[name + 1];
	*count = known->names[name];
	return *count <= CHK_KNOWN_MAX_PARTS && *count <= size - name - 1;
}

/* The text of a part, which ends in NUL as the last text does. NULL: none. */
static const char *part_text(const struct chk_known *known, uint16_t number)
{
	uint32_t at;

	if (number >= known->header->part_count)
		return NULL;
	at = known->parts[number];
	return at < known->header->text_size ? known->texts + at : NULL;
}

/* False: damaged. */
static bool add_name(const struct chk_known *known, uint32_t name,
		     struct chk_buffer *buffer)
{
	const uint16_t *parts;
	uint16_t count;

	if (!find_parts(known, name, &parts, &count))
		return false;
	for (uint16_t i = 0; i < count; i++) {
		const char *text = part_text(known, parts[i]);

		if (!text)
			return false;
		chk_buffer_text(buffer, i ? "," : "");
		chk_buffer_text(buffer, text);
	}
	return !buffer->failed;
}

char *chk_known_subject(const struct chk_known *known,
			const struct chk_known_cert *cert)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer plain = { 0 };
	struct chk_buffer escaped = { 0 };

	chk_buffer_text(&escaped, "");
	if (cert->index < known->header->record_count &&
	    add_name(known, known->records[cert->index].name, &plain))
		chk_text_escape(&escaped,
				chk_bytes_of(plain.data, plain.size));
	return chk_buffer_steal(&escaped);
}

/* Does the text of a name begin with this part, whole? NULL: no. */
static const char *behind_part(const char *text, const char *part)
{
	size_t size = strlen(part);

	if (strncmp(text, part, size) != 0)
		return NULL;
	return text[size] == ',' || !text[size] ? text + size : NULL;
}

/* By the texts alone: most names are written in one way. */
static bool has_text(const struct chk_known *known,
		     const struct chk_known_record *record, const char *text)
{
	const uint16_t *parts;
	uint16_t count;

	if (!find_parts(known, record->name, &parts, &count))
		return false;
	for (uint16_t i = 0; i < count; i++) {
		const char *part = part_text(known, parts[i]);

		if (i && *text++ != ',')
			return false;
		text = part ? behind_part(text, part) : NULL;
		if (!text)
			return false;
	}
	return !*text;
}

/* What is written in another way is compared as RFC 5280 has it. */
static bool has_name(const struct chk_known *known,
		     const struct chk_known_record *record,
		     struct chk_bytes name, const char *text)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer plain = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer own = { 0 };

	if (has_text(known, record, text))
		return true;
	return add_name(known, record->name, &plain) && plain.data &&
	       chk_dn_parse(plain.data, &own) &&
	       chk_dn_check(chk_bytes_of(own.data, own.size), NULL) &&
	       chk_dn_match(chk_bytes_of(own.data, own.size), name);
}

static bool has_key_id(const struct chk_known_record *record,
		       struct chk_bytes key_id)
{
	size_t kept = key_id.size < CHK_KNOWN_KEY_ID ? key_id.size :
						       CHK_KNOWN_KEY_ID;

	if (!key_id.data)
		return true;
	return key_id.size == record->key_id_size &&
	       memcmp(key_id.data, record->key_id, kept) == 0;
}

/* The first record of that hash, or where it would stand. */
static size_t first_of(const struct chk_known *known, uint32_t hash)
{
	size_t low = 0, high = known->header->record_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (known->records[middle].name_hash < hash)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool chk_known_next(const struct chk_known *known, struct chk_bytes name,
		    uint64_t hash, struct chk_bytes key_id, size_t *cursor,
		    struct chk_known_cert *cert)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	const uint32_t wanted = (uint32_t)hash;

	/* The cursor is one more than the record to look at. */
	if (*cursor == 0)
		*cursor = first_of(known, wanted) + 1;
	chk_dn_text(&text, name);
	for (; *cursor <= known->header->record_count; (*cursor)++) {
		const struct chk_known_record *record =
			&known->records[*cursor - 1];

		if (record->name_hash != wanted)
			return false;
		if (has_key_id(record, key_id) &&
		    has_name(known, record, name, text.data ? text.data : ""))
			return chk_known_get(known, (*cursor)++ - 1, cert);
	}
	return false;
}

bool chk_known_issuer(const struct chk_known *known,
		      const struct chk_cert *cert, size_t *cursor,
		      struct chk_known_cert *issuer)
{
	return chk_known_next(known, cert->issuer, cert->issuer_hash,
			      cert->authority.key_id, cursor, issuer);
}

/* The roots of an intermediate, by the beginning of their SHA-256. */
static bool copy_roots(const struct chk_known *known,
		       const struct chk_known_record *record,
		       struct chk_arena *arena, struct chk_known_entry *entry)
{
	uint8_t (*roots)[8] = chk_arena_array(arena, record->count,
					      sizeof(*roots));

	for (uint16_t i = 0; roots && i < record->count; i++) {
		size_t at = (size_t)record->first + i;

		if (at >= known->header->list_count ||
		    known->lists[at] >= known->header->record_count)
			return false;
		memcpy(roots[i], known->records[known->lists[at]].sha256,
		       sizeof(*roots));
	}
	entry->roots = (const uint8_t (*)[8])roots;
	return roots != NULL;
}

bool chk_known_entries(const struct chk_known *known, struct chk_arena *arena,
		       struct chk_known_entry *entries)
{
	for (size_t i = 0; i < known->header->record_count; i++) {
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
		const struct chk_known_record *record = &known->records[i];
		struct chk_known_entry entry = { .record = *record };

		if (!add_name(known, record->name, &text) || !text.data)
			return false;
		entry.subject = chk_arena_text(arena, text.data);
		if (!(record->flags & CHK_KNOWN_ROOT)) {
			if (!copy_roots(known, record, arena, &entry))
				return false;
		} else if (record->first > known->header->span_count ||
			   record->count > known->header->span_count -
						   record->first) {
			return false;
		} else {
			entry.days = &known->spans[record->first];
		}
		entries[i] = entry;
	}
	return !arena->failed;
}

bool chk_known_find(const struct chk_known *known, const struct chk_cert *cert,
		    struct chk_known_cert *found)
{
	const struct chk_bytes any = { 0 };
	uint8_t sha256[32];
	size_t cursor = 0;

	chk_digest_sha256(cert->der, sha256);
	while (chk_known_next(known, cert->subject, cert->subject_hash, any,
			      &cursor, found)) {
		if (memcmp(found->sha256, sha256, sizeof(sha256)) == 0)
			return true;
	}
	return false;
}

bool chk_known_has_key(const struct chk_known *known,
		       const struct chk_known_cert *cert,
		       struct chk_bytes spki)
{
	const uint8_t *kept = known->records[cert->index].spki;
	uint8_t sha256[32];

	chk_digest_sha256(spki, sha256);
	return memcmp(sha256, kept,
		      sizeof(known->records[cert->index].spki)) == 0;
}

bool chk_known_span(const struct chk_known *known,
		    const struct chk_known_cert *cert, size_t i,
		    struct chk_known_span *span)
{
	const struct chk_known_days *days;
	size_t at;

	if (i >= cert->span_count)
		return false;
	at = known->records[cert->index].first + i;
	if (at >= known->header->span_count)
		return false;
	days = &known->spans[at];
	if (days->programme >= CHK_COUNT(PROGRAMMES))
		return false;
	*span = (struct chk_known_span){
		.programme = PROGRAMMES[days->programme].name,
		.id = PROGRAMMES[days->programme].id,
		.since = days->open & CHK_KNOWN_SINCE_OPEN ?
			 INT64_MIN : begin_of(days->since),
		.until = days->open & CHK_KNOWN_UNTIL_OPEN ?
			 INT64_MAX : begin_of(days->until),
		.distrust_after = days->distrust_after ?
				  end_of(days->distrust_after) : INT64_MAX,
	};
	return true;
}

bool chk_known_root(const struct chk_known *known,
		    const struct chk_known_cert *cert, size_t i,
		    struct chk_known_cert *root)
{
	size_t at;

	if (i >= cert->root_count)
		return false;
	at = known->records[cert->index].first + i;
	return at < known->header->list_count &&
	       chk_known_get(known, known->lists[at], root) && root->root;
}
