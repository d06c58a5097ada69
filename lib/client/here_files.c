/* lib/client/here_files.c: the files of a machine, below its root. */
#include "config.h"

#include "client/here_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "client/narrow.h"
#include "store/rooted.h"

#define SETTINGS_MAX (1u << 20) /* bytes of a file; java.security has 60 K */
#define NAMES_MAX 1000          /* of a directory */

static bool find(struct chk_here *here, const char *path,
		 struct chk_rooted *found)
{
	const char *root = *here->around->root ? here->around->root : "/";
	int fd = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	bool is_there = fd >= 0 && chk_rooted_find(fd, path, found);

	if (fd >= 0)
		close(fd);
	return is_there;
}

const char *chk_here_real(struct chk_here *here, const char *path)
{
	CHK_CLEANUP(chk_rooted_clear) struct chk_rooted found =
		CHK_ROOTED_NONE;

	if (here->given.data)
		return path;
	return find(here, path, &found) ?
		       chk_arena_text(&here->arena, found.path) : NULL;
}

/* A NUL stands behind it. */
static bool keep(struct chk_here *here, const char *path,
		 struct chk_bytes text, struct chk_here_file *file)
{
	uint8_t *copy = chk_arena_get(&here->arena, text.size + 1);

	if (copy && text.size)
		memcpy(copy, text.data, text.size);
	file->path = chk_arena_text(&here->arena, path);
	file->text = chk_bytes_of(copy, copy ? text.size : 0);
	return !here->arena.failed;
}

bool chk_here_read(struct chk_here *here, const char *path,
		   struct chk_here_file *file)
{
	CHK_CLEANUP(chk_rooted_clear) struct chk_rooted found =
		CHK_ROOTED_NONE;
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	struct chk_error error;
	size_t size;
	bool ok;
	int fd;

	if (here->given.data)
		return keep(here, path, here->given, file);
	if (!find(here, path, &found))
		return false;
	fd = chk_rooted_open(&found, O_RDONLY | O_CLOEXEC);
	ok = chk_file_read_open(fd, found.path, &data, &size, &error);
	if (fd >= 0)
		close(fd);
	if (!ok || size > SETTINGS_MAX) {
		chk_here_say(here, NULL, "%s %s and is passed over", found.path,
			     ok ? "is larger than settings are" :
				  "cannot be read");
		return false;
	}
	return keep(here, found.path, chk_bytes_of(data, size), file);
}

static int by_name(const void *a, const void *b)
{
	const char *first, *second;

	memcpy(&first, a, sizeof(first));
	memcpy(&second, b, sizeof(second));
	return strcmp(first, second);
}

static const char *const *names_of(struct chk_here *here, DIR *directory)
{
	const char **names = chk_arena_array(&here->arena, NAMES_MAX + 1,
					     sizeof(*names));
	struct dirent *entry;
	size_t count = 0;

	while (names && count < NAMES_MAX && (entry = readdir(directory))) {
		names[count] = chk_arena_text(&here->arena, entry->d_name);
		if (!names[count++])
			return NULL;
	}
	if (names)
		qsort(names, count, sizeof(*names), by_name);
	return names;
}

const char *const *chk_here_list_names(struct chk_here *here,
				       const char *path)
{
	CHK_CLEANUP(chk_rooted_clear) struct chk_rooted found =
		CHK_ROOTED_NONE;
	const char *const *names;
	DIR *directory;
	int fd;

	if (here->given.data || !find(here, path, &found) ||
	    !S_ISDIR(found.facts.st_mode))
		return NULL;
	fd = chk_rooted_open(&found, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	directory = fd >= 0 ? fdopendir(fd) : NULL;
	if (!directory) {
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	names = names_of(here, directory);
	closedir(directory);
	return names;
}
