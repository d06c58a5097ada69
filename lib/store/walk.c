/* lib/store/walk.c: everything below a directory, without recursion. */
#include "config.h"

#include "store/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>

#include "base/bytes.h"
#include "base/cleanup.h"

struct chk_walk_level {
	DIR *dir;
	dev_t device;
	size_t path_size; /* of the directory's own path */
	uint32_t tally;
};

/* File systems that hold no files of people. */
static const long PSEUDO[] = {
	PROC_SUPER_MAGIC, SYSFS_MAGIC, DEVPTS_SUPER_MAGIC, CGROUP_SUPER_MAGIC,
	CGROUP2_SUPER_MAGIC, DEBUGFS_MAGIC, TRACEFS_MAGIC, SECURITYFS_MAGIC,
	SELINUX_MAGIC, BPF_FS_MAGIC, PSTOREFS_MAGIC, EFIVARFS_MAGIC,
	BINFMTFS_MAGIC, HUGETLBFS_MAGIC, NSFS_MAGIC, AUTOFS_SUPER_MAGIC,
	0x19800202 /* mqueue */, 0x62656570 /* configfs */,
	0x65735543 /* fusectl */, 0x67596969 /* rpc_pipefs */,
};

/* A /dev is often a plain tmpfs; a root file system has them empty. */
static const char *const SKIPPED[] = { "/proc", "/sys", "/dev" };

uint64_t chk_file_key(const struct stat *facts)
{
	uint64_t device = (uint64_t)facts->st_dev * 0x9e3779b97f4a7c15u;

	return (device << 1 | device >> 63) ^ (uint64_t)facts->st_ino;
}

static bool is_pseudo(int fd)
{
	struct statfs facts;

	if (fstatfs(fd, &facts) < 0)
		return false;
	for (size_t i = 0; i < CHK_COUNT(PSEUDO); i++)
		if ((unsigned long)facts.f_type == (unsigned long)PSEUDO[i])
			return true;
	return false;
}

static bool is_skipped(const char *path)
{
	for (size_t i = 0; i < CHK_COUNT(SKIPPED); i++)
		if (strcmp(path, SKIPPED[i]) == 0)
			return true;
	return false;
}

/* Puts a level on top; `fd` is taken over. False: errno says why. */
static bool push(struct chk_walk *walk, int fd, dev_t device)
{
	DIR *dir = fdopendir(fd);
	int cause = errno;

	if (!dir) {
		close(fd);
		errno = cause;
		return false;
	}
	walk->levels[walk->depth++] = (struct chk_walk_level){
		.dir = dir, .device = device, .path_size = walk->path.size,
	};
	walk->directories++;
	return true;
}

static void pop(struct chk_walk *walk)
{
	closedir(walk->levels[--walk->depth].dir);
}

bool chk_walk_begin(struct chk_walk *walk, const struct chk_rooted *start)
{
	bool fresh;
	int fd;

	*walk = (struct chk_walk){ 0 };
	walk->levels = calloc(CHK_WALK_DEPTH, sizeof(*walk->levels));
	/* The root's own path is "", so that "/etc" has one slash. */
	chk_buffer_text(&walk->path,
			strcmp(start->path, "/") == 0 ? "" : start->path);
	if (!walk->levels || walk->path.failed ||
	    !chk_seen_add(&walk->entered, chk_file_key(&start->facts),
			  &fresh)) {
		errno = ENOMEM;
		return false;
	}
	fd = chk_rooted_open(start, O_RDONLY | O_DIRECTORY);
	return fd >= 0 && push(walk, fd, start->facts.st_dev);
}

void chk_walk_end(struct chk_walk *walk)
{
	while (walk->depth)
		pop(walk);
	free(walk->levels);
	chk_buffer_clear(&walk->path);
	chk_seen_clear(&walk->entered);
	*walk = (struct chk_walk){ 0 };
}

static void cut_path(struct chk_walk *walk, const struct chk_walk_level *level)
{
	walk->path.size = level->path_size;
	if (walk->path.data)
		walk->path.data[walk->path.size] = '\0';
}

static bool give(struct chk_walk *walk, struct chk_walk_entry *entry,
		 enum chk_walk_kind kind, const char *name)
{
	struct chk_walk_level *level = &walk->levels[walk->depth - 1];

	*entry = (struct chk_walk_entry){
		.kind = kind, .dir = dirfd(level->dir), .name = name,
		.path = walk->path.size ? walk->path.data : "/",
		.tally = &level->tally,
	};
	return true;
}

static bool give_fault(struct chk_walk *walk, struct chk_walk_entry *entry,
		       const char *what)
{
	give(walk, entry, CHK_WALK_UNREAD, NULL);
	entry->what = what;
	return true;
}

/*
 * Enters the directory at the walk's path. True: `entry` has something to
 * say about it.
 */
static bool enter(struct chk_walk *walk, const char *name,
		  struct chk_walk_entry *entry)
{
	const struct chk_walk_level *top = &walk->levels[walk->depth - 1];
	CHK_CLEANUP(chk_cleanup_fd) int fd = -1;
	struct stat facts;
	bool fresh;
	int dir;

	if (is_skipped(walk->path.data))
		return false;
	if (walk->depth == CHK_WALK_DEPTH)
		return give_fault(walk, entry, "too many directories, one in "
				  "the other; it was not entered");
	fd = openat(dirfd(top->dir), name, O_RDONLY | O_DIRECTORY |
		    O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &facts) < 0)
		return errno != ENOENT &&
		       give_fault(walk, entry, strerror(errno));
	if (facts.st_dev != top->device && is_pseudo(fd))
		return false;
	if (!chk_seen_add(&walk->entered, chk_file_key(&facts), &fresh)) {
		walk->failed = true;
		return false;
	}
	if (!fresh)
		return false;
	dir = fd;
	fd = -1;
	return !push(walk, dir, facts.st_dev) &&
	       give_fault(walk, entry, strerror(errno));
}

static unsigned char type_of(int dir, const struct dirent *item)
{
	struct stat facts;

	if (item->d_type != DT_UNKNOWN)
		return item->d_type;
	if (fstatat(dir, item->d_name, &facts, AT_SYMLINK_NOFOLLOW) < 0)
		return DT_UNKNOWN;
	return IFTODT(facts.st_mode);
}

/* True: `entry` is to be given. */
static bool look(struct chk_walk *walk, const struct dirent *item,
		 struct chk_walk_entry *entry)
{
	const struct chk_walk_level *top = &walk->levels[walk->depth - 1];

	if (strcmp(item->d_name, ".") == 0 || strcmp(item->d_name, "..") == 0)
		return false;
	cut_path(walk, top);
	chk_buffer_format(&walk->path, "/%s", item->d_name);
	if (walk->path.failed) {
		walk->failed = true;
		return false;
	}
	switch (type_of(dirfd(top->dir), item)) {
	case DT_REG:
		return give(walk, entry, CHK_WALK_FILE, item->d_name);
	case DT_LNK:
		return give(walk, entry, CHK_WALK_LINK, item->d_name);
	case DT_DIR:
		return enter(walk, item->d_name, entry);
	default:
		return false;
	}
}

bool chk_walk_next(struct chk_walk *walk, struct chk_walk_entry *entry)
{
	/* The directory whose leaving was told is left now. */
	if (walk->depth && walk->levels[walk->depth - 1].path_size == SIZE_MAX)
		pop(walk);
	while (walk->depth && !walk->failed) {
		struct chk_walk_level *top = &walk->levels[walk->depth - 1];
		const struct dirent *item;

		errno = 0;
		item = readdir(top->dir);
		if (item) {
			if (look(walk, item, entry))
				return true;
			continue;
		}
		cut_path(walk, top);
		top->path_size = SIZE_MAX;
		if (errno)
			return give_fault(walk, entry, strerror(errno));
		return give(walk, entry, CHK_WALK_LEAVE, NULL);
	}
	return false;
}
