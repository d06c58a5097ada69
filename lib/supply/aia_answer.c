/* lib/supply/aia_answer.c: the certificates in what an URL gave. */
#include "supply/aia_answer.h"

#include "base/cleanup.h"
#include "cert/pem.h"
#include "cert/pkcs7.h"

CHK_CLEANUP_FUNCTION(cleanup_chain, struct chk_chain *, chk_chain_free);

struct reading {
	const char *url;
	struct chk_chain *chain;
};

static bool add_one(void *context, struct chk_bytes der,
		    struct chk_error *error)
{
	const struct reading *reading = context;
	struct chk_error why = { 0 };
	struct chk_cert *cert;
	bool done;

	if (!chk_cert_parse(der, &cert, &why))
		return why.code == CHK_ERROR_MEMORY ?
			       chk_error_memory(error) :
			       chk_notes_add(&reading->chain->notes,
					     reading->url, why.what, error);
	done = chk_chain_add(reading->chain, cert, reading->url, error);
	chk_cert_unref(cert);
	return done;
}

/* One more than is taken, so that it is known whether there are. */
static bool read_pkcs7(struct chk_bytes bytes, const char *url,
		       struct chk_chain *chain, struct chk_error *error)
{
	struct reading reading = { .url = url, .chain = chain };
	size_t count;

	return chk_pkcs7_walk(bytes, url, CHK_AIA_MAX_CERTS + 1, add_one,
			      &reading, &count, error);
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

	if (chk_pkcs7_is(bytes))
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
