/*
 * lib/store/source_files.c: the files of the directories that a distribution
 * makes its trust store from. Links are followed as it does, within the root.
 */
#include "config.h"

#include "store/source_files.h"

#include <errno.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "store/root_path.h"
#include "store/walk.h"

#define FILES_MAX 20000 /* of one directory; the rest leaves it unsure */

static inline void cleanup_store(struct chk_store **store)
{
	chk_store_free(*store);
}

/* As this process opens it; NULL: errno says why. */
static char *real_path(const struct chk_source_files *files, const char *path)
{
	struct chk_buffer real = { 0 };
	struct chk_rooted found;
	int cause = 0;

	if (!chk_rooted_find(files->root, path, &found))
		cause = errno;
	else if (!S_ISREG(found.facts.st_mode))
		cause = EISDIR;
	else
		chk_buffer_format(&real, "%s%s", files->root_path,
				  found.path);
	chk_rooted_clear(&found);
	if (real.failed)
		cause = ENOMEM;
	errno = cause;
	return cause ? NULL : chk_buffer_steal(&real);
}

uint8_t *chk_source_read(const struct chk_source_files *files,
			 const char *path, size_t *size)
{
	CHK_CLEANUP(chk_cleanup_free) char *real = real_path(files, path);
	uint8_t *data = NULL;

	return real && chk_root_read(files->root_path, real, &data, size,
				     NULL) ?
	       data : NULL;
}

static bool ends_in(const char *name, const char *ending)
{
	size_t size = strlen(name), wanted = strlen(ending);

	return size >= wanted && strcmp(name + size - wanted, ending) == 0;
}

/* The local directory of a tool that takes names of one ending. */
static bool tell_local(struct chk_source_files *files, const char *path,
		       const struct chk_store *store)
{
	const struct chk_source_row *row = files->row;

	if (!ends_in(path, row->ending))
		return chk_said_add(files->said, "store.file-ignored",
				    "%s is not read by %s, which takes names "
				    "that end in %s: name it so", path,
				    row->tool, row->ending);
	if (strcmp(chk_store_format(store), "pem") != 0)
		return chk_said_add(files->said, "store.file-ignored",
				    "%s is no PEM (%s): %s copies it into the "
				    "bundle as it is, where no program that "
				    "reads PEM finds it; convert it "
				    "(openssl x509 -inform DER)", path,
				    chk_store_format(store), row->tool);
	if (store->count > 1)
		return chk_said_add(files->said, "store.file-ignored",
				    "%s holds %zu certificates: they are in "
				    "the bundle, and have no hash link, so "
				    "that who reads the directory does not "
				    "find them; one a file", path,
				    store->count);
	return true;
}

static bool tell_trusted(struct chk_source_files *files, const char *path)
{
	static const char MARK[] = "-----BEGIN TRUSTED CERTIFICATE-----";
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	size_t size = 0;

	data = chk_source_read(files, path, &size);
	return !data || !memmem(data, size, MARK, sizeof(MARK) - 1) ||
	       chk_said_add(files->said, "store.type-mismatch",
			    "%s has TRUSTED CERTIFICATE blocks, which OpenSSL "
			    "and p11-kit read: GnuTLS, Go, Java and .NET take "
			    "CERTIFICATE blocks alone (openssl x509 -in FILE)",
			    path);
}

static bool keep(struct chk_source_files *files, const char *path,
		 const struct chk_store *store)
{
	for (size_t i = 0; i < store->count; i++)
		if (!chk_store_anchor(files->known, store->anchors[i]->cert,
				      path))
			return false;
	return true;
}

/* What is no certificate at all, a README, is nobody's loss. */
static bool is_other(enum chk_code code)
{
	return code == CHK_ERROR_EMPTY || code == CHK_ERROR_FORMAT;
}

static bool read_one(struct chk_source_files *files, const char *path,
		     bool local)
{
	CHK_CLEANUP(cleanup_store) struct chk_store *store = NULL;
	CHK_CLEANUP(chk_cleanup_free) char *real = real_path(files, path);
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer spec = { 0 };
	struct chk_error fault;

	/* A link to nothing is no source; to a directory, it may be many. */
	if (!real) {
		files->unsure |= errno != ENOENT;
		return errno != ENOMEM;
	}
	chk_buffer_format(&spec, "file:%s", real);
	if (spec.failed)
		return false;
	if (!chk_store_open_below(files->root_path, spec.data, NULL, &store,
				  &fault)) {
		files->unsure |= !is_other(fault.code);
		return fault.code != CHK_ERROR_MEMORY;
	}
	files->unsure |= store->note_count > 0;
	if (!keep(files, path, store))
		return false;
	if (!local || strcmp(files->row->ending, "-") == 0)
		return true;
	return tell_local(files, path, store) && tell_trusted(files, path);
}

static bool read_below(struct chk_source_files *files, struct chk_walk *walk,
		       bool local)
{
	struct chk_walk_entry entry;
	size_t count = 0;

	while (chk_walk_next(walk, &entry)) {
		if (entry.kind == CHK_WALK_UNREAD || count >= FILES_MAX) {
			files->unsure = true;
			continue;
		}
		if (entry.kind == CHK_WALK_LEAVE)
			continue;
		count++;
		if (!read_one(files, entry.path, local))
			return false;
	}
	return !walk->failed;
}

static bool read_directory(struct chk_source_files *files, const char *path,
			   bool local)
{
	CHK_CLEANUP(chk_walk_end) struct chk_walk walk = { 0 };
	struct chk_rooted found;
	bool ok = true;

	if (!chk_rooted_find(files->root, path, &found))
		files->unsure |= errno != ENOENT && errno != ENOTDIR;
	else if (S_ISDIR(found.facts.st_mode))
		ok = chk_walk_begin(&walk, &found) ?
		     read_below(files, &walk, local) :
		     (files->unsure = true);
	chk_rooted_clear(&found);
	return ok;
}

bool chk_source_files_read(struct chk_source_files *files)
{
	return read_directory(files, files->row->directories, false) &&
	       read_directory(files, files->row->local, true);
}
