/* lib/report/probes_text.c: handshakes side by side, for a person. */
#include "report/write_probes.h"

#include "base/cleanup.h"
#include "diagnosis/probe_words.h"
#include "diagnosis/words.h"
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

/* "completes the handshake; TLS 1.3; «a»; 0.1 ms to connect, 2.0 ms to ..." */
static void write_probe(struct chk_page *page, struct chk_arena *arena,
			enum chk_probe_kind kind,
			const struct chk_probe *probe)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	const struct chk_presented *presented = probe->presented;

	chk_buffer_text(&text, chk_probe_end(arena, presented).one);
	if (presented->version)
		chk_buffer_format(&text, "; %s%s%s",
				  chk_probe_version(arena, presented),
				  presented->cipher ? ", " : "",
				  presented->cipher ? presented->cipher : "");
	if (presented->chain->count)
		chk_buffer_format(
			&text, "; %s, %s",
			chk_words_cert(arena, presented->chain->items[0].cert),
			chk_probe_chain(arena, presented));
	chk_buffer_format(&text, "; %.1f ms to connect, %.1f ms to shake hands",
			  (double)presented->connect_micros / 1000,
			  (double)presented->handshake_micros / 1000);
	chk_page_item(page, 4, chk_probe_name(kind), HANGING + 2, text.data);
	page->buffer->failed |= text.failed;
}

/* Every handshake that was held, address by address. */
static void write_all(struct chk_page *page, const struct chk_probes *probes)
{
	CHK_CLEANUP(chk_arena_clear) struct chk_arena arena = { 0 };

	chk_page_heading(page, "Every handshake:");
	for (size_t i = 0; i < probes->address_count; i++) {
		const struct chk_probed *at = &probes->addresses[i];

		chk_page_spaces(page, 2);
		chk_page_add(page, CHK_TINT_PLAIN, at->address);
		chk_page_line(page);
		for (enum chk_probe_kind kind = CHK_PROBE_WHOLE;
		     kind < CHK_PROBE_KINDS; kind++) {
			if (at->probes[kind].presented)
				write_probe(page, &arena, kind,
					    &at->probes[kind]);
		}
	}
	page->buffer->failed |= arena.failed;
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

	chk_page_verdict(&page, MARKS[probes->outcome].tint,
			 MARKS[probes->outcome].word, probes->summary);
	if (options->verbose < 0)
		return;
	write_cause(&page, probes);
	write_steps(&page, probes);
	write_differences(&page, probes);
	if (options->verbose > 0)
		write_all(&page, probes);
}
