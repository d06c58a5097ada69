/*
 * lib/report/corpus_text.c: a line a finding, as compilers have it, so that
 * editors and grep know what to do with it.
 */
#include "report/corpus_write.h"

#include <inttypes.h>

#include "base/text.h"
#include "cert/dn.h"
#include "report/page.h"

static const struct {
	enum chk_tint tint;
	const char *one, *many;
} SEVERITIES[] = {
	[CHK_SEVERITY_NOTE] = { CHK_TINT_FAINT, "note", "notes" },
	[CHK_SEVERITY_WARNING] = { CHK_TINT_DOUBT, "warning", "warnings" },
	[CHK_SEVERITY_ERROR] = { CHK_TINT_BAD, "error", "errors" },
};

static void add_place(struct chk_buffer *text, const char *path,
		      unsigned long line)
{
	chk_text_escape(text, chk_bytes_text(path));
	if (line)
		chk_buffer_format(text, ":%lu", line);
	chk_buffer_text(text, ": ");
}

static void add_word(struct chk_buffer *text,
		     const struct chk_write_options *how, enum chk_tint tint,
		     const char *word)
{
	struct chk_page page = { .buffer = text, .colour = how->colour };

	chk_page_add(&page, tint, word);
	chk_buffer_text(text, ": ");
}

/* Some certificates have no subject, and are known by their serial number. */
static void add_name(struct chk_buffer *text, const struct chk_cert *cert)
{
	if (!chk_dn_is_empty(cert->subject)) {
		chk_dn_short(text, cert->subject);
		return;
	}
	chk_buffer_text(text, "serial number ");
	chk_text_hex(text, cert->serial, 0);
}

static void write_cert(const struct chk_corpus_told *told,
		       const struct chk_alone_terms *terms,
		       const struct chk_write_options *how,
		       struct chk_buffer *text)
{
	for (size_t i = 0; i < told->count; i++) {
		const struct chk_alone *found = &told->found[i];

		add_place(text, told->path, told->line);
		add_word(text, how, SEVERITIES[found->severity].tint,
			 SEVERITIES[found->severity].one);
		if (told->cert) {
			add_name(text, told->cert);
			chk_buffer_text(text, " ");
			found->tell(told->cert, terms, text);
		} else {
			chk_buffer_text(text, "no certificate that can be "
					"read: ");
			chk_text_escape(text, chk_bytes_text(told->fault));
		}
		chk_buffer_format(text, " [%s]\n",
				  chk_finding_facts(found->id)->code);
	}
	if (told->count)
		return;
	add_place(text, told->path, told->line);
	add_word(text, how, CHK_TINT_GOOD, "ok");
	add_name(text, told->cert);
	chk_buffer_text(text, "\n");
}

static void write_note(const char *path, const char *what,
		       const struct chk_write_options *how,
		       struct chk_buffer *text)
{
	add_place(text, path, 0);
	add_word(text, how, CHK_TINT_DOUBT, "unread");
	chk_text_escape(text, chk_bytes_text(what));
	chk_buffer_text(text, "\n");
}

static void add_count(struct chk_buffer *text, uint64_t count,
		      enum chk_severity severity, const char **before)
{
	if (!count)
		return;
	chk_buffer_format(text, "%s%" PRIu64 " %s", *before, count,
			  count == 1 ? SEVERITIES[severity].one :
				       SEVERITIES[severity].many);
	*before = ", ";
}

static void write_end(const struct chk_corpus_counts *counts,
		      const struct chk_write_options *how,
		      struct chk_buffer *text)
{
	const char *before = ": ";

	(void)how;
	chk_buffer_format(text, "%" PRIu64 " certificate%s in %" PRIu64
			  " file%s", counts->certificates,
			  counts->certificates == 1 ? "" : "s", counts->files,
			  counts->files == 1 ? "" : "s");
	add_count(text, counts->errors, CHK_SEVERITY_ERROR, &before);
	add_count(text, counts->warnings, CHK_SEVERITY_WARNING, &before);
	add_count(text, counts->notes, CHK_SEVERITY_NOTE, &before);
	if (counts->with_findings)
		chk_buffer_format(text, " in %" PRIu64 " of them",
				  counts->with_findings);
	else
		chk_buffer_text(text, ": nothing found");
	if (counts->unread)
		chk_buffer_format(text, "; %" PRIu64 " could not be read as "
				  "they were", counts->unread);
	chk_buffer_text(text, "\n");
	if (counts->forgot)
		chk_buffer_format(text, "Only the first %u certificates were "
				  "remembered: of later ones some may have "
				  "come twice.\n", CHK_CORPUS_REMEMBERED);
}

const struct chk_corpus_writer chk_corpus_text = {
	.cert = write_cert, .note = write_note, .end = write_end,
};
