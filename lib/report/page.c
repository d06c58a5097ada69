/* lib/report/page.c: text for a person: columns, wrapping, colours. */
#include "report/page.h"

#include <uniwidth.h>

#include "base/cleanup.h"
#include "base/text.h"

enum { MAX_MARGIN = 64 };

static const char *const TINTS[] = {
	[CHK_TINT_PLAIN] = "",
	[CHK_TINT_BAD] = "\033[1;31m",
	[CHK_TINT_DOUBT] = "\033[1;33m",
	[CHK_TINT_GOOD] = "\033[1;32m",
	[CHK_TINT_STRONG] = "\033[1m",
	[CHK_TINT_FAINT] = "\033[2m",
};

size_t chk_page_columns(const char *text, size_t size)
{
	int columns = u8_width((const uint8_t *)text, size, "UTF-8");

	return columns < 0 ? 0 : (size_t)columns;
}

/* The bytes of the longest beginning that fits into `columns`. */
static size_t beginning(const struct chk_buffer *text, size_t columns)
{
	struct chk_bytes rest = chk_bytes_of(text->data, text->size);
	uint32_t character;
	size_t used = 0, size;

	while (rest.size && chk_text_utf8(rest, &size, &character)) {
		used += chk_page_columns((const char *)rest.data, size);
		if (used > columns)
			break;
		rest.data += size;
		rest.size -= size;
	}
	return text->size - rest.size;
}

void chk_page_shorten(struct chk_buffer *text, size_t columns)
{
	if (text->failed || !text->data || columns == 0 ||
	    chk_page_columns(text->data, text->size) <= columns)
		return;
	text->size = beginning(text, columns - 1);
	chk_buffer_text(text, "…");
}

static void begin_tint(struct chk_page *page, enum chk_tint tint)
{
	if (page->colour)
		chk_buffer_text(page->buffer, TINTS[tint]);
}

static void end_tint(struct chk_page *page, enum chk_tint tint)
{
	if (page->colour && tint != CHK_TINT_PLAIN)
		chk_buffer_text(page->buffer, "\033[0m");
}

void chk_page_add(struct chk_page *page, enum chk_tint tint, const char *text)
{
	if (!*text)
		return;
	begin_tint(page, tint);
	chk_text_escape(page->buffer, chk_bytes_text(text));
	end_tint(page, tint);
}

void chk_page_spaces(struct chk_page *page, size_t count)
{
	while (count--)
		chk_buffer_text(page->buffer, " ");
}

void chk_page_line(struct chk_page *page)
{
	chk_buffer_text(page->buffer, "\n");
}

/* How much of a word that is longer than a line stands on this one. */
static size_t fitting(const char *word, size_t size, size_t room)
{
	size_t fits = 0;

	for (size_t i = 1; i < size; i++) {
		if (word[i - 1] != ',' || (i > 1 && word[i - 2] == '\\'))
			continue;
		if (fits && chk_page_columns(word, i) > room)
			break;
		fits = i;
	}
	return fits ? fits : size;
}

struct flow {
	struct chk_page *page;
	const char *margin;
	enum chk_tint tint;
	size_t column, indent;
	bool fresh; /* no word on this line yet */
};

/* No blanks are left behind at the end of a line. */
static void break_line(struct flow *flow)
{
	end_tint(flow->page, flow->tint);
	chk_page_line(flow->page);
	chk_buffer_text(flow->page->buffer, flow->margin);
	begin_tint(flow->page, flow->tint);
	flow->column = flow->indent;
	flow->fresh = true;
}

/* One word, or the beginning of it; gives its size. */
static size_t put_word(struct flow *flow, const char *word, bool blank)
{
	size_t size = strcspn(word, " ");
	size_t columns = chk_page_columns(word, size);
	size_t gap = blank && !flow->fresh;

	if (!flow->fresh && flow->column + gap + columns > flow->page->width) {
		break_line(flow);
		gap = 0;
	}
	if (flow->column + gap + columns > flow->page->width) {
		size = fitting(word, size, flow->page->width - flow->column);
		columns = chk_page_columns(word, size);
	}
	chk_page_spaces(flow->page, gap);
	chk_buffer_add(flow->page->buffer, word, size);
	flow->column += gap + columns;
	flow->fresh = false;
	return size;
}

void chk_page_flow(struct chk_page *page, size_t column, const char *margin,
		   enum chk_tint tint, const char *text)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer safe = { 0 };
	struct flow flow = {
		.page = page, .margin = margin, .tint = tint,
		.column = column, .fresh = true,
		.indent = chk_page_columns(margin, strlen(margin)),
	};
	bool blank = false;
	const char *word;

	chk_text_escape(&safe, chk_bytes_text(text));
	page->buffer->failed |= safe.failed;
	begin_tint(page, tint);
	for (word = safe.failed || !safe.data ? "" : safe.data; *word;) {
		word += put_word(&flow, word, blank);
		blank = *word == ' ';
		word += strspn(word, " ");
	}
	end_tint(page, tint);
	chk_page_line(page);
}

/* Blanks for a margin, no more than fit. */
static void fill_margin(char margin[MAX_MARGIN], size_t columns)
{
	if (columns >= MAX_MARGIN)
		columns = MAX_MARGIN - 1;
	memset(margin, ' ', columns);
	margin[columns] = '\0';
}

void chk_page_item(struct chk_page *page, size_t indent, const char *label,
		   size_t hanging, const char *text)
{
	size_t column = indent + chk_page_columns(label, strlen(label));
	size_t gap = column + 1 < hanging ? hanging - column : 1;
	char margin[MAX_MARGIN];

	fill_margin(margin, hanging);
	chk_page_spaces(page, indent);
	chk_page_add(page, CHK_TINT_PLAIN, label);
	chk_page_spaces(page, gap);
	chk_page_flow(page, column + gap, margin, CHK_TINT_PLAIN, text);
}

void chk_page_sentence(struct chk_page *page, size_t indent, const char *text)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer sentence = { 0 };
	size_t size = strlen(text);
	char margin[MAX_MARGIN];

	fill_margin(margin, indent);
	chk_buffer_text(&sentence, text);
	if (size && !strchr(".:!?", text[size - 1]))
		chk_buffer_text(&sentence, ".");
	chk_page_spaces(page, indent);
	chk_page_flow(page, indent, margin, CHK_TINT_PLAIN,
		      sentence.data ? sentence.data : "");
	page->buffer->failed |= sentence.failed;
}

void chk_page_heading(struct chk_page *page, const char *text)
{
	chk_page_line(page);
	chk_page_add(page, CHK_TINT_STRONG, text);
	chk_page_line(page);
}

void chk_page_command(struct chk_page *page, size_t indent,
		      const char *command)
{
	while (*command) {
		size_t size = strcspn(command, "\n");

		chk_page_spaces(page, indent);
		chk_text_escape(page->buffer, chk_bytes_of(command, size));
		chk_page_line(page);
		command += size + (command[size] == '\n');
	}
}

void chk_page_verdict(struct chk_page *page, enum chk_tint tint,
		      const char *word, const char *sentence)
{
	chk_page_add(page, tint, word);
	chk_page_add(page, CHK_TINT_PLAIN, " ");
	chk_page_flow(page, strlen(word) + 1, "", CHK_TINT_PLAIN, sentence);
}
