/* lib/report/where_text.c: who trusts this server, for a person. */
#include "report/write_where.h"

#include "base/cleanup.h"
#include "base/text.h"
#include "report/as_until.h"
#include "report/census_places.h"
#include "report/label.h"

#define HANGING 9

static const struct {
	const char *words;
	enum chk_tint tint;
} VERDICTS[] = {
	[CHK_VERDICT_UNTRUSTED] = { "NOT TRUSTED", CHK_TINT_BAD },
	[CHK_VERDICT_TRUSTED] = { "TRUSTED", CHK_TINT_GOOD },
	[CHK_VERDICT_UNDECIDED] = { "UNDECIDED", CHK_TINT_DOUBT },
};

static size_t count_places(const struct chk_where *where,
			   enum chk_verdict verdict)
{
	size_t count = 0;

	for (size_t i = 0; i < where->count; i++) {
		if (where->items[i].view.verdict == verdict)
			count += where->items[i].view.place_count;
	}
	return count;
}

static size_t count_unread(const struct chk_census *census)
{
	size_t count = 0;

	for (size_t i = 0; i < census->view_count; i++)
		count += census->views[i].error != NULL;
	return count;
}

static void write_summary(struct chk_page *page, const struct chk_where *where)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	size_t trusted = count_places(where, CHK_VERDICT_TRUSTED);
	size_t all = trusted + count_places(where, CHK_VERDICT_UNTRUSTED) +
		     count_places(where, CHK_VERDICT_UNDECIDED);
	size_t unread = count_unread(where->census);

	chk_buffer_format(&text, "%zu of %zu trust store%s %s %s", trusted,
			  all, chk_plural(all),
			  trusted == 1 ? "trusts" : "trust", where->peer);
	if (unread)
		chk_buffer_format(&text, "; %zu could not be read", unread);
	page->buffer->failed |= text.failed;
	chk_page_sentence(page, 0, text.failed ? "" : text.data);
}

/* «Root», key id 0a:1b:..., SHA-256 ...: what is to be compared. */
static void add_subject(struct chk_buffer *text,
			const struct chk_subject *subject)
{
	struct chk_bytes key_id = chk_label_key_id(subject);
	uint8_t sha256[32];

	chk_buffer_text(text, "«");
	chk_label_short(text, subject);
	chk_buffer_text(text, "»");
	if (key_id.data) {
		chk_buffer_text(text, ", key id ");
		chk_text_hex(text, key_id, ':');
	}
	if (!subject->cert && !subject->known)
		return;
	if (subject->cert)
		chk_cert_sha256(subject->cert, sha256);
	else
		memcpy(sha256, subject->known->sha256, sizeof(sha256));
	chk_buffer_text(text, ", SHA-256 ");
	chk_text_hex(text, chk_bytes_of(sha256, sizeof(sha256)), 0);
}

static void write_subject(struct chk_page *page, const char *label,
			  const struct chk_subject *subject)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	if (!chk_label_is_subject(subject))
		return;
	add_subject(&text, subject);
	page->buffer->failed |= text.failed;
	chk_page_item(page, 2, label, HANGING, text.failed ? "" : text.data);
}

static void write_until(struct chk_page *page, const struct chk_until *until)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	if (!until->cert)
		return;
	chk_until_words(&text, until);
	page->buffer->failed |= text.failed;
	chk_page_item(page, 2, "until", HANGING, text.failed ? "" : text.data);
}

static void write_heading(struct chk_page *page, const struct chk_where *where,
			  const struct chk_where_row *row)
{
	size_t anchors = where->census->sets[row->set].view.anchor_count;

	chk_page_line(page);
	chk_page_add(page, VERDICTS[row->verdict].tint,
		     VERDICTS[row->verdict].words);
	chk_buffer_format(page->buffer, " with %zu anchor%s, %zu place%s\n",
			  anchors, chk_plural(anchors),
			  row->place_count,
			  chk_plural(row->place_count));
}

static void write_row(struct chk_page *page, const struct chk_where *where,
		      const struct chk_where_row *row)
{
	const struct chk_census *census = where->census;
	bool lacks = chk_label_is_subject(&row->lacks);

	write_heading(page, where, row);
	write_subject(page, "by", &row->anchor);
	write_subject(page, "lacks", &row->lacks);
	write_until(page, &row->until);
	if (row->verdict != CHK_VERDICT_TRUSTED && row->message &&
	    (!lacks || page->verbose > 0))
		chk_page_item(page, 2, "because", HANGING, row->message);
	for (size_t i = 0; i < row->place_count; i++)
		chk_census_place_text(page, &census->views[row->places[i]]);
}

/* Those that have to be mended stand first. */
static void write_rows(struct chk_page *page, const struct chk_where *where)
{
	static const enum chk_verdict ORDER[] = {
		CHK_VERDICT_UNTRUSTED, CHK_VERDICT_UNDECIDED,
		CHK_VERDICT_TRUSTED,
	};

	for (size_t i = 0; i < CHK_COUNT(ORDER); i++) {
		for (size_t j = 0; j < where->count; j++) {
			if (where->items[j].view.verdict == ORDER[i])
				write_row(page, where, &where->items[j].view);
		}
	}
}

void chk_where_text(const struct chk_where *where,
		    const struct chk_write_options *options,
		    struct chk_buffer *buffer)
{
	struct chk_page page = {
		.buffer = buffer, .colour = options->colour,
		.width = options->width > 0 ? (size_t)options->width : 80,
		.verbose = options->verbose,
	};

	write_summary(&page, where);
	if (options->verbose < 0)
		return;
	write_rows(&page, where);
	chk_census_write_unread(&page, where->census);
	chk_census_write_notes(&page, "PASSED OVER", &where->census->notes);
	chk_census_write_notes(&page, "COULD NOT BE LOOKED AT",
			       &where->census->places->notes);
}
