/* lib/report/where_csv.c: a line a place. */
#include "report/write_where.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/text.h"
#include "report/csv.h"
#include "report/label.h"

static const char *const COLUMNS[] = {
	"path", "verdict", "code", "anchor_or_missing", "sha256", "key_id",
	"spec", "until", NULL,
};

/* The SHA-256 is known of what is at hand, or of a public CA. */
static void add_subject(struct chk_csv *csv, const struct chk_subject *subject)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer name = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer digest = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer key_id = { 0 };
	struct chk_bytes id = chk_label_key_id(subject);
	uint8_t sha256[32];

	chk_label_name(&name, subject);
	if (subject->cert) {
		chk_cert_sha256(subject->cert, sha256);
		chk_text_hex(&digest, chk_bytes_of(sha256, 32), 0);
	} else if (subject->known) {
		chk_text_hex(&digest, chk_bytes_of(subject->known->sha256, 32),
			     0);
	}
	if (id.data)
		chk_text_hex(&key_id, id, 0);
	csv->buffer->failed |= name.failed || digest.failed || key_id.failed;
	chk_csv_text(csv, name.data);
	chk_csv_text(csv, digest.data);
	chk_csv_text(csv, key_id.data);
}

static void add_until(struct chk_csv *csv, const struct chk_until *until)
{
	if (until->cert)
		chk_csv_time(csv, until->at);
	else
		chk_csv_text(csv, NULL);
}

/* A store that nobody could ask is no missing one. */
static void add_unread(struct chk_csv *csv, const struct chk_census *census)
{
	static const struct chk_subject NOBODY = { 0 };

	for (size_t i = 0; i < census->view_count; i++) {
		const struct chk_census_place *view = &census->views[i];

		if (!view->error)
			continue;
		chk_csv_text(csv, view->place->path);
		chk_csv_text(csv, "not-read");
		chk_csv_text(csv, chk_code_name(view->error->code));
		add_subject(csv, &NOBODY);
		chk_csv_text(csv, view->place->spec);
		chk_csv_text(csv, NULL);
		chk_csv_end(csv);
	}
}

void chk_where_csv(const struct chk_where *where,
		   const struct chk_write_options *options,
		   struct chk_buffer *buffer)
{
	const struct chk_census *census = where->census;
	struct chk_csv csv = { .buffer = buffer };

	chk_csv_header(&csv, COLUMNS);
	for (size_t i = 0; i < where->count; i++) {
		const struct chk_where_row *row = &where->items[i].view;

		for (size_t j = 0; j < row->place_count; j++) {
			const struct chk_store_place *place =
				census->views[row->places[j]].place;

			chk_csv_text(&csv, place->path);
			chk_csv_text(&csv, chk_label_verdict(row->verdict));
			chk_csv_text(&csv, row->code);
			add_subject(&csv, chk_label_is_subject(&row->lacks) ?
						  &row->lacks : &row->anchor);
			chk_csv_text(&csv, place->spec);
			add_until(&csv, &row->until);
			chk_csv_end(&csv);
		}
	}
	add_unread(&csv, census);
}
