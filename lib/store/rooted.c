/*
 * lib/store/rooted.c: a path looked up within a root, component by component.
 * openat2(RESOLVE_IN_ROOT) would do the same where the kernel has it, and not
 * say which path without links it came to; tests hold this against it.
 */
#include "config.h"

#include "store/rooted.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/cleanup.h"

#define LINKS_MAX 40 /* as Linux has it */
/* Links may hold "a/../a/../..."; each ".." walks the path again. */
#define STEPS_MAX 4000

struct lookup {
	int root;
	int at;                 /* the directory reached, O_PATH; owned */
	struct chk_buffer done; /* its path: "" is the root, or "/etc/ssl" */
	char *rest;             /* what is still to be walked; owned */
	const char *next;       /* in `rest` */
	unsigned links, steps;
};

static void cleanup_lookup(struct lookup *lookup)
{
	chk_cleanup_fd(&lookup->at);
	chk_buffer_clear(&lookup->done);
	free(lookup->rest);
}

static void move_to(struct lookup *lookup, int fd)
{
	chk_cleanup_fd(&lookup->at);
	lookup->at = fd;
}

static int open_component(struct lookup *lookup, int dir, const char *name)
{
	if (++lookup->steps > STEPS_MAX) {
		errno = ELOOP;
		return -1;
	}
	return openat(dir, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
}

static bool to_root(struct lookup *lookup)
{
	int fd = open_component(lookup, lookup->root, ".");

	if (fd < 0)
		return false;
	move_to(lookup, fd);
	lookup->done.size = 0;
	return true;
}

static void cut_last(struct chk_buffer *done)
{
	while (done->size && done->data[done->size - 1] != '/')
		done->size--;
	if (done->size)
		done->size--;
	if (done->data)
		done->data[done->size] = '\0';
}

/* No "..": the directory may have been moved out of the root meanwhile. */
static bool to_parent(struct lookup *lookup)
{
	CHK_CLEANUP(chk_cleanup_free) char *path = NULL;
	char *next, *name;

	cut_last(&lookup->done);
	path = strdup(lookup->done.size ? lookup->done.data : "");
	if (!path || !to_root(lookup))
		return false;
	next = path;
	while ((name = strsep(&next, "/"))) {
		int fd;

		if (!*name)
			continue;
		fd = open_component(lookup, lookup->at, name);
		if (fd < 0)
			return false;
		move_to(lookup, fd);
		chk_buffer_format(&lookup->done, "/%s", name);
	}
	return !lookup->done.failed;
}

/* What the link says stands before the rest of the way. */
static bool follow(struct lookup *lookup, int link)
{
	struct chk_buffer rest = { 0 };
	char target[PATH_MAX];
	ssize_t size = readlinkat(link, "", target, sizeof(target));

	if (size < 0)
		return false;
	if (size == 0 || (size_t)size >= sizeof(target)) {
		errno = size ? ENAMETOOLONG : ENOENT;
		return false;
	}
	if (++lookup->links > LINKS_MAX) {
		errno = ELOOP;
		return false;
	}
	chk_buffer_add(&rest, target, (size_t)size);
	chk_buffer_format(&rest, "/%s", lookup->next);
	if (rest.failed) {
		chk_buffer_clear(&rest);
		errno = ENOMEM;
		return false;
	}
	free(lookup->rest);
	lookup->rest = chk_buffer_steal(&rest);
	lookup->next = lookup->rest;
	return lookup->rest[0] != '/' || to_root(lookup);
}

static bool is_last(const struct lookup *lookup)
{
	return lookup->next[strspn(lookup->next, "/")] == '\0';
}

/* What is no directory ends the way, with its parent kept. */
static bool take_file(struct lookup *lookup, const char *name,
		      struct chk_rooted *found)
{
	if (!is_last(lookup)) {
		errno = ENOTDIR;
		return false;
	}
	chk_buffer_format(&lookup->done, "/%s", name);
	found->parent = lookup->at;
	lookup->at = -1;
	return true;
}

static bool step(struct lookup *lookup, const char *name,
		 struct chk_rooted *found)
{
	CHK_CLEANUP(chk_cleanup_fd) int fd = -1;

	if (strcmp(name, ".") == 0)
		return true;
	if (strcmp(name, "..") == 0)
		return to_parent(lookup);
	fd = open_component(lookup, lookup->at, name);
	if (fd < 0 || fstat(fd, &found->facts) < 0)
		return false;
	if (S_ISLNK(found->facts.st_mode)) {
		found->link |= is_last(lookup);
		return follow(lookup, fd);
	}
	if (!S_ISDIR(found->facts.st_mode))
		return take_file(lookup, name, found);
	move_to(lookup, fd);
	fd = -1;
	chk_buffer_format(&lookup->done, "/%s", name);
	return true;
}

/* The next component; false: there is none, or it is too long. */
static bool next_component(struct lookup *lookup, char name[NAME_MAX + 1])
{
	size_t size;

	lookup->next += strspn(lookup->next, "/");
	size = strcspn(lookup->next, "/");
	errno = size > NAME_MAX ? ENAMETOOLONG : 0;
	if (!size || errno)
		return false;
	memcpy(name, lookup->next, size);
	name[size] = '\0';
	lookup->next += size;
	return true;
}

static bool walk(struct lookup *lookup, struct chk_rooted *found)
{
	char name[NAME_MAX + 1];

	if (!to_root(lookup))
		return false;
	while (next_component(lookup, name)) {
		if (!step(lookup, name, found))
			return false;
		if (lookup->at < 0)
			return true;
	}
	if (errno || fstat(lookup->at, &found->facts) < 0)
		return false;
	found->parent = lookup->at;
	lookup->at = -1;
	return true;
}

bool chk_rooted_find(int root, const char *path, struct chk_rooted *found)
{
	CHK_CLEANUP(cleanup_lookup) struct lookup lookup = {
		.root = root, .at = -1, .rest = strdup(path),
	};
	bool there;
	int cause;

	*found = (struct chk_rooted)CHK_ROOTED_NONE;
	lookup.next = lookup.rest;
	there = lookup.rest && walk(&lookup, found);
	cause = lookup.rest ? errno : ENOMEM;
	found->steps = lookup.steps;
	if (!lookup.done.size)
		chk_buffer_text(&lookup.done, "/");
	found->path = chk_buffer_steal(&lookup.done);
	found->name = !there || S_ISDIR(found->facts.st_mode) ? "." :
		      strrchr(found->path ? found->path : "/", '/') + 1;
	errno = found->path ? cause : ENOMEM;
	return there && found->path;
}

int chk_rooted_open(const struct chk_rooted *found, int flags)
{
	struct stat facts;
	int fd = openat(found->parent, found->name, flags | O_NOFOLLOW |
			O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	if (fd < 0)
		return -1;
	if (fstat(fd, &facts) == 0 && facts.st_ino == found->facts.st_ino &&
	    facts.st_dev == found->facts.st_dev)
		return fd;
	close(fd);
	errno = ESTALE;
	return -1;
}

void chk_rooted_clear(struct chk_rooted *found)
{
	chk_cleanup_fd(&found->parent);
	free(found->path);
	*found = (struct chk_rooted)CHK_ROOTED_NONE;
}
