/* lib/report/here_text.c: a machine's own clients, for a person. */
#include "report/write_here.h"

#include "base/cleanup.h"
#include "client/narrow.h"
#include "report/page.h"

#define HANGING 14

static const struct {
	enum chk_here_what what;
	const char *label;
} LISTS[] = {
	{ CHK_HERE_VERSIONS, "versions" },
	{ CHK_HERE_SUITES, "suites" },
	{ CHK_HERE_GROUPS, "groups" },
	{ CHK_HERE_SIGNATURES, "signatures" },
};

/* Suites are counted, and shown with -v: there are some 30 to 60 of them. */
#define SUITES_SHOWN 4

static void write_list(struct chk_page *page, const struct chk_here *here,
		       enum chk_here_what what, const char *label)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	const struct chk_here_list *list = &here->lists[what];
	bool cut = what == CHK_HERE_SUITES && page->verbose <= 0 &&
		   list->count > SUITES_SHOWN + 1;
	size_t shown = cut ? SUITES_SHOWN : list->count;

	if (what == CHK_HERE_SUITES)
		chk_buffer_format(&text, "%zu: ", list->count);
	for (size_t i = 0; i < shown; i++)
		chk_buffer_format(&text, "%s%s", i ? ", " : "",
				  chk_here_word_of(what, list->items[i]));
	chk_buffer_text(&text, cut	      ? ", ... (-v: all)" :
			       !list->count ? "none" :
					      "");
	chk_page_item(page, 2, label, HANGING, text.failed ? "" : text.data);
}

static void add_bound(struct chk_buffer *text, const char *what,
		      unsigned bits)
{
	if (bits)
		chk_buffer_format(text, "%s%s from %u bits",
				  text->size ? ", " : "", what, bits);
}

static void write_bounds(struct chk_page *page, const struct chk_here *here)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	add_bound(&text, "RSA", here->rsa_min);
	add_bound(&text, "DH", here->dh_min);
	add_bound(&text, "EC", here->ec_min);
	if (text.data)
		chk_page_item(page, 2, "keys", HANGING, text.data);
}

static void write_steps(struct chk_page *page, const struct chk_here *here)
{
	if (here->step_count) {
		chk_page_spaces(page, 2);
		chk_page_add(page, CHK_TINT_STRONG, "what decided it:");
		chk_page_line(page);
	}
	for (size_t i = 0; i < here->step_count; i++) {
		const struct chk_here_step *step = &here->steps[i];
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

		if (step->setting)
			chk_buffer_format(&text, "%s in %s: ", step->setting,
					  step->where ? step->where : "");
		chk_buffer_text(&text, step->text);
		chk_page_spaces(page, 2);
		chk_page_add(page, CHK_TINT_PLAIN, "- ");
		chk_page_flow(page, 4, "    ", CHK_TINT_PLAIN,
			      text.failed ? "" : text.data);
	}
}

static void write_client(struct chk_page *page, const struct chk_here *here)
{
	chk_page_add(page, CHK_TINT_STRONG, here->client.id);
	chk_page_add(page, CHK_TINT_PLAIN, ": ");
	chk_page_flow(page, strlen(here->client.id) + 2, "  ", CHK_TINT_PLAIN,
		      here->label);
	if (here->stops) {
		chk_page_spaces(page, 2);
		chk_page_add(page, CHK_TINT_BAD, "SAYS NOTHING: ");
		chk_page_flow(page, 16, "  ", CHK_TINT_PLAIN, here->stops);
	}
	if (here->advice)
		chk_page_item(page, 2, "to mend", HANGING, here->advice);
	if (page->verbose < 0)
		return;
	for (size_t i = 0; i < CHK_COUNT(LISTS); i++)
		write_list(page, here, LISTS[i].what, LISTS[i].label);
	write_bounds(page, here);
	chk_page_item(page, 2, "server name", HANGING,
		      here->sends_name ? "sent" : "not sent");
	write_steps(page, here);
}

void chk_here_text(const struct chk_machine_clients *clients,
		   const struct chk_write_options *options,
		   struct chk_buffer *buffer)
{
	struct chk_page page = {
		.buffer = buffer, .colour = options->colour,
		.width = options->width > 0 ? (size_t)options->width : 80,
		.verbose = options->verbose,
	};

	for (size_t i = 0; i < clients->count; i++) {
		if (i)
			chk_page_line(&page);
		write_client(&page, &clients->items[i]);
	}
	if (!clients->count)
		chk_page_sentence(&page, 0, "No Java, OpenSSL or GnuTLS is "
				  "here");
}
