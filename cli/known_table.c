/* cli/known_table.c: which table of known CAs, and more for the user's own. */
#include "config.h"

#include "known_table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "complain.h"
#include "output.h"

/* As large as any report of the CCADB; what is larger is none. */
enum { FILE_MAX = 256 << 20 };

/*
 * The user's own table (XDG Base Directory Specification), to be freed; NULL:
 * this user has no home. `make`: the folders above it are made.
 */
static char *own_path(bool make)
{
	const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	char path[4096];
	size_t base;
	int size;

	if (data == NULL || *data != '/')
		data = NULL;
	if (data == NULL && (home == NULL || *home != '/'))
		return NULL;
	size = snprintf(path, sizeof(path), "%s%s/chaincheck/known.table",
			data != NULL ? data : home,
			data != NULL ? "" : "/.local/share");
	if (size < 0 || (size_t)size >= sizeof(path))
		return NULL;
	base = strlen(data != NULL ? data : home);
	for (char *slash = path + base; make && slash != NULL;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0755); /* what it lacks, opening the file says */
		*slash = '/';
	}
	return text_copy(path, strlen(path));
}

/* False: it cannot be used, and that has been said, unless it is not there. */
static bool open_unnamed(const struct options *options, const char *path,
			 struct chk_known **known)
{
	struct chk_error error;

	if (chk_known_open(path, known, &error))
		return true;
	if (error.code != CHK_ERROR_NOT_FOUND && !options->quiet)
		complain(error.where, "%s", error.what);
	return false;
}

enum exit_status known_table_open(const struct options *options,
				  struct chk_known **known)
{
	const char *path = options->known;
	struct chk_error error;
	bool found = false;
	char *own;

	if (path == NULL)
		path = getenv("CHAINCHECK_KNOWN");
	if (path != NULL)
		return chk_known_open(path, known, &error) ?
			       STATUS_TRUSTED : complain_error(path, &error);
	own = own_path(false);
	if (own != NULL)
		found = open_unnamed(options, own, known);
	free(own);
	if (!found)
		open_unnamed(options, KNOWN_TABLE, known);
	return STATUS_TRUSTED;
}

/* The whole of a file, free() it. NULL: it has been said why. */
static uint8_t *read_file(const char *path, size_t *size)
{
	FILE *file = fopen(path, "re");
	struct stat facts;
	uint8_t *data = NULL;

	if (file == NULL || fstat(fileno(file), &facts) != 0) {
		complain(path, "%s", strerror(errno));
	} else if (!S_ISREG(facts.st_mode) || facts.st_size > FILE_MAX) {
		complain(path, "no regular file, or larger than %d MiB",
			 FILE_MAX >> 20);
	} else {
		data = malloc((size_t)facts.st_size + 1);
		if (data == NULL)
			die_of_memory();
		*size = fread(data, 1, (size_t)facts.st_size, file);
	}
	if (data != NULL && *size != (size_t)facts.st_size) {
		complain(path, "not all of it could be read");
		free(data);
		data = NULL;
	}
	if (file != NULL)
		fclose(file);
	return data;
}

static enum exit_status write_table(const struct options *options,
				    const char *path, const uint8_t *table,
				    size_t size)
{
	struct options to = *options;
	struct output output;

	to.output = path;
	if (!output_open(&to, &output))
		return STATUS_UNDECIDED;
	fwrite(table, 1, size, output.file);
	return output_close(&output, STATUS_TRUSTED);
}

static enum exit_status store(const struct options *options,
			      const uint8_t *table, size_t size,
			      struct chk_known **made)
{
	char *own = options->output == NULL ? own_path(true) : NULL;
	const char *path = own != NULL ? own : options->output;
	enum exit_status status;
	struct chk_error error;

	if (path == NULL) {
		complain("known import", "there is no home to keep a table "
			 "in; -o FILE names one");
		return STATUS_USAGE;
	}
	status = write_table(options, path, table, size);
	if (status == STATUS_TRUSTED) {
		chk_known_free(*made);
		if (!chk_known_open(path, made, &error))
			status = complain_error(path, &error);
		else
			printf("%s: %zu certificates\n", path,
			       chk_known_count(*made));
	}
	free(own);
	return status;
}

static void tell_gain(const char *file, const struct chk_known_gain *gain)
{
	printf("%s: %zu new, %zu known before, %zu left out\n", file,
	       gain->added, gain->known, gain->skipped);
	for (size_t i = 0; i < gain->skipped; i++) {
		if (i == CHK_KNOWN_LEFT_OUT) {
			printf("  and %zu more\n", gain->skipped - i);
			break;
		}
		printf("  left out, %s %zu: %s\n",
		       gain->report ? "row" : "line", gain->left_out[i].at,
		       gain->left_out[i].what);
	}
}

enum exit_status known_table_import(const struct options *options,
				    const struct chk_known *known,
				    const char *file, struct chk_known **made)
{
	struct chk_known_gain gain;
	struct chk_error error;
	enum exit_status status;
	uint8_t *data, *table;
	size_t size = 0;

	data = read_file(file, &size);
	if (data == NULL)
		return STATUS_UNDECIDED;
	if (chk_known_import(known, (struct chk_bytes){ data, size },
			     (int64_t)time(NULL), &gain, &table, &size,
			     &error)) {
		tell_gain(file, &gain);
		status = store(options, table, size, made);
		free(table);
	} else {
		status = complain_error(file, &error);
	}
	free(data);
	return status;
}
