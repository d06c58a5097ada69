/* lib/client/here.c: the clients of a machine, and what a client is made of. */
#include "client/here.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "client/here_files.h"
#include "client/narrow.h"
#include "fetch/tls_names.h"

static const struct {
	const char *name;
	bool (*read)(struct chk_here *here, struct chk_error *error);
	const char *profile;
	unsigned shares; /* keys sent beforehand */
} READERS[] = {
	{ "java", chk_here_java, "java", 2 },
	{ "openssl", chk_here_openssl, "openssl", 1 },
	{ "gnutls", chk_here_gnutls, "gnutls", 2 },
};

const char *chk_here_name(size_t i)
{
	return i < CHK_COUNT(READERS) ? READERS[i].name : NULL;
}

static struct chk_ids ids_of(struct chk_here *here,
			     const struct chk_here_list *list)
{
	struct chk_ids ids = { NULL, 0 };
	uint16_t *items = chk_arena_array(&here->arena,
					  list->count ? list->count : 1,
					  sizeof(*items));

	if (!items)
		return ids;
	memcpy(items, list->items, list->count * sizeof(*items));
	ids.items = items;
	ids.count = list->count;
	return ids;
}

/* The first group, and the first of another kind where two are sent. */
static struct chk_ids shares_of(struct chk_here *here, unsigned wanted)
{
	const struct chk_here_list *groups = &here->lists[CHK_HERE_GROUPS];
	struct chk_here_list list = { .count = 0 };
	const char *kind = "";

	for (size_t i = 0; i < groups->count && list.count < wanted; i++) {
		const struct chk_group *group = chk_group_of(groups->items[i]);

		if (!group || group->max < 0x0304 ||
		    strcmp(group->kind, kind) == 0)
			continue;
		kind = group->kind;
		chk_here_add(&list, group->number);
	}
	return ids_of(here, &list);
}

/* A name of path/strength.h; NULL: as the profile has it. */
static const char *strength_of(const struct chk_here *here, const char *name)
{
	if (here->rsa_min >= 2048)
		return here->rsa_min >= 3072 ? "high" : "medium";
	if (strcmp(name, "openssl") == 0) /* by levels, of which 0 has none */
		return here->rsa_min ? "low" : "legacy";
	return NULL;
}

static void finish(struct chk_here *here, const char *name,
		   const char *profile, unsigned shares)
{
	const struct chk_here_list *versions =
		&here->lists[CHK_HERE_VERSIONS];
	struct chk_client *client = &here->client;
	struct chk_hello *hello = &client->hello;
	uint16_t max = versions->count ? versions->items[0] : 0;
	uint16_t min = versions->count ? versions->items[versions->count - 1] :
					 0;

	client->id = chk_arena_format(&here->arena, "here:%s", name);
	client->label = here->label;
	client->runtime = name;
	client->profile = profile;
	client->strength = strength_of(here, name);
	client->evidence = "here";
	client->stops = here->stops;
	client->trust = here->trust ? here->trust : "system";
	client->store = "as this machine has it";
	client->sends_name = here->sends_name;
	client->fetches_issuers = here->fetches_issuers;
	client->max = max;
	client->min = here->min > min ? here->min : min;
	client->dh_min = here->dh_min;
	hello->version = max > 0x0303 ? 0x0303 : max;
	hello->sslv2_form = here->sslv2_form;
	if (max == 0x0304 || here->lists_versions)
		hello->versions = ids_of(here, versions);
	if (max == 0x0304)
		hello->key_shares = shares_of(here, shares);
	hello->suites = ids_of(here, &here->lists[CHK_HERE_SUITES]);
	hello->groups = ids_of(here, &here->lists[CHK_HERE_GROUPS]);
	if (max < 0x0303) { /* RFC 5246 is the first to have them */
		here->lists[CHK_HERE_SIGNATURES].count = 0;
		here->cert_signatures.count = 0;
	} else {
		hello->signatures =
			ids_of(here, &here->lists[CHK_HERE_SIGNATURES]);
		hello->signatures_cert = ids_of(here, &here->cert_signatures);
	}
}

/* Fedora, RHEL: what the files in back-ends/ were made from. */
static void say_policy(struct chk_here *here)
{
	static const char *const FILES[] = {
		"/etc/crypto-policies/state/current",
		"/etc/crypto-policies/config",
	};
	struct chk_here_file file;
	const char *text, *word;

	for (size_t i = 0; i < CHK_COUNT(FILES); i++) {
		if (!chk_here_read(here, FILES[i], &file))
			continue;
		text = (const char *)file.text.data;
		while ((word = chk_here_word(here, &text, "\n")) &&
		       *word == '#')
			;
		if (word)
			chk_here_say(here, NULL, "the system's crypto policy "
				     "is %s (%s)", word, file.path);
		return;
	}
}

bool chk_client_here(const char *name, const struct chk_surroundings *around,
		     struct chk_here *here, struct chk_error *error)
{
	for (size_t i = 0; i < CHK_COUNT(READERS); i++) {
		if (strcmp(READERS[i].name, name) != 0)
			continue;
		here->around = around;
		say_policy(here);
		if (!READERS[i].read(here, error))
			return false;
		here->around = NULL;
		finish(here, READERS[i].name, READERS[i].profile,
		       READERS[i].shares);
		return here->arena.failed ? chk_error_memory(error) : true;
	}
	return chk_error_set(error, CHK_ERROR_ARGUMENT, name,
			     "no such client of this machine: java, openssl "
			     "and gnutls are");
}

void chk_here_clear(struct chk_here *here)
{
	chk_arena_clear(&here->arena);
	free(here->steps);
	*here = (struct chk_here){ 0 };
}
