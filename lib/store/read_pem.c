/* lib/store/read_pem.c: certificates in PEM, or one in DER. */
#include "store/format.h"

#include <stdio.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "base/text.h"
#include "cert/der.h"
#include "cert/looks.h"
#include "cert/pem.h"
#include "store/certificate_aux.h"
#include "store/spoilt.h"

/* What one reading goes by. */
struct reading {
	struct chk_store *store;
	const char *name;
	struct chk_error *error;
	bool pkcs7;           /* is read */
	size_t count;         /* certificates that were read */
	char first_fault[128]; /* for when there is none */
};

/* "path:line" of a block, in `reading`'s words. NULL: no memory. */
static char *place(const struct reading *reading, uint32_t line)
{
	struct chk_buffer buffer = { 0 };

	chk_buffer_format(&buffer, "%s:%u", reading->name, (unsigned)line);
	return chk_buffer_steal(&buffer);
}

static bool note(struct reading *reading, uint32_t line, const char *what)
{
	CHK_CLEANUP(chk_cleanup_free) char *where = place(reading, line);

	if (!reading->first_fault[0])
		snprintf(reading->first_fault, sizeof(reading->first_fault),
			 "%s", what);
	if (where && chk_store_note_add(reading->store, where, "%s", what))
		return true;
	return chk_error_memory(reading->error);
}

/* Parses; false with *ok true: it was noted, or there was no memory. */
static bool parse(struct reading *reading, struct chk_bytes der, uint32_t line,
		  struct chk_cert **cert, bool *ok)
{
	struct chk_error fault;
	char what[sizeof(fault.what) + 64];

	*ok = true;
	if (chk_cert_parse(der, cert, &fault))
		return true;
	if (fault.code == CHK_ERROR_MEMORY) {
		*ok = chk_error_memory(reading->error);
		return false;
	}
	snprintf(what, sizeof(what), "not a certificate: %s", fault.what);
	if (fault.offset != SIZE_MAX)
		snprintf(what, sizeof(what), "not a certificate: %s (byte %zu)",
			 fault.what, fault.offset);
	*ok = note(reading, line, what);
	return false;
}

static bool read_plain(struct reading *reading,
		       const struct chk_pem_block *block)
{
	CHK_CLEANUP(chk_cleanup_cert) struct chk_cert *cert = NULL;
	CHK_CLEANUP(chk_cleanup_free) char *where =
		place(reading, block->line);
	bool ok;

	if (!where)
		return chk_error_memory(reading->error);
	if (!parse(reading, chk_bytes_of(block->data, block->size),
		   block->line, &cert, &ok))
		return ok;
	reading->count++;
	return chk_store_add(reading->store, cert, CHK_PURPOSE_ANY,
			     CHK_TRUST_TRUSTED, where, reading->error);
}

/* A certificate, and behind it what it is trusted for (openssl-x509(1)). */
static bool read_trusted(struct reading *reading,
			 const struct chk_pem_block *block)
{
	struct chk_bytes bytes = chk_bytes_of(block->data, block->size);
	CHK_CLEANUP(chk_cleanup_cert) struct chk_cert *cert = NULL;
	CHK_CLEANUP(chk_cleanup_free) char *where =
		place(reading, block->line);
	struct chk_certificate_aux aux;
	struct chk_error fault;
	struct chk_der der = chk_der_begin(bytes, &fault);
	struct chk_tlv tlv;
	struct chk_anchor *anchor;
	bool ok;

	if (!where)
		return chk_error_memory(reading->error);
	if (!chk_der_next(&der, &tlv))
		return note(reading, block->line, fault.what);
	if (!parse(reading, tlv.whole, block->line, &cert, &ok))
		return ok;
	anchor = chk_store_anchor(reading->store, cert, where);
	if (!anchor)
		return chk_error_memory(reading->error);
	reading->count++;
	if (!chk_certificate_aux_parse(&der, &aux))
		return note(reading, block->line, "what the certificate is "
			    "trusted for cannot be read; it is not trusted");
	chk_certificate_aux_apply(&aux, anchor);
	return true;
}

static bool read_private(struct reading *reading,
			 const struct chk_pem_block *block)
{
	return note(reading, block->line,
		    "a private key lies among the certificates; who may read "
		    "this file has it");
}

static bool read_pkcs7(struct reading *reading,
		       const struct chk_pem_block *block)
{
	CHK_CLEANUP(chk_cleanup_free) char *where =
		place(reading, block->line);
	struct chk_error fault;

	if (!where)
		return chk_error_memory(reading->error);
	if (!reading->pkcs7)
		return note(reading, block->line,
			    "PKCS #7 is not read here; openssl pkcs7 "
			    "-print_certs takes the certificates out");
	if (chk_read_pkcs7(reading->store,
			   chk_bytes_of(block->data, block->size), where, NULL,
			   &fault)) {
		reading->count++;
		return true;
	}
	return fault.code == CHK_ERROR_MEMORY ?
	       chk_error_memory(reading->error) :
	       note(reading, block->line, fault.what);
}

static bool read_other(struct reading *reading,
		       const struct chk_pem_block *block)
{
	char label[64], what[128];

	chk_text_escape_into(label, sizeof(label),
			     (const char *)block->label.data,
			     block->label.size);
	snprintf(what, sizeof(what), "%s is not a certificate; passed over",
		 label);
	return note(reading, block->line, what);
}

/* By the end of the label, the first that fits; all end in "". */
static const struct {
	const char *ending;
	bool whole; /* and not the end alone */
	bool (*read)(struct reading *, const struct chk_pem_block *);
} LABELS[] = {
	{ "CERTIFICATE", true, read_plain },
	{ "X509 CERTIFICATE", true, read_plain },
	{ "TRUSTED CERTIFICATE", true, read_trusted },
	{ "PKCS7", true, read_pkcs7 },
	{ "CMS", true, read_pkcs7 },
	{ "PRIVATE KEY", false, read_private },
	{ "", false, read_other },
};

static bool label_fits(struct chk_bytes label, size_t row)
{
	struct chk_bytes ending = chk_bytes_text(LABELS[row].ending);

	if (label.size < ending.size)
		return false;
	if (LABELS[row].whole && label.size != ending.size)
		return false;
	return chk_bytes_equal(chk_bytes_skip(label, label.size - ending.size),
			       ending);
}

static bool read_block(struct reading *reading,
		       const struct chk_pem_block *block)
{
	size_t row = 0;

	while (!label_fits(block->label, row))
		row++;
	/* An encrypted key is no good base64, and a key for all that. */
	if (block->fault && LABELS[row].read != read_private)
		return note(reading, block->fault_line ? block->fault_line :
			    block->line, block->fault);
	return LABELS[row].read(reading, block);
}

/* Others do not pass over what was noted. */
static bool say_spoilt(const struct reading *reading, struct chk_bytes bytes)
{
	CHK_CLEANUP(chk_cleanup_free) char *where = NULL;
	struct chk_spoilt spoilt;

	if (!chk_pem_is_spoilt(bytes, &spoilt))
		return true;
	where = place(reading, spoilt.line);
	return (where &&
		chk_store_trap_add(reading->store, "store.malformed", where,
				   "a broken block (%s): OpenSSL, with it curl "
				   "and Python, %s take nothing from the whole "
				   "file", spoilt.why, spoilt.certificate ?
				   "GnuTLS and Java" : "and Java")) ||
	       chk_error_memory(reading->error);
}

static bool read_blocks(struct chk_store *store, struct chk_bytes bytes,
			const char *name, bool pkcs7, struct chk_error *error)
{
	struct reading reading = { .store = store, .name = name,
				   .error = error, .pkcs7 = pkcs7 };
	struct chk_pem pem = chk_pem_begin(bytes);
	size_t notes = store->note_count + store->notes_over;
	struct chk_pem_block block;

	while (chk_pem_next(&pem, &block)) {
		bool ok = read_block(&reading, &block);

		free(block.data);
		if (!ok)
			return false;
	}
	if (reading.count)
		return store->note_count + store->notes_over == notes ||
		       say_spoilt(&reading, bytes);
	return chk_error_set(error, CHK_ERROR_EMPTY, name,
			     "no certificate could be read: %s",
			     reading.first_fault[0] ? reading.first_fault :
			     "no whole PEM block");
}

bool chk_read_pem(struct chk_store *store, struct chk_bytes bytes,
		  const char *name, const struct chk_store_options *options,
		  struct chk_error *error)
{
	return read_blocks(store, bytes, name, true, error);
}

bool chk_read_der(struct chk_store *store, struct chk_bytes bytes,
		  const char *name, const struct chk_store_options *options,
		  struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_cert) struct chk_cert *cert = NULL;
	struct chk_error fault;
	const char *looks = chk_looks_like(bytes);

	if (looks)
		return chk_error_set(error, CHK_ERROR_FORMAT, name,
				     "neither PEM nor DER; looks like %s",
				     looks);
	if (bytes.size == 0 || bytes.data[0] != CHK_DER_SEQUENCE)
		return chk_error_set(error, CHK_ERROR_FORMAT, name,
				     "neither PEM nor DER");
	if (chk_cert_parse(bytes, &cert, &fault))
		return chk_store_add(store, cert, CHK_PURPOSE_ANY,
				     CHK_TRUST_TRUSTED, name, error);
	chk_error_set(error, fault.code, name,
		      "not a certificate in DER: %s", fault.what);
	if (error)
		error->offset = fault.offset;
	return false;
}

bool chk_read_certificates(struct chk_store *store, struct chk_bytes bytes,
			   const char *name, struct chk_error *error)
{
	if (bytes.size == 0)
		return chk_error_set(error, CHK_ERROR_EMPTY, name,
				     "the file is empty");
	if (chk_pem_is(bytes))
		return read_blocks(store, bytes, name, false, error);
	return chk_read_der(store, bytes, name, NULL, error);
}

bool chk_store_read(struct chk_store *store, struct chk_bytes bytes,
		    const char *where, struct chk_error *error)
{
	size_t notes = store->note_count + store->notes_over;
	struct chk_error fault = { 0 };

	if (chk_read_certificates(store, bytes, where, &fault))
		return true;
	if (fault.code == CHK_ERROR_MEMORY)
		return chk_error_memory(error);
	/* PEM says which block it is; what is neither has one note. */
	if (store->note_count + store->notes_over == notes &&
	    !chk_store_note_add(store, where, "%s", fault.what))
		return chk_error_memory(error);
	return true;
}

