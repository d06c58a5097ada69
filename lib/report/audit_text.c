/* lib/report/audit_text.c: an audit for a person: a file, then what is wrong
 * with it, and what to do. */
#include "report/audit_write.h"

#include "base/bytes.h"
#include "base/cleanup.h"
#include "report/label.h"
#include "report/page.h"

enum { WIDTH = 80, INDENT = 2, HANGING = 11, DEEP = 13 };

static const struct {
	enum chk_tint tint;
	const char *label, *one, *many;
} SEVERITIES[] = {
	[CHK_SEVERITY_NOTE] = { CHK_TINT_FAINT, "note", "note", "notes" },
	[CHK_SEVERITY_WARNING] = { CHK_TINT_DOUBT, "warning", "warning",
				   "warnings" },
	[CHK_SEVERITY_ERROR] = { CHK_TINT_BAD, "error", "error", "errors" },
};

static const char *const BUNDLES[CHK_BUNDLE_COUNT] = {
	[CHK_BUNDLE_UNKNOWN] = "nothing that is known",
	[CHK_BUNDLE_SERVER] = "server bundle",
	[CHK_BUNDLE_CA] = "CA bundle",
	[CHK_BUNDLE_KEYSTORE] = "keystore",
	[CHK_BUNDLE_CERTIFICATE] = "certificate",
	[CHK_BUNDLE_KEY] = "private key",
	[CHK_BUNDLE_CRL] = "CRL",
	[CHK_BUNDLE_BASELINE] = "baseline",
};

static void add_counts(struct chk_buffer *text,
		       const struct chk_audit_sums *sums)
{
	const char *before = ": ";

	for (size_t i = CHK_COUNT(SEVERITIES); i-- > 0;) {
		size_t found = sums->findings[i];

		if (!found)
			continue;
		chk_buffer_format(text, "%s%zu %s", before, found,
				  found == 1 ? SEVERITIES[i].one :
					       SEVERITIES[i].many);
		before = ", ";
	}
	if (sums->accepted)
		chk_buffer_format(text, "%s%zu accepted", before,
				  sums->accepted);
	else if (*before == ':')
		chk_buffer_text(text, ": nothing found");
}

static void write_head(struct chk_page *page,
		       const struct chk_audited *audited)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	size_t certs = chk_audited_cert_count(audited);
	const char *path = chk_audited_path(audited);
	struct chk_audit_sums sums = { 0 };

	chk_buffer_format(&text, ": %s", BUNDLES[chk_audited_bundle(audited)]);
	if (certs > 1)
		chk_buffer_format(&text, ", %zu certificates", certs);
	chk_audit_sum(&sums, audited);
	add_counts(&text, &sums);
	chk_page_add(page, CHK_TINT_STRONG, path);
	chk_page_flow(page, strlen(path), "", CHK_TINT_PLAIN,
		      text.data ? text.data : "");
	page->buffer->failed |= text.failed;
}

static void add_place(struct chk_buffer *text,
		      const struct chk_audit_finding *found)
{
	if (found->line)
		chk_buffer_format(text, "line %lu: ", found->line);
	else if (found->alias)
		chk_buffer_format(text, "alias %s: ", found->alias);
}

static void write_remedies(struct chk_page *page,
			   const struct chk_finding *finding)
{
	for (size_t i = 0; i < finding->remedy_count; i++) {
		const struct chk_remedy *remedy = &finding->remedies[i];

		if (remedy->elsewhere && page->verbose == 0)
			continue;
		chk_page_sentence(page, DEEP, remedy->text);
		if (remedy->command)
			chk_page_command(page, DEEP + 2, remedy->command);
	}
}

static void write_finding(struct chk_page *page,
			  const struct chk_audit_finding *found)
{
	const struct chk_finding *finding = &found->finding;
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	chk_page_spaces(page, INDENT);
	chk_page_add(page, SEVERITIES[finding->severity].tint,
		     SEVERITIES[finding->severity].label);
	chk_page_spaces(page, HANGING - INDENT -
			strlen(SEVERITIES[finding->severity].label));
	add_place(&text, found);
	chk_buffer_format(&text, "%s [%s]",
			  finding->message ? finding->message : "",
			  finding->code);
	if (found->accepted)
		chk_buffer_format(&text, "; accepted: %s",
				  found->reason ? found->reason : "");
	chk_page_flow(page, HANGING, "           ", CHK_TINT_PLAIN,
		      text.data ? text.data : "");
	page->buffer->failed |= text.failed;
	if (!found->accepted)
		write_remedies(page, finding);
}

static struct chk_page page_of(struct chk_audit_writer *writer)
{
	return (struct chk_page){
		.buffer = &writer->buffer,
		.colour = writer->options.colour,
		.width = writer->options.width > 0 ?
				 (size_t)writer->options.width : WIDTH,
		.verbose = writer->options.verbose,
	};
}

/* What is accepted is nothing to do, and is shown to who asks. */
static bool is_shown(const struct chk_page *page,
		     const struct chk_audit_finding *found)
{
	return page->verbose >= (found->accepted ? 1 : 0);
}

static void add(struct chk_audit_writer *writer,
		const struct chk_audited *audited)
{
	struct chk_page page = page_of(writer);

	write_head(&page, audited);
	for (size_t i = 0; i < chk_audited_finding_count(audited); i++) {
		if (is_shown(&page, chk_audited_finding(audited, i)))
			write_finding(&page, chk_audited_finding(audited, i));
	}
}

/* Of one file all has been said above. */
static void end(struct chk_audit_writer *writer)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	struct chk_page page = page_of(writer);

	if (writer->sums.files < 2)
		return;
	chk_buffer_format(&text, "%zu files, %zu certificate%s",
			  writer->sums.files, writer->sums.certs,
			  writer->sums.certs == 1 ? "" : "s");
	add_counts(&text, &writer->sums);
	chk_page_flow(&page, 0, "", CHK_TINT_STRONG, text.data);
	page.buffer->failed |= text.failed;
}

const struct chk_audit_format chk_audit_text = {
	.name = "text", .add = add, .end = end,
};
