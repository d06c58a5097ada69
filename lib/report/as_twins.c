/* lib/report/as_twins.c: certificates of the name that a finding is about. */
#include "report/as_twins.h"

#include "base/cleanup.h"
#include "base/text.h"
#include "report/label.h"

enum { INDENT = 2, HANGING = 4, MAX_SHOWN = 4 };

static bool has_name(const struct chk_rejected *rejected, const char *name)
{
	CHK_CLEANUP(chk_cleanup_free) char *subject =
		chk_cert_subject(rejected->cert);

	return subject && strcmp(subject, name) == 0;
}

/* A candidate may have been tried for several; the first row tells of it. */
static bool was_before(const struct chk_report *report, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (report->rejected[j].relation &&
		    report->rejected[j].cert == report->rejected[i].cert)
			return true;
	}
	return false;
}

static void write_twin(struct chk_page *page,
		       const struct chk_rejected *rejected)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	uint8_t digest[32];

	if (rejected->where && *rejected->where)
		chk_buffer_format(&text, "in %s: ", rejected->where);
	chk_buffer_text(&text, rejected->relation);
	chk_page_item(page, INDENT, "-", HANGING, text.data ? text.data : "");
	chk_buffer_clear(&text);
	chk_cert_sha256(rejected->cert, digest);
	chk_buffer_text(&text, "SHA-256 ");
	chk_text_hex(&text, chk_bytes_of(digest, sizeof(digest)), 0);
	chk_page_item(page, INDENT, "", HANGING, text.data ? text.data : "");
	page->buffer->failed |= text.failed;
}

void chk_write_twins(struct chk_page *page, const struct chk_report *report,
		     const struct chk_finding *finding)
{
	size_t shown = 0;

	for (size_t i = 0; finding->about.name && i < report->rejected_count;
	     i++) {
		const struct chk_rejected *rejected = &report->rejected[i];

		if (!rejected->relation ||
		    rejected->cert == finding->about.cert ||
		    was_before(report, i) ||
		    !has_name(rejected, finding->about.name))
			continue;
		if (shown++ == MAX_SHOWN) {
			chk_page_item(page, INDENT, "-", HANGING,
				      "and more: -v shows them all");
			return;
		}
		if (shown == 1)
			chk_page_heading(page, "Also of that name, and "
					       "refused:");
		write_twin(page, rejected);
	}
}
