/* cli/check.c: chaincheck check HOST: fetch, search, explain. */
#include "config.h"

#include <stdlib.h>

#include "command.h"
#include "complain.h"
#include "host.h"
#include "output.h"
#include "progress.h"
#include "question.h"

static bool read_hosts(const struct text_list *operands, struct host *hosts)
{
	for (size_t i = 0; i < operands->count; i++) {
		const char *why;

		if (!host_read(operands->items[i], &hosts[i], &why)) {
			complain(NULL, "'%s' %s", operands->items[i], why);
			return false;
		}
	}
	return true;
}

/* The addresses as the library takes them, NULL-ended; free the array. */
static const char **address_array(const struct text_list *addresses)
{
	const char **array = calloc(addresses->count + 1, sizeof(*array));

	if (array == NULL)
		die_of_memory();
	for (size_t i = 0; i < addresses->count; i++)
		array[i] = addresses->items[i];
	return array;
}

static enum exit_status ask(const struct chk_target *target,
			    const struct chk_question *question,
			    const struct options *options,
			    struct output *output)
{
	struct chk_report *report;
	struct progress progress;
	struct chk_error error;
	enum exit_status status;
	bool answered;

	progress_begin(&progress, target->host);
	answered = chk_check(target, question, &report, &error);
	progress_end(&progress);
	if (!answered)
		return complain_error(target->host, &error);
	status = output_report(output, options, report);
	chk_report_free(report);
	return status;
}

static enum exit_status check_host(const struct host *host,
				   const struct chk_question *question,
				   const struct options *options,
				   struct output *output)
{
	struct host instead = {0};
	struct text_list addresses = {0};
	const char **array = NULL;
	struct chk_target target = {
		.host = host->name,
		.port = host->port,
		.server_name = options->server_name,
		.no_server_name = options->no_server_name,
		.family = options->family,
		.connect_timeout_ms = options->connect_timeout_ms,
		.total_timeout_ms = options->max_time_ms,
		.tls_min = options->tls_min,
		.tls_max = options->tls_max,
		.priority = options->priority,
	};
	enum exit_status status;

	if (host_connect_to(&options->connect_to, host, &instead)) {
		target.connect_host = instead.name;
		target.connect_port = instead.port;
	}
	host_resolve(&options->resolve, instead.name != NULL ? &instead : host,
		     &addresses);
	if (addresses.count > 0) {
		array = address_array(&addresses);
		target.addresses = array;
	}
	status = ask(&target, question, options, output);
	free(array);
	text_list_free(&addresses);
	free(instead.name);
	return status;
}

static enum exit_status check_hosts(const struct host *hosts,
				    const struct options *options)
{
	struct inquiry inquiry;
	struct output output;
	enum exit_status status = inquiry_open(options, &inquiry);

	if (status == STATUS_TRUSTED && !output_open(options, &output))
		status = STATUS_UNDECIDED;
	if (status == STATUS_TRUSTED) {
		for (size_t i = 0; i < options->operands.count; i++)
			status = worse_status(status, check_host(&hosts[i],
				&inquiry.question, options, &output));
		status = output_close(&output, status);
	}
	inquiry_close(&inquiry);
	return status;
}

enum exit_status command_check(const struct options *options)
{
	size_t count = options->operands.count;
	struct host *hosts = calloc(count, sizeof(*hosts));
	enum exit_status status = STATUS_USAGE;

	if (hosts == NULL)
		die_of_memory();
	if (read_hosts(&options->operands, hosts))
		status = check_hosts(hosts, options);
	for (size_t i = 0; i < count; i++)
		free(hosts[i].name);
	free(hosts);
	return status;
}
