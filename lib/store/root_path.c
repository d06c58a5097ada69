/* lib/store/root_path.c: a path below another root, as it opens from here. */
#include "config.h"

#include "store/root_path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "store/rooted.h"

bool chk_root_path(const char *root, const char *path, char **here)
{
	CHK_CLEANUP(chk_rooted_clear)
	struct chk_rooted found = CHK_ROOTED_NONE;
	struct chk_buffer buffer = { 0 };

	*here = NULL;
	if (!*root)
		return (*here = strdup(path)) != NULL;
	CHK_CLEANUP(chk_cleanup_fd) int fd =
		open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return true;
	if (!chk_rooted_find(fd, path, &found))
		return errno != ENOMEM;
	chk_buffer_format(&buffer, "%s%s", root, found.path);
	*here = chk_buffer_steal(&buffer);
	return *here != NULL;
}

int chk_root_open(const char *root, const char *here, int flags)
{
	CHK_CLEANUP(chk_rooted_clear)
	struct chk_rooted found = CHK_ROOTED_NONE;

	if (!*root)
		return open(here, flags | O_CLOEXEC | O_NONBLOCK);
	CHK_CLEANUP(chk_cleanup_fd) int fd =
		open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 || !chk_rooted_find(fd, here + strlen(root), &found))
		return -1;
	return chk_rooted_open(&found, flags);
}

bool chk_root_read(const char *root, const char *here, uint8_t **data,
		   size_t *size, struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_fd) int fd =
		chk_root_open(root, here, O_RDONLY);

	return chk_file_read_open(fd, here, data, size, error);
}
