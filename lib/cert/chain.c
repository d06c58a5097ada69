/* lib/cert/chain.c: an ordered list of certificates, and where from. */
#include <stdlib.h>

#include "base/array.h"
#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "cert/cert.h"
#include "cert/pem.h"

#define MAX_CERTIFICATES 100000u
#define MAX_NOTES 10000u

struct chk_chain *chk_chain_new(void)
{
	return calloc(1, sizeof(struct chk_chain));
}

static void free_text(const char *text)
{
	union {
		const char *in;
		char *out;
	} owned = { text };

	free(owned.out);
}

void chk_chain_free(struct chk_chain *chain)
{
	if (!chain)
		return;
	for (size_t i = 0; i < chain->count; i++) {
		chk_cert_unref(chain->items[i].cert);
		free(chain->items[i].where);
	}
	for (size_t i = 0; i < chain->note_count; i++) {
		free_text(chain->notes[i].where);
		free_text(chain->notes[i].what);
	}
	free(chain->items);
	free(chain->notes);
	free(chain);
}

bool chk_chain_add(struct chk_chain *chain, const struct chk_cert *cert,
		   const char *where, struct chk_error *error)
{
	char *copy;

	if (!chk_array_grow(&chain->items, chain->count, &chain->room,
			    sizeof(*chain->items)))
		return chk_error_memory(error);
	copy = strdup(where ? where : "");
	if (!copy)
		return chk_error_memory(error);
	chain->items[chain->count++] =
		(struct chk_chain_item){ chk_cert_ref(cert), copy };
	return true;
}

static char *escaped(const char *text)
{
	struct chk_buffer buffer = { 0 };

	chk_text_escape(&buffer, chk_bytes_text(text));
	return chk_buffer_steal(&buffer);
}

bool chk_chain_note_add(struct chk_chain *chain, const char *where,
			const char *what, struct chk_error *error)
{
	bool last = chain->note_count + 1 >= MAX_NOTES;
	char *place, *text;

	if (chain->note_count >= MAX_NOTES)
		return true;
	if (!chk_array_grow(&chain->notes, chain->note_count, &chain->note_room,
			    sizeof(*chain->notes)))
		return chk_error_memory(error);
	place = escaped(where);
	text = escaped(last ? "there are more notes than these" : what);
	if (!place || !text) {
		free(place);
		free(text);
		return chk_error_memory(error);
	}
	chain->notes[chain->note_count++] = (struct chk_note){ place, text };
	return true;
}

/* "file:line" */
static char *place_of(const char *name, uint32_t line)
{
	struct chk_buffer buffer = { 0 };

	chk_buffer_format(&buffer, "%s:%u", name, line);
	return chk_buffer_steal(&buffer);
}

static bool has_label(const struct chk_pem_block *block, const char *label)
{
	return chk_bytes_equal(block->label, chk_bytes_text(label));
}

static bool ends_with(struct chk_bytes text, const char *end)
{
	size_t size = strlen(end);

	return text.size >= size &&
	       memcmp(text.data + text.size - size, end, size) == 0;
}

/* What a block that is no certificate should be called. NULL: a certificate. */
static const char *other_kind(const struct chk_pem_block *block)
{
	if (has_label(block, "CERTIFICATE") ||
	    has_label(block, "X509 CERTIFICATE"))
		return NULL;
	if (ends_with(block->label, "PRIVATE KEY"))
		return "a private key is in this file; it was not read";
	if (has_label(block, "TRUSTED CERTIFICATE"))
		return "an OpenSSL TRUSTED CERTIFICATE; it was not read";
	return "a PEM block of another kind; it was not read";
}

/* One block becomes a certificate or a note. False: no memory. */
static bool add_block(struct chk_chain *chain, const char *name,
		      const struct chk_pem_block *block,
		      struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_free) char *where = place_of(name, block->line);
	const char *other = other_kind(block);
	struct chk_buffer text = { 0 };
	struct chk_error reason = { 0 };
	struct chk_cert *cert;
	bool done;

	if (!where)
		return chk_error_memory(error);
	if (other)
		return chk_chain_note_add(chain, where, other, error);
	if (block->fault) {
		chk_buffer_format(&text, "line %u: %s; certificate skipped",
				  block->fault_line, block->fault);
	} else if (chk_cert_parse(chk_bytes_of(block->data, block->size), &cert,
				  &reason)) {
		done = chk_chain_add(chain, cert, where, error);
		chk_cert_unref(cert);
		return done;
	} else {
		chk_buffer_format(&text, "byte %zu: %s; certificate skipped",
				  reason.offset, reason.what);
	}
	done = !text.failed &&
	       chk_chain_note_add(chain, where, text.data, error);
	chk_buffer_clear(&text);
	return done;
}

static bool read_pem(struct chk_chain *chain, struct chk_bytes bytes,
		     const char *name, struct chk_error *error)
{
	struct chk_pem pem = chk_pem_begin(bytes);
	struct chk_pem_block block;
	bool done = true;

	while (done && chk_pem_next(&pem, &block)) {
		if (chain->count >= MAX_CERTIFICATES) {
			free(block.data);
			return chk_error_set(error, CHK_ERROR_TOO_LARGE, name,
					     "over %u certificates",
					     MAX_CERTIFICATES);
		}
		done = add_block(chain, name, &block, error);
		free(block.data);
	}
	return done;
}

static bool read_der(struct chk_chain *chain, struct chk_bytes bytes,
		     const char *name, struct chk_error *error)
{
	struct chk_error reason = { 0 };
	struct chk_cert *cert;
	bool done;

	if (bytes.size == 0)
		return chk_error_set(error, CHK_ERROR_EMPTY, name,
				     "the file is empty");
	if (!chk_cert_parse(bytes, &cert, &reason)) {
		chk_error_set(error, CHK_ERROR_EMPTY, name,
			      "no certificate: neither PEM nor DER (byte %zu: "
			      "%s)", reason.offset, reason.what);
		if (error)
			error->offset = reason.offset;
		return false;
	}
	done = chk_chain_add(chain, cert, name, error);
	chk_cert_unref(cert);
	return done;
}

bool chk_chain_read_bytes(struct chk_chain *chain, struct chk_bytes bytes,
			  const char *name, struct chk_error *error)
{
	size_t before = chain->count, notes = chain->note_count;

	if (!chk_pem_is(bytes))
		return read_der(chain, bytes, name, error);
	if (!read_pem(chain, bytes, name, error))
		return false;
	if (chain->count > before)
		return true;
	if (chain->note_count > notes)
		return chk_error_set(error, CHK_ERROR_EMPTY,
				     chain->notes[notes].where,
				     "no certificate could be read: %s",
				     chain->notes[notes].what);
	return chk_error_set(error, CHK_ERROR_EMPTY, name, "no certificate");
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
	return chain->note_count;
}

const struct chk_note *chk_chain_note(const struct chk_chain *chain, size_t i)
{
	return i < chain->note_count ? &chain->notes[i] : NULL;
}
