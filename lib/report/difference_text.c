/* lib/report/difference_text.c: a difference for a person. */
#include "report/write_difference.h"

#include "base/cleanup.h"
#include "base/text.h"
#include "report/change_groups.h"
#include "report/label.h"
#include "report/page.h"
#include "report/trust_words.h"

enum { WIDTH = 80, WIDTH_MIN = 40, ONE_LINE = 1000000, INDENT = 2, HANGING = 4,
       SHORT = 8,
       GROUP = 4 /* so many that say the same have a line each */ };

/* For the first line and for the heading above the rows. */
static const struct {
	enum chk_tint tint;
	const char *one, *many, *heading;
} KINDS[CHK_CHANGE_COUNT] = {
	[CHK_CHANGE_DISTRUST_LOST] = {
		CHK_TINT_BAD, "distrust lost", "distrusts lost",
		"Distrust lost: refused before, and not now" },
	[CHK_CHANGE_CONSTRAINTS_LOST] = {
		CHK_TINT_BAD, "with constraints lost", "with constraints lost",
		"Constraints lost: trusted for more than before" },
	[CHK_CHANGE_CONSTRAINTS] = {
		CHK_TINT_DOUBT, "with other constraints",
		"with other constraints", "Other constraints" },
	[CHK_CHANGE_PURPOSES] = {
		CHK_TINT_DOUBT, "with other purposes", "with other purposes",
		"Other purposes" },
	[CHK_CHANGE_DISTRUST_GAINED] = {
		CHK_TINT_DOUBT, "distrust gained", "distrusts gained",
		"Distrust gained: refused now, and not before" },
	[CHK_CHANGE_REMOVED] = {
		CHK_TINT_DOUBT, "removed", "removed", "Removed" },
	[CHK_CHANGE_REKEYED] = {
		CHK_TINT_DOUBT, "with another key", "with another key",
		"The same name with another key" },
	[CHK_CHANGE_ADDED] = { CHK_TINT_DOUBT, "added", "added", "Added" },
	[CHK_CHANGE_RENEWED] = {
		CHK_TINT_PLAIN, "renewed", "renewed",
		"Renewed: the same key in another certificate" },
};

static void flow(struct chk_page *page, size_t indent, const char *margin,
		 const struct chk_buffer *text)
{
	chk_page_spaces(page, indent);
	chk_page_flow(page, indent, margin, CHK_TINT_PLAIN,
		      text->data ? text->data : "");
	page->buffer->failed |= text->failed;
}

static bool is_whole(const struct chk_difference *difference)
{
	return chk_store_note_count(chk_difference_store(
			difference, CHK_SIDE_BEFORE)) == 0 &&
	       chk_store_note_count(chk_difference_store(
			difference, CHK_SIDE_AFTER)) == 0;
}

static void say_counts(struct chk_buffer *buffer,
		       const struct chk_difference *difference)
{
	const char *between = "";

	for (size_t i = 0; i < CHK_CHANGE_COUNT; i++) {
		size_t count = chk_difference_kind_count(
			difference, (enum chk_change_kind)i);

		if (!count)
			continue;
		chk_buffer_text(buffer, between);
		chk_say_count(buffer, count, KINDS[i].one, KINDS[i].many);
		between = ", ";
	}
	chk_buffer_text(buffer, "; ");
	chk_say_count(buffer, chk_difference_same(difference), "key is",
			"keys are");
	chk_buffer_text(buffer, " the same.");
}

static void say_equal(struct chk_buffer *buffer,
		      const struct chk_difference *difference, bool whole)
{
	chk_buffer_text(buffer, "both say the same of ");
	chk_say_count(buffer, chk_difference_same(difference), "key",
			"keys");
	chk_buffer_text(buffer, whole ? "." :
			"; but not all could be read, and that may differ.");
}

static void write_head(struct chk_page *page,
		       const struct chk_difference *difference)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	bool equal = chk_difference_count(difference) == 0;
	bool whole = is_whole(difference);
	const char *word = !equal ? "DIFFERENT:" : whole ? "EQUAL:" :
							   "UNDECIDED:";

	if (equal)
		say_equal(&text, difference, whole);
	else
		say_counts(&text, difference);
	chk_page_add(page, equal && whole ? CHK_TINT_GOOD : CHK_TINT_DOUBT,
		     word);
	chk_page_add(page, CHK_TINT_PLAIN, " ");
	chk_page_flow(page, strlen(word) + 1, "", CHK_TINT_PLAIN,
		      text.data ? text.data : "");
	page->buffer->failed |= text.failed;
}

/* What is said of a store once, and not in each row. */
static void write_store(struct chk_page *page, const char *label,
			const struct chk_difference *difference,
			enum chk_side side)
{
	const struct chk_store *store = chk_difference_store(difference, side);
	size_t unstated = chk_difference_unstated(difference, side);
	const char *format = chk_store_format(store);
	const struct chk_carries *carries = chk_format_carries(format);
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	chk_buffer_format(&text, "%s: %s, ", chk_store_spec(store), format);
	chk_say_count(&text, chk_store_count(store), "certificate",
			"certificates");
	if (unstated) {
		chk_buffer_text(&text, "; ");
		chk_say_count(&text, unstated, "key that", "keys that");
		chk_buffer_text(&text, " it says nothing of");
	}
	if (carries)
		chk_say_carries(&text, carries);
	chk_page_item(page, INDENT, label, INDENT + 8,
		      text.data ? text.data : "");
	page->buffer->failed |= text.failed;
}

/* The first bytes are enough to find it by. */
static void say_digest(struct chk_buffer *buffer, const struct chk_page *page,
		       struct chk_bytes bytes, char separator)
{
	bool cut = !page->verbose && bytes.size > SHORT;

	if (cut)
		bytes.size = SHORT;
	chk_text_hex(buffer, bytes, separator);
	if (cut)
		chk_buffer_text(buffer, "…");
}

static void write_certificate(struct chk_page *page, const char *label,
			      const struct chk_anchor *anchor)
{
	const struct chk_cert *cert = chk_anchor_cert(anchor);
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	struct chk_bytes key_id = chk_cert_key_id(cert);
	const char *where;
	uint8_t digest[32];

	chk_buffer_text(&text, label);
	if (key_id.size) {
		chk_buffer_text(&text, "key id ");
		say_digest(&text, page, key_id, ':');
		chk_buffer_text(&text, ", ");
	}
	chk_cert_sha256(cert, digest);
	chk_buffer_text(&text, "SHA-256 ");
	say_digest(&text, page, chk_bytes_of(digest, sizeof(digest)), 0);
	chk_buffer_text(&text, ", ");
	chk_say_day(&text, chk_cert_not_before(cert));
	chk_buffer_text(&text, " to ");
	chk_say_day(&text, chk_cert_not_after(cert));
	for (size_t i = 0; (where = chk_anchor_where(anchor, i)); i++) {
		if (i && !page->verbose)
			break;
		chk_buffer_format(&text, ", %s", where);
	}
	flow(page, HANGING, "      ", &text);
}

/* Both where they are not one certificate, else the one that is there now. */
static void write_certificates(struct chk_page *page,
			       const struct chk_store_change *change)
{
	const struct chk_anchor *before = change->before;
	const struct chk_anchor *after = change->after;
	bool both = change->kind == CHK_CHANGE_REKEYED ||
		    change->kind == CHK_CHANGE_RENEWED || page->verbose;

	if (before && after && both) {
		write_certificate(page, "before: ", before);
		write_certificate(page, "now: ", after);
		return;
	}
	if (after || before)
		write_certificate(page, "", after ? after : before);
}

static void say_name(struct chk_buffer *name,
		     const struct chk_store_change *change)
{
	const struct chk_anchor *anchor = change->after ? change->after :
							  change->before;
	CHK_CLEANUP(chk_cleanup_free) char *subject = NULL;

	if (!anchor) {
		chk_buffer_text(name, "serial number ");
		chk_text_hex(name, change->serial, 0);
		chk_buffer_format(name, " of %s, %s", change->issuer,
				  change->where);
		return;
	}
	subject = chk_cert_subject(chk_anchor_cert(anchor));
	name->failed |= !subject;
	chk_buffer_text(name, subject && *subject ? subject : "(empty name)");
}

static void write_change(struct chk_page *page, const struct chk_grouped *row)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer name = { 0 };

	say_name(&name, row->change);
	flow(page, INDENT, "    ", &name);
	chk_page_spaces(page, HANGING);
	chk_page_flow(page, HANGING, "      ", CHK_TINT_PLAIN, row->words);
	write_certificates(page, row->change);
}

/* One of many: what it is found by, and a name that fits the line. */
static void write_member(struct chk_page *page,
			 const struct chk_store_change *change)
{
	const struct chk_anchor *anchor = change->after ? change->after :
							  change->before;
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	struct chk_subject about = { 0 };
	uint8_t digest[32];

	if (anchor) {
		about.cert = chk_anchor_cert(anchor);
		chk_cert_sha256(about.cert, digest);
		say_digest(&text, page, chk_bytes_of(digest, sizeof(digest)),
			   0);
		chk_buffer_text(&text, " ");
		chk_label_short(&text, &about);
	} else {
		say_name(&text, change);
	}
	flow(page, HANGING, "      ", &text);
}

/* The words once, and a line a key. */
static void write_group(struct chk_page *page, const struct chk_grouped *rows,
			size_t count)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	chk_buffer_format(&text, "%s (%zu keys, by SHA-256):", rows->words,
			  count);
	flow(page, INDENT, "    ", &text);
	for (size_t i = 0; i < count; i++)
		write_member(page, rows[i].change);
}

static size_t group_size(const struct chk_grouped *rows, size_t count)
{
	size_t size = 1;

	while (size < count && rows[size].first == rows->first)
		size++;
	return size;
}

static void write_heading(struct chk_page *page, enum chk_change_kind kind)
{
	chk_page_line(page);
	chk_page_add(page, KINDS[kind].tint, KINDS[kind].heading);
	chk_page_line(page);
}

static void write_changes(struct chk_page *page,
			  const struct chk_difference *difference)
{
	size_t count = chk_difference_count(difference), size;
	struct chk_grouped *rows = chk_change_groups(difference);

	page->buffer->failed |= !rows;
	for (size_t i = 0; rows && i < count; i += size) {
		size = page->verbose ? 1 : group_size(&rows[i], count - i);
		if (i == 0 || rows[i].change->kind != rows[i - 1].change->kind)
			write_heading(page, rows[i].change->kind);
		if (size < GROUP)
			size = 1;
		if (size == 1)
			write_change(page, &rows[i]);
		else
			write_group(page, &rows[i], size);
	}
	chk_change_groups_free(rows, count);
}

void chk_write_difference_text(const struct chk_difference *difference,
			       const struct chk_difference_options *options,
			       struct chk_buffer *buffer)
{
	struct chk_page page = {
		.buffer = buffer,
		.colour = options->colour,
		.verbose = options->verbose,
		.width = options->quiet ? ONE_LINE :
			 options->width <= 0 ? WIDTH :
			 options->width < WIDTH_MIN ? WIDTH_MIN :
						      (size_t)options->width,
	};

	write_head(&page, difference);
	if (options->quiet)
		return;
	write_store(&page, "before", difference, CHK_SIDE_BEFORE);
	write_store(&page, "now", difference, CHK_SIDE_AFTER);
	write_changes(&page, difference);
}
