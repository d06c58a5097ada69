/*
 * lib/store/read_dir.c: every file of a directory, as c_rehash and the CApath
 * of OpenSSL have it; the links that carry a hash lead to certificates that
 * are there already, and become one more place of them.
 */
#include "store/format.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/file.h"
#include "cert/pem.h"
#include "store/root_path.h"

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
static bool list(const char *root, const char *path, struct names *names,
		 struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_fd) int fd =
		chk_root_open(root, path, O_RDONLY | O_DIRECTORY);
	CHK_CLEANUP(cleanup_dir) DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;

	if (!dir)
		return open_failed(path, error);
	fd = -1;
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

static const char *root_of(const struct chk_store *store)
{
	return store->root ? store->root : "";
}

/* Directories below are not part of this one, and no fault of it. */
static bool is_directory(int fd)
{
	struct stat facts;

	return fd >= 0 && fstat(fd, &facts) == 0 && S_ISDIR(facts.st_mode);
}

/*
 * As how->pem has it: some programs take PEM alone. An object file may hold PEM
 * that it distrusts: not to be read as PEM.
 */
static bool read_bytes(struct chk_store *store, struct chk_bytes bytes,
		       const char *path, const struct chk_dir_how *how,
		       struct chk_error *error)
{
	if (how->pem && !chk_pem_is(bytes))
		return chk_error_set(error, CHK_ERROR_FORMAT, path,
				     "not PEM, and not read");
	if (chk_p11kit_is(bytes))
		return chk_error_set(error, CHK_ERROR_FORMAT, path,
				     "objects of p11-kit, which p11-kit:PATH "
				     "reads");
	return chk_read_certificates(store, bytes, path, error);
}

/* A file that is of no use leaves a note; only memory ends the reading. */
static bool read_one(struct chk_store *store, const char *path,
		     const struct chk_dir_how *how, struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	CHK_CLEANUP(chk_cleanup_fd) int fd =
		chk_root_open(root_of(store), path, O_RDONLY);
	struct chk_error fault;
	size_t size;

	if (is_directory(fd))
		return true;
	if (chk_file_read_open(fd, path, &data, &size, &fault) &&
	    read_bytes(store, chk_bytes_of(data, size), path, how, &fault))
		return true;
	if (fault.code != CHK_ERROR_MEMORY &&
	    chk_store_note_add(store, path, "%s", fault.what))
		return true;
	return chk_error_memory(error);
}

/* "5ed36f99.0": what OpenSSL looks for, and nothing else. */
static bool is_hash(const char *name)
{
	static const char HEX[] = "0123456789abcdef";

	return strspn(name, HEX) == 8 && name[8] == '.' &&
	       strspn(name + 9, "0123456789") == strlen(name + 9) && name[9];
}

static bool read_entry(struct chk_store *store, const char *dir,
		       const char *name, const struct chk_dir_how *how,
		       struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_free) char *path = NULL;
	struct chk_buffer buffer = { 0 };
	size_t size = strlen(dir);
	bool slash = size && dir[size - 1] == '/';

	if (how->hashed && !is_hash(name))
		return true;
	chk_buffer_format(&buffer, "%s%s%s", dir, slash ? "" : "/", name);
	path = chk_buffer_steal(&buffer);
	if (!path)
		return chk_error_memory(error);
	return read_one(store, path, how, error);
}

bool chk_read_dir_as(struct chk_store *store, const char *path,
		     const struct chk_dir_how *how, struct chk_error *error)
{
	CHK_CLEANUP(cleanup_names) struct names names = { 0 };

	if (!list(root_of(store), path, &names, error))
		return false;
	for (size_t i = 0; i < names.count; i++)
		if (!read_entry(store, path, names.items[i], how, error))
			return false;
	return true;
}

bool chk_read_dir(struct chk_store *store, const char *path,
		  const struct chk_store_options *options,
		  struct chk_error *error)
{
	static const struct chk_dir_how HOW = { 0 };

	if (!chk_read_dir_as(store, path, &HOW, error))
		return false;
	if (store->count)
		return true;
	return chk_error_set(error, CHK_ERROR_EMPTY, path,
			     "no file of the directory holds a certificate");
}
