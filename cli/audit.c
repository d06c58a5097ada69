/* cli/audit.c: chaincheck audit FILE|DIR: bundles before deployment. */
#include "config.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "accepting.h"
#include "audit_each.h"
#include "baselines.h"
#include "command.h"
#include "complain.h"
#include "known_table.h"
#include "least.h"
#include "mend.h"
#include "output.h"
#include "question.h"

/* Folders within folders that are looked into. */
enum { DEPTH_MAX = 32 };

struct auditing {
	const struct options *options;
	struct chk_audit_question question;
	struct accepting accepting;
	struct chk_chain *untrusted;
	struct chk_known *known;
	char *pin;
	struct chk_audit_writer *writer;
	struct baselines baselines;
	enum exit_status status;
};

static enum exit_status status_of(const struct options *options,
				  const struct chk_audited *audited)
{
	enum exit_status status = STATUS_TRUSTED;

	for (size_t i = 0; i < chk_audited_finding_count(audited); i++) {
		const struct chk_audit_finding *found =
			chk_audited_finding(audited, i);

		if (found->accepted)
			continue;
		if (found->finding.severity == CHK_SEVERITY_ERROR)
			return STATUS_FINDINGS;
		if (found->finding.severity == CHK_SEVERITY_WARNING &&
		    options->fail_on_warning)
			status = STATUS_WARNINGS;
	}
	return status;
}

static void tell(struct auditing *auditing, struct chk_audited *audited)
{
	struct chk_error error;

	if (!baselines_apply(&auditing->baselines, audited, &error))
		auditing->status = complain_error("--baseline", &error);
	auditing->status = worse_status(auditing->status,
					status_of(auditing->options, audited));
	if (!chk_audit_writer_add(auditing->writer, audited, &error))
		auditing->status = STATUS_UNDECIDED;
}

/* Of a baseline that is as it should be nothing is said. */
static void tell_baseline(struct auditing *auditing)
{
	struct chk_audited *audited;
	struct chk_error error;

	if (!baselines_judge(&auditing->baselines, &audited, &error)) {
		auditing->status = complain_error("--baseline", &error);
		return;
	}
	if (audited != NULL && chk_audited_finding_count(audited) > 0)
		tell(auditing, audited);
	chk_audited_free(audited);
}

static void audit_file(struct auditing *auditing, const char *path,
		       bool named);

/* What was written is judged in its turn, and gives the status. */
static void audit_mended(struct auditing *auditing,
			 const struct chk_audited *audited)
{
	auditing->question.mend = false;
	if (chk_audited_bundle(audited) == CHK_BUNDLE_SERVER)
		auditing->question.as = CHK_BUNDLE_SERVER;
	auditing->status = mend_write(auditing->options, audited);
	if (auditing->status == STATUS_TRUSTED && !auditing->options->split)
		audit_file(auditing, auditing->options->output, true);
}

/* `named`: by the caller; of a folder what is no bundle is passed over. */
static void audit_file(struct auditing *auditing, const char *path, bool named)
{
	struct chk_audited *audited;
	struct chk_error error;

	if (!chk_audit_file(path, &auditing->question, &audited, &error)) {
		auditing->status = worse_status(auditing->status,
						complain_error(path, &error));
		return;
	}
	if (named || chk_audited_bundle(audited) != CHK_BUNDLE_UNKNOWN)
		tell(auditing, audited);
	if (auditing->question.mend)
		audit_mended(auditing, audited);
	chk_audited_free(audited);
}

static void audit_path(struct auditing *auditing, const char *path,
		       unsigned depth);

static void audit_dir(struct auditing *auditing, const char *path,
		      unsigned depth)
{
	struct dirent **entries;
	int count = depth < DEPTH_MAX ?
		    scandir(path, &entries, NULL, alphasort) : -1;

	if (count < 0) {
		complain(path, "the folder cannot be read");
		auditing->status = worse_status(auditing->status,
						STATUS_UNDECIDED);
		return;
	}
	for (int i = 0; i < count; i++) {
		size_t size = strlen(path) + strlen(entries[i]->d_name) + 2;
		char *inner = malloc(size);

		if (inner == NULL)
			die_of_memory();
		snprintf(inner, size, "%s/%s", path, entries[i]->d_name);
		if (entries[i]->d_name[0] != '.')
			audit_path(auditing, inner, depth + 1);
		free(inner);
		free(entries[i]);
	}
	free(entries);
}

static void audit_path(struct auditing *auditing, const char *path,
		       unsigned depth)
{
	struct stat facts;
	int told = depth == 0 ? stat(path, &facts) : lstat(path, &facts);

	if (told == 0 && S_ISDIR(facts.st_mode))
		audit_dir(auditing, path, depth);
	else if (depth == 0 || (told == 0 && S_ISREG(facts.st_mode)))
		audit_file(auditing, path, depth == 0);
}

static void fill_question(struct auditing *auditing)
{
	const struct options *options = auditing->options;

	auditing->question = (struct chk_audit_question){
		.as = options->as,
		.clients = auditing->accepting.clients,
		.client_count = auditing->accepting.count,
		.untrusted = auditing->untrusted,
		.key = options->key,
		.password = auditing->pin,
		.module = options->module,
		.host = options->verify_ip != NULL ?
			options->verify_ip : options->verify_hostname,
		.at_set = options->at_set,
		.at = options->at,
		.warning_days = options->warning_days,
		.critical_days = options->critical_days,
		.known = auditing->known,
		.mend = options->mend,
	};
}

static enum exit_status open_question(struct auditing *auditing)
{
	const struct options *options = auditing->options;
	struct chk_store_options how;
	enum exit_status status;

	if (!how_read(options, &how, &auditing->pin))
		return STATUS_UNDECIDED;
	status = accepting_open(options, &how, &auditing->accepting);
	if (status == STATUS_TRUSTED && options->untrusted.count > 0)
		status = chain_from_files(&options->untrusted, options->quiet,
					  &auditing->untrusted);
	if (status == STATUS_TRUSTED)
		status = known_table_open(options, &auditing->known);
	if (status == STATUS_TRUSTED)
		status = baselines_open(options, &auditing->baselines);
	if (status == STATUS_TRUSTED)
		fill_question(auditing);
	return status;
}

static void close_question(struct auditing *auditing)
{
	accepting_close(&auditing->accepting);
	chk_chain_free(auditing->untrusted);
	chk_known_free(auditing->known);
	baselines_close(&auditing->baselines);
	how_wipe(auditing->pin);
}

static enum exit_status run(struct auditing *auditing, struct output *output)
{
	const struct options *options = auditing->options;
	const struct chk_write_options how = output_how(output, options);
	const struct chk_audit_sink sink = { output_write, output };
	struct chk_error error;

	if (!chk_audit_writer_new(options->format, &how, &sink,
				  &auditing->writer, &error))
		return complain_error("--format", &error);
	for (size_t i = 0; i < options->operands.count; i++)
		audit_path(auditing, options->operands.items[i], 0);
	tell_baseline(auditing);
	if (!chk_audit_writer_end(auditing->writer, &error))
		auditing->status = STATUS_UNDECIDED;
	chk_audit_writer_free(auditing->writer);
	return baselines_write(&auditing->baselines, auditing->status);
}

enum exit_status command_audit(const struct options *options)
{
	struct auditing auditing = { .options = options };
	const struct options plain = { .output = NULL };
	struct output output;
	enum exit_status status;

	if (options->each)
		return audit_each(options);
	if (options->least)
		return least_run(options);
	status = open_question(&auditing);
	if (status == STATUS_TRUSTED) {
		status = STATUS_UNDECIDED;
		/* With --fix, -o is for what was mended. */
		if (output_open(options->mend ? &plain : options, &output)) {
			status = run(&auditing, &output);
			status = output_close(&output, status);
		}
	}
	close_question(&auditing);
	return status;
}
