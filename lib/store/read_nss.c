/*
 * lib/store/read_nss.c: a certificate database of NSS, as Firefox, Chromium
 * and certutil keep it: cert9.db in a directory. The roots that those programs
 * bring along are none of it.
 */
#include "store/format.h"

#include <errno.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/file.h"
#include "store/nss_db.h"

#define DATABASE "cert9.db"
#define LEGACY "cert8.db"
#define MODULES "pkcs11.txt"

#define HINT "certutil -M -d sql:DIR -n NICKNAME -t C,, marks it for TLS " \
	     "servers"

/* SQLite's begin so; those of old are hashes of Berkeley DB 1.85. */
static const uint8_t SQLITE_MAGIC[] = "SQLite format 3";
static const uint8_t DBM_MAGIC[] = { 0x00, 0x06, 0x15, 0x61 };

static bool begins(struct chk_bytes bytes, const uint8_t *magic, size_t size)
{
	return bytes.size >= size && memcmp(bytes.data, magic, size) == 0;
}

bool chk_nss_is(struct chk_bytes bytes)
{
	return begins(bytes, SQLITE_MAGIC, sizeof(SQLITE_MAGIC)) ||
	       begins(bytes, DBM_MAGIC, sizeof(DBM_MAGIC));
}

/* NULL: no memory. */
static char *join(const char *dir, const char *name)
{
	struct chk_buffer buffer = { 0 };
	size_t size = strlen(dir);

	chk_buffer_format(&buffer, "%s%s%s", dir,
			  size && dir[size - 1] == '/' ? "" : "/", name);
	return chk_buffer_steal(&buffer);
}

static bool is_there(const char *dir, const char *name)
{
	CHK_CLEANUP(chk_cleanup_free) char *path = join(dir, name);
	struct stat facts;

	return path && stat(path, &facts) == 0;
}

bool chk_nss_is_dir(const char *path)
{
	return is_there(path, DATABASE) || is_there(path, LEGACY);
}

static bool legacy(const char *where, struct chk_error *error)
{
	return chk_error_set(error, CHK_ERROR_UNSUPPORTED, where,
			     "an NSS database of the old format (cert8.db); a "
			     "change makes a cert9.db of it: certutil -M -d "
			     "sql:DIR -n NICKNAME -t FLAGS, with the flags "
			     "that it has");
}

static bool cannot(const char *path, struct chk_error *error)
{
	int cause = errno;

	return chk_error_errno(error, cause == ENOENT || cause == ENOTDIR ?
			       CHK_ERROR_NOT_FOUND : CHK_ERROR_READ, cause,
			       path, "cannot be opened");
}

/* The file of what was named: a directory, or the file itself. */
static char *find(const char *path, struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_free) char *file = NULL;
	struct stat facts;

	if (stat(path, &facts) < 0) {
		cannot(path, error);
		return NULL;
	}
	file = S_ISDIR(facts.st_mode) ? join(path, DATABASE) : strdup(path);
	if (!file) {
		chk_error_memory(error);
		return NULL;
	}
	if (stat(file, &facts) == 0)
		return chk_steal(&file);
	if (errno == ENOENT && is_there(path, LEGACY))
		legacy(path, error);
	else if (errno == ENOENT)
		chk_error_set(error, CHK_ERROR_NOT_FOUND, path,
			      "no NSS database: there is no " DATABASE);
	else
		cannot(file, error);
	return NULL;
}

static bool check(struct chk_bytes bytes, const char *file,
		  struct chk_error *error)
{
	if (bytes.size == 0)
		return chk_error_set(error, CHK_ERROR_EMPTY, file,
				     "the file is empty");
	if (begins(bytes, DBM_MAGIC, sizeof(DBM_MAGIC)))
		return legacy(file, error);
	if (!chk_nss_is(bytes))
		return chk_error_set(error, CHK_ERROR_FORMAT, file,
				     "not an NSS database: no file of SQLite");
	return true;
}

/* What SQLite keeps beside a database while, or after, it is written to. */
static bool note_beside(struct chk_store *store, const char *file,
			const char *suffix, const char *what)
{
	CHK_CLEANUP(chk_cleanup_free) char *path = NULL;
	struct chk_buffer buffer = { 0 };
	struct stat facts;

	chk_buffer_format(&buffer, "%s%s", file, suffix);
	path = chk_buffer_steal(&buffer);
	if (!path)
		return false;
	if (stat(path, &facts) < 0 || facts.st_size == 0)
		return true;
	return chk_store_note_add(store, path, "%s", what);
}

static bool note_changes(struct chk_store *store, const char *file,
			 struct chk_error *error)
{
	return (note_beside(store, file, "-wal", "changes that are not in the "
			    "database yet, and are not read") &&
		note_beside(store, file, "-journal", "the database is being "
			    "changed, or a change was broken off: what was "
			    "read may be half of it")) ||
	       chk_error_memory(error);
}

static bool note_module(struct chk_store *store, const char *file,
			const char *line)
{
	static const char KEY[] = "library=";
	const char *module = line + sizeof(KEY) - 1;

	if (strncmp(line, KEY, sizeof(KEY) - 1) != 0 || !*module)
		return true;
	return chk_store_note_add(store, file, "who uses this directory has "
				  "the certificates of a module too, which are "
				  "not read: nss-module:%s", module);
}

/* `text` is cut into lines. */
static bool note_lines(struct chk_store *store, const char *file, char *text)
{
	char *line;

	while ((line = strsep(&text, "\n")))
		if (!note_module(store, file, line))
			return false;
	return true;
}

/* A list of modules that is not there, or not readable, names none. */
static bool note_modules(struct chk_store *store, const char *dir,
			 struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_free) char *file = join(dir, MODULES);
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	size_t size;

	if (!file)
		return chk_error_memory(error);
	if (!chk_store_read_file(store, file, &data, &size, NULL))
		return true;
	return note_lines(store, file, (char *)data) || chk_error_memory(error);
}

static bool read_database(struct chk_store *store, struct chk_bytes bytes,
			  const char *file, struct chk_error *error)
{
	CHK_CLEANUP(chk_nss_reading_clear) struct chk_nss_reading reading = {
		.store = store, .hint = HINT, .first = store->count };

	if (!chk_nss_db_read(&reading, bytes, file, error))
		return false;
	if (!chk_nss_end(&reading))
		return chk_error_memory(error);
	if (store->count || store->blocked_count)
		return true;
	return chk_error_set(error, CHK_ERROR_EMPTY, file,
			     "no certificate in the NSS database");
}

/* NSS names its kinds of database in front of the directory. */
static bool strip_kind(const char **path, struct chk_error *error)
{
	if (strncmp(*path, "sql:", 4) == 0)
		*path += 4;
	else if (strncmp(*path, "dbm:", 4) == 0)
		return legacy(*path, error);
	return true;
}

bool chk_read_nss(struct chk_store *store, const char *path,
		  const struct chk_store_options *options,
		  struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_free) char *file = NULL;
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	size_t size;

	if (!strip_kind(&path, error))
		return false;
	file = find(path, error);
	return file && chk_store_read_file(store, file, &data, &size, error) &&
	       (strcmp(file, path) == 0 || note_modules(store, path, error)) &&
	       chk_read_nss_file(store, chk_bytes_of(data, size), file, NULL,
				 error);
}

bool chk_read_nss_file(struct chk_store *store, struct chk_bytes bytes,
		       const char *name,
		       const struct chk_store_options *options,
		       struct chk_error *error)
{
	return check(bytes, name, error) && note_changes(store, name, error) &&
	       read_database(store, bytes, name, error);
}
