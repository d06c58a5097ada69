/* lib/store/find_known.c: the places of lib/data/places.tsv in a root. */
#include "config.h"

#include "store/finder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/buffer.h"
#include "base/cleanup.h"

/* Paths that a pattern stands for at most: a hostile folder has more. */
#define PATHS_MAX 20000

struct paths {
	char **items;
	size_t count, room;
};

CHK_CLEANUP_FUNCTION(cleanup_dir, DIR *, closedir);

static void cleanup_paths(struct paths *paths)
{
	for (size_t i = 0; i < paths->count; i++)
		free(paths->items[i]);
	free(paths->items);
}

/* DIR/NAME, where `name` has `size` bytes. False: no memory. */
static bool add_path(struct paths *paths, const char *dir, const char *name,
		     size_t size)
{
	struct chk_buffer path = { 0 };

	if (!chk_array_grow(&paths->items, paths->count, &paths->room,
			    sizeof(*paths->items)))
		return false;
	chk_buffer_text(&path, dir);
	if (size) {
		chk_buffer_text(&path, "/");
		chk_buffer_add(&path, name, size);
	}
	paths->items[paths->count] = chk_buffer_steal(&path);
	return paths->items[paths->count++] != NULL;
}

/* The directory at `path`; NULL: it cannot be read, which may be noted. */
static DIR *open_dir(struct chk_finder *finder, const char *path)
{
	struct chk_rooted found;
	DIR *dir = NULL;
	int fd = -1, cause;

	if (chk_rooted_find(finder->root, *path ? path : "/", &found))
		fd = chk_rooted_open(&found, O_RDONLY | O_DIRECTORY);
	cause = errno;
	dir = fd < 0 ? NULL : fdopendir(fd);
	if (fd >= 0 && !dir)
		close(fd);
	/* No memory for a note is found out at the next step. */
	if (fd < 0 && found.path && cause != ENOENT && cause != ENOTDIR)
		(void)chk_places_note_add(finder->places, found.path,
					  strerror(cause));
	chk_rooted_clear(&found);
	return dir;
}

/* A pattern that begins with a letter matches no hidden name. */
static bool expand_one(struct chk_finder *finder, const char *dir_path,
		       const char *part, struct paths *out)
{
	CHK_CLEANUP(cleanup_dir) DIR *dir = open_dir(finder, dir_path);
	const struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		if (fnmatch(part, entry->d_name, FNM_PERIOD) != 0)
			continue;
		if (out->count >= PATHS_MAX)
			return chk_places_note_add(finder->places, dir_path,
						   "too many entries; the rest "
						   "is looked at by content");
		if (!add_path(out, dir_path, entry->d_name,
			      strlen(entry->d_name)))
			return false;
	}
	return true;
}

static bool is_wild(const char *part, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (strchr("*?[", part[i]))
			return true;
	return false;
}

/* The next part of the pattern, for every path so far. */
static bool expand_part(struct chk_finder *finder, const struct paths *in,
			const char *part, size_t size, struct paths *out)
{
	CHK_CLEANUP(chk_cleanup_free) char *pattern = strndup(part, size);
	bool wild = is_wild(part, size);

	if (!pattern)
		return false;
	for (size_t i = 0; i < in->count; i++) {
		bool done = wild ?
			expand_one(finder, in->items[i], pattern, out) :
			add_path(out, in->items[i], part, size);

		if (!done)
			return false;
	}
	return true;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool consider_all(struct chk_finder *finder, const struct paths *paths,
			 const struct chk_row_list *rows)
{
	if (paths->count)
		qsort(paths->items, paths->count, sizeof(*paths->items),
		      by_name);
	for (size_t i = 0; i < paths->count; i++) {
		chk_finder_tell(finder, paths->items[i]);
		if (!chk_finder_consider_path(finder, paths->items[i], rows))
			return false;
	}
	return true;
}

/* What `pattern` stands for below `base`. */
static bool expand(struct chk_finder *finder, const char *base,
		   const char *pattern, const struct chk_row_list *rows)
{
	struct paths paths = { 0 };
	bool done = add_path(&paths, base, "", 0);

	while (done && *pattern) {
		size_t size = strcspn(pattern, "/");
		struct paths next = { 0 };

		if (size)
			done = expand_part(finder, &paths, pattern, size,
					   &next);
		pattern += size + (pattern[size] == '/');
		if (!size)
			continue;
		cleanup_paths(&paths);
		paths = next;
	}
	if (done)
		done = consider_all(finder, &paths, rows);
	cleanup_paths(&paths);
	return done;
}

static bool find_row(struct chk_finder *finder, const struct chk_place_row *row)
{
	struct chk_row_list rows = { { row }, 1 };

	if (row->pattern[0] == '/')
		return expand(finder, "", row->pattern, &rows);
	if (row->pattern[0] != '~')
		return true;
	for (size_t i = 0; i < finder->homes.count; i++)
		if (!expand(finder, finder->homes.paths[i], row->pattern + 2,
			    &rows))
			return false;
	return true;
}

bool chk_find_known(struct chk_finder *finder)
{
	const struct chk_place_row *row;

	for (size_t i = 0; (row = chk_place_row(i)); i++)
		if (!find_row(finder, row))
			return false;
	return true;
}
