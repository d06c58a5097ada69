/* lib/report/as_text.c: the report for a person at three in the morning. */
#include "report/write.h"

#include <inttypes.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "report/as_advice.h"
#include "report/as_tree.h"
#include "report/as_until.h"
#include "report/label.h"

enum { WIDTH = 80, WIDTH_MIN = 40, INDENT = 2, HANGING = 4 };

static const struct {
	enum chk_tint tint;
	const char *word;
} MARKS[] = {
	[CHK_VERDICT_UNTRUSTED] = { CHK_TINT_BAD, "NOT TRUSTED:" },
	[CHK_VERDICT_TRUSTED] = { CHK_TINT_GOOD, "TRUSTED:" },
	[CHK_VERDICT_UNDECIDED] = { CHK_TINT_DOUBT, "UNDECIDED:" },
};

static void write_verdict(struct chk_page *page,
			  const struct chk_report *report)
{
	const char *word = MARKS[report->verdict].word;

	chk_page_add(page, MARKS[report->verdict].tint, word);
	chk_page_add(page, CHK_TINT_PLAIN, " ");
	chk_page_flow(page, strlen(word) + 1, "", CHK_TINT_PLAIN,
		      chk_report_sentence(report));
}

/* What a person wanted tried: beside the verdict, and never instead of it. */
static void write_trials(struct chk_page *page, const struct chk_report *report)
{
	for (size_t i = 0; i < report->trial_count; i++) {
		const struct chk_report *trial = report->trials[i].report;

		if (i == 0)
			chk_page_line(page);
		chk_page_add(page, CHK_TINT_STRONG, "Tried:");
		chk_page_add(page, CHK_TINT_PLAIN, " ");
		chk_page_flow(page, 7, "       ", MARKS[trial->verdict].tint,
			      chk_report_sentence(trial));
	}
}

/* Without a path, what came is all that can be shown. */
static void write_presented(struct chk_page *page,
			    const struct chk_report *report)
{
	chk_page_heading(page, report->handshake.asked ?
				       "What the server sent:" :
				       "What was given:");
	for (size_t i = 0; i < report->presented_count; i++) {
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer name = { 0 };
		struct chk_subject subject = {
			.cert = report->presented[i].cert,
		};
		char number[24];

		snprintf(number, sizeof(number), "%zu.", i + 1);
		chk_label_name(&name, &subject);
		chk_page_item(page, INDENT, number, HANGING + 2,
			      name.data ? name.data : "");
		page->buffer->failed |= name.failed;
	}
}

static void write_paths(struct chk_page *page, const struct chk_report *report)
{
	size_t shown = page->verbose ? report->path_count :
		       report->path_count ? 1 : 0;

	for (size_t i = 0; i < shown; i++) {
		if (i)
			chk_page_heading(page, "Another path:");
		else
			chk_page_line(page);
		chk_write_tree(page, report, &report->paths[i]);
	}
	if (shown == 0 && report->presented_count)
		write_presented(page, report);
}

static void write_findings(struct chk_page *page,
			   const struct chk_report *report)
{
	const struct chk_finding *primary = chk_report_primary(report);

	if (primary)
		chk_write_advice(page, report, primary);
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct chk_finding *finding = &report->findings[i];

		if (finding->alternative && !finding->primary)
			chk_write_alternative(page, report, finding);
	}
	if (primary)
		chk_write_about(page, report, primary);
	chk_write_others(page, report, CHK_SEVERITY_ERROR);
	chk_write_others(page, report, CHK_SEVERITY_WARNING);
	chk_write_others(page, report, CHK_SEVERITY_NOTE);
}

/* What "not trusted" then means is not what it mostly means. */
static void write_spent(struct chk_page *page, const struct chk_report *report)
{
	const struct chk_limits *limits = &report->limits;
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	if (!limits->spent)
		return;
	chk_buffer_format(&text, "The search was stopped at its limit, after "
			  "%" PRIu32 " of %" PRIu32 " steps and %" PRIu32
			  " of %" PRIu32 " signatures: a path may exist that "
			  "it did not see.", limits->steps, limits->max_steps,
			  limits->signatures, limits->max_signatures);
	chk_page_line(page);
	chk_page_add(page, CHK_TINT_DOUBT, "Not all was searched:");
	chk_page_add(page, CHK_TINT_PLAIN, " ");
	chk_page_flow(page, 22, "", CHK_TINT_PLAIN,
		      text.data ? text.data : "");
	page->buffer->failed |= text.failed;
}

static void write_notes(struct chk_page *page, const struct chk_report *report)
{
	if (report->note_count)
		chk_page_heading(page, "Passed over:");
	for (size_t i = 0; i < report->note_count; i++) {
		const struct chk_note *note = &report->notes[i];
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
		bool placed = note->where && *note->where;

		chk_buffer_format(&text, "%s%s%s", placed ? note->where : "",
				  placed ? ": " : "", note->what);
		chk_page_item(page, INDENT, "-", HANGING,
			      text.data ? text.data : "");
		page->buffer->failed |= text.failed;
	}
}

static void add_digest(struct chk_buffer *buffer, const struct chk_cert *cert)
{
	uint8_t digest[32];

	chk_cert_sha256(cert, digest);
	chk_text_hex(buffer, chk_bytes_of(digest, sizeof(digest)), 0);
}

static void write_link_digest(struct chk_page *page,
			      const struct chk_path_link *link)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer name = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer digest = { 0 };

	if (!link->subject.cert)
		return;
	chk_label_name(&name, &link->subject);
	add_digest(&digest, link->subject.cert);
	chk_page_item(page, INDENT, chk_label_role(link->role), 16,
		      name.data ? name.data : "");
	chk_page_item(page, INDENT, "", 16, digest.data ? digest.data : "");
	page->buffer->failed |= name.failed || digest.failed;
}

static void write_digests(struct chk_page *page,
			  const struct chk_report *report)
{
	if (report->path_count == 0)
		return;
	chk_page_heading(page, "The certificates of the path, by SHA-256:");
	for (size_t i = 0; i < report->paths[0].link_count; i++)
		write_link_digest(page, &report->paths[0].links[i]);
}

static void write_rejected(struct chk_page *page,
			   const struct chk_rejected *rejected)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	struct chk_subject subject = { .cert = rejected->cert };

	chk_label_short(&text, &subject);
	if (rejected->where && *rejected->where)
		chk_buffer_format(&text, ", in %s", rejected->where);
	chk_buffer_format(&text, ": %s (%s)", rejected->reason,
			  rejected->rule);
	chk_page_item(page, INDENT, "-", HANGING, text.data ? text.data : "");
	if (rejected->relation)
		chk_page_item(page, INDENT, "", HANGING, rejected->relation);
	chk_buffer_clear(&text);
	add_digest(&text, rejected->cert);
	chk_page_item(page, INDENT, "", HANGING, text.data ? text.data : "");
	page->buffer->failed |= text.failed;
}

static void write_ledger(struct chk_page *page, const struct chk_report *report)
{
	if (report->rejected_count)
		chk_page_heading(page, "Considered and refused:");
	for (size_t i = 0; i < report->rejected_count; i++)
		write_rejected(page, &report->rejected[i]);
}

static void write_store(struct chk_page *page,
			const struct chk_store_view *store)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	chk_buffer_format(&text, "%s (%zu anchors): %s", store->spec,
			  store->anchor_count,
			  chk_label_verdict(store->verdict));
	if (chk_label_is_subject(&store->lacks)) {
		chk_buffer_text(&text, ", lacks ");
		chk_label_short(&text, &store->lacks);
	}
	if (store->until.cert) {
		chk_buffer_text(&text, " until ");
		chk_until_words(&text, &store->until);
	}
	chk_page_item(page, INDENT, "-", HANGING, text.data ? text.data : "");
	page->buffer->failed |= text.failed;
}

static void write_stores(struct chk_page *page, const struct chk_report *report)
{
	if (report->store_count < 2)
		return;
	chk_page_heading(page, "Each trust store by itself:");
	for (size_t i = 0; i < report->store_count; i++)
		write_store(page, &report->stores[i]);
}

/* Which store a process uses, step by step. */
static void write_steps(struct chk_page *page,
			const struct chk_store_view *store)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	if (!store->step_count)
		return;
	chk_buffer_format(&text, "How it was found what %s is:", store->spec);
	chk_page_heading(page, text.data ? text.data : "");
	for (size_t i = 0; i < store->step_count; i++) {
		const struct chk_reason *step = &store->steps[i];

		chk_buffer_clear(&text);
		chk_buffer_format(&text, step->code ? "%s (%s)" : "%s",
				  step->text, step->code);
		chk_page_item(page, INDENT, "-", HANGING,
			      text.data ? text.data : "");
		page->buffer->failed |= text.failed;
	}
}

static void write_agreed(struct chk_page *page, const char *label,
			 const char *value)
{
	if (value)
		chk_page_item(page, INDENT, label, 16, value);
}

static void write_handshake(struct chk_page *page,
			    const struct chk_handshake_view *view)
{
	if (!view->asked)
		return;
	chk_page_heading(page, "The handshake:");
	write_agreed(page, "address", view->address);
	write_agreed(page, "server name", view->server_name);
	write_agreed(page, "came to", view->step);
	write_agreed(page, "version", view->version);
	write_agreed(page, "cipher", view->cipher);
	write_agreed(page, "group", view->group);
	write_agreed(page, "alert", view->alert);
	write_agreed(page, "failure", view->failure);
	if (view->client_certificate_wanted)
		write_agreed(page, "asked for", "a client certificate");
}

static void write_costs(struct chk_page *page, const struct chk_report *report)
{
	const struct chk_limits *limits = &report->limits;
	char text[80];

	chk_page_heading(page, "What it took:");
	snprintf(text, sizeof(text), "%" PRIu32 " of %" PRIu32, limits->steps,
		 limits->max_steps);
	chk_page_item(page, INDENT, "steps", 16, text);
	snprintf(text, sizeof(text), "%" PRIu32 " of %" PRIu32,
		 limits->signatures, limits->max_signatures);
	chk_page_item(page, INDENT, "signatures", 16, text);
	for (size_t i = 0; i < report->timing_count; i++) {
		snprintf(text, sizeof(text), "%.1f ms",
			 (double)report->timings[i].micros / 1000);
		chk_page_item(page, INDENT, report->timings[i].name, 16, text);
	}
}

static void write_details(struct chk_page *page,
			  const struct chk_report *report)
{
	write_digests(page, report);
	write_ledger(page, report);
	write_stores(page, report);
	for (size_t i = 0; i < report->store_count; i++)
		write_steps(page, &report->stores[i]);
	write_handshake(page, &report->handshake);
	write_costs(page, report);
}

void chk_write_text(const struct chk_report *report,
		    const struct chk_write_options *options,
		    struct chk_buffer *buffer)
{
	int width = options->width ? options->width : WIDTH;
	struct chk_page page = {
		.buffer = buffer,
		.colour = options->colour,
		.width = width < WIDTH_MIN ? WIDTH_MIN : (size_t)width,
		.verbose = options->verbose,
	};

	write_verdict(&page, report);
	write_trials(&page, report);
	write_paths(&page, report);
	chk_write_until(&page, report);
	write_findings(&page, report);
	write_spent(&page, report);
	write_notes(&page, report);
	if (page.verbose)
		write_details(&page, report);
}
