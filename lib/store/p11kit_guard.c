/*
 * lib/store/p11kit_guard.c: p11-kit's module reads whatever lies on a trust
 * path. It opens a pipe and waits for a writer; and an object file with a value
 * of a single quotation mark fails an assertion of its p11_url_decode (seen in
 * 0.24.1), and the program that asked ends.
 */
#include "config.h"

#include "store/p11kit_guard.h"

#include <dirent.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/file.h"
#include "store/p11kit_check.h"

CHK_CLEANUP_FUNCTION(cleanup_dir, DIR *, closedir);

/* isspace, in the locale "C" */
static bool is_space(uint8_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The value of "name: value" as p11-kit takes it, to the first NUL. */
static struct chk_bytes value_of(struct chk_bytes line)
{
	const uint8_t *colon = line.size ? memchr(line.data, ':', line.size) :
					   NULL;
	const uint8_t *nul;

	if (!colon)
		return (struct chk_bytes){ 0 };
	line = chk_bytes_skip(line, (size_t)(colon + 1 - line.data));
	while (line.size && is_space(line.data[line.size - 1]))
		line.size--;
	while (line.size && is_space(line.data[0]))
		line = chk_bytes_skip(line, 1);
	nul = line.size ? memchr(line.data, '\0', line.size) : NULL;
	if (nul)
		line.size = (size_t)(nul - line.data);
	return line;
}

static bool check_bytes(struct chk_bytes bytes, const char *path,
			struct chk_error *error)
{
	static const char MAGIC[] = "[p11-kit-object-v1]";
	unsigned number = 1;

	if (!bytes.size || !memmem(bytes.data, bytes.size, MAGIC,
				   sizeof(MAGIC) - 1))
		return true;
	for (; bytes.size; number++) {
		const uint8_t *end = memchr(bytes.data, '\n', bytes.size);
		size_t size = end ? (size_t)(end - bytes.data) : bytes.size;

		if (chk_bytes_equal(value_of(chk_bytes_of(bytes.data, size)),
				    chk_bytes_text("\"")))
			return chk_error_set(error, CHK_ERROR_FORMAT, path,
					     "p11-kit ends every program that "
					     "has it read line %u: a value of "
					     "one quotation mark", number);
		bytes = chk_bytes_skip(bytes, end ? size + 1 : size);
	}
	return true;
}

/* What cannot be read, p11-kit passes over. */
static bool check_file(const char *path, struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	struct chk_error fault;
	struct stat facts;
	size_t size;

	if (stat(path, &facts) == 0 && S_ISFIFO(facts.st_mode))
		return chk_error_set(error, CHK_ERROR_READ, path,
				     "a pipe, at which p11-kit waits for ever");
	if (chk_file_read(path, &data, &size, &fault))
		return check_bytes(chk_bytes_of(data, size), path, error);
	if (fault.code == CHK_ERROR_MEMORY)
		return chk_error_memory(error);
	return fault.code != CHK_ERROR_TOO_LARGE ||
	       chk_error_set(error, fault.code, path, "%s", fault.what);
}

static bool check_directory(const char *path, struct chk_error *error)
{
	CHK_CLEANUP(cleanup_dir) DIR *dir = opendir(path);
	const struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer file = { 0 };

		chk_buffer_format(&file, "%s/%s", path, entry->d_name);
		if (file.failed)
			return chk_error_memory(error);
		if (!check_file(file.data, error))
			return false;
	}
	return true;
}

bool chk_p11kit_guard(const char *path, struct chk_error *error)
{
	struct stat facts;

	if (stat(path, &facts) < 0 || !S_ISDIR(facts.st_mode))
		return check_file(path, error);
	for (size_t i = 0; i < CHK_P11KIT_DIRS; i++) {
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer dir = { 0 };

		chk_buffer_format(&dir, "%s%s", path, CHK_P11KIT_DIR[i]);
		if (dir.failed)
			return chk_error_memory(error);
		if (!check_directory(dir.data, error))
			return false;
	}
	return true;
}
