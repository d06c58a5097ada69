/*
 * lib/supply/known_import.c: certificates of CAs, from PEM or from the public
 * reports of the CCADB that have a column of PEM, into a table.
 */
#include <stdlib.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "base/digest.h"
#include "base/map.h"
#include "base/when.h"
#include "cert/dn.h"
#include "cert/oid.h"
#include "cert/pem.h"
#include "supply/csv.h"
#include "supply/known.h"
#include "supply/left_out.h"

#define MOZILLA 0u /* the first of known_programmes.def */
/* How many CAs may stand between an intermediate and a known root. */
#define LEVELS 8

struct import {
	struct chk_arena arena;
	struct chk_known_entry *entries;
	size_t count, room;
	size_t old; /* of them, that were there before */
	struct chk_map by_sha256; /* its first eight bytes -> entry */
	struct chk_map by_key_id; /* hash of it -> entry; filled at the end */
	/* What each new one names as its issuer; in the arena */
	struct asked {
		const char *issuer;
		struct chk_bytes key_id;
	} *asked;
	size_t asked_room;
	uint16_t today; /* days since 1970 */
	struct chk_known_gain *gain;
};

/* What a row of a report says of its certificate. */
struct row {
	size_t number; /* from 1, the heading counted */
	bool in_mozilla;
	uint16_t distrust_after;
};

static void clear(struct import *import)
{
	chk_arena_clear(&import->arena);
	free(import->entries);
	free(import->asked);
	chk_map_clear(&import->by_sha256);
	chk_map_clear(&import->by_key_id);
}

static struct chk_known_entry *find(struct import *import,
				    const uint8_t *sha256)
{
	size_t cursor = 0;
	uint32_t item;

	while (chk_map_find(&import->by_sha256, chk_known_prefix(sha256),
			    &cursor, &item)) {
		struct chk_known_entry *entry = &import->entries[item];

		if (memcmp(entry->record.sha256, sha256, 32) == 0)
			return entry;
	}
	return NULL;
}

static bool take_old(struct import *import, const struct chk_known *known)
{
	size_t count = known ? chk_known_count(known) : 0;

	import->entries = calloc(count + 1, sizeof(*import->entries));
	import->asked = calloc(count + 1, sizeof(*import->asked));
	if (!import->entries || !import->asked)
		return false;
	import->room = import->asked_room = count + 1;
	if (known && !chk_known_entries(known, &import->arena,
					import->entries))
		return false;
	for (; import->count < count; import->count++) {
		if (!chk_map_add(&import->by_sha256,
				 chk_known_prefix(import->entries[import->count]
						   .record.sha256),
				 (uint32_t)import->count))
			return false;
	}
	import->old = count;
	return true;
}

static uint8_t usages_of(const struct chk_cert *cert)
{
	static const struct {
		enum chk_oid oid;
		uint8_t flag;
	} USAGES[] = {
		{ CHK_OID_EKU_SERVER_AUTH, CHK_KNOWN_TLS },
		{ CHK_OID_EKU_CLIENT_AUTH, CHK_KNOWN_CLIENT },
		{ CHK_OID_EKU_EMAIL, CHK_KNOWN_EMAIL },
		{ CHK_OID_EKU_CODE_SIGNING, CHK_KNOWN_CODE },
		{ CHK_OID_EKU_TIME_STAMPING, CHK_KNOWN_TIME },
	};
	uint8_t flags = 0;

	if (!cert->ext_key_usage.present)
		return 0;
	for (size_t i = 0; i < CHK_COUNT(USAGES); i++) {
		if (chk_cert_allows_usage(cert, chk_oid_bytes(USAGES[i].oid),
					  true))
			flags |= USAGES[i].flag;
	}
	return flags ? flags : CHK_KNOWN_OTHER;
}

/* RFC 4514 in the arena; NULL: the name cannot be told by it. */
static const char *subject_of(struct import *import, struct chk_bytes name)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer again = { 0 };

	chk_dn_text(&text, name);
	import->arena.failed |= text.failed;
	if (!text.size || !chk_dn_parse(text.data, &again) ||
	    !chk_dn_match(chk_bytes_of(again.data, again.size), name))
		return NULL;
	return chk_arena_text(&import->arena, text.data);
}

static struct chk_known_record record_of(const struct chk_cert *cert)
{
	struct chk_known_record record = {
		.not_before = chk_known_day(cert->not_before),
		.not_after = chk_known_day(cert->not_after),
		.flags = chk_cert_is_root(cert) ? CHK_KNOWN_ROOT :
						  usages_of(cert),
	};
	uint8_t spki[32];
	size_t kept = cert->key_id.size < sizeof(record.key_id) ?
			      cert->key_id.size : sizeof(record.key_id);

	chk_digest_sha256(cert->der, record.sha256);
	chk_digest_sha256(cert->spki, spki);
	memcpy(record.spki, spki, sizeof(record.spki));
	if (cert->key_id.data && cert->key_id.size <= UINT8_MAX) {
		memcpy(record.key_id, cert->key_id.data, kept);
		record.key_id_size = (uint8_t)cert->key_id.size;
	}
	return record;
}

/* NULL: it cannot be told, or no memory, and the arena says so. */
static struct chk_known_entry *add_new(struct import *import,
				       const struct chk_cert *cert)
{
	struct chk_known_entry entry = { .record = record_of(cert) };
	struct asked *asked;

	entry.subject = subject_of(import, cert->subject);
	if (!entry.subject)
		return NULL;
	if (!chk_array_grow(&import->entries, import->count, &import->room,
			    sizeof(entry)) ||
	    !chk_array_grow(&import->asked, import->count, &import->asked_room,
			    sizeof(*asked)) ||
	    !chk_map_add(&import->by_sha256,
			 chk_known_prefix(entry.record.sha256),
			 (uint32_t)import->count)) {
		import->arena.failed = true;
		return NULL;
	}
	asked = &import->asked[import->count];
	asked->issuer = subject_of(import, cert->issuer);
	asked->key_id = chk_arena_bytes(&import->arena,
					cert->authority.key_id);
	import->entries[import->count] = entry;
	import->gain->added++;
	return &import->entries[import->count++];
}

/* It is in Mozilla's programme, from today on where nothing else is known. */
static void set_mozilla(struct import *import, struct chk_known_entry *entry,
			const struct row *row)
{
	size_t count = entry->record.count;
	struct chk_known_days *days =
		chk_arena_array(&import->arena, count + 1, sizeof(*days));
	size_t at = 0;

	if (!days || !(entry->record.flags & CHK_KNOWN_ROOT) ||
	    count == UINT16_MAX)
		return;
	if (count)
		memcpy(days, entry->days, count * sizeof(*days));
	while (at < count && (days[at].programme != MOZILLA ||
			      !(days[at].open & CHK_KNOWN_UNTIL_OPEN)))
		at++;
	if (at == count)
		days[count++] = (struct chk_known_days){
			.programme = MOZILLA, .open = CHK_KNOWN_UNTIL_OPEN,
			.since = import->today };
	days[at].distrust_after = row->distrust_after;
	entry->days = days;
	entry->record.count = (uint16_t)count;
}

/* `at` is where it stands, for who is told that it was left out. */
static void take_cert(struct import *import, const struct chk_cert *cert,
		      const struct row *row, size_t at)
{
	bool fit = cert->basic_constraints.ca || chk_cert_is_root(cert);
	struct chk_known_entry *entry;
	uint8_t sha256[32];

	chk_digest_sha256(cert->der, sha256);
	entry = find(import, sha256);
	if (entry)
		import->gain->known++;
	else if (fit)
		entry = add_new(import, cert);
	if (!entry)
		chk_left_out(import->gain, at,
			     fit ? "its name is no text" : "no CA",
			     cert->subject);
	else if (row && row->in_mozilla)
		set_mozilla(import, entry, row);
}

static void take_block(struct import *import,
		       const struct chk_pem_block *block,
		       const struct row *row, size_t at)
{
	static const struct chk_bytes NAMELESS = { 0 };
	CHK_CLEANUP(chk_cleanup_cert) struct chk_cert *cert = NULL;
	struct chk_error error;

	if (!chk_bytes_equal(block->label, chk_bytes_text("CERTIFICATE")))
		chk_left_out(import->gain, at, "no certificate", NAMELESS);
	else if (block->fault)
		chk_left_out(import->gain, at, block->fault, NAMELESS);
	else if (!chk_cert_parse(chk_bytes_of(block->data, block->size), &cert,
				 &error))
		chk_left_out(import->gain, at, error.what, NAMELESS);
	else
		take_cert(import, cert, row, at);
}

static void take_pem(struct import *import, struct chk_bytes text,
		     const struct row *row)
{
	struct chk_pem pem = chk_pem_begin(text);
	struct chk_pem_block block;

	while (chk_pem_next(&pem, &block)) {
		take_block(import, &block, row, row ? row->number : block.line);
		free(block.data);
	}
}

/* Columns of the CCADB's reports that say more than the certificate. */
enum column {
	COLUMN_TRUST_BITS,
	COLUMN_DISTRUST_AFTER,
	COLUMNS,
};

static const char *const NAMES[COLUMNS] = {
	[COLUMN_TRUST_BITS] = "Trust Bits",
	[COLUMN_DISTRUST_AFTER] = "Distrust for TLS After Date",
};

/* "2024.11.30" or "2024-11-30"; 0: there is none. */
static uint16_t date_of(const char *text)
{
	char day[11] = "";
	int64_t seconds;

	for (size_t i = 0; i < 10 && text[i]; i++)
		day[i] = text[i] == '.' ? '-' : text[i];
	return chk_when_parse(day, 0, &seconds) ? chk_known_day(seconds) : 0;
}

/* The reports put apostrophes around PEM, so that spreadsheets leave it be. */
static struct chk_bytes unquoted(const struct chk_buffer *cell)
{
	size_t begin = cell->size && cell->data[0] == '\'';

	return chk_bytes_of(cell->data + begin, cell->size - begin);
}

/* A report that has both columns is Mozilla's list of what it includes. */
static void note_cell(const size_t columns[COLUMNS], const struct chk_csv *csv,
		      const struct chk_buffer *cell, struct row *row)
{
	if (columns[COLUMN_TRUST_BITS] == SIZE_MAX ||
	    columns[COLUMN_DISTRUST_AFTER] == SIZE_MAX)
		return;
	if (csv->column == columns[COLUMN_TRUST_BITS])
		row->in_mozilla = strstr(cell->data, "Websites") != NULL;
	if (csv->column == columns[COLUMN_DISTRUST_AFTER])
		row->distrust_after = date_of(cell->data);
}

static void end_row(struct import *import, struct chk_buffer *pem,
		    const struct row *row)
{
	if (pem->size)
		take_pem(import, unquoted(pem), row);
	chk_buffer_clear(pem);
}

static void take_csv(struct import *import, struct chk_bytes text)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer cell = { 0 };
	struct chk_csv csv = chk_csv_begin(text);
	size_t columns[COLUMNS] = { SIZE_MAX, SIZE_MAX };
	struct chk_buffer pem = { 0 };
	struct row row = { 0 };

	while (chk_csv_next(&csv, &cell)) {
		if (csv.row == 0) {
			for (size_t i = 0; i < COLUMNS; i++) {
				if (strcmp(NAMES[i], cell.data) == 0)
					columns[i] = csv.column;
			}
			continue;
		}
		if (strstr(cell.data, "-----BEGIN CERTIFICATE-----")) {
			chk_buffer_clear(&pem);
			chk_buffer_add(&pem, cell.data, cell.size);
		}
		note_cell(columns, &csv, &cell, &row);
		if (csv.row_ended) {
			row.number = csv.row + 1;
			end_row(import, &pem, &row);
			row = (struct row){ 0 };
		}
	}
	row.number = csv.row + 1;
	end_row(import, &pem, &row);
}

/* The first line has commas, and PEM has none. */
static bool is_csv(struct chk_bytes text)
{
	const uint8_t *end = text.size ? memchr(text.data, '\n', text.size) :
					 NULL;

	return end && memchr(text.data, ',', (size_t)(end - text.data));
}

static struct chk_bytes key_id_of(const struct chk_known_record *record)
{
	size_t size = record->key_id_size < sizeof(record->key_id) ?
			      record->key_id_size : sizeof(record->key_id);

	return chk_bytes_of(record->key_id, size);
}

static bool index_key_ids(struct import *import)
{
	for (size_t i = 0; i < import->count; i++) {
		struct chk_bytes key_id =
			key_id_of(&import->entries[i].record);

		if (!chk_map_add(&import->by_key_id, chk_bytes_hash(key_id),
				 (uint32_t)i))
			return false;
	}
	return true;
}

/* The entry that could have issued `entry`; NULL: it is not known. */
static const struct chk_known_entry *issuer_of(const struct import *import,
					       const struct asked *asked)
{
	const struct chk_known_entry *found = NULL;
	size_t cursor = 0;
	uint32_t item;

	if (!asked->issuer || !asked->key_id.size)
		return NULL;
	while (chk_map_find(&import->by_key_id, chk_bytes_hash(asked->key_id),
			    &cursor, &item)) {
		const struct chk_known_entry *entry = &import->entries[item];

		if (!chk_bytes_equal(asked->key_id,
				     key_id_of(&entry->record)) ||
		    strcmp(entry->subject, asked->issuer) != 0)
			continue;
		if (entry->record.flags & CHK_KNOWN_ROOT)
			return entry;
		if (entry->record.count)
			found = entry;
	}
	return found;
}

/* A new intermediate leads where its issuer leads. False: nothing new. */
static bool lead_on(struct import *import)
{
	bool any = false;

	for (size_t i = import->old; i < import->count; i++) {
		struct chk_known_entry *entry = &import->entries[i];
		const struct chk_known_entry *issuer;
		uint8_t (*root)[8];

		if ((entry->record.flags & CHK_KNOWN_ROOT) ||
		    entry->record.count)
			continue;
		issuer = issuer_of(import, &import->asked[i]);
		root = issuer ? chk_arena_get(&import->arena, sizeof(*root)) :
				NULL;
		if (!root)
			continue;
		any = true;
		entry->record.count = 1;
		entry->roots = (const uint8_t (*)[8])root;
		if (!(issuer->record.flags & CHK_KNOWN_ROOT)) {
			entry->record.count = issuer->record.count;
			entry->roots = issuer->roots;
			continue;
		}
		memcpy(root[0], issuer->record.sha256, sizeof(*root));
	}
	return any;
}

bool chk_known_import(const struct chk_known *known, struct chk_bytes file,
		      int64_t made, struct chk_known_gain *gain,
		      uint8_t **table, size_t *size, struct chk_error *error)
{
	CHK_CLEANUP(clear) struct import import = {
		.today = chk_known_day(made), .gain = gain,
	};
	struct chk_buffer bytes = { 0 };

	*gain = (struct chk_known_gain){ 0 };
	*table = NULL;
	if (!take_old(&import, known))
		return chk_error_memory(error);
	gain->report = is_csv(file);
	if (gain->report)
		take_csv(&import, file);
	else
		take_pem(&import, file, NULL);
	if (!index_key_ids(&import))
		return chk_error_memory(error);
	for (int i = 0; i < LEVELS && lead_on(&import); i++)
		;
	if (import.arena.failed)
		return chk_error_memory(error);
	if (gain->added + gain->known == 0)
		return chk_error_set(error, CHK_ERROR_EMPTY, NULL,
				     "no certificate of a CA in PEM, alone or "
				     "in a column of a CSV report");
	if (!chk_known_write(import.entries, import.count, made, &bytes,
			     error)) {
		chk_buffer_clear(&bytes);
		return false;
	}
	*size = bytes.size;
	*table = (uint8_t *)chk_buffer_steal(&bytes);
	return true;
}
