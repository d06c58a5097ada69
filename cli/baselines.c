/* cli/baselines.c: --baseline and --write-baseline. */
#include "config.h"

#include "baselines.h"

#include <stdlib.h>
#include <time.h>

#include "complain.h"
#include "output.h"

/* Long enough to mend it, and not so long that it is forgotten. */
#define ACCEPTED (INT64_C(90) * 86400) /* seconds */

enum exit_status baselines_open(const struct options *options,
				struct baselines *baselines)
{
	struct chk_error error;

	*baselines = (struct baselines){
		.options = options,
		.at = options->at_set ? options->at : (int64_t)time(NULL),
	};
	if (options->write_baseline != NULL) {
		baselines->written = chk_baseline_new();
		if (baselines->written == NULL)
			die_of_memory();
	}
	if (options->baseline == NULL ||
	    chk_baseline_read(options->baseline, &baselines->known, &error))
		return STATUS_TRUSTED;
	return complain_error("--baseline", &error);
}

bool baselines_apply(struct baselines *baselines, struct chk_audited *audited,
		     struct chk_error *error)
{
	if (baselines->known != NULL &&
	    !chk_baseline_accept(baselines->known, audited, baselines->at,
				 error))
		return false;
	return baselines->written == NULL ||
	       chk_baseline_add(baselines->written, audited,
				baselines->at + ACCEPTED, error);
}

bool baselines_judge(const struct baselines *baselines,
		     struct chk_audited **audited, struct chk_error *error)
{
	*audited = NULL;
	return baselines->known == NULL ||
	       chk_baseline_judge(baselines->known, baselines->at, audited,
				  error);
}

enum exit_status baselines_write(const struct baselines *baselines,
				 enum exit_status status)
{
	const struct options to = {
		.output = baselines->options->write_baseline,
	};
	enum exit_status written = STATUS_UNDECIDED;
	struct output output;
	struct chk_error error;
	char *text;

	if (baselines->written == NULL)
		return status;
	if (!chk_baseline_text(baselines->written, &text, &error))
		return complain_error("--write-baseline", &error);
	if (output_open(&to, &output)) {
		fputs(text, output.file);
		written = output_close(&output, STATUS_TRUSTED);
	}
	free(text);
	return worse_status(status, written);
}

void baselines_close(struct baselines *baselines)
{
	chk_baseline_free(baselines->known);
	chk_baseline_free(baselines->written);
}
