/*
 * lib/store/read_dir.c: every file of a directory, as c_rehash and the CApath
 * of OpenSSL have it; the links that carry a hash lead to certificates that
 * are there already, and become one more place of them.
 */
#include "store/format.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/file.h"

/* The largest I know of has 500; one with more is not a trust directory. */
#define ENTRIES_MAX 100000

struct names {
	char **items;
	size_t count, room;
};

static void cleanup_names(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->items[i]);
	free(names->items);
}

CHK_CLEANUP_FUNCTION(cleanup_dir, DIR *, closedir);

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool add_name(struct names *names, const char *name)
{
	char *copy;

	if (!chk_array_grow(&names->items, names->count, &names->room,
			    sizeof(*names->items)))
		return false;
	copy = strdup(name);
	if (copy)
		names->items[names->count++] = copy;
	return copy != NULL;
}

static bool open_failed(const char *path, struct chk_error *error)
{
	int cause = errno;
	enum chk_code code = cause == ENOENT || cause == ENOTDIR ?
			     CHK_ERROR_NOT_FOUND : CHK_ERROR_READ;

	return chk_error_errno(error, code, cause, path,
			       "the directory cannot be opened");
}

/* Sorted, so that equal directories give equal stores. */
static bool list(const char *path, struct names *names,
		 struct chk_error *error)
{
	CHK_CLEANUP(cleanup_dir) DIR *dir = opendir(path);
	const struct dirent *entry;

	if (!dir)
		return open_failed(path, error);
	while (errno = 0, (entry = readdir(dir))) {
		if (names->count >= ENTRIES_MAX)
			return chk_error_set(error, CHK_ERROR_TOO_LARGE, path,
					     "more than %d files",
					     ENTRIES_MAX);
		if (!add_name(names, entry->d_name))
			return chk_error_memory(error);
	}
	if (errno)
		return chk_error_errno(error, CHK_ERROR_READ, errno, path,
				       "the directory cannot be read");
	if (names->count)
		qsort(names->items, names->count, sizeof(*names->items),
		      by_name);
	return true;
}

/* Directories below are not part of this one, and no fault of it. */
static bool is_directory(const char *path)
{
	struct stat facts;

	return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

/* An object file may hold PEM that it distrusts: not to be read as PEM. */
static bool read_bytes(struct chk_store *store, const char *path,
		       struct chk_bytes bytes, struct chk_error *error)
{
	if (chk_p11kit_is(bytes))
		return chk_error_set(error, CHK_ERROR_FORMAT, path,
				     "objects of p11-kit, which p11-kit:PATH "
				     "reads");
	return chk_read_certificates(store, bytes, path, error);
}

/* A file that is of no use leaves a note; only memory ends the reading. */
static bool read_one(struct chk_store *store, const char *path,
		     struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	struct chk_error fault;
	size_t size;

	if (chk_file_read(path, &data, &size, &fault) &&
	    read_bytes(store, path, chk_bytes_of(data, size), &fault))
		return true;
	if (fault.code != CHK_ERROR_MEMORY &&
	    chk_store_note_add(store, path, "%s", fault.what))
		return true;
	return chk_error_memory(error);
}

static bool read_entry(struct chk_store *store, const char *dir,
		       const char *name, struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_free) char *path = NULL;
	struct chk_buffer buffer = { 0 };
	size_t size = strlen(dir);
	bool slash = size && dir[size - 1] == '/';

	chk_buffer_format(&buffer, "%s%s%s", dir, slash ? "" : "/", name);
	path = chk_buffer_steal(&buffer);
	if (!path)
		return chk_error_memory(error);
	return is_directory(path) || read_one(store, path, error);
}

bool chk_read_dir(struct chk_store *store, const char *path,
		  const struct chk_store_options *options,
		  struct chk_error *error)
{
	CHK_CLEANUP(cleanup_names) struct names names = { 0 };

	if (!list(path, &names, error))
		return false;
	for (size_t i = 0; i < names.count; i++)
		if (!read_entry(store, path, names.items[i], error))
			return false;
	if (store->count)
		return true;
	return chk_error_set(error, CHK_ERROR_EMPTY, path,
			     "no file of the directory holds a certificate");
}
