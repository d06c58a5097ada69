/*
 * lib/report/census_places.c: places of a census for a person: where they are,
 * who reads them, what could not be read.
 */
#include "report/census_places.h"

#include "base/cleanup.h"

#define NAMES_SHOWN 3 /* unless all are asked for */
#define NOTES_SHOWN 10

const char *chk_plural(size_t count)
{
	return count == 1 ? "" : "s";
}

/* "PEM", as people write it. */
void chk_census_add_format(struct chk_buffer *text, const char *format)
{
	static const char *const CAPITALS[] = { "pem", "der", "jks", "jceks",
						"nss" };

	for (size_t i = 0; i < CHK_COUNT(CAPITALS); i++) {
		if (strcmp(format, CAPITALS[i]) != 0)
			continue;
		for (; *format; format++)
			chk_buffer_format(text, "%c", *format - 'a' + 'A');
		return;
	}
	chk_buffer_text(text, strcmp(format, "pkcs12") == 0 ? "PKCS #12" :
			      strcmp(format, "pkcs11") == 0 ? "PKCS #11" :
			      format);
}

/* A path is never broken or cut: it is there to be copied. */
static void write_path(struct chk_page *page, size_t indent,
		       const char *before, const char *path)
{
	chk_page_spaces(page, indent);
	chk_page_add(page, CHK_TINT_PLAIN, before);
	chk_page_add(page, CHK_TINT_PLAIN, path);
	chk_page_line(page);
}

static void write_names(struct chk_page *page,
			const struct chk_store_place *place)
{
	size_t shown = 0, more;

	for (size_t i = 0; i < place->name_count; i++) {
		if (place->names[i] == place->path)
			continue;
		if (shown == NAMES_SHOWN && page->verbose <= 0)
			break;
		write_path(page, 6, "also ", place->names[i]);
		shown++;
	}
	more = place->name_count - 1 - shown;
	if (more) {
		chk_page_spaces(page, 6);
		chk_buffer_format(page->buffer,
				  "and by %zu more name%s\n", more,
				  chk_plural(more));
	}
}

static void write_readers(struct chk_page *page,
			  const struct chk_store_place *place)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	if (!place->known)
		chk_buffer_text(&text, "nobody is known to read it");
	for (size_t i = 0; i < place->reader_count; i++)
		chk_buffer_format(&text, "%s%s", i ? "; " : "",
				  place->readers[i].name);
	page->buffer->failed |= text.failed;
	chk_page_spaces(page, 6);
	chk_page_flow(page, 6, "      ", CHK_TINT_FAINT,
		      text.data && !text.failed ? text.data : "");
}

void chk_census_place_text(struct chk_page *page,
			const struct chk_census_place *view)
{
	size_t rest = view->certificates - view->anchors;

	write_path(page, 2, "", view->place->path);
	write_readers(page, view->place);
	write_names(page, view->place);
	if (rest) {
		chk_page_spaces(page, 6);
		chk_buffer_format(page->buffer, "%zu more certificate%s"
				  ", not trusted for TLS servers\n", rest,
				  chk_plural(rest));
	}
}

void chk_census_write_unread(struct chk_page *page,
			     const struct chk_census *census)
{
	size_t count = 0;

	for (size_t i = 0; i < census->view_count; i++)
		count += census->views[i].error != NULL;
	if (!count)
		return;
	chk_page_heading(page, "NOT READ");
	for (size_t i = 0; i < census->view_count; i++) {
		const struct chk_census_place *view = &census->views[i];
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

		if (!view->error)
			continue;
		write_path(page, 2, "", view->place->path);
		if (view->place->known)
			write_readers(page, view->place);
		chk_census_add_format(&text, view->format);
		chk_buffer_format(&text, ": %s", view->error->what);
		page->buffer->failed |= text.failed;
		chk_page_spaces(page, 6);
		chk_page_flow(page, 6, "      ", CHK_TINT_DOUBT,
			      text.failed ? "" : text.data);
	}
}

void chk_census_write_notes(struct chk_page *page, const char *heading,
			    const struct chk_notes *notes)
{
	bool all = page->verbose > 0 || notes->count <= NOTES_SHOWN;
	size_t shown = all ? notes->count : NOTES_SHOWN;

	if (!notes->count)
		return;
	chk_page_heading(page, heading);
	for (size_t i = 0; i < shown; i++) {
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

		chk_buffer_format(&text, "%s: %s", notes->items[i].where,
				  notes->items[i].what);
		page->buffer->failed |= text.failed;
		chk_page_spaces(page, 2);
		chk_page_flow(page, 2, "      ", CHK_TINT_PLAIN,
			      text.failed ? "" : text.data);
	}
	if (shown < notes->count)
		chk_buffer_format(page->buffer, "  and %zu more; -v "
				  "lists them\n", notes->count - shown);
}

