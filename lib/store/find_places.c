/* lib/store/find_places.c: known places, then all files; what each is. */
#include "config.h"

#include "store/finder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "store/sniff.h"
#include "store/walk.h"

#define PLACES_MAX 20000
/* Components of all links; a hundred thousand real ones have a million. */
#define STEPS_MAX 5000000
#define TELL_NS 100000000 /* between two calls of progress */

void chk_finder_tell(struct chk_finder *finder, const char *path)
{
	const struct chk_places_options *options = finder->options;
	struct timespec now;
	int64_t passed;

	if (!options->progress)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	passed = (int64_t)(now.tv_sec - finder->told.tv_sec) * 1000000000 +
		 (now.tv_nsec - finder->told.tv_nsec);
	if (passed < TELL_NS)
		return;
	finder->told = now;
	options->progress(options->context, finder->places->figures.files,
			  path);
}

/* -1: errno says why. */
static ssize_t read_head(int fd, uint8_t *head, size_t room)
{
	size_t size = 0;

	while (size < room) {
		ssize_t got = pread(fd, head + size, room - size, (off_t)size);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		size += (size_t)got;
	}
	return (ssize_t)size;
}

static bool not_readable(struct chk_finder *finder, const char *path,
			 bool known)
{
	int cause = errno;

	if (!known && !chk_sniff_likely(path)) {
		finder->unread++;
		return true;
	}
	return chk_places_note_add(finder->places, path, strerror(cause));
}

/* What the rows say of a file whose first bytes say nothing. */
static struct chk_place_kind kind_of(const struct chk_sniffed *sniffed,
				     const struct chk_row_list *rows)
{
	struct chk_place_kind kind = { "unknown", "file" };

	if (sniffed)
		return (struct chk_place_kind){ sniffed->format,
						sniffed->scheme };
	if (rows->count && !chk_place_row_is_dir(rows->rows[0]))
		kind.scheme = rows->rows[0]->scheme;
	return kind;
}

/*
 * The scheme of a library is the table's: its bytes say no more than that it
 * is one. A database is opened by the directory it stands in.
 */
static bool is_library(const struct chk_row_list *rows)
{
	return rows->count && strcmp(rows->rows[0]->scheme, "nss-module") == 0;
}

static bool consider_head(struct chk_finder *finder, const char *path,
			  const struct chk_rooted *found,
			  const struct chk_row_list *rows)
{
	CHK_CLEANUP(chk_cleanup_fd) int fd = chk_rooted_open(found, O_RDONLY);
	uint8_t head[CHK_HEAD_SIZE];
	const struct chk_sniffed *sniffed;
	struct chk_place_kind kind;
	struct chk_bytes bytes;
	ssize_t size;

	if (fd < 0)
		return not_readable(finder, path, rows->count > 0);
	finder->places->figures.heads++;
	size = read_head(fd, head, sizeof(head));
	if (size < 0)
		return not_readable(finder, path, rows->count > 0);
	bytes = chk_bytes_of(head, (size_t)size);
	sniffed = rows->count ? chk_sniff_known(bytes, found->name) :
		  chk_sniff(bytes, found->name, size == found->facts.st_size);
	if (!sniffed && !rows->count)
		return true;
	kind = kind_of(sniffed, rows);
	return chk_places_add(finder->places, found, path, &kind, rows);
}

static bool consider_file(struct chk_finder *finder, const char *path,
			  const struct chk_rooted *found,
			  const struct chk_row_list *rows)
{
	static const struct chk_place_kind LIBRARY = { "pkcs11", "nss-module" };
	const struct stat *facts = &found->facts;
	struct chk_place_kind kind;
	bool fresh;

	if (is_library(rows))
		return chk_places_add(finder->places, found, path, &LIBRARY,
				      rows);
	if (!rows->count && (facts->st_size < CHK_STORE_LEAST ||
			     facts->st_size > (off_t)CHK_FILE_MAX))
		return true;
	if (!chk_seen_add(&finder->places->heads, chk_file_key(facts), &fresh))
		return false;
	if (fresh)
		return consider_head(finder, path, found, rows);
	/* Read before under a name that promised nothing. */
	kind = kind_of(NULL, rows);
	return !rows->count ||
	       chk_places_add(finder->places, found, path, &kind, rows);
}

CHK_CLEANUP_FUNCTION(cleanup_dir, DIR *, closedir);

/* One that cannot be read is not known to be empty. */
static bool is_empty(const struct chk_rooted *found)
{
	int fd = chk_rooted_open(found, O_RDONLY | O_DIRECTORY);
	CHK_CLEANUP(cleanup_dir) DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;

	if (fd >= 0 && !dir)
		close(fd);
	while (dir && (entry = readdir(dir)))
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0)
			return false;
	return dir != NULL;
}

/* A directory is a place where a row says so. */
static bool consider_dir(struct chk_finder *finder, const char *path,
			 const struct chk_rooted *found,
			 const struct chk_row_list *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		struct chk_place_kind kind = { "directory",
					       rows->rows[i]->scheme };
		struct chk_row_list one = { { rows->rows[i] }, 1 };

		if (!chk_place_row_is_dir(rows->rows[i]))
			continue;
		return is_empty(found) ||
		       chk_places_add(finder->places, found, path, &kind,
				      &one);
	}
	return true;
}

bool chk_finder_consider(struct chk_finder *finder, const char *path,
			 const struct chk_rooted *found,
			 const struct chk_row_list *rows)
{
	struct chk_place_item *item =
		chk_places_item(finder->places, &found->facts);

	if (item)
		return chk_places_name(item, path, rows);
	if (S_ISDIR(found->facts.st_mode))
		return consider_dir(finder, path, found, rows);
	if (S_ISREG(found->facts.st_mode))
		return consider_file(finder, path, found, rows);
	return !rows->count ||
	       chk_places_note_add(finder->places, path,
				   "neither a file nor a directory");
}

/* Where it went wrong: a directory that cannot be searched has one note. */
static bool not_found(struct chk_finder *finder, const char *path,
		      const struct chk_rooted *found, bool known)
{
	int cause = errno;

	if (cause == ENOMEM)
		return false;
	if (cause == ENOENT || cause == ENOTDIR)
		return !found->link || !known ||
		       chk_places_note_add(finder->places, path,
					   CHK_PLACES_DANGLING);
	if (cause == ELOOP)
		return !known ||
		       chk_places_note_add(finder->places, path,
					   "the links lead nowhere but to "
					   "links");
	return chk_places_note_add(finder->places, found->path,
				   strerror(cause));
}

bool chk_finder_consider_path(struct chk_finder *finder, const char *path,
			      const struct chk_row_list *rows)
{
	struct chk_rooted found;
	bool done;

	if (chk_rooted_find(finder->root, path, &found))
		done = chk_finder_consider(finder, path, &found, rows);
	else
		done = not_found(finder, path, &found, rows->count > 0);
	finder->steps += found.steps;
	chk_rooted_clear(&found);
	return done;
}

static void finder_clear(struct chk_finder *finder)
{
	chk_cleanup_fd(&finder->root);
	chk_rows_clear(&finder->rows);
	chk_homes_clear(&finder->homes);
	for (size_t i = 0; i < finder->link_count; i++)
		free(finder->links[i]);
	free(finder->links);
}

/* Links come last: most lead to places that have been met by then. */
static bool follow_links(struct chk_finder *finder)
{
	for (size_t i = 0; i < finder->link_count; i++) {
		const char *path = finder->links[i];
		struct chk_row_list rows;

		if (finder->steps > STEPS_MAX) {
			finder->links_over = true;
			return true;
		}
		chk_rows_match(&finder->rows, &finder->homes, path,
			       strrchr(path, '/') + 1, &rows);
		if (!chk_finder_consider_path(finder, path, &rows))
			return false;
	}
	return true;
}

static bool note_counts(struct chk_finder *finder)
{
	struct chk_places *places = finder->places;
	char what[96];

	snprintf(what, sizeof(what), "%llu files whose names promise no "
		 "certificates cannot be read",
		 (unsigned long long)finder->unread);
	if (finder->unread &&
	    !chk_notes_add(&places->notes, "/", what, NULL))
		return false;
	snprintf(what, sizeof(what), "more than %zu places; the rest is left "
		 "out", places->max);
	if (places->over && !chk_notes_add(&places->notes, "/", what, NULL))
		return false;
	if (finder->links_over &&
	    !chk_notes_add(&places->notes, "/", "too many links; the rest is "
			   "left out", NULL))
		return false;
	return !finder->homes.over ||
	       chk_notes_add(&places->notes, "/", "too many users; the homes "
			     "of the rest are looked at by content alone",
			     NULL);
}

static bool start_failed(const char *path, struct chk_error *error)
{
	int cause = errno;

	return chk_error_errno(error, cause == ENOENT || cause == ENOTDIR ?
			       CHK_ERROR_NOT_FOUND : CHK_ERROR_READ, cause,
			       path, "cannot be looked at");
}

/* Below `in`, or below the root with what is known of it before. */
static bool search(struct chk_finder *finder, struct chk_error *error)
{
	const char *in = finder->options->in;
	struct chk_rooted start;
	bool done = false;

	if (!chk_rooted_find(finder->root, in ? in : "/", &start))
		start_failed(in ? in : finder->places->root, error);
	else if (!S_ISDIR(start.facts.st_mode))
		chk_error_set(error, CHK_ERROR_ARGUMENT, in,
			      "is no directory");
	else if (!chk_homes_read(&finder->homes, finder->root) ||
		 !chk_rows_begin(&finder->rows) ||
		 (!in && !chk_find_known(finder)) ||
		 !chk_find_walk(finder, &start) || !follow_links(finder) ||
		 !note_counts(finder) || !chk_places_end(finder->places))
		chk_error_memory(error);
	else
		done = true;
	chk_rooted_clear(&start);
	return done;
}

/* "/" becomes "", so that paths from the root can follow it. */
static char *root_text(const char *root)
{
	size_t size = strlen(root);

	while (size && root[size - 1] == '/')
		size--;
	return strndup(root, size);
}

static inline void cleanup_places(struct chk_places **places)
{
	chk_places_free(*places);
}

bool chk_places_find(const struct chk_places_options *options,
		     struct chk_places **out, struct chk_error *error)
{
	static const struct chk_places_options NONE = { 0 };
	CHK_CLEANUP(cleanup_places) struct chk_places *places =
		calloc(1, sizeof(*places));
	CHK_CLEANUP(finder_clear) struct chk_finder finder = {
		.places = places, .options = options ? options : &NONE,
		.root = -1,
	};
	const char *root = finder.options->root ? finder.options->root : "/";
	const char *in = finder.options->in;

	*out = NULL;
	if (!places)
		return chk_error_memory(error);
	places->max = finder.options->max ? finder.options->max : PLACES_MAX;
	places->root = root_text(root);
	places->in = in ? strdup(in) : NULL;
	if (!places->root || (in && !places->in))
		return chk_error_memory(error);
	finder.root = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (finder.root < 0)
		return start_failed(root, error);
	if (!search(&finder, error))
		return false;
	*out = chk_steal(&places);
	return true;
}
