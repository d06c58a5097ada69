/* lib/report/difference_csv.c: a difference as CSV, a row a change. */
#include "report/write_difference.h"

#include "base/cleanup.h"
#include "report/csv.h"
#include "report/trust_words.h"

static const char *const NAMES[] = {
	"kind", "code", "purposes", "subject", "issuer", "serial",
	"spki_sha256", "key_id",
	"before_sha256", "before_not_before", "before_not_after",
	"before_source",
	"after_sha256", "after_not_before", "after_not_after", "after_source",
	"message", NULL,
};

static void write_empty(struct chk_csv *csv, size_t count)
{
	while (count--)
		chk_csv_text(csv, NULL);
}

/* "subject" to "key_id". */
static void write_about(struct chk_csv *csv,
			const struct chk_store_change *change)
{
	const struct chk_anchor *anchor = change->after ? change->after :
							  change->before;
	const struct chk_cert *cert;
	uint8_t digest[32];

	if (!anchor) {
		chk_csv_text(csv, NULL);
		chk_csv_text(csv, change->issuer);
		chk_csv_hex(csv, change->serial);
		write_empty(csv, 2);
		return;
	}
	cert = chk_anchor_cert(anchor);
	chk_csv_owned(csv, chk_cert_subject(cert));
	chk_csv_owned(csv, chk_cert_issuer(cert));
	chk_csv_hex(csv, chk_cert_serial(cert));
	chk_cert_spki_sha256(cert, digest);
	chk_csv_hex(csv, chk_bytes_of(digest, sizeof(digest)));
	chk_csv_hex(csv, chk_cert_key_id(cert));
}

static void write_side(struct chk_csv *csv, const struct chk_anchor *anchor)
{
	const struct chk_cert *cert;
	uint8_t digest[32];

	if (!anchor) {
		write_empty(csv, 4);
		return;
	}
	cert = chk_anchor_cert(anchor);
	chk_cert_sha256(cert, digest);
	chk_csv_hex(csv, chk_bytes_of(digest, sizeof(digest)));
	chk_csv_time(csv, chk_cert_not_before(cert));
	chk_csv_time(csv, chk_cert_not_after(cert));
	chk_csv_text(csv, chk_anchor_where(anchor, 0));
}

static void write_change(struct chk_csv *csv,
			 const struct chk_store_change *change)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer purposes = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer words = { 0 };

	chk_say_purposes(&purposes, change->purposes);
	chk_say_change(&words, change);
	csv->buffer->failed |= purposes.failed | words.failed;
	chk_csv_text(csv, chk_store_change_name(change->kind));
	chk_csv_text(csv, chk_say_change_code(change->kind));
	chk_csv_text(csv, purposes.data);
	write_about(csv, change);
	write_side(csv, change->before);
	write_side(csv, change->after);
	chk_csv_text(csv, words.data);
	chk_csv_end(csv);
}

void chk_write_difference_csv(const struct chk_difference *difference,
			      const struct chk_difference_options *options,
			      struct chk_buffer *buffer)
{
	struct chk_csv csv = { .buffer = buffer };

	chk_csv_header(&csv, NAMES);
	for (size_t i = 0; i < chk_difference_count(difference); i++)
		write_change(&csv, chk_difference_get(difference, i));
}
