/* cli/output.c: the report to where it was asked for. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "command.h"

static bool wants_colour(const struct options *options)
{
	const char *when = options->colour ? options->colour : "auto";
	const char *term = getenv("TERM"), *none = getenv("NO_COLOR");

	if (strcmp(when, "auto") != 0)
		return strcmp(when, "always") == 0;
	return !options->output && isatty(1) && !(none && *none) && term &&
	       strcmp(term, "dumb") != 0;
}

static int width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	int wide = columns ? atoi(columns) : 0;

	if (wide <= 0 && isatty(1) && ioctl(1, TIOCGWINSZ, &size) == 0)
		wide = size.ws_col;
	return wide < 40 || wide > 400 ? 80 : wide;
}

/* A file beside it takes its place once all is written. */
static bool replace_file(const char *path, const char *text)
{
	size_t size = strlen(path) + 5;
	char *beside = malloc(size);
	FILE *file;
	bool done;

	if (!beside)
		return false;
	snprintf(beside, size, "%s.new", path);
	file = fopen(beside, "w");
	done = file && fputs(text, file) >= 0 && fflush(file) == 0;
	if (file && fclose(file) != 0)
		done = false;
	done = done && rename(beside, path) == 0;
	if (!done)
		fprintf(stderr, "chaincheck: %s: %s\n", path, strerror(errno));
	free(beside);
	return done;
}

static int status_of(const struct chk_report *report,
		     const struct options *options)
{
	bool warned = false;

	if (chk_report_verdict(report) == CHK_VERDICT_UNDECIDED)
		return EXIT_UNDECIDED;
	if (chk_report_verdict(report) == CHK_VERDICT_UNTRUSTED)
		return EXIT_FINDINGS;
	for (size_t i = 0; i < chk_report_finding_count(report); i++) {
		const struct chk_finding *finding =
			chk_report_finding(report, i);

		if (finding->severity == CHK_SEVERITY_ERROR)
			return EXIT_FINDINGS;
		warned |= finding->severity == CHK_SEVERITY_WARNING;
	}
	return warned && options->fail_on ? EXIT_WARNINGS : EXIT_TRUSTED;
}

int worse_status(int a, int b)
{
	static const int ORDER[] = { EXIT_TRUSTED, EXIT_WARNINGS, EXIT_FINDINGS,
				     EXIT_UNDECIDED, EXIT_USAGE };
	int found = a;

	for (size_t i = 0; i < sizeof(ORDER) / sizeof(ORDER[0]); i++) {
		if (ORDER[i] == a || ORDER[i] == b)
			found = ORDER[i];
	}
	return found;
}

int write_report(const struct chk_report *report, const struct options *options)
{
	const char *format = options->format ? options->format : "text";
	struct chk_write_options how = {
		.colour = wants_colour(options), .width = width(),
		.verbose = options->verbose,
	};
	struct chk_error error = { 0 };
	char *text = NULL;
	bool done;

	if (options->quiet) {
		printf("%s\n", chk_report_sentence(report));
		return fflush(stdout) == 0 ? status_of(report, options) :
					     EXIT_UNDECIDED;
	}
	if (!chk_report_write(report, format, &how, &text, &error)) {
		tell_error(&error);
		return error.code == CHK_ERROR_ARGUMENT ? EXIT_USAGE :
							  EXIT_UNDECIDED;
	}
	done = options->output ? replace_file(options->output, text) :
				 fputs(text, stdout) >= 0 &&
				 fflush(stdout) == 0;
	free(text);
	return done ? status_of(report, options) : EXIT_UNDECIDED;
}
