/* cli/output.c: where reports go, and what they make of the exit status. */
#include "config.h"

#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "complain.h"

/* A file beside `name`, which takes its place once all is written. */
static bool open_beside(const char *name, struct output *output)
{
	static const char END[] = ".XXXXXX";
	size_t size = strlen(name) + sizeof(END);
	int fd = -1;

	output->beside = malloc(size);
	if (output->beside != NULL) {
		snprintf(output->beside, size, "%s%s", name, END);
		fd = mkostemp(output->beside, O_CLOEXEC);
	}
	output->file = fd < 0 ? NULL : fdopen(fd, "w");
	if (output->file != NULL) {
		/* As open() would have made it, and not for this user alone. */
		mode_t mask = umask(0);

		umask(mask);
		fchmod(fd, 0666 & ~mask);
		return true;
	}
	complain(name, "%s", strerror(errno));
	if (fd >= 0) {
		close(fd);
		unlink(output->beside);
	}
	free(output->beside);
	output->beside = NULL;
	return false;
}

/* A device or a pipe is written to: nothing may take its place. */
static bool is_special(const char *name)
{
	struct stat status;

	return stat(name, &status) == 0 && !S_ISREG(status.st_mode);
}

static bool open_special(const char *name, struct output *output)
{
	output->file = fopen(name, "we");
	if (output->file == NULL)
		complain(name, "%s", strerror(errno));
	return output->file != NULL;
}

bool output_open(const struct options *options, struct output *output)
{
	*output = (struct output){ .file = stdout, .name = "standard output" };
	if (options->output == NULL || strcmp(options->output, "-") == 0)
		return true;
	output->name = options->output;
	if (is_special(options->output))
		return open_special(options->output, output);
	return open_beside(options->output, output);
}

enum exit_status output_close(struct output *output, enum exit_status status)
{
	bool failed = ferror(output->file) != 0;

	errno = 0;
	if (fclose(output->file) != 0)
		failed = true;
	if (!failed && output->beside != NULL)
		failed = rename(output->beside, output->name) != 0;
	if (failed) {
		complain(output->name, "%s",
			 errno != 0 ? strerror(errno) : "cannot be written");
		if (output->beside != NULL)
			unlink(output->beside);
		status = STATUS_UNDECIDED;
	}
	free(output->beside);
	*output = (struct output){ 0 };
	return status;
}

void output_discard(struct output *output)
{
	fclose(output->file);
	if (output->beside != NULL)
		unlink(output->beside);
	free(output->beside);
	*output = (struct output){ 0 };
}

/* The option, then NO_COLOR, then the terminal. */
static bool wants_colour(const struct output *output,
			 const struct options *options)
{
	const char *none = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	if (options->colour != COLOUR_AUTO)
		return options->colour == COLOUR_ALWAYS;
	if (none != NULL && *none != '\0')
		return false;
	if (term == NULL || strcmp(term, "dumb") == 0)
		return false;
	return isatty(fileno(output->file)) == 1;
}

static int columns(const struct output *output)
{
	struct winsize size;

	if (ioctl(fileno(output->file), TIOCGWINSZ, &size) != 0)
		return 0;
	return size.ws_col < 40 ? 0 : size.ws_col;
}

/* Between reports for people stands an empty line. `text` is given back. */
static void put(struct output *output, const struct options *options,
		char *text)
{
	if (output->written++ > 0 && strcmp(options->format, "text") == 0)
		putc('\n', output->file);
	fputs(text, output->file);
	fflush(output->file);
	free(text);
}

struct output_look output_look_of(const struct output *output,
				  const struct options *options)
{
	return (struct output_look){
		.colour = wants_colour(output, options),
		.columns = columns(output),
	};
}

enum exit_status output_text(struct output *output,
			     const struct options *options, const char *what,
			     output_make *make, const void *made)
{
	const struct output_look look = output_look_of(output, options);
	struct chk_error error;
	char *text;

	if (!make(made, options, look, &text, &error))
		return complain_error(what, &error);
	put(output, options, text);
	return STATUS_TRUSTED;
}

enum exit_status output_alone(const struct options *options, const char *what,
			      output_make *make, const void *made,
			      enum exit_status status)
{
	enum exit_status written;
	struct output output;

	if (!output_open(options, &output))
		return STATUS_UNDECIDED;
	written = output_text(&output, options, what, make, made);
	if (written == STATUS_TRUSTED)
		return output_close(&output, status);
	output_discard(&output);
	return written;
}

static enum exit_status status_of(const struct options *options,
				  const struct chk_report *report)
{
	enum exit_status status = STATUS_TRUSTED;

	switch (chk_report_verdict(report)) {
	case CHK_VERDICT_TRUSTED:
		break;
	case CHK_VERDICT_UNDECIDED:
		return STATUS_UNDECIDED;
	case CHK_VERDICT_UNTRUSTED:
	default:
		return STATUS_FINDINGS;
	}
	for (size_t i = 0; i < chk_report_finding_count(report); i++) {
		const struct chk_finding *finding =
			chk_report_finding(report, i);

		if (finding->severity == CHK_SEVERITY_ERROR)
			return STATUS_FINDINGS;
		if (finding->severity == CHK_SEVERITY_WARNING &&
		    options->fail_on_warning)
			status = STATUS_WARNINGS;
	}
	return status;
}

enum exit_status output_report(struct output *output,
			       const struct options *options,
			       const struct chk_report *report)
{
	struct chk_write_options how = {
		.colour = wants_colour(output, options),
		.width = columns(output),
		.verbose = options->verbose,
		.id = output->id,
	};
	enum exit_status status = status_of(options, report);
	struct chk_error error;
	char *text;

	if (options->quiet) {
		fprintf(output->file, "%s\n", chk_report_sentence(report));
		return status;
	}
	if (!chk_report_write(report, options->format, &how, &text, &error))
		return worse_status(status,
				    complain_error(chk_report_target(report),
						   &error));
	put(output, options, text);
	return status;
}
