/* cli/least.c: audit --least: the anchors that some hosts need. */
#include "config.h"

#include "least.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "complain.h"
#include "output.h"
#include "progress.h"
#include "question.h"
#include "target.h"

/* Hosts of a list that are asked at most. */
enum { HOSTS_MAX = 10000 };

struct needs {
	const struct options *options;
	struct text_list names;
	struct chk_least_host *hosts;
	struct chk_chain **chains; /* of the hosts, owned */
	size_t count;
	struct chk_store *store;
	struct chk_least *least;
};

/* A host a line; what stands behind # is a comment. */
static bool read_names(struct needs *needs)
{
	const char *path = needs->options->targets;
	FILE *file = fopen(path, "re");
	char line[1024];

	if (file == NULL) {
		complain(path, "%s", strerror(errno));
		return false;
	}
	while (fgets(line, sizeof(line), file) != NULL &&
	       needs->names.count < HOSTS_MAX) {
		char *name = line + strspn(line, " \t");

		name[strcspn(name, "#\r\n")] = '\0';
		for (char *p = name; *p != '\0'; p++) {
			if (iscntrl((unsigned char)*p))
				*p = ' '; /* it will be printed */
		}
		while (*name != '\0' &&
		       strchr(" \t", name[strlen(name) - 1]) != NULL)
			name[strlen(name) - 1] = '\0';
		if (*name != '\0')
			text_list_add(&needs->names, "", name);
	}
	fclose(file);
	if (needs->names.count == 0)
		complain(path, "names no host");
	return needs->names.count > 0;
}

/* What the host presents; an empty chain where there is nothing. */
static struct chk_chain *fetch(const struct options *options,
			       const char *name)
{
	struct chk_chain *chain = chk_chain_new();
	struct chk_presented *presented = NULL;
	struct progress progress;
	struct chk_error error;
	struct aim aim;
	bool fetched;

	if (chain == NULL)
		die_of_memory();
	if (!aim_open(options, name, &aim))
		return chain;
	progress_begin(&progress, name);
	fetched = chk_fetch(&aim.target, &presented, &error);
	progress_end(&progress);
	if (!fetched)
		complain_error(name, &error);
	for (size_t i = 0; fetched &&
	     i < chk_chain_count(chk_presented_chain(presented)); i++) {
		const struct chk_chain *sent = chk_presented_chain(presented);

		if (!chk_chain_add(chain, chk_chain_get(sent, i), name, NULL))
			die_of_memory();
	}
	chk_presented_free(presented);
	aim_close(&aim);
	return chain;
}

/* A line that names a file is a chain that was saved; else it is a host. */
static void ask(struct needs *needs, const char *name)
{
	struct chk_chain *chain = NULL;
	struct chk_error error;
	struct stat facts;

	if (stat(name, &facts) != 0) {
		chain = fetch(needs->options, name);
	} else {
		chain = chk_chain_new();
		if (chain == NULL)
			die_of_memory();
		if (!chk_chain_read(chain, name, &error))
			complain_error(name, &error);
	}
	needs->chains[needs->count] = chain;
	needs->hosts[needs->count].chain = chain;
	needs->count++;
}

static size_t count_served(const struct needs *needs, size_t anchor)
{
	size_t count = 0;

	for (size_t i = 0; i < needs->count; i++)
		count += chk_least_serves(needs->least, anchor, i);
	return count;
}

static bool is_served(const struct needs *needs, size_t host)
{
	for (size_t i = 0; i < chk_least_count(needs->least); i++) {
		if (chk_least_serves(needs->least, i, host))
			return true;
	}
	return false;
}

static void tell_anchor(const struct needs *needs, size_t i)
{
	char *subject = chk_cert_subject(chk_least_anchor(needs->least, i));
	size_t count = count_served(needs, i);

	printf("  %s: %zu host%s", subject != NULL ? subject : "", count,
	       count == 1 ? "" : "s");
	for (size_t host = 0; host < needs->count; host++) {
		if (chk_least_serves(needs->least, i, host))
			printf("\n    %s", needs->names.items[host]);
	}
	putchar('\n');
	free(subject);
}

static enum exit_status tell(const struct needs *needs)
{
	size_t kept = chk_least_count(needs->least), unserved = 0;

	for (size_t i = 0; i < needs->count; i++)
		unserved += !is_served(needs, i);
	printf("%s: %zu of %zu anchors serve %zu of %zu hosts\n",
	       needs->options->operands.items[0], kept,
	       chk_store_count(needs->store), needs->count - unserved,
	       needs->count);
	for (size_t i = 0; i < kept; i++)
		tell_anchor(needs, i);
	if (unserved > 0)
		puts("  by none of the anchors:");
	for (size_t i = 0; i < needs->count; i++) {
		if (!is_served(needs, i))
			printf("    %s\n", needs->names.items[i]);
	}
	return unserved > 0 ? STATUS_FINDINGS : STATUS_TRUSTED;
}

static enum exit_status write_bundle(const struct needs *needs,
				     enum exit_status status)
{
	struct chk_error error;
	struct output output;
	char *text;

	if (needs->options->output == NULL)
		return status;
	if (!chk_least_write(needs->least, &text, &error))
		return complain_error(needs->options->output, &error);
	if (!output_open(needs->options, &output)) {
		status = STATUS_UNDECIDED;
	} else {
		fputs(text, output.file);
		status = output_close(&output, status);
	}
	free(text);
	return status;
}

static enum exit_status run(struct needs *needs)
{
	const struct options *options = needs->options;
	const struct chk_audit_question question = {
		.at_set = options->at_set, .at = options->at,
	};
	struct chk_store_options how;
	enum exit_status status = STATUS_UNDECIDED;
	struct chk_error error;
	bool opened;
	char *pin;

	if (!read_names(needs) || !how_read(options, &how, &pin))
		return STATUS_UNDECIDED;
	opened = chk_store_open(options->operands.items[0], &how,
				&needs->store, &error);
	how_wipe(pin);
	if (!opened)
		return complain_error(options->operands.items[0], &error);
	needs->hosts = calloc(needs->names.count, sizeof(*needs->hosts));
	needs->chains = calloc(needs->names.count, sizeof(*needs->chains));
	if (needs->hosts == NULL || needs->chains == NULL)
		die_of_memory();
	for (size_t i = 0; i < needs->names.count; i++)
		ask(needs, needs->names.items[i]);
	if (!chk_least_new(needs->store, needs->hosts, needs->count, &question,
			   &needs->least, &error))
		return complain_error(options->targets, &error);
	status = tell(needs);
	return write_bundle(needs, status);
}

enum exit_status least_run(const struct options *options)
{
	struct needs needs = { .options = options };
	enum exit_status status = run(&needs);

	for (size_t i = 0; i < needs.count; i++)
		chk_chain_free(needs.chains[i]);
	free(needs.chains);
	free(needs.hosts);
	text_list_free(&needs.names);
	chk_least_free(needs.least);
	chk_store_free(needs.store);
	return status;
}
