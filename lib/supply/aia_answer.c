/* lib/supply/aia_answer.c: the certificates in what an URL gave. */
#include "supply/aia_answer.h"

#include <gnutls/pkcs7.h>

#include "base/cleanup.h"
#include "cert/der.h"
#include "cert/pem.h"

CHK_CLEANUP_FUNCTION(cleanup_chain, struct chk_chain *, chk_chain_free);
CHK_CLEANUP_FUNCTION(cleanup_pkcs7, gnutls_pkcs7_t, gnutls_pkcs7_deinit);

/* ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, ... }, or BER. */
static bool is_pkcs7(struct chk_bytes bytes)
{
	size_t header = 2;

	if (bytes.size < 8 || bytes.data[0] != CHK_DER_SEQUENCE)
		return false;
	if (bytes.data[1] > 0x80)
		header += bytes.data[1] & 0x7fu;
	return header < bytes.size && bytes.data[header] == CHK_DER_OID;
}

static bool add_one(gnutls_pkcs7_t pkcs7, int i, const char *url,
		    struct chk_chain *chain, struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_datum) gnutls_datum_t der = { 0 };
	struct chk_error why = { 0 };
	struct chk_cert *cert;
	bool done;

	if (gnutls_pkcs7_get_crt_raw2(pkcs7, (unsigned)i, &der) < 0)
		return chk_notes_add(&chain->notes, url, "an entry that is no "
				     "certificate; passed over", error);
	if (!chk_cert_parse(chk_bytes_of(der.data, der.size), &cert, &why))
		return why.code == CHK_ERROR_MEMORY ?
			       chk_error_memory(error) :
			       chk_notes_add(&chain->notes, url, why.what,
					     error);
	done = chk_chain_add(chain, cert, url, error);
	chk_cert_unref(cert);
	return done;
}

static bool read_pkcs7(struct chk_bytes der, const char *url,
		       struct chk_chain *chain, struct chk_error *error)
{
	gnutls_datum_t datum = { (unsigned char *)(uintptr_t)der.data,
				 (unsigned)der.size };
	CHK_CLEANUP(cleanup_pkcs7) gnutls_pkcs7_t pkcs7 = NULL;
	int count, code;

	if (gnutls_pkcs7_init(&pkcs7) < 0)
		return chk_error_memory(error);
	code = gnutls_pkcs7_import(pkcs7, &datum, GNUTLS_X509_FMT_DER);
	count = code < 0 ? code : gnutls_pkcs7_get_crt_count(pkcs7);
	if (count < 0)
		return chk_error_set(error, CHK_ERROR_FORMAT, url,
				     "a PKCS #7 that cannot be read: %s",
				     gnutls_strerror(count));
	for (int i = 0; i < count && i <= CHK_AIA_MAX_CERTS; i++) {
		if (!add_one(pkcs7, i, url, chain, error))
			return false;
	}
	return true;
}

/* A block of PKCS #7; the others of the file are not looked at. */
static bool read_pkcs7_block(struct chk_bytes text, const char *url,
			     struct chk_chain *chain, bool *found,
			     struct chk_error *error)
{
	struct chk_pem pem = chk_pem_begin(text);
	struct chk_pem_block block;
	bool done = true;

	*found = false;
	while (done && !*found && chk_pem_next(&pem, &block)) {
		*found = block.data &&
			 (chk_bytes_equal(block.label,
					  chk_bytes_text("PKCS7")) ||
			  chk_bytes_equal(block.label, chk_bytes_text("CMS")));
		if (*found)
			done = read_pkcs7(chk_bytes_of(block.data, block.size),
					  url, chain, error);
		free(block.data);
	}
	return done;
}

static bool read_any(struct chk_bytes bytes, const char *url,
		     struct chk_chain *chain, struct chk_error *error)
{
	bool found = false;

	if (is_pkcs7(bytes))
		return read_pkcs7(bytes, url, chain, error);
	if (chk_pem_is(bytes) &&
	    !read_pkcs7_block(bytes, url, chain, &found, error))
		return false;
	return found || chk_chain_read_bytes(chain, bytes, url, error);
}

static bool move_notes(const struct chk_notes *notes, struct chk_chain *chain,
		       struct chk_error *error)
{
	for (size_t i = 0; i < notes->count && i < CHK_AIA_MAX_CERTS; i++) {
		if (!chk_notes_add(&chain->notes, notes->items[i].where,
				   notes->items[i].what, error))
			return false;
	}
	return true;
}

bool chk_aia_answer_read(struct chk_bytes bytes, const char *url,
			 struct chk_chain *chain, struct chk_error *error)
{
	CHK_CLEANUP(cleanup_chain) struct chk_chain *read = chk_chain_new();

	if (!read)
		return chk_error_memory(error);
	if (bytes.size == 0)
		return chk_error_set(error, CHK_ERROR_EMPTY, url,
				     "the answer is empty");
	if (!read_any(bytes, url, read, error) ||
	    !move_notes(&read->notes, chain, error))
		return false;
	if (read->count == 0)
		return chk_error_set(error, CHK_ERROR_EMPTY, url,
				     "there is no certificate in the answer");
	for (size_t i = 0; i < read->count && i < CHK_AIA_MAX_CERTS; i++) {
		if (!chk_chain_add(chain, read->items[i].cert, url, error))
			return false;
	}
	return read->count <= CHK_AIA_MAX_CERTS ||
	       chk_notes_add(&chain->notes, url, "more certificates than are "
			     "taken of one answer; the rest is passed over",
			     error);
}
