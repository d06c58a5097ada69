/* lib/supply/aia.c: issuers asked for where certificates say they are. */
#include "supply/aia.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "supply/aia_answer.h"

enum { MAX_URL = 2048 };

/* It goes into a request, a file's name and a report (RFC 3986 section 2). */
static bool is_url(struct chk_bytes bytes)
{
	for (size_t i = 0; i < bytes.size; i++) {
		if (bytes.data[i] <= 0x20 || bytes.data[i] >= 0x7f)
			return false;
	}
	return bytes.size > 0 && bytes.size <= MAX_URL;
}

/* As text, escaped and cut where it is no URL. NULL: no memory. */
static char *text_of(struct chk_bytes bytes)
{
	struct chk_buffer text = { 0 };

	if (bytes.size > MAX_URL)
		bytes.size = MAX_URL;
	chk_buffer_text(&text, "");
	if (is_url(bytes))
		chk_buffer_add(&text, bytes.data, bytes.size);
	else
		chk_text_escape(&text, bytes);
	return chk_buffer_steal(&text);
}

static bool was_asked(const struct chk_aia *aia, const char *url)
{
	for (size_t i = 0; i < aia->count; i++) {
		if (strcmp(aia->asked[i].url, url) == 0)
			return true;
	}
	return false;
}

/* It gave nothing: said of the URL, and of the certificate that named it. */
static bool note_failure(struct chk_aia *aia, struct chk_aia_asked *asked,
			 const char *why, struct chk_error *error)
{
	asked->why = strdup(*why ? why : "it gave no reason");
	return asked->why ? chk_notes_add(&aia->notes, asked->url, asked->why,
					  error) :
			    chk_error_memory(error);
}

/* Only as much as came stays behind. False: nothing did, with the reason. */
static bool get(const struct chk_aia *aia, struct chk_aia_asked *asked,
		struct chk_error *why)
{
	CHK_CLEANUP(chk_cleanup_free) uint8_t *room = malloc(CHK_AIA_MAX_BYTES);
	size_t size = 0;

	if (!room)
		return chk_error_memory(why);
	if (!aia->fetcher->get(aia->fetcher->self, asked->url, room,
			       CHK_AIA_MAX_BYTES, &size, why))
		return false;
	if (size > CHK_AIA_MAX_BYTES)
		return chk_error_set(why, CHK_ERROR_TOO_LARGE, asked->url,
				     "the answer is over %u bytes",
				     CHK_AIA_MAX_BYTES);
	asked->answer = malloc(size ? size : 1);
	if (!asked->answer)
		return chk_error_memory(why);
	memcpy(asked->answer, room, size);
	asked->size = size;
	return true;
}

/* Takes what the answer holds into `fetched`. */
static bool take(struct chk_aia *aia, struct chk_aia_asked *asked,
		 struct chk_error *why)
{
	if (!aia->fetched)
		aia->fetched = chk_chain_new();
	if (!aia->fetched)
		return chk_error_memory(why);
	asked->first = aia->fetched->count;
	if (!chk_aia_answer_read(chk_bytes_of(asked->answer, asked->size),
				 asked->url, aia->fetched, why))
		return false;
	asked->count = aia->fetched->count - asked->first;
	for (size_t i = 0; i < asked->count; i++)
		asked->named |= chk_cert_names_match(
			asked->cert,
			aia->fetched->items[asked->first + i].cert);
	return true;
}

/* True: certificates came. `url`, which is `bytes` as text, is taken over. */
static bool ask(struct chk_aia *aia, const struct chk_cert *cert, char *url,
		struct chk_bytes bytes, struct chk_error *error)
{
	struct chk_aia_asked *asked = &aia->asked[aia->count++];
	struct chk_error why = { 0 };

	*asked = (struct chk_aia_asked){ .url = url, .cert = cert };
	if (!is_url(bytes))
		chk_error_set(&why, CHK_ERROR_ARGUMENT, url, "is no URL");
	else if (get(aia, asked, &why) && take(aia, asked, &why))
		return true;
	if (why.code == CHK_ERROR_MEMORY)
		return chk_error_memory(error);
	note_failure(aia, asked, why.what, error);
	return false;
}

bool chk_aia_ask(struct chk_aia *aia, const struct chk_cert *cert,
		 struct chk_error *error)
{
	struct chk_bytes bytes;

	*error = (struct chk_error){ 0 };
	for (size_t i = 0; aia->fetcher && !error->code; i++) {
		CHK_CLEANUP(chk_cleanup_free) char *url = NULL;

		bytes = chk_cert_ca_issuers_at(cert, i);
		if (!bytes.data)
			return false;
		url = text_of(bytes);
		if (!url)
			return chk_error_memory(error);
		if (was_asked(aia, url))
			continue;
		if (aia->count == CHK_AIA_MAX_ASKED) {
			chk_notes_add(&aia->notes, url, "was not asked: the "
				      "limit of URLs for one question was "
				      "reached", error);
			return false;
		}
		if (ask(aia, cert, chk_steal(&url), bytes, error))
			return true;
	}
	return false;
}

void chk_aia_keep(const struct chk_aia *aia, const char *url)
{
	for (size_t i = 0; aia->fetcher->keep && i < aia->count; i++) {
		const struct chk_aia_asked *asked = &aia->asked[i];

		if (strcmp(asked->url, url) == 0 && asked->count > 0)
			aia->fetcher->keep(aia->fetcher->self, url,
					   chk_bytes_of(asked->answer,
							asked->size));
	}
}

void chk_aia_clear(struct chk_aia *aia)
{
	for (size_t i = 0; i < aia->count; i++) {
		free(aia->asked[i].url);
		free(aia->asked[i].why);
		free(aia->asked[i].answer);
	}
	chk_chain_free(aia->fetched);
	chk_notes_clear(&aia->notes);
	*aia = (struct chk_aia){ 0 };
}
