/* cli/question.c: from the options to what the library is asked. */
#include "config.h"

#include "question.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "aia.h"
#include "complain.h"
#include "known_table.h"
#include "place.h"

enum { MAX_TIME_MS = 30000 };

/*
 * The first line of `file`, which is closed, without its end; NULL: it cannot
 * be read.
 */
static char *first_line(FILE *file, const char *name)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t size;

	if (file == NULL) {
		complain(name, "%s", strerror(errno));
		return NULL;
	}
	size = getline(&line, &room, file);
	if (size < 0) {
		complain(name, "there is no password in it");
		free(line);
		line = NULL;
	} else {
		line[strcspn(line, "\r\n")] = '\0';
	}
	fclose(file);
	return line;
}

static char *from_environment(const char *name)
{
	const char *value = getenv(name);

	if (value != NULL)
		return text_copy(value, strlen(value));
	complain("--pass", "the variable %s is not set", name);
	return NULL;
}

/* What --pass leads to, to be wiped and freed; NULL: it leads to nothing. */
static char *read_pass(const char *source)
{
	const char *rest = strchr(source, ':');

	if (rest == NULL)
		return first_line(fdopen(STDIN_FILENO, "r"), source);
	rest++;
	if (strncmp(source, "file:", 5) == 0)
		return first_line(fopen(rest, "re"), rest);
	if (strncmp(source, "fd:", 3) == 0)
		return first_line(fdopen(atoi(rest), "r"), source);
	if (strncmp(source, "env:", 4) == 0)
		return from_environment(rest);
	return text_copy(rest, strlen(rest));
}

void how_wipe(char *secret)
{
	if (secret != NULL)
		explicit_bzero(secret, strlen(secret));
	free(secret);
}

void say_store_notes(const struct chk_store *store)
{
	for (size_t i = 0; i < chk_store_note_count(store); i++) {
		const struct chk_note *note = chk_store_note(store, i);

		complain(note->where, "%s", note->what);
	}
}

enum exit_status stores_open_as(const struct text_list *specs,
				const struct chk_store_options *how, bool quiet,
				struct chk_store ***stores, size_t *count)
{
	struct chk_error error;

	if (specs->count == 0)
		return STATUS_TRUSTED;
	*stores = calloc(specs->count, sizeof(**stores));
	if (*stores == NULL)
		die_of_memory();
	for (size_t i = 0; i < specs->count; i++) {
		struct chk_store *store;

		if (!chk_store_open(specs->items[i], how, &store, &error))
			return complain_error(specs->items[i], &error);
		(*stores)[(*count)++] = store;
		if (!quiet)
			say_store_notes(store);
	}
	return STATUS_TRUSTED;
}

enum exit_status chain_from_files(const struct text_list *files, bool quiet,
				  struct chk_chain **chain)
{
	struct chk_error error;

	*chain = chk_chain_new();
	if (*chain == NULL)
		die_of_memory();
	for (size_t i = 0; i < files->count; i++) {
		if (!chk_chain_read(*chain, files->items[i], &error))
			return complain_error(files->items[i], &error);
	}
	for (size_t i = 0; !quiet && i < chk_chain_note_count(*chain); i++) {
		const struct chk_note *note = chk_chain_note(*chain, i);

		complain(note->where, "%s", note->what);
	}
	return STATUS_TRUSTED;
}

/*
 * What a list of distrust does not tell would be trusted: one that cannot be
 * read as a whole is refused, and not only shortened.
 */
static enum exit_status distrust_from_files(const struct text_list *files,
					    struct chk_chain **chain)
{
	enum exit_status status = chain_from_files(files, false, chain);

	if (status != STATUS_TRUSTED || chk_chain_note_count(*chain) == 0)
		return status;
	complain("--distrust", "not all of it could be read");
	return STATUS_UNDECIDED;
}

static enum exit_status crls_from_files(const struct options *options,
					struct chk_crls **crls)
{
	struct chk_error error;

	*crls = chk_crls_new();
	if (*crls == NULL)
		die_of_memory();
	for (size_t i = 0; i < options->crls.count; i++) {
		if (!chk_crls_read(*crls, options->crls.items[i], &error))
			return complain_error(options->crls.items[i], &error);
	}
	for (size_t i = 0;
	     !options->quiet && i < chk_crls_note_count(*crls); i++) {
		const struct chk_note *note = chk_crls_note(*crls, i);

		complain(note->where, "%s", note->what);
	}
	return STATUS_TRUSTED;
}

bool how_read(const struct options *options, struct chk_store_options *how,
	      char **pin)
{
	*how = (struct chk_store_options){ .module = options->module };
	*pin = NULL;
	if (options->pass == NULL)
		return true;
	*pin = read_pass(options->pass);
	how->pin = *pin;
	return *pin != NULL;
}

enum exit_status stores_open(const struct options *options,
			     const struct text_list *specs,
			     struct chk_store ***stores, size_t *count)
{
	struct chk_store_options how;
	enum exit_status status;
	char *pin;

	*stores = NULL;
	*count = 0;
	if (!how_read(options, &how, &pin))
		return STATUS_UNDECIDED;
	status = stores_open_as(specs, &how, options->quiet, stores, count);
	how_wipe(pin);
	return status;
}

void stores_close(struct chk_store **stores, size_t count)
{
	for (size_t i = 0; i < count; i++)
		chk_store_free(stores[i]);
	free(stores);
}

static enum exit_status load_stores(const struct options *options,
				    struct inquiry *inquiry)
{
	static char system_name[] = "system";
	char *system_item[] = { system_name };
	const struct text_list system_spec = { system_item, 1 };
	const struct text_list *trust = &options->trust;
	struct chk_store_options how;
	enum exit_status status;
	char *pin;

	if (trust->count == 0 && !options->no_system)
		trust = &system_spec;
	if (!how_read(options, &how, &pin))
		return STATUS_UNDECIDED;
	status = stores_open_as(trust, &how, options->quiet, &inquiry->stores,
				&inquiry->store_count);
	if (status == STATUS_TRUSTED)
		status = stores_open_as(&options->other, &how, options->quiet,
					&inquiry->others,
					&inquiry->other_count);
	if (status == STATUS_TRUSTED)
		status = credentials_open(options, pin, &inquiry->credentials);
	how_wipe(pin);
	return status;
}

static void fill_question(const struct options *options,
			  struct inquiry *inquiry)
{
	inquiry->question = (struct chk_question){
		.stores = (const struct chk_store *const *)inquiry->stores,
		.store_count = inquiry->store_count,
		.untrusted = inquiry->untrusted,
		.distrusted = inquiry->distrusted,
		.if_added = inquiry->if_added,
		.if_sent = inquiry->if_sent,
		.crls = inquiry->crls,
		.known = inquiry->known,
		.fetcher = inquiry->fetcher,
		.crl_leaf_only = options->crl_check &&
				 !options->crl_check_all,
		.others = (const struct chk_store *const *)inquiry->others,
		.other_count = inquiry->other_count,
		.host = options->verify_ip != NULL ?
			options->verify_ip : options->verify_hostname,
		.email = options->verify_email,
		.purpose = options->purpose,
		.usage = options->usage,
		.at_set = options->at_set,
		.at = options->at,
		.policies = (const char *const *)options->policies.items,
		.policy_count = options->policies.count,
		.explicit_policy = options->explicit_policy,
		.inhibit_mapping = options->inhibit_mapping,
		.inhibit_any = options->inhibit_any,
		.profile = options->profile,
		.strength = options->strength,
		.partial_chain = options->partial_chain,
		.max_depth = options->max_depth,
		.place = place_here(),
		.sources = true,
	};
}

enum exit_status inquiry_open(const struct options *options,
			      struct inquiry *inquiry)
{
	enum exit_status status;

	*inquiry = (struct inquiry){0};
	status = load_stores(options, inquiry);
	if (status == STATUS_TRUSTED && options->untrusted.count > 0)
		status = chain_from_files(&options->untrusted, options->quiet,
					  &inquiry->untrusted);
	if (status == STATUS_TRUSTED && options->if_added.count > 0)
		status = chain_from_files(&options->if_added, options->quiet,
					  &inquiry->if_added);
	if (status == STATUS_TRUSTED && options->if_sent.count > 0)
		status = chain_from_files(&options->if_sent, options->quiet,
					  &inquiry->if_sent);
	if (status == STATUS_TRUSTED && options->distrust.count > 0)
		status = distrust_from_files(&options->distrust,
					     &inquiry->distrusted);
	if (status == STATUS_TRUSTED &&
	    (options->crls.count > 0 || options->crl_check ||
	     options->crl_check_all))
		status = crls_from_files(options, &inquiry->crls);
	if (status == STATUS_TRUSTED)
		status = known_table_open(options, &inquiry->known);
	if (status == STATUS_TRUSTED)
		status = aia_open(options, 0, &inquiry->fetcher);
	if (status == STATUS_TRUSTED)
		fill_question(options, inquiry);
	return status;
}

enum exit_status inquiry_begin_host(const struct options *options,
				    struct inquiry *inquiry)
{
	uint32_t total = options->max_time_ms != 0 ? options->max_time_ms :
						     MAX_TIME_MS;

	enum exit_status status;

	chk_fetcher_free(inquiry->fetcher);
	status = aia_open(options, total, &inquiry->fetcher);
	inquiry->question.fetcher = inquiry->fetcher;
	return status;
}

void inquiry_close(struct inquiry *inquiry)
{
	stores_close(inquiry->stores, inquiry->store_count);
	stores_close(inquiry->others, inquiry->other_count);
	chk_chain_free(inquiry->untrusted);
	chk_chain_free(inquiry->distrusted);
	chk_chain_free(inquiry->if_added);
	chk_chain_free(inquiry->if_sent);
	chk_crls_free(inquiry->crls);
	chk_known_free(inquiry->known);
	chk_fetcher_free(inquiry->fetcher);
	credentials_close(&inquiry->credentials);
	*inquiry = (struct inquiry){0};
}
