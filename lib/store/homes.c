/* lib/store/homes.c: the homes of a root's users. */
#include "config.h"

#include "store/homes.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/buffer.h"
#include "base/cleanup.h"
#include "store/rooted.h"

#define HOMES_MAX 10000
/* A hostile passwd may be long; a hundred thousand users fit. */
#define PASSWD_MAX (8 << 20)

CHK_CLEANUP_FUNCTION(cleanup_dir, DIR *, closedir);

/* Homes of users that are none: what is below them is looked at anyway. */
static const char *const NONE[] = {
	"/", "/bin", "/dev", "/dev/null", "/nonexistent", "/proc", "/sbin",
	"/usr/bin", "/usr/sbin", "/var/empty",
};

static bool is_none(const char *path)
{
	for (size_t i = 0; i < CHK_COUNT(NONE); i++)
		if (strcmp(path, NONE[i]) == 0)
			return true;
	return path[0] != '/';
}

static bool is_kept(const struct chk_homes *homes, const char *path)
{
	for (size_t i = 0; i < homes->count; i++)
		if (strcmp(homes->paths[i], path) == 0)
			return true;
	return false;
}

static bool keep(struct chk_homes *homes, const char *path)
{
	char *copy;

	if (is_none(path) || is_kept(homes, path))
		return true;
	if (homes->count >= HOMES_MAX) {
		homes->over = true;
		return true;
	}
	if (!chk_array_grow(&homes->paths, homes->count, &homes->room,
			    sizeof(*homes->paths)))
		return false;
	copy = strdup(path);
	if (copy)
		homes->paths[homes->count++] = copy;
	return copy != NULL;
}

/* Keeps the path and what it is without links; false: no memory. */
static bool add(struct chk_homes *homes, int root, const char *path)
{
	struct chk_rooted found;
	bool kept = true;

	if (is_none(path))
		return true;
	if (chk_rooted_find(root, path, &found))
		kept = !S_ISDIR(found.facts.st_mode) ||
		       (keep(homes, path) && keep(homes, found.path));
	else
		kept = errno != ENOMEM;
	chk_rooted_clear(&found);
	return kept;
}

/* name:password:uid:gid:gecos:home:shell; false: no memory. */
static bool add_line(struct chk_homes *homes, int root, char *line)
{
	char *home = NULL;

	line[strcspn(line, "\n")] = '\0';
	for (int field = 0; field < 6; field++)
		home = strsep(&line, ":");
	if (!home || !*home)
		return true;
	for (size_t size = strlen(home); size > 1 && home[size - 1] == '/';)
		home[--size] = '\0';
	return add(homes, root, home);
}

static bool read_lines(struct chk_homes *homes, int root, FILE *file)
{
	CHK_CLEANUP(chk_cleanup_free) char *line = NULL;
	size_t room = 0, total = 0;
	ssize_t size;

	while (total < PASSWD_MAX && !homes->over &&
	       (size = getline(&line, &room, file)) > 0) {
		total += (size_t)size;
		if (!add_line(homes, root, line))
			return false;
	}
	return true;
}

static bool read_passwd(struct chk_homes *homes, int root)
{
	CHK_CLEANUP(chk_cleanup_file) FILE *file = NULL;
	struct chk_rooted found;
	int fd = -1;

	/* A line alone may be as long as the file, which is bounded so. */
	if (chk_rooted_find(root, "/etc/passwd", &found) &&
	    S_ISREG(found.facts.st_mode) && found.facts.st_size <= PASSWD_MAX)
		fd = chk_rooted_open(&found, O_RDONLY);
	chk_rooted_clear(&found);
	file = fd < 0 ? NULL : fdopen(fd, "r");
	if (fd >= 0 && !file)
		close(fd);
	return !file || read_lines(homes, root, file);
}

static bool read_home(struct chk_homes *homes, int root)
{
	CHK_CLEANUP(cleanup_dir) DIR *dir = NULL;
	const struct dirent *entry;
	struct chk_rooted found;
	char path[8 + 256];
	int fd = -1;

	if (chk_rooted_find(root, "/home", &found))
		fd = chk_rooted_open(&found, O_RDONLY | O_DIRECTORY);
	chk_rooted_clear(&found);
	dir = fd < 0 ? NULL : fdopendir(fd);
	if (fd >= 0 && !dir)
		close(fd);
	while (dir && !homes->over && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "/home/%s", entry->d_name);
		if (!add(homes, root, path))
			return false;
	}
	return true;
}

bool chk_homes_read(struct chk_homes *homes, int root)
{
	return add(homes, root, "/root") && read_home(homes, root) &&
	       read_passwd(homes, root);
}

void chk_homes_clear(struct chk_homes *homes)
{
	for (size_t i = 0; i < homes->count; i++)
		free(homes->paths[i]);
	free(homes->paths);
	*homes = (struct chk_homes){ 0 };
}
