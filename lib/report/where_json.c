/* lib/report/where_json.c: doc/where.schema.json has it. */
#include "report/write_where.h"

#include "report/as_until.h"
#include "report/cert_json.h"
#include "report/census_members.h"
#include "report/label.h"

static void write_row(struct chk_json *json, const struct chk_where *where,
		      const struct chk_where_row *row)
{
	const struct chk_census *census = where->census;

	chk_json_object(json, NULL);
	chk_json_text(json, "verdict", chk_label_verdict(row->verdict));
	chk_json_text(json, "code", row->code);
	chk_json_text(json, "message", row->message);
	chk_json_subject(json, "anchor", &row->anchor);
	chk_json_subject(json, "lacks", &row->lacks);
	chk_json_until(json, &row->until);
	chk_json_number(json, "set", (int64_t)row->set + 1);
	chk_json_number(json, "anchors",
			(int64_t)census->sets[row->set].view.anchor_count);
	chk_json_array(json, "places");
	for (size_t i = 0; i < row->place_count; i++)
		chk_census_json_place(json, &census->views[row->places[i]]);
	chk_json_end_array(json);
	chk_json_end_object(json);
}

void chk_where_json(const struct chk_where *where,
		    const struct chk_write_options *options,
		    struct chk_buffer *buffer)
{
	const struct chk_census *census = where->census;
	struct chk_json json = { .buffer = buffer };

	chk_json_object(&json, NULL);
	chk_json_text(&json, "schema", "chaincheck.where/1");
	chk_json_text(&json, "target", where->peer);
	chk_json_time(&json, "time", census->at);
	chk_json_array(&json, "rows");
	for (size_t i = 0; i < where->count; i++)
		write_row(&json, where, &where->items[i].view);
	chk_json_end_array(&json);
	chk_census_json_places(&json, "unread", census, SIZE_MAX);
	chk_json_notes(&json, "not_looked_at", census->places->notes.items,
		       census->places->notes.count);
	chk_json_notes(&json, "notes", census->notes.items,
		       census->notes.count);
	chk_json_end_object(&json);
	chk_buffer_text(json.buffer, "\n");
}
