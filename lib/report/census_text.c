/* lib/report/census_text.c: a census for a person: a block a set. */
#include "report/write_census.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/cleanup.h"
#include "base/when.h"
#include "cert/dn.h"
#include "report/page.h"

#define NAMES_SHOWN 3 /* unless all are asked for */
#define NOTES_SHOWN 10

struct writing {
	struct chk_page page;
	const struct chk_census *census;
};

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

/* "PEM", as people write it. */
static void add_format(struct chk_buffer *text, const char *format)
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

/* Is it the first place of the set that has this format? */
static bool is_new_format(const struct chk_census *census, size_t set,
			  size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (census->views[j].set == set &&
		    strcmp(census->views[j].format,
			   census->views[i].format) == 0)
			return false;
	return true;
}

static size_t count_places(const struct chk_census *census, size_t set)
{
	size_t count = 0;

	for (size_t i = 0; i < census->view_count; i++)
		count += census->views[i].set == set;
	return count;
}

static void write_heading(struct writing *writing, size_t set)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	const struct chk_census *census = writing->census;
	const struct chk_anchor_set *view = &census->sets[set].view;
	size_t places = count_places(census, set), formats = 0;

	chk_buffer_format(&text, "SET %zu: %zu anchor%s, ", set + 1,
			  view->anchor_count, plural(view->anchor_count));
	for (size_t i = 0; i < census->view_count; i++) {
		if (census->views[i].set != set ||
		    !is_new_format(census, set, i))
			continue;
		chk_buffer_text(&text, formats++ ? " + " : "");
		add_format(&text, census->views[i].format);
	}
	chk_buffer_format(&text, ", %zu place%s%s", places, plural(places),
			  view->reference ? "; the system's" : "");
	writing->page.buffer->failed |= text.failed;
	chk_page_heading(&writing->page, text.failed ? "" : text.data);
}

/* A path is never broken or cut: it is there to be copied. */
static void write_path(struct writing *writing, size_t indent,
		       const char *before, const char *path)
{
	chk_page_spaces(&writing->page, indent);
	chk_page_add(&writing->page, CHK_TINT_PLAIN, before);
	chk_page_add(&writing->page, CHK_TINT_PLAIN, path);
	chk_page_line(&writing->page);
}

static void write_names(struct writing *writing,
			const struct chk_store_place *place)
{
	size_t shown = 0, more;

	for (size_t i = 0; i < place->name_count; i++) {
		if (place->names[i] == place->path)
			continue;
		if (shown == NAMES_SHOWN && writing->page.verbose <= 0)
			break;
		write_path(writing, 6, "also ", place->names[i]);
		shown++;
	}
	more = place->name_count - 1 - shown;
	if (more) {
		chk_page_spaces(&writing->page, 6);
		chk_buffer_format(writing->page.buffer,
				  "and by %zu more name%s\n", more,
				  plural(more));
	}
}

static void write_readers(struct writing *writing,
			  const struct chk_store_place *place)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	if (!place->known)
		chk_buffer_text(&text, "nobody is known to read it");
	for (size_t i = 0; i < place->reader_count; i++)
		chk_buffer_format(&text, "%s%s", i ? "; " : "",
				  place->readers[i].name);
	writing->page.buffer->failed |= text.failed;
	chk_page_spaces(&writing->page, 6);
	chk_page_flow(&writing->page, 6, "      ", CHK_TINT_FAINT,
		      text.data && !text.failed ? text.data : "");
}

static void write_place(struct writing *writing,
			const struct chk_census_place *view)
{
	size_t rest = view->certificates - view->anchors;

	write_path(writing, 2, "", view->place->path);
	write_readers(writing, view->place);
	write_names(writing, view->place);
	if (rest) {
		chk_page_spaces(&writing->page, 6);
		chk_buffer_format(writing->page.buffer, "%zu more certificate%s"
				  ", not trusted for TLS servers\n", rest,
				  plural(rest));
	}
}

static void add_name(struct chk_buffer *text, const struct chk_cert *cert)
{
	chk_buffer_text(text, "«");
	chk_dn_short(text, cert->subject);
	chk_buffer_text(text, "»");
}

static void write_dates(struct writing *writing,
			const struct chk_anchor_set *set)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	char when[CHK_WHEN_SIZE];

	if (!set->oldest)
		return;
	add_name(&text, set->oldest);
	chk_when_text(set->oldest->not_before, when);
	chk_buffer_format(&text, " of %.10s; newest ", when);
	add_name(&text, set->newest);
	chk_when_text(set->newest->not_before, when);
	chk_buffer_format(&text, " of %.10s", when);
	if (set->expired)
		chk_buffer_format(&text, "; %zu expired", set->expired);
	writing->page.buffer->failed |= text.failed;
	chk_page_item(&writing->page, 2, "oldest", 9,
		      text.failed ? "" : text.data);
}

/* "lacks  2 of the system's: «A», «B»" */
static void write_certs(struct writing *writing, const char *label,
			const char *what, const struct chk_cert *const *certs,
			size_t count)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	size_t shown = count > NAMES_SHOWN && writing->page.verbose <= 0 ?
		       NAMES_SHOWN : count;

	if (!count)
		return;
	chk_buffer_format(&text, "%zu %s: ", count, what);
	for (size_t i = 0; i < shown; i++) {
		chk_buffer_text(&text, i ? ", " : "");
		add_name(&text, certs[i]);
	}
	if (shown < count)
		chk_buffer_format(&text, " and %zu more", count - shown);
	writing->page.buffer->failed |= text.failed;
	chk_page_item(&writing->page, 2, label, 9,
		      text.failed ? "" : text.data);
}

static void write_set(struct writing *writing, size_t i)
{
	const struct chk_census *census = writing->census;
	const struct chk_anchor_set *set = &census->sets[i].view;

	write_heading(writing, i);
	for (size_t j = 0; j < census->view_count; j++)
		if (census->views[j].set == i)
			write_place(writing, &census->views[j]);
	write_dates(writing, set);
	if (set->lacks && !set->reference && !set->lack_count &&
	    !set->extra_count)
		chk_page_item(&writing->page, 2, "same", 9,
			      "as the system's");
	write_certs(writing, "lacks", "of the system's", set->lacks,
		    set->lack_count);
	write_certs(writing, "has", "that the system's lacks", set->extra,
		    set->extra_count);
}

static void write_unread(struct writing *writing)
{
	const struct chk_census *census = writing->census;

	if (!count_places(census, SIZE_MAX))
		return;
	chk_page_heading(&writing->page, "NOT READ");
	for (size_t i = 0; i < census->view_count; i++) {
		const struct chk_census_place *view = &census->views[i];
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

		if (!view->error)
			continue;
		write_path(writing, 2, "", view->place->path);
		if (view->place->known)
			write_readers(writing, view->place);
		add_format(&text, view->format);
		chk_buffer_format(&text, ": %s", view->error->what);
		writing->page.buffer->failed |= text.failed;
		chk_page_spaces(&writing->page, 6);
		chk_page_flow(&writing->page, 6, "      ", CHK_TINT_DOUBT,
			      text.failed ? "" : text.data);
	}
}

static void write_notes(struct writing *writing, const char *heading,
			const struct chk_notes *notes)
{
	bool all = writing->page.verbose > 0 || notes->count <= NOTES_SHOWN;
	size_t shown = all ? notes->count : NOTES_SHOWN;

	if (!notes->count)
		return;
	chk_page_heading(&writing->page, heading);
	for (size_t i = 0; i < shown; i++) {
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

		chk_buffer_format(&text, "%s: %s", notes->items[i].where,
				  notes->items[i].what);
		writing->page.buffer->failed |= text.failed;
		chk_page_spaces(&writing->page, 2);
		chk_page_flow(&writing->page, 2, "      ", CHK_TINT_PLAIN,
			      text.failed ? "" : text.data);
	}
	if (shown < notes->count)
		chk_buffer_format(writing->page.buffer, "  and %zu more; -v "
				  "lists them\n", notes->count - shown);
}

static void write_summary(struct writing *writing)
{
	const struct chk_census *census = writing->census;
	const struct chk_places *places = census->places;
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	chk_buffer_format(&text, "%zu place%s, %zu set%s of anchors",
			  census->view_count, plural(census->view_count),
			  census->set_count, plural(census->set_count));
	if (places->root[0])
		chk_buffer_format(&text, ", in the root %s", places->root);
	if (places->in)
		chk_buffer_format(&text, ", below %s", places->in);
	if (writing->page.verbose > 0)
		chk_buffer_format(&text, "; looked at %" PRIu64 " files in %"
				  PRIu64 " directories, at the first bytes of %"
				  PRIu64, places->figures.files,
				  places->figures.directories,
				  places->figures.heads);
	if (!census->reference_name)
		chk_buffer_text(&text, "; there is no system's store to "
				"compare with");
	writing->page.buffer->failed |= text.failed;
	chk_page_sentence(&writing->page, 0, text.failed ? "" : text.data);
}

void chk_census_text(const struct chk_census *census,
		     const struct chk_write_options *options,
		     struct chk_buffer *buffer)
{
	struct writing writing = {
		.page = {
			.buffer = buffer, .colour = options->colour,
			.width = options->width > 0 ? (size_t)options->width :
				 80,
			.verbose = options->verbose,
		},
		.census = census,
	};

	write_summary(&writing);
	if (options->verbose < 0)
		return;
	for (size_t i = 0; i < census->set_count; i++)
		write_set(&writing, i);
	write_unread(&writing);
	write_notes(&writing, "PASSED OVER", &census->notes);
	write_notes(&writing, "COULD NOT BE LOOKED AT",
		    &census->places->notes);
}
