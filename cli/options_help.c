/* cli/options_help.c: the options as a person is told of them. */
#include "config.h"

#include "option_row.h"

/* So many options are listed in full. */
#define SCREEN 24
/* Where what an option does begins, and where a line of names ends. */
#define TEXT_COLUMN 30
#define LAST_COLUMN 78

static size_t count_rows(unsigned applies)
{
	size_t count = 0;

	for (size_t i = 0; i < option_row_count; i++)
		count += (option_rows[i].applies & applies) != 0;
	return count;
}

/* "-o, --output FILE" */
static int write_name(char *room, size_t size, const struct option_row *row)
{
	char letter[] = { '-', row->letter, ',', ' ', '\0' };

	return snprintf(room, size, "%s--%s%s%s",
			row->letter != '\0' ? letter : "", row->name,
			row->value != NULL ? " " : "",
			row->value != NULL ? row->value : "");
}

static void write_row(FILE *out, const struct option_row *row)
{
	char left[48];
	int indent = row->letter != '\0' ? 2 : 6;
	int width = TEXT_COLUMN - indent;

	if (write_name(left, sizeof(left), row) > width - 2)
		fprintf(out, "%*s%s\n%*s%s\n", indent, "", left,
			TEXT_COLUMN, "", row->help);
	else
		fprintf(out, "%*s%-*s%s\n", indent, "", width, left,
			row->help);
}

/* What the list has left out, by name. */
static void write_others(FILE *out, unsigned applies)
{
	const char *before = "\nOthers; --help -v says what they do:\n ";
	int column = 1;

	for (size_t i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];
		char name[48];
		int size;

		if ((row->applies & applies) == 0 || row->common)
			continue;
		size = write_name(name, sizeof(name), row);
		if (column + 2 + size > LAST_COLUMN) {
			before = ",\n ";
			column = 1;
		}
		fprintf(out, "%s %s", before, name);
		before = ",";
		column += 2 + size;
	}
	putc('\n', out);
}

void options_help(FILE *out, unsigned applies, bool all)
{
	bool whole = all || count_rows(applies) <= SCREEN;

	for (size_t i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];

		if ((row->applies & applies) != 0 && (whole || row->common))
			write_row(out, row);
	}
	if (!whole)
		write_others(out, applies);
}
