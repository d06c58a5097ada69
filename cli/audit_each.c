/* cli/audit_each.c: audit --each: each certificate of many by itself. */
#include "config.h"

#include "audit_each.h"

#include <errno.h>
#include <string.h>

#include "complain.h"
#include "output.h"
#include "progress.h"

/* What goes out and what is told meanwhile. */
struct each {
	struct output output;
	struct progress progress;
	int cause; /* errno, where it could not be written */
};

static bool put(void *self, const char *text, size_t size)
{
	struct each *each = self;

	if (fwrite(text, 1, size, each->output.file) == size)
		return true;
	each->cause = errno;
	return false;
}

static void tell(void *self, const struct chk_corpus_counts *counts)
{
	struct each *each = self;

	progress_count(&each->progress, counts->certificates, "certificates");
}

static enum exit_status status_of(const struct options *options,
				  const struct chk_corpus_counts *counts)
{
	if (counts->errors > 0)
		return STATUS_FINDINGS;
	if (counts->unread > 0)
		return STATUS_UNDECIDED;
	if (counts->certificates == 0) {
		complain("audit --each", "no certificate in what was named");
		return STATUS_UNDECIDED;
	}
	return counts->warnings > 0 && options->fail_on_warning ?
		STATUS_WARNINGS : STATUS_TRUSTED;
}

static enum exit_status run(struct each *each, const struct options *options)
{
	const struct chk_write_options how = output_how(&each->output,
							options);
	const struct chk_corpus_question question = {
		.paths = (const char *const *)options->operands.items,
		.standard_input = 0,
		.at = options->at, .at_set = options->at_set,
		.warning_days = options->warning_days,
		.critical_days = options->critical_days,
		.strength = options->strength,
		.threads = options->jobs,
		.all = options->verbose > 0,
		.format = options->format, .how = &how,
		.sink = put, .progress = tell, .self = each,
	};
	struct chk_corpus_counts counts;
	struct chk_error error;
	bool done;

	progress_begin(&each->progress, options->operands.items[0]);
	done = chk_corpus_audit(&question, &counts, &error);
	progress_end(&each->progress);
	if (done)
		return status_of(options, &counts);
	if (each->cause == 0)
		return complain_error("audit --each", &error);
	complain(each->output.name, "%s", strerror(each->cause));
	return STATUS_UNDECIDED;
}

enum exit_status audit_each(const struct options *options)
{
	struct each each = { .cause = 0 };
	enum exit_status status;

	if (!output_open(options, &each.output))
		return STATUS_UNDECIDED;
	status = run(&each, options);
	if (each.cause != 0) {
		output_discard(&each.output);
		return status;
	}
	return output_close(&each.output, status);
}
