/* lib/cert/chain.c: an ordered list of certificates, and where from. */
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "cert/cert.h"
#include "cert/der.h"
#include "cert/looks.h"
#include "cert/pem.h"

#define MAX_CERTIFICATES 100000u

struct chk_chain *chk_chain_new(void)
{
	return calloc(1, sizeof(struct chk_chain));
}

void chk_chain_free(struct chk_chain *chain)
{
	if (!chain)
		return;
	for (size_t i = 0; i < chain->count; i++) {
		chk_cert_unref(chain->items[i].cert);
		free(chain->items[i].where);
	}
	free(chain->items);
	chk_notes_clear(&chain->notes);
	free(chain);
}

bool chk_chain_add(struct chk_chain *chain, const struct chk_cert *cert,
		   const char *where, struct chk_error *error)
{
	char *copy;

	if (!chk_array_grow(&chain->items, chain->count, &chain->room,
			    sizeof(*chain->items)))
		return chk_error_memory(error);
	copy = chk_text_escaped(where);
	if (!copy)
		return chk_error_memory(error);
	chain->items[chain->count++] =
		(struct chk_chain_item){ chk_cert_ref(cert), copy };
	return true;
}

/* "file:line" */
static char *place_of(const char *name, uint32_t line)
{
	struct chk_buffer buffer = { 0 };

	chk_buffer_format(&buffer, "%s:%u", name, line);
	return chk_buffer_steal(&buffer);
}

/* One reading of one file. */
struct reading {
	struct chk_chain *chain;
	const char *name;
	struct chk_error *error;
};

static bool note(const struct reading *reading,
		 const struct chk_pem_block *block, const char *what)
{
	CHK_CLEANUP(chk_cleanup_free) char *where =
		place_of(reading->name, block->line);

	if (!where)
		return chk_error_memory(reading->error);
	return chk_notes_add(&reading->chain->notes, where, what,
			     reading->error);
}

static bool note_skipped(const struct reading *reading,
			 const struct chk_pem_block *block, const char *unit,
			 size_t at, const char *why)
{
	struct chk_buffer text = { 0 };
	bool done;

	chk_buffer_format(&text, "%s %zu: %s; certificate skipped", unit, at,
			  why);
	done = text.failed ? chk_error_memory(reading->error) :
			     note(reading, block, text.data);
	chk_buffer_clear(&text);
	return done;
}

static bool add_der(const struct reading *reading,
		    const struct chk_pem_block *block, struct chk_bytes der)
{
	CHK_CLEANUP(chk_cleanup_free) char *where =
		place_of(reading->name, block->line);
	struct chk_error why = { 0 };
	struct chk_cert *cert;
	bool done;

	if (!where)
		return chk_error_memory(reading->error);
	if (!chk_cert_parse(der, &cert, &why)) {
		if (why.code == CHK_ERROR_MEMORY)
			return chk_error_memory(reading->error);
		return note_skipped(reading, block, "byte", why.offset,
				    why.what);
	}
	done = chk_chain_add(reading->chain, cert, where, reading->error);
	chk_cert_unref(cert);
	return done;
}

static bool add_plain(const struct reading *reading,
		      const struct chk_pem_block *block)
{
	if (block->fault)
		return note_skipped(reading, block, "line", block->fault_line,
				    block->fault);
	return add_der(reading, block, chk_bytes_of(block->data, block->size));
}

/* openssl-x509(1): a certificate, and behind it what it is trusted for. */
static bool add_trusted(const struct reading *reading,
			const struct chk_pem_block *block)
{
	struct chk_der der = chk_der_begin(chk_bytes_of(block->data,
							block->size), NULL);
	struct chk_tlv tlv;

	if (block->fault || !chk_der_next(&der, &tlv))
		return add_plain(reading, block);
	return add_der(reading, block, tlv.whole) &&
	       note(reading, block, "a TRUSTED CERTIFICATE; what it is trusted "
				    "for was not read");
}

static bool pass_over_key(const struct reading *reading,
			  const struct chk_pem_block *block)
{
	return note(reading, block, "a private key is in this file; it was not "
				    "read, and who may read the file has it");
}

static bool pass_over(const struct reading *reading,
		      const struct chk_pem_block *block)
{
	char label[64], what[128];

	chk_text_escape_into(label, sizeof(label),
			     (const char *)block->label.data,
			     block->label.size);
	snprintf(what, sizeof(what), "%s is not a certificate; passed over",
		 label);
	return note(reading, block, what);
}

/* By the end of the label, the first that fits. */
static const struct {
	const char *ending;
	bool whole; /* and not the end alone */
	bool (*add)(const struct reading *, const struct chk_pem_block *);
} LABELS[] = {
	{ "CERTIFICATE", true, add_plain },
	{ "X509 CERTIFICATE", true, add_plain },
	{ "TRUSTED CERTIFICATE", true, add_trusted },
	{ "PRIVATE KEY", false, pass_over_key },
	{ "", false, pass_over },
};

static bool label_fits(struct chk_bytes label, size_t row)
{
	size_t size = strlen(LABELS[row].ending);

	if (label.size < size || (LABELS[row].whole && label.size != size))
		return false;
	return size == 0 || memcmp(label.data + label.size - size,
				   LABELS[row].ending, size) == 0;
}

static bool add_block(const struct reading *reading,
		      const struct chk_pem_block *block)
{
	size_t row = 0;

	while (!label_fits(block->label, row))
		row++;
	return LABELS[row].add(reading, block);
}

static bool read_pem(const struct reading *reading, struct chk_bytes bytes)
{
	struct chk_pem pem = chk_pem_begin(bytes);
	struct chk_pem_block block;
	bool done = true;

	while (done && chk_pem_next(&pem, &block)) {
		done = add_block(reading, &block);
		free(block.data);
		if (done && reading->chain->count > MAX_CERTIFICATES)
			return chk_error_set(reading->error,
					     CHK_ERROR_TOO_LARGE, reading->name,
					     "over %u certificates",
					     MAX_CERTIFICATES);
	}
	return done;
}

static bool read_der(const struct reading *reading, struct chk_bytes bytes)
{
	struct chk_error why = { 0 };
	struct chk_cert *cert;
	bool done;

	if (!chk_looks_like_der(bytes, "certificate", reading->name,
				reading->error))
		return false;
	if (!chk_cert_parse(bytes, &cert, &why)) {
		chk_error_set(reading->error, why.code, reading->name,
			      "not a certificate in DER: %s (byte %zu)",
			      why.what, why.offset);
		if (reading->error)
			reading->error->offset = why.offset;
		return false;
	}
	done = chk_chain_add(reading->chain, cert, reading->name,
			     reading->error);
	chk_cert_unref(cert);
	return done;
}

bool chk_chain_read_bytes(struct chk_chain *chain, struct chk_bytes bytes,
			  const char *name, struct chk_error *error)
{
	struct reading reading = { chain, name, error };
	size_t before = chain->count, notes = chain->notes.count;

	if (!chk_pem_is(bytes))
		return read_der(&reading, bytes);
	if (!read_pem(&reading, bytes))
		return false;
	if (chain->count > before)
		return true;
	if (chain->notes.count > notes)
		return chk_error_set(error, CHK_ERROR_EMPTY,
				     chain->notes.items[notes].where,
				     "no certificate could be read: %s",
				     chain->notes.items[notes].what);
	return chk_error_set(error, CHK_ERROR_EMPTY, name,
			     "no certificate: no whole PEM block");
}

bool chk_chain_read(struct chk_chain *chain, const char *path,
		    struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	size_t size;

	return chk_file_read(path, &data, &size, error) &&
	       chk_chain_read_bytes(chain, chk_bytes_of(data, size), path,
				    error);
}

size_t chk_chain_count(const struct chk_chain *chain)
{
	return chain->count;
}

const struct chk_cert *chk_chain_get(const struct chk_chain *chain, size_t i)
{
	return i < chain->count ? chain->items[i].cert : NULL;
}

const char *chk_chain_where(const struct chk_chain *chain, size_t i)
{
	return i < chain->count ? chain->items[i].where : NULL;
}

size_t chk_chain_note_count(const struct chk_chain *chain)
{
	return chain->notes.count;
}

const struct chk_note *chk_chain_note(const struct chk_chain *chain, size_t i)
{
	return i < chain->notes.count ? &chain->notes.items[i] : NULL;
}
