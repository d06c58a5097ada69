/* cli/handshake.c: chaincheck handshake HOST: how it goes, step by step. */
#include "config.h"

#include "command.h"
#include "complain.h"
#include "output.h"
#include "progress.h"
#include "question.h"
#include "target.h"

static const enum exit_status STATUSES[] = {
	[CHK_PROBES_UNDECIDED] = STATUS_UNDECIDED,
	[CHK_PROBES_ALIKE] = STATUS_TRUSTED,
	[CHK_PROBES_DIFFERENT] = STATUS_FINDINGS,
	[CHK_PROBES_FAILED] = STATUS_FINDINGS,
};

static bool make_text(const void *made, const struct options *options,
		      struct output_look look, char **text,
		      struct chk_error *error)
{
	const struct chk_write_options how = {
		.colour = look.colour,
		.width = look.columns,
		.verbose = options->quiet ? -1 : options->verbose,
	};

	return chk_probes_write(made, options->format, &how, text, error);
}

static enum exit_status handshake_host(const struct options *options,
				       const struct aim *aim,
				       struct output *output)
{
	struct chk_probes *probes = NULL;
	struct progress progress;
	enum exit_status status;
	struct chk_error error;
	bool asked;

	progress_begin(&progress, aim->target.host);
	asked = chk_probes_ask(&aim->target, &probes, &error);
	progress_end(&progress);
	if (!asked)
		return complain_error(aim->target.host, &error);
	status = output_text(output, options, "handshake", make_text, probes);
	if (status == STATUS_TRUSTED)
		status = STATUSES[chk_probes_outcome(probes)];
	chk_probes_free(probes);
	return status;
}

static enum exit_status handshake_hosts(const struct options *options,
					struct aim *aims,
					const struct credentials *credentials)
{
	enum exit_status status = STATUS_TRUSTED;
	struct output output;

	if (!output_open(options, &output))
		return STATUS_UNDECIDED;
	for (size_t i = 0; i < options->operands.count; i++) {
		credentials_set(credentials, &aims[i].target);
		status = worse_status(status, handshake_host(
			options, &aims[i], &output));
	}
	return output_close(&output, status);
}

enum exit_status command_handshake(const struct options *options)
{
	struct credentials credentials = { 0 };
	struct chk_store_options how;
	struct aim *aims = aims_open(options);
	enum exit_status status;
	char *pin;

	if (aims == NULL)
		return STATUS_USAGE;
	status = how_read(options, &how, &pin) ?
		credentials_open(options, pin, &credentials) :
		STATUS_UNDECIDED;
	how_wipe(pin);
	if (status == STATUS_TRUSTED)
		status = handshake_hosts(options, aims, &credentials);
	credentials_close(&credentials);
	aims_close(aims, options->operands.count);
	return status;
}
