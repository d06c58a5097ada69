/* lib/report/csv.c: CSV cell by cell. */
#include "report/csv.h"

#include "base/cleanup.h"
#include "base/text.h"
#include "base/when.h"

/* Those of full width too, which some spreadsheets take for the others. */
static const char *const FORMULAS[] = {
	"=", "+", "-", "@", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d",
	"\xef\xbc\xa0",
};

static bool is_formula(const char *text)
{
	text += strspn(text, " ");
	for (size_t i = 0; i < CHK_COUNT(FORMULAS); i++)
		if (strncmp(text, FORMULAS[i], strlen(FORMULAS[i])) == 0)
			return true;
	return false;
}

static void begin(struct chk_csv *csv)
{
	if (csv->filled)
		chk_buffer_text(csv->buffer, ",");
	csv->filled = true;
}

/* RFC 4180 section 2: a quote inside of quotes is doubled. */
static void quote(struct chk_buffer *buffer, const char *text)
{
	chk_buffer_text(buffer, "\"");
	for (; *text; text++) {
		if (*text == '"')
			chk_buffer_text(buffer, "\"");
		chk_buffer_add(buffer, text, 1);
	}
	chk_buffer_text(buffer, "\"");
}

void chk_csv_text(struct chk_csv *csv, const char *text)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer safe = { 0 };

	begin(csv);
	if (!text || !*text)
		return;
	if (is_formula(text))
		chk_buffer_text(&safe, "'");
	chk_text_escape(&safe, chk_bytes_text(text));
	csv->buffer->failed |= safe.failed;
	if (safe.failed)
		return;
	if (strpbrk(safe.data, ",\"'; "))
		quote(csv->buffer, safe.data);
	else
		chk_buffer_add(csv->buffer, safe.data, safe.size);
}

void chk_csv_hex(struct chk_csv *csv, struct chk_bytes bytes)
{
	begin(csv);
	if (bytes.data)
		chk_text_hex(csv->buffer, bytes, 0);
}

void chk_csv_time(struct chk_csv *csv, int64_t seconds)
{
	char text[CHK_WHEN_SIZE];

	chk_when_text(seconds, text);
	chk_csv_text(csv, text);
}

void chk_csv_owned(struct chk_csv *csv, char *text)
{
	CHK_CLEANUP(chk_cleanup_free) char *owned = text;

	csv->buffer->failed |= !owned;
	chk_csv_text(csv, owned);
}

void chk_csv_header(struct chk_csv *csv, const char *const *names)
{
	for (; *names; names++)
		chk_csv_text(csv, *names);
	chk_csv_end(csv);
}

void chk_csv_end(struct chk_csv *csv)
{
	chk_buffer_text(csv->buffer, "\r\n");
	csv->filled = false;
}
