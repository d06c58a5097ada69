/* cli/aia.c: fetching missing issuers, where it was asked for. */
#include "config.h"

#include "aia.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "complain.h"

static void say_note(void *self, const struct chk_note *note)
{
	const bool *quiet = self;

	if (!*quiet)
		complain(note->where, "%s", note->what);
}

/* Makes the directories above the last part, as far as they are missing. */
static void make_parents(const char *path)
{
	char *copy = text_copy(path, strlen(path));

	for (char *slash = strchr(copy + 1, '/'); slash != NULL;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		/* What fails here fails once more, and is said, later. */
		(void)mkdir(copy, 0700);
		*slash = '/';
	}
	free(copy);
}

/* $XDG_CACHE_HOME/chaincheck/aia, to be freed; NULL: there is no home. */
static char *cache_path(void)
{
	const char *base = getenv("XDG_CACHE_HOME");
	const char *below = "";
	char path[4096];
	int size;

	/* The specification has a relative one ignored. */
	if (base == NULL || *base != '/') {
		base = getenv("HOME");
		below = "/.cache";
	}
	if (base == NULL || *base != '/')
		return NULL;
	size = snprintf(path, sizeof(path), "%s%s/chaincheck/aia", base,
			below);
	if (size < 0 || (size_t)size >= sizeof(path))
		return NULL;
	make_parents(path);
	return text_copy(path, (size_t)size);
}

/* The networks as the library takes them, NULL-ended; free the array. */
static const char **allowed_array(const struct text_list *list)
{
	const char **array = calloc(list->count + 1, sizeof(*array));

	if (array == NULL)
		die_of_memory();
	for (size_t i = 0; i < list->count; i++)
		array[i] = list->items[i];
	return array;
}

static bool make(struct chk_fetcher_options *how, bool quiet,
		 struct chk_fetcher **fetcher, struct chk_error *error)
{
	if (chk_fetcher_new(how, fetcher, error))
		return true;
	if (how->cache == NULL || error->code != CHK_ERROR_READ)
		return false;
	if (!quiet)
		complain(error->where, "%s; nothing is kept", error->what);
	how->cache = NULL;
	return chk_fetcher_new(how, fetcher, error);
}

enum exit_status aia_open(const struct options *options, uint32_t total_ms,
			  struct chk_fetcher **fetcher)
{
	/* The variable as curl has it: upper case could be a header's. */
	const char *proxy = getenv("http_proxy");
	const char *no_proxy = getenv("no_proxy");
	const char **allowed;
	struct chk_error error;
	char *cache;
	bool made;

	*fetcher = NULL;
	if (!options->aia)
		return STATUS_TRUSTED;
	cache = cache_path();
	allowed = allowed_array(&options->aia_allowed);
	made = make(&(struct chk_fetcher_options){
		.proxy = proxy != NULL && *proxy != '\0' ? proxy : NULL,
		.no_proxy = no_proxy != NULL ? no_proxy : getenv("NO_PROXY"),
		.timeout_ms = options->aia_timeout_ms,
		.connect_timeout_ms = options->aia_timeout_ms,
		.total_ms = total_ms,
		.allowed = allowed,
		.cache = cache,
		.note = say_note,
		.self = (void *)(uintptr_t)&options->quiet,
	}, options->quiet, fetcher, &error);
	free(allowed);
	free(cache);
	return made ? STATUS_TRUSTED : complain_error("--aia", &error);
}
