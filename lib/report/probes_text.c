/* lib/report/probes_text.c: handshakes side by side, for a person. */
#include "report/write_probes.h"

#include "report/page.h"

#define HANGING 16

static const struct {
	const char *word;
	enum chk_tint tint;
} MARKS[] = {
	[CHK_PROBES_UNDECIDED] = { "UNDECIDED:", CHK_TINT_DOUBT },
	[CHK_PROBES_ALIKE] = { "COMPLETE:", CHK_TINT_GOOD },
	[CHK_PROBES_DIFFERENT] = { "DIFFERENT:", CHK_TINT_BAD },
	[CHK_PROBES_FAILED] = { "FAILED:", CHK_TINT_BAD },
};

static void write_steps(struct chk_page *page, const struct chk_probes *probes)
{
	chk_page_heading(page, "The handshake, step by step:");
	for (size_t i = 0; i < probes->step_count; i++)
		chk_page_item(page, 2, probes->steps[i].name, HANGING,
			      probes->steps[i].text);
}

static void write_differences(struct chk_page *page,
			      const struct chk_probes *probes)
{
	if (!probes->difference_count)
		return;
	chk_page_heading(page, "What differs:");
	for (size_t i = 0; i < probes->difference_count; i++) {
		chk_page_spaces(page, 2);
		chk_page_add(page, CHK_TINT_PLAIN, "- ");
		chk_page_flow(page, 4, "    ", CHK_TINT_PLAIN,
			      probes->differences[i]);
	}
}

/* In the words of the finding that `check` makes of it. */
static void write_cause(struct chk_page *page, const struct chk_probes *probes)
{
	if (!probes->is_explained)
		return;
	chk_page_heading(page, "Why:");
	chk_page_spaces(page, 2);
	chk_page_flow(page, 2, "  ", CHK_TINT_PLAIN, probes->cause.message);
	chk_page_item(page, 2, "code", HANGING,
		      chk_finding_facts(probes->cause.id)->code);
}

void chk_probes_text(const struct chk_probes *probes,
		     const struct chk_write_options *options,
		     struct chk_buffer *buffer)
{
	struct chk_page page = {
		.buffer = buffer, .colour = options->colour,
		.width = options->width > 0 ? (size_t)options->width : 80,
		.verbose = options->verbose,
	};
	const char *word = MARKS[probes->outcome].word;

	chk_page_add(&page, MARKS[probes->outcome].tint, word);
	chk_page_add(&page, CHK_TINT_PLAIN, " ");
	chk_page_flow(&page, strlen(word) + 1, "", CHK_TINT_PLAIN,
		      probes->summary);
	if (options->verbose < 0)
		return;
	write_cause(&page, probes);
	write_steps(&page, probes);
	write_differences(&page, probes);
}
