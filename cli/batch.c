/* cli/batch.c: many questions to one process. */
#include "config.h"

#include "batch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "batch_case.h"
#include "complain.h"
#include "output.h"
#include "question.h"

#define MAX_LINE (64u << 20) /* bytes: 10,000 certificates are half of it */

/* struct line is one line of standard input, without its end. */
struct line {
	char *text;
	size_t size, room;
	bool too_long; /* there was more than is kept */
};

static void keep(struct line *line, int c)
{
	if (line->size == MAX_LINE) {
		line->too_long = true;
		return;
	}
	if (line->size == line->room) {
		line->room = line->room > 0 ? 2 * line->room : 4096;
		line->text = realloc(line->text, line->room);
		if (line->text == NULL)
			die_of_memory();
	}
	line->text[line->size++] = (char)c;
}

/* False: there is none. */
static bool next_line(FILE *in, struct line *line)
{
	int c = getc_unlocked(in);

	if (c == EOF)
		return false;
	line->size = 0;
	line->too_long = false;
	for (; c != EOF && c != '\n'; c = getc_unlocked(in))
		keep(line, c);
	return true;
}

static bool is_blank(const struct line *line)
{
	for (size_t i = 0; i < line->size; i++) {
		if (strchr(" \t\r", line->text[i]) == NULL)
			return false;
	}
	return true;
}

/* In the place of a report. */
static enum exit_status answer_error(struct output *output, const char *id,
				     const char *why)
{
	json_t *answer = json_pack("{s:s, s:s?, s:s, s:{s:s}}",
				   "schema", "chaincheck.error/1", "id", id,
				   "verdict", "undecided",
				   "error", "message", why);
	char *text = json_dumps(answer, JSON_COMPACT);

	if (text == NULL)
		die_of_memory();
	fprintf(output->file, "%s\n", text);
	fflush(output->file);
	free(text);
	json_decref(answer);
	return STATUS_UNDECIDED;
}

static enum exit_status answer_case(struct output *output,
				    const struct options *options,
				    const struct batch_case *from)
{
	struct chk_report *report;
	struct chk_error error;
	enum exit_status status;

	if (!chk_verify(from->leaf, &from->question, &report, &error))
		return answer_error(output, from->id, error.what);
	output->id = from->id;
	status = output_report(output, options, report);
	chk_report_free(report);
	return status;
}

static enum exit_status answer(struct output *output,
			       const struct options *options,
			       const struct chk_question *usual,
			       const struct line *line)
{
	struct batch_case from;
	enum exit_status status;

	if (line->too_long)
		return answer_error(output, NULL, "a line of over 64 MiB");
	if (batch_case_read(&from, line->text, line->size, usual))
		status = answer_case(output, options, &from);
	else
		status = answer_error(output, from.id, from.why);
	batch_case_close(&from);
	return status;
}

static enum exit_status answer_all(struct output *output,
				   const struct options *options,
				   const struct chk_question *usual)
{
	enum exit_status status = STATUS_TRUSTED;
	struct line line = {0};

	while (next_line(stdin, &line)) {
		if (!is_blank(&line))
			status = worse_status(status, answer(output, options,
							     usual, &line));
	}
	free(line.text);
	if (!ferror(stdin))
		return status;
	complain("standard input", "%s", strerror(errno));
	return worse_status(status, STATUS_UNDECIDED);
}

/*
 * The system's store is no default here: a line or an option says what is
 * trusted.
 */
enum exit_status batch_run(const struct options *options)
{
	struct options lines = *options;
	struct inquiry inquiry;
	struct output output;
	enum exit_status status;

	lines.no_system = true;
	lines.format = "jsonl";
	status = inquiry_open(&lines, &inquiry);
	/* Not for each line anew. */
	inquiry.question.sources = false;
	if (status == STATUS_TRUSTED && !output_open(&lines, &output))
		status = STATUS_UNDECIDED;
	if (status == STATUS_TRUSTED) {
		status = answer_all(&output, &lines, &inquiry.question);
		status = output_close(&output, status);
	}
	inquiry_close(&inquiry);
	return status;
}
