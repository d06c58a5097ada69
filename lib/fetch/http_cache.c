/* lib/fetch/http_cache.c: answers that were of use, a file an URL. */
#include "config.h"

#include "fetch/http_cache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

#include "base/bytes.h"
#include "base/cleanup.h"
#include "base/digest.h"
#include "base/text.h"

/* The first line; then the URL, the SHA-256 of what follows, and that. */
#define MAGIC "chaincheck-aia 1\n"

/* Of names: the digest in hexadecimal, and what makes a new one of its own. */
enum { DIGITS = 64, NAME_ROOM = 128, MAX_LOOKED_AT = 100000 };

static void note(const struct chk_http_cache *cache, const char *name,
		 const char *what)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer where = { 0 };
	struct chk_note told = { "", what };

	if (!cache->note)
		return;
	chk_text_escape(&where, chk_bytes_text(cache->path));
	chk_buffer_format(&where, "/%s", name);
	told.where = where.failed ? "" : where.data;
	cache->note(cache->self, &told);
}

static void add_digest(struct chk_buffer *text, struct chk_bytes bytes)
{
	uint8_t digest[32];

	chk_digest_sha256(bytes, digest);
	chk_text_hex(text, chk_bytes_of(digest, sizeof(digest)), 0);
}

/* This user's, and nobody else writes to it. */
static bool is_own(const struct stat *facts)
{
	return facts->st_uid == geteuid() &&
	       (facts->st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

bool chk_http_cache_open(struct chk_http_cache *cache, const char *path,
			 struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_fd) int folder = -1;
	struct stat facts;

	if (mkdir(path, 0700) < 0 && errno != EEXIST)
		return chk_error_errno(error, CHK_ERROR_READ, errno, path,
				       "the cache cannot be made");
	folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (folder < 0 || fstat(folder, &facts) < 0)
		return chk_error_errno(error, CHK_ERROR_READ, errno, path,
				       "the cache cannot be opened");
	if (!is_own(&facts))
		return chk_error_set(error, CHK_ERROR_READ, path,
				     "the cache is another user's, or others "
				     "may write to it");
	cache->path = strdup(path);
	if (!cache->path)
		return chk_error_memory(error);
	cache->folder = folder;
	folder = -1;
	return true;
}

/* What stands before the bytes. */
static void write_head(struct chk_buffer *head, const char *url,
		       struct chk_bytes bytes)
{
	chk_buffer_text(head, MAGIC);
	chk_buffer_text(head, url);
	chk_buffer_text(head, "\n");
	add_digest(head, bytes);
	chk_buffer_text(head, "\n");
}

/* Reads all there is; more than `room` is no answer. */
static bool read_all(int fd, uint8_t *data, size_t room, size_t *size)
{
	ssize_t got = 1;

	*size = 0;
	while (got != 0 && *size < room) {
		got = read(fd, data + *size, room - *size);
		if (got < 0 && errno != EINTR)
			return false;
		*size += got > 0 ? (size_t)got : 0;
	}
	return *size < room;
}

/* The bytes behind a head that fits the URL and them. */
static bool take_body(const char *url, struct chk_bytes file, uint8_t *bytes,
		      size_t room, size_t *size)
{
	size_t before = sizeof(MAGIC) - 1 + strlen(url) + 1 + DIGITS + 1;
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer head = { 0 };
	struct chk_bytes body;

	if (file.size <= before || file.size - before > room)
		return false;
	body = chk_bytes_of(file.data + before, file.size - before);
	write_head(&head, url, body);
	if (head.failed || head.size != before ||
	    memcmp(head.data, file.data, before) != 0)
		return false;
	memcpy(bytes, body.data, body.size);
	*size = body.size;
	return true;
}

static bool is_fresh(const struct chk_http_cache *cache,
		     const struct stat *facts)
{
	time_t now = time(NULL);

	return facts->st_mtime <= now &&
	       now - facts->st_mtime < (time_t)cache->max_seconds;
}

bool chk_http_cache_find(const struct chk_http_cache *cache, const char *url,
			 uint8_t *bytes, size_t room, size_t *size)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer name = { 0 };
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	CHK_CLEANUP(chk_cleanup_fd) int fd = -1;
	size_t most = room + strlen(url) + 128;
	struct stat facts;
	size_t whole;

	add_digest(&name, chk_bytes_text(url));
	if (cache->folder < 0 || name.failed)
		return false;
	fd = openat(cache->folder, name.data,
		    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return false;
	if (fd < 0 || fstat(fd, &facts) < 0 || !S_ISREG(facts.st_mode) ||
	    !is_own(&facts)) {
		note(cache, name.data, "is no file of this user's alone; "
				       "ignored");
		return false;
	}
	data = malloc(most);
	if (!data || !is_fresh(cache, &facts))
		return false;
	if (read_all(fd, data, most, &whole) &&
	    take_body(url, chk_bytes_of(data, whole), bytes, room, size))
		return true;
	note(cache, name.data, "is damaged, or another URL's; ignored");
	return false;
}

static bool is_name(const char *name)
{
	return strspn(name, "0123456789abcdef") == DIGITS &&
	       strlen(name) < NAME_ROOM &&
	       (name[DIGITS] == '\0' || name[DIGITS] == '.');
}

/* The oldest of what this cache wrote, and how much there is. */
static size_t find_oldest(DIR *files, int folder, char oldest[NAME_ROOM])
{
	const struct dirent *entry;
	struct stat facts;
	time_t when = 0;
	size_t count = 0;

	*oldest = '\0';
	while (count < MAX_LOOKED_AT && (entry = readdir(files))) {
		if (!is_name(entry->d_name) ||
		    fstatat(folder, entry->d_name, &facts,
			    AT_SYMLINK_NOFOLLOW) < 0)
			continue;
		if (count++ == 0 || facts.st_mtime < when) {
			when = facts.st_mtime;
			snprintf(oldest, NAME_ROOM, "%.127s", entry->d_name);
		}
	}
	return count;
}

/* Makes room for one more. */
static void prune(const struct chk_http_cache *cache)
{
	char oldest[NAME_ROOM];
	size_t count = cache->max_files;

	while (count >= cache->max_files) {
		int folder = openat(cache->folder, ".",
				    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		DIR *files = folder < 0 ? NULL : fdopendir(folder);

		if (!files) {
			if (folder >= 0)
				close(folder);
			return;
		}
		count = find_oldest(files, cache->folder, oldest);
		closedir(files);
		if (count >= cache->max_files &&
		    unlinkat(cache->folder, oldest, 0) < 0)
			return;
	}
}

static bool write_all(int fd, const void *data, size_t size)
{
	const char *at = data;

	while (size > 0) {
		ssize_t done = write(fd, at, size);

		if (done < 0 && errno != EINTR)
			return false;
		at += done > 0 ? done : 0;
		size -= done > 0 ? (size_t)done : 0;
	}
	return true;
}

/* Under a name of its own first: nobody ever reads a half. */
static bool write_file(const struct chk_http_cache *cache, const char *name,
		       const struct chk_buffer *head, struct chk_bytes bytes)
{
	CHK_CLEANUP(chk_cleanup_fd) int fd = -1;
	struct timespec time;
	char beside[NAME_ROOM];

	clock_gettime(CLOCK_REALTIME, &time);
	snprintf(beside, sizeof(beside), "%s.%lx.%lx", name, (long)getpid(),
		 time.tv_nsec);
	fd = openat(cache->folder, beside, O_WRONLY | O_CREAT | O_EXCL |
		    O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	if (write_all(fd, head->data, head->size) &&
	    write_all(fd, bytes.data, bytes.size) && fsync(fd) == 0 &&
	    renameat(cache->folder, beside, cache->folder, name) == 0)
		return true;
	unlinkat(cache->folder, beside, 0);
	return false;
}

void chk_http_cache_keep(const struct chk_http_cache *cache, const char *url,
			 struct chk_bytes bytes)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer name = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer head = { 0 };
	struct stat facts;

	add_digest(&name, chk_bytes_text(url));
	write_head(&head, url, bytes);
	if (cache->folder < 0 || name.failed || head.failed)
		return;
	/* Its age counts from when it came, not from when it was last used. */
	if (fstatat(cache->folder, name.data, &facts, AT_SYMLINK_NOFOLLOW) ==
		    0 && S_ISREG(facts.st_mode) && is_own(&facts) &&
	    is_fresh(cache, &facts))
		return;
	prune(cache);
	if (!write_file(cache, name.data, &head, bytes))
		note(cache, name.data, "could not be written");
}

void chk_http_cache_close(struct chk_http_cache *cache)
{
	if (cache->folder >= 0)
		close(cache->folder);
	free(cache->path);
	*cache = (struct chk_http_cache){ .folder = -1 };
}
