/*
 * lib/store/p11kit_check.c: p11-kit passes over a file that it cannot read
 * and says nothing. The same files are read here by our own reader, into a
 * store that is thrown away, and what p11-kit did not take is noted.
 */
#include "store/p11kit_check.h"

#include <sys/stat.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/file.h"
#include "store/format.h"

const char *const CHK_P11KIT_DIR[CHK_P11KIT_DIRS] = {
	"", "/anchors", "/blocklist",
};

static bool is_directory(const char *path)
{
	struct stat facts;

	return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

/* Its own format has blocks besides certificates, which are no fault. */
static bool is_own_format(const char *where)
{
	return strstr(where, ".p11-kit") != NULL;
}

/* By our own reader, whatever the content says: p11-kit is not asked again. */
static bool read_plain(struct chk_store *store, const char *path,
		       const struct chk_store_options *options,
		       struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	size_t size;

	return chk_file_read(path, &data, &size, error) &&
	       chk_read_certificates(store, chk_bytes_of(data, size), path,
				     error);
}

static bool compare(struct chk_store *store, const struct chk_store *seen)
{
	for (size_t i = 0; i < seen->note_count; i++)
		if (!is_own_format(seen->notes[i].where) &&
		    !chk_store_note_add(store, seen->notes[i].where, "%s",
					seen->notes[i].what))
			return false;
	for (size_t i = 0; i < seen->count; i++)
		if (!chk_store_find(store, seen->anchors[i]->cert) &&
		    !chk_store_note_add(store, seen->anchors[i]->where[0],
					"p11-kit does not take this "
					"certificate, and who asks it does "
					"not have it"))
			return false;
	return true;
}

/* That nothing is there, or nothing of use, is no error here. */
static bool check_one(struct chk_store *store, const char *path,
		      chk_store_reader *read)
{
	static const struct chk_store_options NONE = { 0 };
	CHK_CLEANUP(chk_cleanup_store) struct chk_store *seen =
		chk_store_new(path);
	struct chk_error fault;

	if (!seen)
		return false;
	if (!read(seen, path, &NONE, &fault)) {
		if (fault.code == CHK_ERROR_MEMORY)
			return false;
		if (read == read_plain && !is_own_format(path) &&
		    !chk_store_note_add(seen, path, "%s", fault.what))
			return false;
	}
	return compare(store, seen);
}

static bool check_below(struct chk_store *store, const char *path,
			const char *below)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer whole = { 0 };

	chk_buffer_format(&whole, "%s%s", path, below);
	if (whole.failed)
		return false;
	return !is_directory(whole.data) ||
	       check_one(store, whole.data, chk_read_dir);
}

/* The old name, which p11-kit reads no more since 0.24. */
static bool check_blacklist(struct chk_store *store, const char *path)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer whole = { 0 };

	chk_buffer_format(&whole, "%s/blacklist", path);
	if (whole.failed)
		return false;
	return !is_directory(whole.data) ||
	       chk_store_note_add(store, whole.data, "p11-kit does not read "
				  "this directory: what it is to refuse lies "
				  "in blocklist");
}

bool chk_p11kit_check(struct chk_store *store, const char *path)
{
	if (!is_directory(path))
		return check_one(store, path, read_plain);
	for (size_t i = 0; i < CHK_P11KIT_DIRS; i++)
		if (!check_below(store, path, CHK_P11KIT_DIR[i]))
			return false;
	return check_blacklist(store, path);
}
