/* cli/fix.c: the files of --fix, in a folder that holds nothing else. */
#include "config.h"

#include "fix.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "complain.h"
#include "output.h"

/* The file that says whose folder it is. */
#define MARKED "commands.sh"

static char *path_of(const char *dir, const char *name)
{
	size_t size = strlen(dir) + 1 + strlen(name) + 1;
	char *path = malloc(size);

	if (path == NULL)
		die_of_memory();
	snprintf(path, size, "%s/%s", dir, name);
	return path;
}

static bool is_name(const char *name)
{
	for (size_t i = 0; chk_fix_name(i) != NULL; i++) {
		if (strcmp(chk_fix_name(i), name) == 0)
			return true;
	}
	return false;
}

/* A plain file of one of our names; links and all else are somebody else's. */
static bool is_ours(const char *dir, const char *name)
{
	char *path = path_of(dir, name);
	struct stat facts;
	bool ours = is_name(name) && lstat(path, &facts) == 0 &&
		    S_ISREG(facts.st_mode);

	free(path);
	return ours;
}

static bool has_mark(const char *dir)
{
	char *path = path_of(dir, MARKED);
	FILE *file = fopen(path, "re");
	char line[sizeof(CHK_FIX_MARK) + 1] = "";
	bool marked = file != NULL &&
		      fgets(line, sizeof(line), file) != NULL &&
		      strcmp(line, CHK_FIX_MARK "\n") == 0;

	if (file != NULL)
		fclose(file);
	free(path);
	return marked;
}

/* NULL: it can be used, or why not. `*found`: it has files. */
static const char *look_into(const char *dir, DIR *stream, bool *found)
{
	struct dirent *entry;

	while ((entry = readdir(stream)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		if (!is_ours(dir, entry->d_name))
			return "holds other files, and nothing is written";
		*found = true;
	}
	return NULL;
}

/* Empty, or what an earlier run has left there, and nothing else. */
static bool may_use(const char *dir)
{
	const char *why = NULL;
	bool found = false;
	DIR *stream;

	if (mkdir(dir, 0777) != 0 && errno != EEXIST) {
		complain(dir, "%s", strerror(errno));
		return false;
	}
	stream = opendir(dir);
	if (stream == NULL) {
		complain(dir, "%s", strerror(errno));
		return false;
	}
	why = look_into(dir, stream, &found);
	closedir(stream);
	if (why == NULL && found && !has_mark(dir))
		why = "holds files that --fix did not write, and nothing is "
		      "written";
	if (why != NULL)
		complain(dir, "%s", why);
	return why == NULL;
}

static const struct chk_fix_file *find_file(const struct chk_fix *fix,
					    const char *name)
{
	for (size_t i = 0; i < chk_fix_count(fix); i++) {
		if (strcmp(chk_fix_file(fix, i)->name, name) == 0)
			return chk_fix_file(fix, i);
	}
	return NULL;
}

/*
 * What an earlier run found is not what this one found. `all`: of what belongs
 * together nothing stays where not all could be written.
 */
static bool remove_files(const char *dir, const struct chk_fix *fix, bool all)
{
	bool removed = true;

	for (size_t i = 0; chk_fix_name(i) != NULL; i++) {
		char *path;

		if (!all && find_file(fix, chk_fix_name(i)) != NULL)
			continue;
		path = path_of(dir, chk_fix_name(i));
		if (unlink(path) != 0 && errno != ENOENT) {
			complain(path, "%s", strerror(errno));
			removed = false;
		}
		free(path);
	}
	return removed;
}

/* Whole or not at all, as any file of -o. */
static bool write_file(const struct options *options,
		       const struct chk_fix_file *file)
{
	char *path = path_of(options->fix, file->name);
	const struct options to = { .output = path };
	enum exit_status status = STATUS_UNDECIDED;
	struct output output;

	if (output_open(&to, &output)) {
		fputs(file->text, output.file);
		status = output_close(&output, STATUS_TRUSTED);
	}
	if (status == STATUS_TRUSTED && !options->quiet)
		complain(path, "written: %s", file->what);
	free(path);
	return status == STATUS_TRUSTED;
}

static bool write_files(const struct options *options,
			const struct chk_fix *fix)
{
	if (!may_use(options->fix) || !remove_files(options->fix, fix, false))
		return false;
	for (size_t i = 0; i < chk_fix_count(fix); i++) {
		if (!write_file(options, chk_fix_file(fix, i))) {
			remove_files(options->fix, fix, true);
			return false;
		}
	}
	if (chk_fix_count(fix) == 0 && !options->quiet)
		complain(options->fix, "there is nothing to mend, and nothing "
			 "is written");
	return true;
}

enum exit_status fix_write(const struct options *options,
			   const struct chk_report *report,
			   enum exit_status status)
{
	struct chk_error error;
	struct chk_fix *fix;
	bool written;

	if (options->fix == NULL)
		return status;
	if (!chk_fix_new(report, &fix, &error))
		return worse_status(status, complain_error("--fix", &error));
	written = write_files(options, fix);
	chk_fix_free(fix);
	return written ? status : worse_status(status, STATUS_UNDECIDED);
}
