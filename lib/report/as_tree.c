/* lib/report/as_tree.c: a path drawn from the leaf up to its anchor. */
#include "report/as_tree.h"

#include "base/cleanup.h"
#include "base/text.h"
#include "base/when.h"
#include "report/label.h"

enum {
	EDGE = 2,  /* columns left of the tree */
	STEP = 3,  /* of each step to the right */
	KEY_ID_BYTES = 4, /* of a key id that are shown; all stand below */
};

struct tree {
	struct chk_page *page;
	const struct chk_report *report;
	const struct chk_path_view *path;
	size_t max_depth; /* deeper rows go to the right no more */
	size_t column;    /* where the remarks begin */
};

static size_t indent_of(const struct tree *tree, size_t row)
{
	return EDGE + STEP * (row < tree->max_depth ? row : tree->max_depth);
}

/* The name of a row, no longer than its room before the remarks. */
static void name_row(const struct tree *tree, size_t row,
		     struct chk_buffer *name)
{
	size_t room = tree->page->width * 11 / 20 - indent_of(tree, row);
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer raw = { 0 };

	/* Escaped before it is measured, or the columns would not be so. */
	chk_label_short(&raw, &tree->path->links[row].subject);
	chk_text_escape(name, chk_bytes_of(raw.data, raw.size));
	chk_page_shorten(name, room);
	tree->page->buffer->failed |= raw.failed || name->failed;
}

static void set_column(struct tree *tree)
{
	for (size_t i = 0; i < tree->path->link_count; i++) {
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer name = { 0 };
		size_t column = indent_of(tree, i) + 2;

		name_row(tree, i, &name);
		if (name.data)
			column += chk_page_columns(name.data, name.size);
		if (column > tree->column)
			tree->column = column;
	}
}

static bool is_presented(const struct chk_report *report,
			 const struct chk_cert *cert)
{
	for (size_t i = 0; i < report->presented_count; i++) {
		if (report->presented[i].cert == cert)
			return true;
	}
	return false;
}

void chk_write_origin(struct chk_buffer *buffer,
		      const struct chk_report *report,
		      const struct chk_subject *subject)
{
	bool sent = report->handshake.asked && subject->cert &&
		    is_presented(report, subject->cert);

	if (sent)
		chk_buffer_text(buffer, "sent by the server");
	else if (subject->where && *subject->where)
		chk_buffer_format(buffer, "in %s", subject->where);
	else
		chk_buffer_text(buffer, "at hand");
}

/* What is the matter with a row, in a word that can be seen from afar. */
struct mark {
	enum chk_tint tint;
	const char *word;
	const char *joint; /* between the word and the date, or what is known */
	bool begins;       /* the date is that of notBefore */
};

enum state {
	STATE_SOUND,
	STATE_TRUSTED,
	STATE_MISSING,
	STATE_EXPIRED,
	STATE_EARLY,
	STATE_TOP,
	STATE_REFUSED,
};

static const struct mark MARKS[] = {
	[STATE_SOUND] = { CHK_TINT_PLAIN, "", "valid until ", false },
	[STATE_TRUSTED] = { CHK_TINT_GOOD, "trusted", " until ", false },
	[STATE_MISSING] = { CHK_TINT_BAD, "MISSING", ": ", false },
	[STATE_EXPIRED] = { CHK_TINT_BAD, "EXPIRED", " on ", false },
	[STATE_EARLY] = { CHK_TINT_BAD, "NOT VALID", " before ", true },
	[STATE_TOP] = { CHK_TINT_BAD, "NOT TRUSTED", ", valid until ", false },
	[STATE_REFUSED] = { CHK_TINT_BAD, "REFUSED", ", valid until ", false },
};

/* The diagnosis decides what is a defect; the dates only name it. */
static enum state state_of(const struct chk_report *report,
			   const struct chk_path_link *link)
{
	const struct chk_cert *cert = link->subject.cert;

	if (link->role == CHK_ROLE_MISSING || !cert)
		return STATE_MISSING;
	if (link->role == CHK_ROLE_TOP)
		return STATE_TOP;
	if (link->defect_count == 0)
		return link->role == CHK_ROLE_ANCHOR ? STATE_TRUSTED :
						       STATE_SOUND;
	if (chk_cert_not_after(cert) < report->at)
		return STATE_EXPIRED;
	return chk_cert_not_before(cert) > report->at ? STATE_EARLY :
							STATE_REFUSED;
}

static void add_key_id(struct chk_buffer *buffer, struct chk_bytes key_id)
{
	bool more = key_id.size > KEY_ID_BYTES;

	chk_buffer_text(buffer, "key id ");
	if (more)
		key_id.size = KEY_ID_BYTES;
	chk_text_hex(buffer, key_id, ':');
	if (more)
		chk_buffer_text(buffer, "…");
}

/* "key id 0a:1b:2c:3d…" of what is not at hand, or where it was found. */
static void add_missing(struct chk_buffer *buffer,
			const struct chk_report *report,
			const struct chk_subject *subject)
{
	if (subject->cert) {
		chk_buffer_text(buffer, "found ");
		chk_write_origin(buffer, report, subject);
		return;
	}
	if (subject->key_id.data)
		add_key_id(buffer, subject->key_id);
	else
		chk_buffer_text(buffer, "not at hand");
}

static void add_remark(struct chk_buffer *buffer,
		       const struct chk_report *report,
		       const struct chk_subject *subject,
		       const struct mark *mark)
{
	enum { DAY = 10 }; /* "2027-01-01" */
	const struct chk_cert *cert = subject->cert;
	char when[CHK_WHEN_SIZE];

	if (mark == &MARKS[STATE_MISSING]) {
		add_missing(buffer, report, subject);
		return;
	}
	chk_when_text(mark->begins ? chk_cert_not_before(cert) :
				     chk_cert_not_after(cert), when);
	chk_buffer_format(buffer, "%.*s, ", DAY, when);
	chk_write_origin(buffer, report, subject);
}

/* Left of what stands below a row: blanks, and the line to the next row. */
static void fill_margin(const struct tree *tree, size_t row, size_t column,
			struct chk_buffer *margin)
{
	bool more = row + 1 < tree->path->link_count;
	size_t line = indent_of(tree, row + 1) - STEP;

	for (size_t i = 0; i < column; i++)
		chk_buffer_text(margin, more && i == line ? "│" : " ");
	tree->page->buffer->failed |= margin->failed;
}

static void write_remark(const struct tree *tree, size_t row)
{
	const struct chk_path_link *link = &tree->path->links[row];
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer remark = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer margin = { 0 };
	const struct mark *mark = &MARKS[state_of(tree->report, link)];
	size_t column = tree->column + strlen(mark->word) +
			strlen(mark->joint);

	chk_page_add(tree->page, mark->tint, mark->word);
	chk_page_add(tree->page, CHK_TINT_PLAIN, mark->joint);
	add_remark(&remark, tree->report, &link->subject, mark);
	fill_margin(tree, row, tree->column, &margin);
	if (remark.data && margin.data)
		chk_page_flow(tree->page, column, margin.data, CHK_TINT_PLAIN,
			      remark.data);
	tree->page->buffer->failed |= remark.failed;
}

static void write_defects(const struct tree *tree, size_t row)
{
	const struct chk_path_link *link = &tree->path->links[row];
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer margin = { 0 };
	size_t column = indent_of(tree, row) + STEP + 2;

	fill_margin(tree, row, column, &margin);
	for (size_t i = 0; margin.data && i < link->defect_count; i++) {
		/* The mark stands in place of the margin's last two blanks. */
		chk_buffer_add(tree->page->buffer, margin.data,
			       margin.size - 2);
		chk_page_add(tree->page, CHK_TINT_BAD, "✗ ");
		chk_page_flow(tree->page, column, margin.data, CHK_TINT_PLAIN,
			      link->defects[i]);
	}
}

static void write_row(const struct tree *tree, size_t row)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer name = { 0 };
	size_t indent = indent_of(tree, row);
	size_t columns;

	name_row(tree, row, &name);
	if (!name.data)
		return;
	chk_page_spaces(tree->page, row ? indent - STEP : indent);
	if (row)
		chk_page_add(tree->page, CHK_TINT_FAINT, "└─ ");
	chk_page_add(tree->page, CHK_TINT_STRONG, name.data);
	columns = indent + chk_page_columns(name.data, name.size);
	chk_page_spaces(tree->page, tree->column - columns);
	write_remark(tree, row);
	write_defects(tree, row);
}

void chk_write_tree(struct chk_page *page, const struct chk_report *report,
		    const struct chk_path_view *path)
{
	struct tree tree = {
		.page = page, .report = report, .path = path,
		.max_depth = page->width / 12,
	};

	set_column(&tree);
	for (size_t i = 0; i < path->link_count; i++)
		write_row(&tree, i);
}
