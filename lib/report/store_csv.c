/* lib/report/store_csv.c: a store as CSV, a row an anchor. */
#include "report/write_store.h"

#include "base/cleanup.h"
#include "report/anchor_facts.h"
#include "report/csv.h"
#include "report/trust_words.h"
#include "store/store.h"

static const char *const NAMES[] = {
	"subject", "issuer", "serial", "sha256", "spki_sha256", "key_id",
	"not_before", "not_after", "state", "trusted_for", "distrusted_for",
	"distrust_after", "constraints", "codes", "places", NULL,
};

static void write_cert(struct chk_csv *csv, const struct chk_cert *cert)
{
	uint8_t digest[32];

	chk_csv_owned(csv, chk_cert_subject(cert));
	chk_csv_owned(csv, chk_cert_issuer(cert));
	chk_csv_hex(csv, chk_cert_serial(cert));
	chk_cert_sha256(cert, digest);
	chk_csv_hex(csv, chk_bytes_of(digest, sizeof(digest)));
	chk_cert_spki_sha256(cert, digest);
	chk_csv_hex(csv, chk_bytes_of(digest, sizeof(digest)));
	chk_csv_hex(csv, chk_cert_key_id(cert));
	chk_csv_time(csv, chk_cert_not_before(cert));
	chk_csv_time(csv, chk_cert_not_after(cert));
}

static void write_buffer(struct chk_csv *csv, struct chk_buffer *buffer)
{
	csv->buffer->failed |= buffer->failed;
	chk_csv_text(csv, buffer->data);
	chk_buffer_clear(buffer);
}

static void write_anchor(struct chk_csv *csv, const struct chk_anchor *anchor,
			 int64_t at)
{
	struct chk_anchor_facts facts = chk_anchor_look(anchor, at);
	struct chk_buffer cell = { 0 };

	write_cert(csv, anchor->cert);
	chk_csv_text(csv, chk_anchor_state_name(facts.state));
	chk_say_purposes(&cell, facts.trusted);
	write_buffer(csv, &cell);
	chk_say_purposes(&cell, facts.distrusted);
	write_buffer(csv, &cell);
	chk_say_dates(&cell, anchor, facts.dated);
	write_buffer(csv, &cell);
	chk_say_constraints(&cell, anchor);
	write_buffer(csv, &cell);
	for (size_t i = 0; i < facts.code_count; i++)
		chk_buffer_format(&cell, "%s%s", i ? ", " : "",
				  facts.codes[i]);
	write_buffer(csv, &cell);
	for (size_t i = 0; i < anchor->where_count; i++)
		chk_buffer_format(&cell, "%s%s", i ? "; " : "",
				  anchor->where[i]);
	write_buffer(csv, &cell);
	chk_csv_end(csv);
}

void chk_write_store_csv(const struct chk_store *store,
			 const struct chk_listing_options *options,
			 struct chk_buffer *buffer)
{
	struct chk_csv csv = { .buffer = buffer };

	chk_csv_header(&csv, NAMES);
	for (size_t i = 0; i < store->count; i++)
		write_anchor(&csv, store->anchors[i], options->at);
}
