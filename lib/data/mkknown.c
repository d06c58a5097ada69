/*
 * lib/data/mkknown.c: known-roots.tsv and known-intermediates.tsv into the
 * table that is mapped. A bad row ends the build, with its line.
 *
 *   mkknown DAY ROOTS INTERMEDIATES TABLE
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/when.h"
#include "supply/known_write.h"

#define COLUMNS_MAX 16

struct table {
	struct chk_known_entry *entries;
	size_t count, room;
	struct chk_arena arena;
};

/* Where the row that is read stands. */
static const char *file_name;
static unsigned line_number;

static _Noreturn void fail(const char *what, const char *text)
{
	fprintf(stderr, "%s:%u: %s: %s\n", file_name, line_number, what, text);
	exit(1);
}

static int digit(char c)
{
	static const char DIGITS[] = "0123456789abcdef";
	const char *found = c ? strchr(DIGITS, c) : NULL;

	return found ? (int)(found - DIGITS) : -1;
}

/* At most `size` bytes of it; gives how many there are. "-" is none. */
static size_t read_hex(const char *text, uint8_t *bytes, size_t size)
{
	size_t count = strcmp(text, "-") == 0 ? 0 : strlen(text) / 2;

	if (count && strlen(text) % 2)
		fail("half a byte", text);
	for (size_t i = 0; i < count; i++) {
		int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);

		if (high < 0 || low < 0)
			fail("no hexadecimal", text);
		if (i < size)
			bytes[i] = (uint8_t)(high * 16 + low);
	}
	return count;
}

static void read_exactly(const char *text, uint8_t *bytes, size_t size)
{
	if (read_hex(text, bytes, size) != 32)
		fail("no SHA-256", text);
}

static int64_t read_time(const char *text)
{
	int64_t seconds;

	if (!chk_when_parse(text, 0, &seconds))
		fail("no time", text);
	return seconds;
}

static uint16_t read_day(const char *text)
{
	return chk_known_day(read_time(text));
}

static uint8_t read_programme(const char *text)
{
	static const char *const IDS[] = {
#define CHK_PROGRAMME(symbol, id, name) id,
#include "supply/known_programmes.def"
#undef CHK_PROGRAMME
	};

	for (size_t i = 0; i < CHK_COUNT(IDS); i++) {
		if (strcmp(IDS[i], text) == 0)
			return (uint8_t)i;
	}
	fail("no programme", text);
}

static size_t count_of(const char *text, char separator)
{
	size_t count = 1;

	if (strcmp(text, "-") == 0)
		return 0;
	for (; (text = strchr(text, separator)); text++)
		count++;
	return count;
}

/*
 * "mozilla:<=2016-08-05..2020-01-01!2019-01-01": `<=`: before, no end: still
 * there, behind `!` the last day of those that count.
 */
static struct chk_known_days read_days(char *text)
{
	struct chk_known_days days = { 0 };
	char *since = strchr(text, ':'), *until = strstr(text, "..");
	char *last = strchr(text, '!');

	if (!since || !until || until < since)
		fail("no days of a programme", text);
	*since++ = '\0';
	*until = '\0';
	until += 2;
	if (last) {
		*last = '\0';
		days.distrust_after = read_day(last + 1);
	}
	days.programme = read_programme(text);
	if (strncmp(since, "<=", 2) == 0) {
		days.open |= CHK_KNOWN_SINCE_OPEN;
		since += 2;
	}
	days.since = read_day(since);
	if (*until)
		days.until = read_day(until);
	else
		days.open |= CHK_KNOWN_UNTIL_OPEN;
	return days;
}

static void read_programmes(struct table *table, struct chk_known_entry *entry,
			    char *text)
{
	size_t count = count_of(text, ';');
	struct chk_known_days *days =
		chk_arena_array(&table->arena, count, sizeof(*days));
	char *rest = text;

	for (size_t i = 0; i < count; i++)
		days[i] = read_days(strsep(&rest, ";"));
	entry->days = days;
	entry->record.count = (uint16_t)count;
}

static void read_roots(struct table *table, struct chk_known_entry *entry,
		       char *text)
{
	size_t count = count_of(text, ',');
	uint8_t (*roots)[8] = chk_arena_array(&table->arena, count,
					      sizeof(*roots));
	char *rest = text;

	for (size_t i = 0; i < count; i++) {
		if (read_hex(strsep(&rest, ","), roots[i], 8) != 8)
			fail("no beginning of a SHA-256", text);
	}
	entry->roots = (const uint8_t (*)[8])roots;
	entry->record.count = (uint16_t)count;
}

static uint8_t read_usages(char *text)
{
	static const struct {
		const char *word;
		uint8_t flag;
	} WORDS[] = {
		{ "tls", CHK_KNOWN_TLS }, { "client", CHK_KNOWN_CLIENT },
		{ "email", CHK_KNOWN_EMAIL }, { "code", CHK_KNOWN_CODE },
		{ "time", CHK_KNOWN_TIME },
	};
	uint8_t flags = 0;
	char *rest = text, *one;

	while (strcmp(text, "-") != 0 && (one = strsep(&rest, ","))) {
		uint8_t flag = CHK_KNOWN_OTHER;

		for (size_t i = 0; i < CHK_COUNT(WORDS); i++) {
			if (strcmp(WORDS[i].word, one) == 0)
				flag = WORDS[i].flag;
		}
		flags |= flag;
	}
	return flags;
}

/* Both tables begin alike, and end with the subject. */
static struct chk_known_entry read_common(struct table *table, char **cells,
					  const char *subject)
{
	struct chk_known_entry entry = { 0 };
	struct chk_known_record *record = &entry.record;
	uint8_t spki[32];
	size_t size;

	read_exactly(cells[0], record->sha256, sizeof(record->sha256));
	read_exactly(cells[1], spki, sizeof(spki));
	memcpy(record->spki, spki, sizeof(record->spki));
	size = read_hex(cells[2], record->key_id, sizeof(record->key_id));
	if (size > UINT8_MAX)
		fail("too long a key id", cells[2]);
	record->key_id_size = (uint8_t)size;
	record->not_before = read_day(cells[3]);
	record->not_after = read_day(cells[4]);
	entry.subject = chk_arena_text(&table->arena, subject);
	return entry;
}

static struct chk_known_entry read_root(struct table *table, char **cells)
{
	struct chk_known_entry entry = read_common(table, cells, cells[6]);

	entry.record.flags = CHK_KNOWN_ROOT;
	read_programmes(table, &entry, cells[5]);
	return entry;
}

static struct chk_known_entry read_intermediate(struct table *table,
						char **cells)
{
	struct chk_known_entry entry = read_common(table, cells, cells[8]);

	entry.record.flags = read_usages(cells[5]);
	if (strcmp(cells[6], "-") != 0)
		entry.record.flags |= CHK_KNOWN_REVOKED;
	read_roots(table, &entry, cells[7]);
	return entry;
}

/* The first row names the columns. */
static void read_table(struct table *table, const char *path, size_t columns,
		       struct chk_known_entry (*read)(struct table *, char **))
{
	FILE *file = fopen(path, "r");
	char *line = NULL, *cells[COLUMNS_MAX];
	size_t room = 0;

	file_name = path;
	line_number = 0;
	if (!file)
		fail("cannot be opened", path);
	while (getline(&line, &room, file) > 0) {
		char *rest = line;
		size_t count = 0;

		line[strcspn(line, "\n")] = '\0';
		if (line_number++ == 0 || *line == '#')
			continue;
		while (count < COLUMNS_MAX && rest)
			cells[count++] = strsep(&rest, "\t");
		if (count != columns)
			fail("another number of columns", line);
		if (!chk_array_grow(&table->entries, table->count,
				    &table->room, sizeof(*table->entries)))
			fail("no memory", line);
		table->entries[table->count++] = read(table, cells);
	}
	free(line);
	fclose(file);
}

int main(int argc, char **argv)
{
	struct table table = { 0 };
	struct chk_buffer bytes = { 0 };
	struct chk_error error = { 0 };
	FILE *file;
	bool done;

	if (argc != 5)
		return 2;
	read_table(&table, argv[2], 7, read_root);
	read_table(&table, argv[3], 9, read_intermediate);
	if (!chk_known_write(table.entries, table.count,
			     read_time(argv[1]), &bytes, &error)) {
		fprintf(stderr, "%s: %s\n", error.where, error.what);
		return 1;
	}
	file = fopen(argv[4], "wb");
	done = file && fwrite(bytes.data, 1, bytes.size, file) == bytes.size;
	if (file && fclose(file) != 0)
		done = false;
	chk_buffer_clear(&bytes);
	chk_arena_clear(&table.arena);
	free(table.entries);
	return !done;
}
