/*
 * lib/store/census_open.c: opens a place. What lies below another root is
 * opened by descriptor within it. SQLite (NSS) and p11-kit open paths alone,
 * and theirs was looked up without links before: who changes the tree at that
 * very moment could have them read a file outside of it.
 */
#include "config.h"

#include "store/census.h"

#include <fcntl.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "store/store.h"
#include "store/walk.h"

#define CAS_LEAST 3
#define CAS_OF_CHAIN 5

struct opening {
	const struct chk_places *places;
	const struct chk_place_item *item;
	struct chk_error *error;
};

/* A root of version 1 has no basicConstraints to say so. */
static bool is_ca(const struct chk_cert *cert)
{
	return cert->basic_constraints.ca ||
	       (cert->version == 1 && chk_cert_is_self_issued(cert));
}

bool chk_census_is_store(const struct chk_store *store)
{
	size_t count = 0, least = CAS_LEAST;

	for (size_t i = 0; i < store->count; i++)
		count += is_ca(store->anchors[i]->cert);
	if (store->count && !is_ca(store->anchors[0]->cert))
		least = CAS_OF_CHAIN + 1;
	return count >= least;
}

static bool unsupported(const struct opening *opening, const char *what)
{
	return chk_error_set(opening->error, CHK_ERROR_UNSUPPORTED,
			     opening->item->view.path, "%s", what);
}

/* Any link in it: the module of p11-kit would follow it, wherever to. */
static bool has_links(const struct opening *opening)
{
	CHK_CLEANUP(chk_walk_end) struct chk_walk walk = { 0 };
	CHK_CLEANUP(chk_cleanup_fd) int root =
		open(opening->places->root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	struct chk_walk_entry entry;
	struct chk_rooted found;
	bool links = true;

	if (chk_rooted_find(root, opening->item->path, &found) &&
	    (!S_ISDIR(found.facts.st_mode) || chk_walk_begin(&walk, &found))) {
		links = false;
		while (!links && walk.depth && chk_walk_next(&walk, &entry))
			links = entry.kind == CHK_WALK_LINK;
		links |= walk.failed;
	}
	chk_rooted_clear(&found);
	return links;
}

/* Loading one runs its code: only what belongs to this system. */
static bool is_own_library(const struct opening *opening)
{
	const struct chk_place_item *item = opening->item;

	return !opening->places->root[0] && item->row_count &&
	       item->rows[0]->pattern[0] == '/' && item->facts.st_uid == 0 &&
	       !(item->facts.st_mode & (S_IWGRP | S_IWOTH));
}

bool chk_census_open(const struct chk_places *places,
		     const struct chk_place_item *item, const char *pass,
		     struct chk_store **store, struct chk_error *error)
{
	const struct chk_store_options options = { .pin = pass };
	struct opening opening = {
		.places = places, .item = item, .error = error,
	};
	bool other_root = places->root[0] != '\0';

	*store = NULL;
	if (strcmp(item->scheme, "nss-module") == 0 &&
	    !is_own_library(&opening))
		return unsupported(&opening, "not loaded, since that would run "
				   "its code; the roots are built into it");
	if (strcmp(item->scheme, "p11-kit") == 0) {
		if (strchr(item->real, ':'))
			return unsupported(&opening, "a path with a colon is "
					   "two for p11-kit");
		if (other_root && has_links(&opening))
			return unsupported(&opening, "there are links in it, "
					   "which p11-kit would follow out of "
					   "the root");
	}
	return chk_store_open_below(places->root, item->spec, &options, store,
				    error);
}
