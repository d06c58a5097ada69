/*
 * lib/report/store_pem.c: the trusted anchors of a store as PEM. Readers of it
 * trust what is there for everything and for ever, so that what the store says
 * beyond that stands in comments, and is told.
 */
#include "report/write_store.h"

#include "base/cleanup.h"
#include "base/text.h"
#include "cert/dn.h"
#include "report/anchor_facts.h"
#include "report/pem_text.h"
#include "report/trust_words.h"
#include "store/store.h"

bool chk_pem_takes(const struct chk_anchor *anchor, enum chk_purpose purpose)
{
	/* The time matters to no trust. */
	struct chk_anchor_facts facts = chk_anchor_look(anchor, 0);

	if (purpose >= CHK_PURPOSE_ANY)
		return facts.trusted && !facts.distrusted;
	return facts.trusted & 1u << purpose;
}

static void write_comment(struct chk_buffer *buffer, const char *before,
			  const struct chk_buffer *text)
{
	buffer->failed |= text->failed;
	chk_pem_comment(buffer, before, text->data ? text->data : "");
}

struct writing {
	const struct chk_listing_options *options;
	struct chk_buffer *buffer;
};

/* In the file, and to who asked for it. */
static void tell(const struct writing *writing, const struct chk_buffer *what)
{
	write_comment(writing->buffer, "not carried over: ", what);
	if (writing->options->lost && what->data && !what->failed)
		writing->options->lost(writing->options->user, what->data);
}

static void say_subject(struct chk_buffer *buffer,
			const struct chk_anchor *anchor)
{
	CHK_CLEANUP(chk_cleanup_free) char *subject =
		chk_cert_subject(anchor->cert);

	buffer->failed |= !subject;
	chk_buffer_text(buffer, subject && *subject ? subject :
						      "(empty name)");
}

static void say_sha256(struct chk_buffer *buffer,
		       const struct chk_anchor *anchor)
{
	uint8_t digest[32];

	chk_cert_sha256(anchor->cert, digest);
	chk_buffer_text(buffer, "SHA-256 ");
	chk_text_hex(buffer, chk_bytes_of(digest, sizeof(digest)), 0);
}

static void say_anchor(struct chk_buffer *buffer,
		       const struct chk_anchor *anchor)
{
	say_subject(buffer, anchor);
	chk_buffer_text(buffer, ", ");
	say_sha256(buffer, anchor);
	chk_buffer_text(buffer, ": ");
}

static void tell_left_out(const struct writing *writing,
			  const struct chk_anchor *anchor)
{
	struct chk_anchor_facts facts = chk_anchor_look(anchor, 0);
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	if (!facts.distrusted)
		return;
	say_anchor(&text, anchor);
	chk_buffer_text(&text, "distrusted for ");
	chk_say_purposes(&text, facts.distrusted);
	chk_buffer_text(&text, "; it is left out");
	tell(writing, &text);
}

/* What a reader of PEM will not know of one that is written. */
static void tell_written(const struct writing *writing,
			 const struct chk_anchor *anchor)
{
	struct chk_anchor_facts facts = chk_anchor_look(anchor, 0);
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	if (!facts.dated && !facts.distrusted && !facts.constraints)
		return;
	say_anchor(&text, anchor);
	if (facts.dated) {
		chk_buffer_text(&text, "trusted for what it issued alone, ");
		chk_say_dates(&text, anchor, facts.dated);
	}
	if (facts.distrusted) {
		chk_buffer_text(&text, facts.dated ? "; " : "");
		chk_buffer_text(&text, "distrusted for ");
		chk_say_purposes(&text, facts.distrusted);
	}
	if (facts.constraints) {
		chk_buffer_text(&text, facts.dated || facts.distrusted ?
				"; " : "");
		chk_buffer_text(&text, "constrained by ");
		chk_say_constraints(&text, anchor);
	}
	tell(writing, &text);
}

/* A handful of sentences for what many have in common. */
static void tell_counts(const struct writing *writing,
			const struct chk_store *store)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer less = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer unsaid = { 0 };
	size_t less_count = 0, unsaid_count = 0;

	for (size_t i = 0; i < store->count; i++) {
		struct chk_anchor_facts facts =
			chk_anchor_look(store->anchors[i], 0);

		if (chk_pem_takes(store->anchors[i], writing->options->purpose))
			less_count += facts.trusted !=
				      (1u << CHK_PURPOSE_ANY) - 1;
		else
			unsaid_count += !facts.distrusted;
	}
	chk_say_count(&less, less_count, "certificate is", "certificates are");
	chk_buffer_text(&less, " trusted for some purposes alone, which "
			"a reader of PEM does not know");
	chk_say_count(&unsaid, unsaid_count, "certificate is",
		      "certificates are");
	chk_buffer_format(&unsaid, " not trusted for %s and left out",
			  chk_purpose_name(writing->options->purpose));
	if (less_count)
		tell(writing, &less);
	if (unsaid_count)
		tell(writing, &unsaid);
}

static void tell_blocked(const struct writing *writing,
			 const struct chk_store *store)
{
	for (size_t i = 0; i < store->blocked_count; i++) {
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

		chk_buffer_text(&text, "serial number ");
		chk_text_hex(&text, store->blocked[i].serial, 0);
		chk_buffer_text(&text, " of ");
		chk_dn_text(&text, store->blocked[i].issuer);
		chk_buffer_text(&text, " is refused");
		tell(writing, &text);
	}
}

static void tell_losses(const struct writing *writing,
			const struct chk_store *store)
{
	for (size_t i = 0; i < store->count; i++) {
		const struct chk_anchor *anchor = store->anchors[i];

		if (chk_pem_takes(anchor, writing->options->purpose))
			tell_written(writing, anchor);
		else
			tell_left_out(writing, anchor);
	}
	tell_blocked(writing, store);
	tell_counts(writing, store);
}

static void write_anchor(struct chk_buffer *buffer,
			 const struct chk_anchor *anchor)
{
	struct chk_anchor_facts facts = chk_anchor_look(anchor, 0);
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer subject = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer digest = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer dates = { 0 };

	chk_buffer_text(buffer, "\n");
	say_subject(&subject, anchor);
	write_comment(buffer, "", &subject);
	say_sha256(&digest, anchor);
	write_comment(buffer, "", &digest);
	chk_say_dates(&dates, anchor, facts.dated);
	if (facts.dated)
		write_comment(buffer, "trusted for what it issued alone, ",
			      &dates);
	chk_pem_block(buffer, anchor->cert);
}

void chk_write_store_pem(const struct chk_store *store,
			 const struct chk_listing_options *options,
			 struct chk_buffer *buffer)
{
	const struct writing writing = { options, buffer };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer head = { 0 };

	chk_buffer_format(&head, "%s, for %s", store->spec,
			  chk_purpose_name(options->purpose));
	write_comment(buffer, "The trust anchors of ", &head);
	tell_losses(&writing, store);
	for (size_t i = 0; i < store->count; i++)
		if (chk_pem_takes(store->anchors[i], options->purpose))
			write_anchor(buffer, store->anchors[i]);
}
