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
};

static size_t count(const struct chk_audited *audited,
		    enum chk_severity severity)
{
	size_t found = 0;

	for (size_t i = 0; i < chk_audited_finding_count(audited); i++)
		found += chk_audited_finding(audited, i)->finding.severity ==
			 severity;
	return found;
}

static void add_counts(struct chk_buffer *text,
		       const struct chk_audited *audited)
{
	const char *before = ": ";

	for (size_t i = CHK_COUNT(SEVERITIES); i-- > 0;) {
		size_t found = count(audited, (enum chk_severity)i);

		if (!found)
			continue;
		chk_buffer_format(text, "%s%zu %s", before, found,
				  found == 1 ? SEVERITIES[i].one :
					       SEVERITIES[i].many);
		before = ", ";
	}
	if (chk_audited_finding_count(audited) == 0)
		chk_buffer_text(text, ": nothing found");
}

static void write_head(struct chk_page *page,
		       const struct chk_audited *audited)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	size_t certs = chk_audited_cert_count(audited);
	const char *path = chk_audited_path(audited);

	chk_buffer_format(&text, ": %s", BUNDLES[chk_audited_bundle(audited)]);
	if (certs > 1)
		chk_buffer_format(&text, ", %zu certificates", certs);
	add_counts(&text, audited);
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
		if (!remedy->command)
			continue;
		chk_page_item(page, DEEP + 2, "", DEEP + 2, remedy->command);
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
	chk_page_flow(page, HANGING, "           ", CHK_TINT_PLAIN,
		      text.data ? text.data : "");
	page->buffer->failed |= text.failed;
	write_remedies(page, finding);
}

static void add(struct chk_audit_writer *writer,
		const struct chk_audited *audited)
{
	struct chk_page page = {
		.buffer = &writer->buffer,
		.colour = writer->options.colour,
		.width = writer->options.width > 0 ?
				 (size_t)writer->options.width : WIDTH,
		.verbose = writer->options.verbose,
	};

	write_head(&page, audited);
	for (size_t i = 0; i < chk_audited_finding_count(audited); i++)
		write_finding(&page, chk_audited_finding(audited, i));
}

const struct chk_audit_format chk_audit_text = {
	.name = "text", .add = add,
};
