/* cli/verify.c: chaincheck verify FILE: search and explain, offline. */
#include "config.h"

#include "batch.h"
#include "command.h"
#include "complain.h"
#include "fix.h"
#include "output.h"
#include "question.h"

static enum exit_status answer(const struct chk_chain *chain,
			       const struct chk_question *question,
			       const struct options *options)
{
	struct chk_report *report;
	struct chk_error error;
	struct output output;
	enum exit_status status;

	if (!chk_verify(chain, question, &report, &error))
		return complain_error(options->operands.items[0], &error);
	status = STATUS_UNDECIDED;
	if (output_open(options, &output)) {
		status = output_report(&output, options, report);
		status = output_close(&output, status);
	}
	status = fix_write(options, report, status);
	chk_report_free(report);
	return status;
}

enum exit_status command_verify(const struct options *options)
{
	struct chk_chain *chain = NULL;
	struct inquiry inquiry;
	enum exit_status status;

	if (options->batch)
		return batch_run(options);
	status = inquiry_open(options, &inquiry);
	if (status == STATUS_TRUSTED)
		status = chain_from_files(&options->operands, options->quiet,
					  &chain);
	if (status == STATUS_TRUSTED)
		status = answer(chain, &inquiry.question, options);
	chk_chain_free(chain);
	inquiry_close(&inquiry);
	return status;
}
