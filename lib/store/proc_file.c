/* lib/store/proc_file.c: /proc/N, bounded, and as of one process. */
#include "store/proc_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

#include "base/array.h"
#include "base/cleanup.h"

enum {
	PATH_ROOM = 64,
	/* What execve(2) takes at most is 6 MiB; maps has 65,530 lines. */
	READ_MAX = 16 << 20,
	READ_STEP = 64 << 10,
};

void chk_proc_path(const struct chk_proc *proc, const char *name, char *room)
{
	snprintf(room, PATH_ROOM, "/proc/%ld/%s", proc->number, name);
}

/* Why a file of the process could not be read: `cause` is errno. */
static bool refused(const struct chk_proc *proc, const char *name, int cause,
		    struct chk_error *error)
{
	char path[PATH_ROOM], base[PATH_ROOM];
	struct stat facts;

	chk_proc_path(proc, name, path);
	chk_proc_path(proc, "", base);
	if (stat(base, &facts) < 0)
		return chk_error_set(error, CHK_ERROR_NOT_FOUND, base,
				     "there is no such process");
	if (cause == EACCES || cause == EPERM)
		return chk_error_set(error, CHK_ERROR_READ, path,
				     "it belongs to the user %u and cannot be "
				     "read from here: ask as that user, or as "
				     "root", (unsigned)facts.st_uid);
	if (cause == ENOENT || cause == ESRCH)
		return chk_error_set(error, CHK_ERROR_READ, path,
				     "no program runs in it: it has ended, or "
				     "is a part of the kernel");
	return chk_error_errno(error, CHK_ERROR_READ, cause, path,
			       "cannot be read");
}

/* procfs says no size: read on until the end. */
static bool read_on(int fd, char **data, size_t *size, int *cause)
{
	size_t room = 0;
	ssize_t got;

	*size = 0;
	do {
		if (room - *size < READ_STEP) {
			char *grown = realloc(*data, 2 * room + READ_STEP + 1);

			if (!grown)
				return false;
			*data = grown;
			room = 2 * room + READ_STEP;
		}
		got = read(fd, *data + *size, room - *size);
		if (got > 0)
			*size += (size_t)got;
	} while (got > 0 && *size <= READ_MAX);
	*cause = got < 0 ? errno : *size > READ_MAX ? EFBIG : 0;
	(*data)[*size] = '\0';
	return true;
}

static bool slurp(const struct chk_proc *proc, const char *name, char **data,
		  size_t *size, struct chk_error *error)
{
	char path[PATH_ROOM];
	int cause = 0;

	chk_proc_path(proc, name, path);
	CHK_CLEANUP(chk_cleanup_fd) int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return refused(proc, name, errno, error);
	if (!read_on(fd, data, size, &cause))
		return chk_error_memory(error);
	if (cause == EFBIG)
		return chk_error_set(error, CHK_ERROR_TOO_LARGE, path,
				     "more than %d MiB", READ_MAX >> 20);
	return cause == 0 || refused(proc, name, cause, error);
}

static bool add_item(struct chk_proc_list *list, const char *text)
{
	if (!chk_array_grow(&list->items, list->count, &list->room,
			    sizeof(*list->items)))
		return false;
	list->items[list->count++] = text;
	return true;
}

/* environ and cmdline: a NUL ends each text, but for the last perhaps. */
static bool read_list(const struct chk_proc *proc, const char *name,
		      struct chk_proc_list *list, struct chk_error *error)
{
	size_t size;

	if (!slurp(proc, name, &list->block, &size, error))
		return false;
	for (size_t at = 0; at < size; at += strlen(list->block + at) + 1)
		if (!add_item(list, list->block + at))
			return chk_error_memory(error);
	return true;
}

/* The sixth field, which begins with a slash where it is a file. */
static char *mapped_file(char *line)
{
	char *path = strchr(line, '/');

	return path && path > line && path[-1] == ' ' ? path : NULL;
}

static bool read_mapped(struct chk_proc *proc, struct chk_error *error)
{
	struct chk_proc_list *list = &proc->mapped;
	char *next, *line;
	size_t size;

	if (!slurp(proc, "maps", &list->block, &size, error))
		return false;
	next = list->block;
	while ((line = strsep(&next, "\n"))) {
		char *path = mapped_file(line);

		if (!path || (list->count &&
			      strcmp(list->items[list->count - 1], path) == 0))
			continue;
		if (!add_item(list, path))
			return chk_error_memory(error);
	}
	return true;
}

/* Where a link of /proc leads; NULL: the error is filled. */
static char *read_link(const struct chk_proc *proc, const char *name,
		       struct chk_error *error)
{
	char path[PATH_ROOM], target[PATH_MAX];
	ssize_t size;
	char *copy;

	chk_proc_path(proc, name, path);
	size = readlink(path, target, sizeof(target));
	if (size < 0) {
		refused(proc, name, errno, error);
		return NULL;
	}
	copy = strndup(target, (size_t)size);
	if (!copy)
		chk_error_memory(error);
	return copy;
}

/* The 22nd field of stat: when it was started, in ticks since the boot. */
static bool read_ticks(const struct chk_proc *proc, unsigned long long *ticks,
		       struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_free) char *text = NULL;
	const char *at;
	size_t size;

	if (!slurp(proc, "stat", &text, &size, error))
		return false;
	/* The second is its name, which may hold blanks and parentheses. */
	at = strrchr(text, ')');
	for (int field = 2; at && field < 22; field++)
		at = strchr(at + 1, ' ');
	if (!at)
		return chk_error_set(error, CHK_ERROR_FORMAT, "/proc",
				     "stat has no start time");
	*ticks = strtoull(at, NULL, 10);
	return true;
}

static int64_t ms_of(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* The moment of the boot, and the ticks since. */
static int64_t start_of(unsigned long long ticks)
{
	long hertz = sysconf(_SC_CLK_TCK);

	return ms_of(CLOCK_REALTIME) - ms_of(CLOCK_BOOTTIME) +
	       (int64_t)(ticks * 1000 / (hertz > 0 ? (unsigned)hertz : 100));
}

static bool is_same_file(const char *one, const char *other)
{
	struct stat a, b;

	return stat(one, &a) == 0 && stat(other, &b) == 0 &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/*
 * Does it see our files at our paths? A container's root is "/" too, but in a
 * name space of its own.
 */
static bool shares_our_root(const struct chk_proc *proc)
{
	char root[PATH_ROOM], space[PATH_ROOM];

	chk_proc_path(proc, "root", root);
	chk_proc_path(proc, "ns/mnt", space);
	return is_same_file(root, "/") &&
	       is_same_file(space, "/proc/self/ns/mnt");
}

/* Paths of /proc begin at our root, even where the process has another. */
static void cut_root(const char *root, char *path)
{
	size_t size = strlen(root);

	if (size < 2 || strncmp(path, root, size) != 0)
		return;
	if (path[size] == '/')
		memmove(path, path + size, strlen(path + size) + 1);
	else if (!path[size])
		path[1] = '\0'; /* it is the root */
}

static bool read_paths(struct chk_proc *proc, struct chk_error *error)
{
	static const char GONE[] = " (deleted)";
	CHK_CLEANUP(chk_cleanup_free) char *root =
		read_link(proc, "root", error);
	size_t size;

	if (!root)
		return false;
	proc->program = read_link(proc, "exe", error);
	if (!proc->program)
		return false;
	if (!shares_our_root(proc))
		chk_proc_path(proc, "root", proc->root);
	cut_root(root, proc->program);
	size = strlen(proc->program);
	if (size > sizeof(GONE) && strcmp(proc->program + size -
					  (sizeof(GONE) - 1), GONE) == 0) {
		proc->replaced = true;
		proc->program[size - (sizeof(GONE) - 1)] = '\0';
	}
	/* Of no use once it is gone; only relative paths need it. */
	proc->directory = read_link(proc, "cwd", NULL);
	if (proc->directory)
		cut_root(root, proc->directory);
	for (size_t i = 0; i < proc->mapped.count; i++)
		cut_root(root, (char *)(uintptr_t)proc->mapped.items[i]);
	return true;
}

bool chk_proc_read(long number, struct chk_proc *proc, struct chk_error *error)
{
	unsigned long long before, after;

	*proc = (struct chk_proc){ .number = number };
	if (!read_ticks(proc, &before, error) ||
	    !read_list(proc, "environ", &proc->environment, error) ||
	    !read_list(proc, "cmdline", &proc->arguments, error) ||
	    !read_mapped(proc, error) || !read_paths(proc, error) ||
	    !read_ticks(proc, &after, error))
		return false;
	proc->start_ms = start_of(before);
	if (before == after)
		return true;
	return chk_error_set(error, CHK_ERROR_NOT_FOUND, "/proc",
			     "the process %ld ended while it was read",
			     number);
}

static void list_clear(struct chk_proc_list *list)
{
	/* Passwords may stand in it. */
	for (size_t i = 0; i < list->count; i++)
		explicit_bzero((char *)(uintptr_t)list->items[i],
			       strlen(list->items[i]));
	free(list->items);
	free(list->block);
}

void chk_proc_clear(struct chk_proc *proc)
{
	free(proc->program);
	free(proc->directory);
	list_clear(&proc->environment);
	list_clear(&proc->arguments);
	list_clear(&proc->mapped);
	*proc = (struct chk_proc){ 0 };
}
