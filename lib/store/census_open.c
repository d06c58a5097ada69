/*
 * lib/store/census_open.c: opens a place. The paths of another root lead to
 * files without links, so readers of files need not know of it; a directory
 * is read link by link, each within that root.
 */
#include "config.h"

#include "store/census.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/file.h"
#include "store/format.h"
#include "store/walk.h"

#define ENTRIES_MAX 100000 /* as in read_dir.c */
#define CAS_LEAST 3
#define CAS_OF_CHAIN 5

struct opening {
	const struct chk_places *places;
	const struct chk_place_item *item;
	int root; /* O_PATH */
	struct chk_store *store; /* borrowed */
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

/* One file of a directory; only memory ends the reading. */
static bool read_found(struct opening *opening, const char *path,
		       const struct chk_rooted *found)
{
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	CHK_CLEANUP(chk_cleanup_free) char *real = NULL;
	struct chk_buffer buffer = { 0 };
	struct chk_error fault;
	size_t size;

	if (S_ISDIR(found->facts.st_mode))
		return true;
	chk_buffer_format(&buffer, "%s%s", opening->places->root, found->path);
	real = chk_buffer_steal(&buffer);
	if (!real)
		return chk_error_memory(opening->error);
	if (chk_file_read(real, &data, &size, &fault) &&
	    chk_read_certificates(opening->store, chk_bytes_of(data, size),
				  path, &fault))
		return true;
	if (fault.code != CHK_ERROR_MEMORY &&
	    chk_store_note_add(opening->store, path, "%s", fault.what))
		return true;
	return chk_error_memory(opening->error);
}

static bool read_entry(struct opening *opening, const char *name)
{
	CHK_CLEANUP(chk_cleanup_free) char *path = NULL;
	struct chk_buffer buffer = { 0 };
	struct chk_rooted found;
	bool done;

	chk_buffer_format(&buffer, "%s/%s", opening->item->path, name);
	path = chk_buffer_steal(&buffer);
	if (!path)
		return chk_error_memory(opening->error);
	if (chk_rooted_find(opening->root, path, &found))
		done = read_found(opening, path, &found);
	else if (errno == ENOMEM)
		done = chk_error_memory(opening->error);
	else
		done = chk_store_note_add(opening->store, path, "%s",
					  strerror(errno)) ||
		       chk_error_memory(opening->error);
	chk_rooted_clear(&found);
	return done;
}

/* Sorted, so that equal directories give equal stores. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_entry(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") != 0 &&
	       strcmp(entry->d_name, "..") != 0;
}

static bool read_entries(struct opening *opening, struct dirent **entries,
			 int count)
{
	bool done = true;

	if (count > ENTRIES_MAX)
		done = chk_error_set(opening->error, CHK_ERROR_TOO_LARGE,
				     opening->item->view.path,
				     "more than %d files", ENTRIES_MAX);
	for (int i = 0; i < count; i++) {
		done = done && read_entry(opening, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	if (done && !opening->store->count)
		return chk_error_set(opening->error, CHK_ERROR_EMPTY,
				     opening->item->view.path,
				     "no file of the directory holds a "
				     "certificate");
	return done;
}

static bool read_directory(struct opening *opening)
{
	struct dirent **entries = NULL;
	struct chk_rooted found;
	int fd = -1, count = -1, cause;

	if (chk_rooted_find(opening->root, opening->item->path, &found))
		fd = chk_rooted_open(&found, O_RDONLY | O_DIRECTORY);
	if (fd >= 0)
		count = scandirat(fd, ".", &entries, is_entry, by_name);
	cause = errno;
	if (fd >= 0)
		close(fd);
	chk_rooted_clear(&found);
	if (count < 0)
		return chk_error_errno(opening->error, CHK_ERROR_READ, cause,
				       opening->item->view.path,
				       "the directory cannot be read");
	return read_entries(opening, entries, count);
}

static bool open_directory(struct opening *opening, struct chk_store **out)
{
	CHK_CLEANUP(chk_cleanup_store) struct chk_store *store =
		chk_store_new(opening->item->spec);
	CHK_CLEANUP(chk_cleanup_fd) int root =
		open(opening->places->root, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (!store)
		return chk_error_memory(opening->error);
	if (root < 0)
		return chk_error_errno(opening->error, CHK_ERROR_READ, errno,
				       opening->places->root,
				       "cannot be looked at");
	store->format = "directory";
	opening->root = root;
	opening->store = store;
	if (!read_directory(opening))
		return false;
	if (!chk_store_end(store))
		return chk_error_memory(opening->error);
	*out = chk_steal(&store);
	return true;
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
		.places = places, .item = item, .root = -1, .error = error,
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
	if (other_root && strcmp(item->scheme, "dir") == 0)
		return open_directory(&opening, store);
	return chk_store_open(item->spec, &options, store, error);
}
