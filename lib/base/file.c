/* lib/base/file.c: a file read whole, bounded. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/cleanup.h"

static bool read_failed(struct chk_error *error, const char *path,
			const char *what)
{
	int cause = errno;
	enum chk_code code = cause == ENOENT || cause == ENOTDIR ?
			     CHK_ERROR_NOT_FOUND : CHK_ERROR_READ;

	return chk_error_errno(error, code, cause, path, what);
}

/* Reads to the end of the file, which may have grown or shrunk meanwhile. */
static bool read_all(int fd, const char *path, uint8_t *data, size_t room,
		     size_t *size, struct chk_error *error)
{
	*size = 0;
	while (*size < room) {
		ssize_t got = read(fd, data + *size, room - *size);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return read_failed(error, path, "cannot be read");
		if (got == 0)
			break;
		*size += (size_t)got;
	}
	return true;
}

bool chk_file_read_open(int fd, const char *path, uint8_t **data,
			size_t *size, struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_free) uint8_t *room = NULL;
	struct stat facts;

	if (fd < 0)
		return read_failed(error, path, "cannot be opened");
	if (fstat(fd, &facts) < 0)
		return read_failed(error, path, "cannot be looked at");
	if (!S_ISREG(facts.st_mode))
		return chk_error_set(error, CHK_ERROR_READ, path,
				     "not a regular file");
	if (facts.st_size > (off_t)CHK_FILE_MAX)
		return chk_error_set(error, CHK_ERROR_TOO_LARGE, path,
				     "larger than %u MiB", CHK_FILE_MAX >> 20);
	room = malloc((size_t)facts.st_size + 1);
	if (!room)
		return chk_error_memory(error);
	if (!read_all(fd, path, room, (size_t)facts.st_size, size, error))
		return false;
	room[*size] = '\0';
	*data = chk_steal(&room);
	return true;
}

bool chk_file_read(const char *path, uint8_t **data, size_t *size,
		   struct chk_error *error)
{
	/* Not to wait for a writer where the path is a pipe. */
	CHK_CLEANUP(chk_cleanup_fd) int fd =
		open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	return chk_file_read_open(fd, path, data, size, error);
}
