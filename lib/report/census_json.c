/* lib/report/census_json.c: a census as JSON; doc/stores.schema.json has it. */
#include "report/write_census.h"

#include "report/census_members.h"
#include "report/cert_json.h"

static void write_cert(struct chk_json *json, const char *name,
		       const struct chk_cert *cert)
{
	if (!cert) {
		chk_json_null(json, name);
		return;
	}
	chk_json_object(json, name);
	chk_json_cert_members(json, cert);
	chk_json_end_object(json);
}

/* NULL is null: there was nothing to compare with. */
static void write_certs(struct chk_json *json, const char *name,
			const struct chk_cert *const *certs, size_t count)
{
	if (!certs) {
		chk_json_null(json, name);
		return;
	}
	chk_json_array(json, name);
	for (size_t i = 0; i < count; i++)
		write_cert(json, NULL, certs[i]);
	chk_json_end_array(json);
}

static void write_readers(struct chk_json *json,
			  const struct chk_store_place *place)
{
	chk_json_array(json, "readers");
	for (size_t i = 0; i < place->reader_count; i++) {
		chk_json_object(json, NULL);
		chk_json_text(json, "name", place->readers[i].name);
		chk_json_text(json, "kind", place->readers[i].kind);
		chk_json_end_object(json);
	}
	chk_json_end_array(json);
}

void chk_census_json_place(struct chk_json *json,
			   const struct chk_census_place *view)
{
	const struct chk_store_place *place = view->place;

	chk_json_object(json, NULL);
	chk_json_text(json, "path", place->path);
	chk_json_texts(json, "names", place->names, place->name_count);
	chk_json_text(json, "real_path", place->real_path);
	chk_json_text(json, "spec", place->spec);
	chk_json_text(json, "format", view->format);
	write_readers(json, place);
	chk_json_bool(json, "known", place->known);
	chk_json_number(json, "size", (int64_t)place->size);
	chk_json_time(json, "modified", place->modified);
	if (view->error) {
		chk_json_text(json, "error", chk_code_name(view->error->code));
		chk_json_text(json, "message", view->error->what);
	} else {
		chk_json_number(json, "certificates",
				(int64_t)view->certificates);
		chk_json_number(json, "anchors", (int64_t)view->anchors);
	}
	chk_json_end_object(json);
}

void chk_census_json_places(struct chk_json *json, const char *name,
			    const struct chk_census *census, size_t set)
{
	chk_json_array(json, name);
	for (size_t i = 0; i < census->view_count; i++)
		if (census->views[i].set == set)
			chk_census_json_place(json, &census->views[i]);
	chk_json_end_array(json);
}

static void write_set(struct chk_json *json, const struct chk_census *census,
		      size_t i)
{
	const struct chk_anchor_set *set = &census->sets[i].view;

	chk_json_object(json, NULL);
	chk_json_number(json, "number", (int64_t)i + 1);
	chk_json_number(json, "anchors", (int64_t)set->anchor_count);
	chk_json_number(json, "expired", (int64_t)set->expired);
	chk_json_bool(json, "reference", set->reference);
	write_cert(json, "oldest", set->oldest);
	write_cert(json, "newest", set->newest);
	write_certs(json, "lacks", set->lacks, set->lack_count);
	write_certs(json, "extra", set->extra, set->extra_count);
	if (set->lacks)
		chk_json_number(json, "other_limits",
				(int64_t)set->other_limits);
	chk_census_json_places(json, "places", census, i);
	chk_json_end_object(json);
}

static void write_findings(struct chk_json *json,
			   const struct chk_said_list *said)
{
	chk_json_array(json, "findings");
	for (size_t i = 0; i < said->count; i++) {
		chk_json_object(json, NULL);
		chk_json_text(json, "code", said->items[i].code);
		chk_json_text(json, "message", said->items[i].text);
		chk_json_end_object(json);
	}
	chk_json_end_array(json);
}

static void write_figures(struct chk_json *json,
			  const struct chk_figures *figures)
{
	chk_json_object(json, "looked_at");
	chk_json_number(json, "files", (int64_t)figures->files);
	chk_json_number(json, "directories", (int64_t)figures->directories);
	chk_json_number(json, "heads", (int64_t)figures->heads);
	chk_json_end_object(json);
}

static void write_census(struct chk_json *json,
			 const struct chk_census *census)
{
	const struct chk_places *places = census->places;

	chk_json_object(json, NULL);
	chk_json_text(json, "schema", "chaincheck.stores/1");
	chk_json_text(json, "root", places->root[0] ? places->root : "/");
	chk_json_text(json, "in", places->in);
	chk_json_time(json, "time", census->at);
	chk_json_text(json, "reference", census->reference_name);
	write_figures(json, &places->figures);
	chk_json_array(json, "sets");
	for (size_t i = 0; i < census->set_count; i++)
		write_set(json, census, i);
	chk_json_end_array(json);
	chk_census_json_places(json, "unread", census, SIZE_MAX);
	chk_json_notes(json, "not_looked_at", places->notes.items,
		       places->notes.count);
	chk_json_notes(json, "notes", census->notes.items,
		       census->notes.count);
	write_findings(json, &census->said);
	chk_json_end_object(json);
	chk_buffer_text(json->buffer, "\n");
}

void chk_census_json(const struct chk_census *census,
		     const struct chk_write_options *options,
		     struct chk_buffer *buffer)
{
	struct chk_json json = { .buffer = buffer };

	write_census(&json, census);
}
