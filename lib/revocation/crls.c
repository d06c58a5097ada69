/* lib/revocation/crls.c: a set of CRLs, read from files. */
#include "revocation/crls.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "base/text.h"
#include "cert/dn.h"
#include "cert/looks.h"
#include "cert/pem.h"

#define MAX_CRLS 10000u

struct chk_crls *chk_crls_new(void)
{
	return calloc(1, sizeof(struct chk_crls));
}

void chk_crls_free(struct chk_crls *crls)
{
	if (!crls)
		return;
	for (size_t i = 0; i < crls->count; i++) {
		free(crls->items[i].crl);
		free(crls->items[i].where);
	}
	free(crls->items);
	free(crls->damaged);
	chk_map_clear(&crls->by_issuer);
	chk_notes_clear(&crls->notes);
	free(crls);
}

/* One reading of one file. */
struct reading {
	struct chk_crls *crls;
	const char *name;
	struct chk_error *error;
};

/* "file:line", escaped; the file alone for line 0. */
static char *place_of(const struct reading *reading, uint32_t line)
{
	struct chk_buffer buffer = { 0 };

	chk_text_escape(&buffer, chk_bytes_text(reading->name));
	if (line)
		chk_buffer_format(&buffer, ":%u", line);
	return chk_buffer_steal(&buffer);
}

/* Takes the CRL over. */
static bool add(const struct reading *reading, struct chk_crl *crl,
		uint32_t line)
{
	struct chk_crls *crls = reading->crls;
	char *where = place_of(reading, line);

	if (where &&
	    chk_array_grow(&crls->items, crls->count, &crls->room,
			   sizeof(*crls->items)) &&
	    chk_map_add(&crls->by_issuer, crl->issuer_hash,
			(uint32_t)crls->count)) {
		crls->items[crls->count++] =
			(struct chk_crls_item){ crl, where };
		return true;
	}
	free(where);
	free(crl);
	return chk_error_memory(reading->error);
}

static bool note(const struct reading *reading, uint32_t line,
		 const char *what)
{
	CHK_CLEANUP(chk_cleanup_free) char *where = place_of(reading, line);

	return where ? chk_notes_add(&reading->crls->notes, where, what,
				     reading->error) :
		       chk_error_memory(reading->error);
}

static bool note_damaged(const struct reading *reading, uint32_t line,
			 const char *unit, size_t at, const char *why)
{
	struct chk_crls *crls = reading->crls;
	struct chk_buffer text = { 0 };
	bool done;

	if (!crls->damaged)
		crls->damaged = place_of(reading, line);
	chk_buffer_format(&text, "%s %zu: %s; CRL skipped", unit, at, why);
	done = text.failed || !crls->damaged ?
		       chk_error_memory(reading->error) :
		       note(reading, line, text.data);
	chk_buffer_clear(&text);
	return done;
}

static bool add_block(const struct reading *reading,
		      const struct chk_pem_block *block)
{
	struct chk_error why = { 0 };
	struct chk_crl *crl;

	if (block->fault)
		return note_damaged(reading, block->line, "line",
				    block->fault_line, block->fault);
	if (chk_crl_parse(chk_bytes_of(block->data, block->size), &crl, &why))
		return add(reading, crl, block->line);
	if (why.code == CHK_ERROR_MEMORY)
		return chk_error_memory(reading->error);
	return note_damaged(reading, block->line, "byte", why.offset,
			    why.what);
}

static bool pass_over(const struct reading *reading,
		      const struct chk_pem_block *block)
{
	char label[64], what[128];

	chk_text_escape_into(label, sizeof(label),
			     (const char *)block->label.data,
			     block->label.size);
	snprintf(what, sizeof(what), "%s is not an X509 CRL; passed over",
		 label);
	return note(reading, block->line, what);
}

static bool read_pem(const struct reading *reading, struct chk_bytes bytes)
{
	struct chk_bytes wanted = chk_bytes_text("X509 CRL");
	struct chk_pem pem = chk_pem_begin(bytes);
	struct chk_pem_block block;
	bool done = true;

	while (done && chk_pem_next(&pem, &block)) {
		done = (chk_bytes_equal(block.label, wanted) ?
				add_block : pass_over)(reading, &block);
		free(block.data);
		if (done && reading->crls->count > MAX_CRLS)
			return chk_error_set(reading->error,
					     CHK_ERROR_TOO_LARGE, reading->name,
					     "over %u CRLs", MAX_CRLS);
	}
	return done;
}

static bool read_der(const struct reading *reading, struct chk_bytes bytes)
{
	struct chk_error why = { 0 };
	struct chk_crl *crl;

	if (!chk_looks_like_der(bytes, "CRL", reading->name,
				reading->error))
		return false;
	if (chk_crl_parse(bytes, &crl, &why))
		return add(reading, crl, 0);
	chk_error_set(reading->error, why.code, reading->name,
		      "not a CRL in DER: %s (byte %zu)", why.what, why.offset);
	if (reading->error)
		reading->error->offset = why.offset;
	return false;
}

bool chk_crls_read_bytes(struct chk_crls *crls, struct chk_bytes bytes,
			 const char *name, struct chk_error *error)
{
	struct reading reading = { crls, name, error };
	size_t before = crls->count, notes = crls->notes.count;

	if (!chk_pem_is(bytes))
		return read_der(&reading, bytes);
	if (!read_pem(&reading, bytes))
		return false;
	if (crls->count > before)
		return true;
	if (crls->notes.count > notes)
		return chk_error_set(error, CHK_ERROR_EMPTY,
				     crls->notes.items[notes].where,
				     "no CRL could be read: %s",
				     crls->notes.items[notes].what);
	return chk_error_set(error, CHK_ERROR_EMPTY, name,
			     "no CRL: no whole PEM block");
}

bool chk_crls_read(struct chk_crls *crls, const char *path,
		   struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	size_t size;

	return chk_file_read(path, &data, &size, error) &&
	       chk_crls_read_bytes(crls, chk_bytes_of(data, size), path,
				   error);
}

size_t chk_crls_count(const struct chk_crls *crls)
{
	return crls->count;
}

size_t chk_crls_note_count(const struct chk_crls *crls)
{
	return crls->notes.count;
}

const struct chk_note *chk_crls_note(const struct chk_crls *crls, size_t i)
{
	return i < crls->notes.count ? &crls->notes.items[i] : NULL;
}

const struct chk_crls_item *chk_crls_next(const struct chk_crls *crls,
					  struct chk_bytes issuer,
					  size_t *cursor)
{
	uint64_t hash = chk_dn_hash(issuer);
	uint32_t item;

	while (chk_map_find(&crls->by_issuer, hash, cursor, &item)) {
		if (chk_dn_match(crls->items[item].crl->issuer, issuer))
			return &crls->items[item];
	}
	return NULL;
}
