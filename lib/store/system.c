/*
 * lib/store/system.c: what p11-kit calls the system's trust: the paths that it
 * was built with. Its modules and the user's own configuration may add to
 * that in a program that asks for them; a spec that says "system" means the
 * system's alone, and reads no environment.
 */
#include "config.h"

#include "store/format.h"

#include <sys/stat.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/file.h"

/* What PEM cannot say and p11-kit's own reading can. */
static const char *const BEYOND_PEM[] = {
	"[p11-kit-object",
	"-----BEGIN TRUSTED CERTIFICATE-----",
};

static bool is_plain(struct chk_bytes bytes)
{
	for (size_t i = 0; i < CHK_COUNT(BEYOND_PEM); i++)
		if (memmem(bytes.data, bytes.size, BEYOND_PEM[i],
			   strlen(BEYOND_PEM[i])))
			return false;
	return true;
}

/* The paths of `list` that are there, with colons between them. */
struct present {
	struct chk_buffer list;
	size_t count;
	bool one_file; /* there is one, and it is a regular file */
};

static void cleanup_present(struct present *present)
{
	chk_buffer_clear(&present->list);
}

static void look(struct present *present, const char *path)
{
	struct stat facts;

	if (stat(path, &facts) < 0)
		return;
	present->one_file = present->count == 0 && S_ISREG(facts.st_mode);
	chk_buffer_format(&present->list, "%s%s", present->count ? ":" : "",
			  path);
	present->count++;
}

static bool look_all(struct present *present, const char *list)
{
	CHK_CLEANUP(chk_cleanup_free) char *copy = strdup(list);
	char *next = copy, *path;

	if (!copy)
		return false;
	while ((path = strsep(&next, ":")))
		if (*path)
			look(present, path);
	return !present->list.failed;
}

/*
 * One bundle of plain PEM, as Debian has it: all of it is trusted for all
 * purposes, p11-kit would say the same and take a hundred times as long.
 */
static bool read_bundle(struct chk_store *store, const char *path,
			const struct chk_store_options *options,
			struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	struct chk_bytes bytes;
	size_t size;

	if (!chk_file_read(path, &data, &size, error))
		return false;
	bytes = chk_bytes_of(data, size);
	if (!is_plain(bytes))
		return chk_read_p11kit(store, path, options, error);
	return chk_read_certificates(store, bytes, path, error);
}

bool chk_read_system(struct chk_store *store, const char *path,
		     const struct chk_store_options *options,
		     struct chk_error *error)
{
	CHK_CLEANUP(cleanup_present) struct present present = { 0 };
	const char *list = *path ? path : CHK_TRUST_PATHS;

	if (!look_all(&present, list))
		return chk_error_memory(error);
	if (!present.count)
		return chk_error_set(error, CHK_ERROR_NOT_FOUND, list,
				     "the system has no trust store there: "
				     "install the package ca-certificates");
	if (present.one_file)
		return read_bundle(store, present.list.data, options, error);
	return chk_read_p11kit(store, present.list.data, options, error);
}
