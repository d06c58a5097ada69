/* lib/report/census_csv.c: a line a place. */
#include "report/write_census.h"

#include <stdio.h>

#include "base/cleanup.h"
#include "report/csv.h"

static const char *const COLUMNS[] = {
	"set", "anchors", "expired", "lacks", "extra", "certificates",
	"format", "path", "spec", "readers", "known", "size", "modified",
	"error", NULL,
};

static void add_number(struct chk_csv *csv, uint64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%llu", (unsigned long long)number);
	chk_csv_text(csv, text);
}

/* The numbers of its set; empty cells where it has none. */
static void add_set(struct chk_csv *csv, const struct chk_census *census,
		    const struct chk_census_place *place)
{
	const struct chk_anchor_set *set =
		chk_census_set(census, place->set);

	if (!set) {
		for (int i = 0; i < 6; i++)
			chk_csv_text(csv, NULL);
		return;
	}
	add_number(csv, place->set + 1);
	add_number(csv, set->anchor_count);
	add_number(csv, set->expired);
	if (census->reference_name) {
		add_number(csv, set->lack_count);
		add_number(csv, set->extra_count);
	} else {
		chk_csv_text(csv, NULL);
		chk_csv_text(csv, NULL);
	}
	add_number(csv, place->certificates);
}

static void add_readers(struct chk_csv *csv,
			const struct chk_store_place *place)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer readers = { 0 };

	for (size_t i = 0; i < place->reader_count; i++)
		chk_buffer_format(&readers, "%s%s", i ? "; " : "",
				  place->readers[i].name);
	csv->buffer->failed |= readers.failed;
	chk_csv_text(csv, readers.failed ? NULL : readers.data);
}

static void add_place(struct chk_csv *csv, const struct chk_census *census,
		      const struct chk_census_place *place)
{
	add_set(csv, census, place);
	chk_csv_text(csv, place->format);
	chk_csv_text(csv, place->place->path);
	chk_csv_text(csv, place->place->spec);
	add_readers(csv, place->place);
	chk_csv_text(csv, place->place->known ? "yes" : "no");
	add_number(csv, place->place->size);
	chk_csv_time(csv, place->place->modified);
	chk_csv_text(csv, place->error ? place->error->what : NULL);
	chk_csv_end(csv);
}

void chk_census_csv(const struct chk_census *census,
		    const struct chk_write_options *options,
		    struct chk_buffer *buffer)
{
	struct chk_csv csv = { .buffer = buffer };

	chk_csv_header(&csv, COLUMNS);
	for (size_t i = 0; i < census->view_count; i++)
		add_place(&csv, census, &census->views[i]);
}
