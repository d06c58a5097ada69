/* lib/report/census_text.c: a census for a person: a block a set. */
#include "report/write_census.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/cleanup.h"
#include "base/when.h"
#include "cert/dn.h"
#include "report/census_places.h"

#define NAMES_SHOWN 3 /* unless all are asked for */

struct writing {
	struct chk_page page;
	const struct chk_census *census;
};

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
			  view->anchor_count, chk_plural(view->anchor_count));
	for (size_t i = 0; i < census->view_count; i++) {
		if (census->views[i].set != set ||
		    !is_new_format(census, set, i))
			continue;
		chk_buffer_text(&text, formats++ ? " + " : "");
		chk_census_add_format(&text, census->views[i].format);
	}
	chk_buffer_format(&text, ", %zu place%s%s", places, chk_plural(places),
			  view->reference ? "; the system's" : "");
	writing->page.buffer->failed |= text.failed;
	chk_page_heading(&writing->page, text.failed ? "" : text.data);
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

/* `diff` says which: a day after which it distrusts, names it may issue for. */
static void write_limits(struct writing *writing, size_t count)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	if (!count)
		return;
	chk_buffer_format(&text, "%zu of the system's within other limits than "
			  "there: distrust-after dates or constraints, see "
			  "`chaincheck diff`", count);
	writing->page.buffer->failed |= text.failed;
	chk_page_item(&writing->page, 2, "limits", 9,
		      text.failed ? "" : text.data);
}

static void write_set(struct writing *writing, size_t i)
{
	const struct chk_census *census = writing->census;
	const struct chk_anchor_set *set = &census->sets[i].view;

	write_heading(writing, i);
	for (size_t j = 0; j < census->view_count; j++)
		if (census->views[j].set == i)
			chk_census_place_text(&writing->page,
					      &census->views[j]);
	write_dates(writing, set);
	if (set->lacks && !set->reference && !set->lack_count &&
	    !set->extra_count && !set->other_limits)
		chk_page_item(&writing->page, 2, "same", 9,
			      "as the system's");
	write_certs(writing, "lacks", "of the system's", set->lacks,
		    set->lack_count);
	write_certs(writing, "has", "that the system's lacks", set->extra,
		    set->extra_count);
	write_limits(writing, set->other_limits);
}

/* What is wrong comes before what is there. */
static void write_findings(struct writing *writing)
{
	const struct chk_said_list *said = &writing->census->said;

	if (said->count)
		chk_page_heading(&writing->page, "WHAT IS WRONG");
	for (size_t i = 0; i < said->count; i++) {
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

		chk_buffer_format(&text, "%s (%s)", said->items[i].text,
				  said->items[i].code);
		writing->page.buffer->failed |= text.failed;
		chk_page_spaces(&writing->page, 2);
		chk_page_flow(&writing->page, 2, "      ", CHK_TINT_PLAIN,
			      text.failed ? "" : text.data);
	}
}

static void write_summary(struct writing *writing)
{
	const struct chk_census *census = writing->census;
	const struct chk_places *places = census->places;
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	chk_buffer_format(&text, "%zu place%s, %zu set%s of anchors",
			  census->view_count, chk_plural(census->view_count),
			  census->set_count, chk_plural(census->set_count));
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
	write_findings(&writing);
	for (size_t i = 0; i < census->set_count; i++)
		write_set(&writing, i);
	chk_census_write_unread(&writing.page, census);
	chk_census_write_notes(&writing.page, "PASSED OVER", &census->notes);
	chk_census_write_notes(&writing.page, "COULD NOT BE LOOKED AT",
			       &census->places->notes);
}
