/*
 * lib/report/page.h: text for a person: columns, wrapping, colours. Whatever
 * is printed is escaped here once more, so that no caller can forget it.
 */
#ifndef CHK_REPORT_PAGE_H
#define CHK_REPORT_PAGE_H

#include "base/buffer.h"

/* What a colour says; it never says anything alone. */
enum chk_tint {
	CHK_TINT_PLAIN,
	CHK_TINT_BAD,
	CHK_TINT_DOUBT,
	CHK_TINT_GOOD,
	CHK_TINT_STRONG,
	CHK_TINT_FAINT,
};

struct chk_page {
	struct chk_buffer *buffer;
	bool colour;
	size_t width; /* columns */
	int verbose;
};

/* Columns on a terminal: wide characters are two, combining ones none. */
size_t chk_page_columns(const char *text, size_t size);
/* Cuts the text so that it fits into `columns`, with an ellipsis. */
void chk_page_shorten(struct chk_buffer *text, size_t columns);

/* As it stands, on the line where we are. */
void chk_page_add(struct chk_page *page, enum chk_tint tint, const char *text);
void chk_page_spaces(struct chk_page *page, size_t count);
void chk_page_line(struct chk_page *page);

/*
 * chk_page_flow puts words on the line where we are, at `column`, and on
 * lines below that begin with `margin`; it ends the line. Words are never
 * broken, so fingerprints and paths can be copied; only what is longer than
 * a line is broken, and behind its commas (a distinguished name).
 */
void chk_page_flow(struct chk_page *page, size_t column, const char *margin,
		   enum chk_tint tint, const char *text);
/*
 * chk_page_item: `label` at column `indent`, then `text` from `hanging` on
 * the same line, or behind the label if that is longer.
 */
void chk_page_item(struct chk_page *page, size_t indent, const char *label,
		   size_t hanging, const char *text);
/* A paragraph, indented; it ends in a full stop. */
void chk_page_sentence(struct chk_page *page, size_t indent, const char *text);
/* Lines to copy, indented: never wrapped, nothing but blanks before them. */
void chk_page_command(struct chk_page *page, size_t indent,
		      const char *command);
/* A heading, and an empty line before it. */
void chk_page_heading(struct chk_page *page, const char *text);

/* chk_page_verdict begins a page: "FAILS: and a sentence", wrapped below it. */
void chk_page_verdict(struct chk_page *page, enum chk_tint tint,
		      const char *word, const char *sentence);

#endif
