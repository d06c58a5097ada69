/* cli/simulate.c: --client: what other clients would make of a server. */
#include "config.h"

#include <stdlib.h>

#include "command.h"
#include "complain.h"
#include "here.h"
#include "output.h"
#include "progress.h"
#include "question.h"
#include "target.h"

static const enum exit_status STATUSES[] = {
	[CHK_VERDICT_UNTRUSTED] = STATUS_FINDINGS,
	[CHK_VERDICT_TRUSTED] = STATUS_TRUSTED,
	[CHK_VERDICT_UNDECIDED] = STATUS_UNDECIDED,
};

static struct chk_write_options how_to_write(const struct options *options,
					     struct output_look look)
{
	return (struct chk_write_options){
		.colour = look.colour,
		.width = look.columns,
		.verbose = options->quiet ? -1 : options->verbose,
	};
}

static bool make_text(const void *made, const struct options *options,
		      struct output_look look, char **text,
		      struct chk_error *error)
{
	struct chk_write_options how = how_to_write(options, look);

	return chk_simulation_write(made, options->format, &how, text, error);
}

static bool make_list(const void *made, const struct options *options,
		      struct output_look look, char **text,
		      struct chk_error *error)
{
	struct chk_write_options how = how_to_write(options, look);

	return chk_clients_write(options->format, &how, text, error);
}

/* The names as the library takes them, NULL-ended; free the array. */
static const char **client_array(const struct text_list *clients)
{
	const char **array = calloc(clients->count + 1, sizeof(*array));

	if (array == NULL)
		die_of_memory();
	for (size_t i = 0; i < clients->count; i++)
		array[i] = clients->items[i];
	return array;
}

static enum exit_status simulate_host(const struct options *options,
				      const struct aim *aim,
				      const struct inquiry *inquiry,
				      const struct chk_machine_clients *here,
				      struct output *output)
{
	const char **clients = client_array(&options->clients);
	bool own_stores = options->trust.count == 0 && !options->no_system;
	struct chk_simulation *simulation;
	struct progress progress;
	enum exit_status status;
	struct chk_error error;
	bool asked;

	progress_begin(&progress, aim->target.host);
	asked = chk_simulate(&aim->target, &inquiry->question, clients,
			     here, own_stores, &simulation, &error);
	progress_end(&progress);
	free(clients);
	if (!asked)
		return complain_error(aim->target.host, &error);
	status = output_text(output, options, "--client", make_text,
			     simulation);
	if (status == STATUS_TRUSTED)
		status = STATUSES[chk_simulation_verdict(simulation)];
	chk_simulation_free(simulation);
	return status;
}

static enum exit_status simulate_hosts(const struct options *options,
				       const struct aim *aims)
{
	struct chk_machine_clients *here = NULL;
	struct inquiry inquiry;
	struct output output;
	enum exit_status status = inquiry_open(options, &inquiry);

	if (status == STATUS_TRUSTED)
		status = here_read(options, &here);
	if (status == STATUS_TRUSTED && !output_open(options, &output))
		status = STATUS_UNDECIDED;
	if (status == STATUS_TRUSTED) {
		for (size_t i = 0; i < options->operands.count; i++)
			status = worse_status(status, simulate_host(
				options, &aims[i], &inquiry, here, &output));
		status = output_close(&output, status);
	}
	chk_machine_clients_free(here);
	inquiry_close(&inquiry);
	return status;
}

enum exit_status command_simulate(const struct options *options)
{
	enum exit_status status;
	struct aim *aims;

	if (options_list_clients(options))
		return output_alone(options, "--client list", make_list, NULL,
				    STATUS_TRUSTED);
	if (options->operands.count == 0)
		return here_list(options);
	aims = aims_open(options);
	if (aims == NULL)
		return STATUS_USAGE;
	status = simulate_hosts(options, aims);
	aims_close(aims, options->operands.count);
	return status;
}
