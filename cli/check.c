/* cli/check.c: chaincheck check HOST: fetch, search, explain. */
#include "config.h"

#include <string.h>

#include "command.h"
#include "complain.h"
#include "explain_text.h"
#include "fix.h"
#include "output.h"
#include "progress.h"
#include "question.h"
#include "target.h"

static enum exit_status check_host(const struct aim *aim,
				   struct inquiry *inquiry,
				   const struct options *options,
				   struct output *output)
{
	const char *host = aim->target.host;
	struct chk_target target = aim->target;
	struct chk_report *report;
	struct progress progress;
	struct chk_error error;
	enum exit_status status = inquiry_begin_host(options, inquiry);
	bool answered;

	if (status != STATUS_TRUSTED)
		return status;
	progress_begin(&progress, host);
	credentials_set(&inquiry->credentials, &target);
	answered = chk_check(&target, &inquiry->question, &report,
			     &error);
	progress_end(&progress);
	if (!answered)
		return complain_error(host, &error);
	if (options->symptoms != NULL)
		status = explain_decided(output, options, report);
	status = worse_status(status, output_report(output, options, report));
	status = fix_write(options, report, status);
	chk_report_free(report);
	return status;
}

static enum exit_status check_hosts(const struct aim *aims,
				    const struct options *options)
{
	struct inquiry inquiry;
	struct output output;
	enum exit_status status = inquiry_open(options, &inquiry);

	if (status == STATUS_TRUSTED && !output_open(options, &output))
		status = STATUS_UNDECIDED;
	if (status == STATUS_TRUSTED) {
		for (size_t i = 0; i < options->operands.count; i++)
			status = worse_status(status, check_host(&aims[i],
				&inquiry, options, &output));
		status = output_close(&output, status);
	}
	inquiry_close(&inquiry);
	return status;
}

/* `--trust all` asks every store of the machine, each by itself. */
static bool asks_all(const struct options *options)
{
	return options->trust.count == 1 &&
	       strcmp(options->trust.items[0], "all") == 0;
}

enum exit_status command_check(const struct options *options)
{
	enum exit_status status;
	struct aim *aims;

	if (options->fix != NULL &&
	    (options->operands.count > 1 || asks_all(options))) {
		complain("--fix", "mends one chain for one client: one HOST, "
			 "and not --trust all");
		return STATUS_USAGE;
	}
	if (asks_all(options) && options->symptoms != NULL) {
		complain("--trust", "explain holds a message against one "
			 "client, and not against all of them");
		return STATUS_USAGE;
	}
	if (asks_all(options))
		return command_where(options);
	aims = aims_open(options);
	if (aims == NULL)
		return STATUS_USAGE;
	status = check_hosts(aims, options);
	aims_close(aims, options->operands.count);
	return status;
}
