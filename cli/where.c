/* cli/where.c: chaincheck where HOST: which stores here trust this server. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "complain.h"
#include "machine.h"
#include "output.h"
#include "progress.h"
#include "question.h"
#include "target.h"

static bool fetch(const struct aim *aim, struct chk_presented **presented,
		  struct chk_error *error)
{
	struct progress progress;
	bool fetched;

	progress_begin(&progress, aim->target.host);
	fetched = chk_fetch(&aim->target, presented, error);
	progress_end(&progress);
	return fetched;
}

/* Was everything read that a program is known to read? */
static bool is_all_read(const struct chk_census *census)
{
	for (size_t i = 0; i < chk_census_place_count(census); i++) {
		const struct chk_census_place *view =
			chk_census_place(census, i);

		if (view->error != NULL && view->place->known)
			return false;
	}
	return true;
}

/* All trust it, not all do, or not all could be asked. */
static enum exit_status status_of(const struct chk_where *where)
{
	static const enum exit_status STATUSES[] = {
		[CHK_VERDICT_UNTRUSTED] = STATUS_FINDINGS,
		[CHK_VERDICT_TRUSTED] = STATUS_TRUSTED,
		[CHK_VERDICT_UNDECIDED] = STATUS_UNDECIDED,
	};
	size_t count = chk_where_row_count(where);
	enum exit_status status = STATUS_TRUSTED;

	if (count == 0 || !is_all_read(chk_where_census(where)))
		status = STATUS_UNDECIDED;
	for (size_t i = 0; i < count; i++)
		status = worse_status(
			status, STATUSES[chk_where_row(where, i)->verdict]);
	return status;
}

static bool make_text(const void *made, const struct options *options,
		      struct output_look look, char **text,
		      struct chk_error *error)
{
	const struct chk_write_options how = {
		.colour = look.colour,
		.width = look.columns,
		.verbose = options->quiet ? -1 : options->verbose,
	};

	return chk_where_write(made, options->format, &how, text, error);
}

/* What answers without a certificate has nothing to be trusted for. */
static enum exit_status say_failure(const struct aim *aim,
				    const struct chk_presented *presented)
{
	complain(aim->target.host, "it sent no certificate (%s); `chaincheck "
		 "check` says more", chk_presented_why(presented));
	return STATUS_UNDECIDED;
}

static enum exit_status ask(const struct options *options,
			    const struct aim *aim,
			    const struct chk_presented *presented,
			    const struct chk_question *question,
			    struct output *output)
{
	struct chk_places *places = NULL;
	struct chk_where *where = NULL;
	enum exit_status status;
	struct chk_error error;

	if (chk_chain_count(chk_presented_chain(presented)) == 0)
		return say_failure(aim, presented);
	if (!machine_find(options, &places, &error))
		return complain_error("where", &error);
	status = machine_ask(options, &aim->target, presented, question,
			     places, &where);
	if (status == STATUS_TRUSTED)
		status = output_text(output, options, "where", make_text,
				     where);
	if (status == STATUS_TRUSTED)
		status = status_of(where);
	chk_where_free(where);
	chk_places_free(places);
	return status;
}

static enum exit_status where_host(const struct options *options,
				   const struct aim *aim,
				   struct inquiry *inquiry,
				   struct output *output)
{
	struct chk_presented *presented = NULL;
	enum exit_status status = inquiry_begin_host(options, inquiry);
	struct chk_error error;

	if (status != STATUS_TRUSTED)
		return status;
	if (!fetch(aim, &presented, &error))
		return complain_error(aim->target.host, &error);
	status = ask(options, aim, presented, &inquiry->question, output);
	chk_presented_free(presented);
	return status;
}

/*
 * Of one process: what its own store says, and how it was found out which that
 * is, as a report that is asked for more tells it.
 */
static enum exit_status where_process(const struct options *options)
{
	struct options of_process = *options;
	size_t size = strlen(options->pid) + sizeof("pid:");
	char *spec = malloc(size);
	enum exit_status status;

	if (spec == NULL)
		die_of_memory();
	snprintf(spec, size, "pid:%s", options->pid);
	of_process.trust = (struct text_list){ &spec, 1 };
	of_process.verbose += options->quiet ? 0 : 1;
	status = command_check(&of_process);
	free(spec);
	return status;
}

/* The stores that are asked are those that are found: none is opened first. */
static enum exit_status where_hosts(const struct aim *aims,
				    const struct options *options)
{
	struct options without = *options;
	enum exit_status status;
	struct inquiry inquiry;
	struct output output;

	without.no_system = true;
	without.trust = (struct text_list){ 0 };
	status = inquiry_open(&without, &inquiry);
	if (status == STATUS_TRUSTED && !output_open(options, &output))
		status = STATUS_UNDECIDED;
	if (status == STATUS_TRUSTED) {
		for (size_t i = 0; i < options->operands.count; i++)
			status = worse_status(status, where_host(
				options, &aims[i], &inquiry, &output));
		status = output_close(&output, status);
	}
	inquiry_close(&inquiry);
	return status;
}

static enum exit_status where_machine(const struct options *options)
{
	struct aim *aims = aims_open(options);
	enum exit_status status;

	if (aims == NULL)
		return STATUS_USAGE;
	status = where_hosts(aims, options);
	aims_close(aims, options->operands.count);
	return status;
}

enum exit_status command_where(const struct options *options)
{
	if (options->pid == NULL)
		return where_machine(options);
	if (options->root != NULL || options->in != NULL) {
		complain("--pid", "asks one process, and --root and --in find "
			 "stores");
		return STATUS_USAGE;
	}
	return where_process(options);
}
