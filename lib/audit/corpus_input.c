/* lib/audit/corpus_input.c: files, folders and streams cut into parts. */
#include "audit/corpus_input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/cleanup.h"

#define READ (64u << 10) /* bytes */

static const char CHANGED[] =
	"changed while it was read: what is said of it may be true of no "
	"edition";

/* The file was written to or cut short since `before`. */
static bool has_changed(int fd, const struct stat *before)
{
	struct stat now;

	return S_ISREG(before->st_mode) && fstat(fd, &now) == 0 &&
	       (now.st_size != before->st_size ||
		now.st_mtim.tv_sec != before->st_mtim.tv_sec ||
		now.st_mtim.tv_nsec != before->st_mtim.tv_nsec);
}

/* Room for so many bytes in all. False: errno. */
static bool make_room(struct chk_corpus_text *text, size_t wanted)
{
	size_t room = text->room ? text->room : 2 * CHK_CORPUS_PART;
	uint8_t *data;

	while (room < wanted)
		room *= 2;
	if (room == text->room)
		return true;
	data = realloc(text->data, room);
	if (!data)
		return false;
	text->data = data;
	text->room = room;
	return true;
}

/* At least `least` bytes, and at most READ more; false: errno. */
static bool read_until(int fd, struct chk_corpus_text *text, size_t least,
		       bool *end)
{
	ssize_t got = 1;

	while (text->size < least && got != 0) {
		if (!make_room(text, text->size + READ))
			return false;
		got = read(fd, text->data + text->size, READ);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return false;
		text->size += (size_t)got;
	}
	*end = got == 0;
	return true;
}

const char *chk_corpus_read(const char *path, struct chk_corpus_text *text)
{
	CHK_CLEANUP(chk_cleanup_fd) int fd =
		open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat facts;
	bool end;

	text->size = 0;
	if (fd < 0 || fstat(fd, &facts) < 0 ||
	    !read_until(fd, text, CHK_CORPUS_BLOCK, &end))
		return strerror(errno);
	if (!end || has_changed(fd, &facts))
		return CHANGED;
	return NULL;
}

static void add_file(struct chk_corpus_input *input,
		     struct chk_corpus_part *part, const char *path,
		     const char *what)
{
	part->files[part->file_count++] =
		(struct chk_corpus_file){ part->paths.size, what };
	chk_buffer_add(&part->paths, path, strlen(path) + 1);
	if (part->paths.failed)
		input->failed = true;
}

/* Begins to read a file in pieces. */
static void begin_stream(struct chk_corpus_input *input, const char *path,
			 int fd, bool owned)
{
	free(input->path);
	input->path = strdup(path);
	input->failed = input->failed || !input->path;
	input->fd = fd;
	input->owned = owned;
	input->streaming = true;
	input->begun = false;
	input->line = 1;
	input->rest.size = 0;
	if (fstat(fd, &input->facts) < 0)
		input->facts = (struct stat){ 0 };
}

static void end_stream(struct chk_corpus_input *input)
{
	if (input->owned)
		close(input->fd);
	input->streaming = false;
}

/*
 * A small file is read by whoever judges it, since opening a million of them
 * takes longer than judging them; of a large one the parts are spread.
 */
static void take_file(struct chk_corpus_input *input,
		      struct chk_corpus_part *part, const char *path,
		      const struct stat *facts, size_t *size)
{
	int fd;

	if (S_ISREG(facts->st_mode) && facts->st_size <= CHK_CORPUS_PART) {
		add_file(input, part, path, NULL);
		*size += (size_t)facts->st_size;
		return;
	}
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		add_file(input, part, path, strerror(errno));
	else
		begin_stream(input, path, fd, true);
}

/* What stands in a folder: files, and links to files. */
static void take_entry(struct chk_corpus_input *input,
		       struct chk_corpus_part *part,
		       const struct chk_walk_entry *entry, size_t *size)
{
	struct stat facts;

	if (entry->kind == CHK_WALK_UNREAD)
		add_file(input, part, entry->path, entry->what);
	if (entry->kind != CHK_WALK_FILE && entry->kind != CHK_WALK_LINK)
		return;
	if (fstatat(entry->dir, entry->name, &facts, 0) < 0)
		add_file(input, part, entry->path, strerror(errno));
	else if (S_ISREG(facts.st_mode))
		take_file(input, part, entry->path, &facts, size);
}

/* "dir//" and "dir" are shown alike. */
static char *without_slashes(const char *path)
{
	size_t size = strlen(path);

	while (size > 1 && path[size - 1] == '/')
		size--;
	return strndup(path, size);
}

static void begin_walk(struct chk_corpus_input *input,
		       struct chk_corpus_part *part, const char *path,
		       const struct stat *facts)
{
	CHK_CLEANUP(chk_cleanup_free) char *real = realpath(path, NULL);
	CHK_CLEANUP(chk_cleanup_free) char *shown = without_slashes(path);
	const struct chk_rooted start = {
		.parent = AT_FDCWD, .name = real, .path = shown,
		.facts = *facts,
	};

	if (!real || !shown || !chk_walk_begin(&input->walk, &start)) {
		add_file(input, part, path, strerror(errno));
		chk_walk_end(&input->walk);
		return;
	}
	input->walking = true;
}

static void take_operand(struct chk_corpus_input *input,
			 struct chk_corpus_part *part, const char *path,
			 size_t *size)
{
	struct stat facts;

	if (strcmp(path, "-") == 0)
		begin_stream(input, path, input->standard_input, false);
	else if (stat(path, &facts) < 0)
		add_file(input, part, path, strerror(errno));
	else if (S_ISDIR(facts.st_mode))
		begin_walk(input, part, path, &facts);
	else
		take_file(input, part, path, &facts, size);
}

/* The next thing there is, into the part or as a stream. False: none. */
static bool take(struct chk_corpus_input *input, struct chk_corpus_part *part,
		 size_t *size)
{
	struct chk_walk_entry entry;

	if (input->walking) {
		if (chk_walk_next(&input->walk, &entry)) {
			take_entry(input, part, &entry, size);
			return true;
		}
		input->failed = input->failed || input->walk.failed;
		chk_walk_end(&input->walk);
		input->walking = false;
		return !input->failed;
	}
	if (!*input->paths)
		return false;
	take_operand(input, part, *input->paths++, size);
	return true;
}

static unsigned long count_lines(const uint8_t *text, size_t size)
{
	const uint8_t *end = text + size;
	unsigned long count = 0;

	while (text < end &&
	       (text = memchr(text, '\n', (size_t)(end - text))) != NULL) {
		text++;
		count++;
	}
	return count;
}

/* The first "-----" at or behind `at` on its line; NULL: there is none. */
static const uint8_t *find_dashes(const uint8_t *at, const uint8_t *end)
{
	for (; end - at >= 5 && *at != '\n'; at++) {
		if (memcmp(at, "-----", 5) == 0)
			return at;
	}
	return NULL;
}

/*
 * Where the last whole block ends: right behind the dashes of its END, so that
 * a BEGIN on the same line begins the next part. 0: no END is whole.
 */
static size_t find_cut(const struct chk_corpus_text *text)
{
	static const char END[] = "-----END ";
	const uint8_t *end = text->data + text->size, *at = end, *dashes;

	while (at > text->data) {
		at--;
		if (*at != '-' || (size_t)(end - at) < sizeof(END) - 1 ||
		    memcmp(at, END, sizeof(END) - 1) != 0)
			continue;
		dashes = find_dashes(at + sizeof(END) - 1, end);
		if (dashes)
			return (size_t)(dashes + 5 - text->data);
	}
	return 0;
}

/* Not of text, which has no such second byte; a certificate may come in DER. */
static bool is_der(const struct chk_corpus_text *text)
{
	return text->size > 1 && text->data[0] == 0x30 &&
	       (text->data[1] & 0x80);
}

/* Keeps what is behind `size` bytes of the part for the next one. */
static void put_back(struct chk_corpus_input *input,
		     struct chk_corpus_text *text, size_t size)
{
	size_t left = text->size - size;

	if (!make_room(&input->rest, left)) {
		input->failed = true;
		return;
	}
	memcpy(input->rest.data, text->data + size, left);
	input->rest.size = left;
	text->size = size;
}

/* The next piece of the stream, read into where it is judged. */
static void take_piece(struct chk_corpus_input *input,
		       struct chk_corpus_part *part)
{
	struct chk_corpus_text *text = &part->text, spare = *text;
	size_t least = CHK_CORPUS_PART, cut = 0;
	bool end = false, read = true;

	*text = input->rest;
	spare.size = 0;
	input->rest = spare;
	while (read && !end && !cut && least <= CHK_CORPUS_BLOCK) {
		read = read_until(input->fd, text, least, &end);
		cut = end || is_der(text) ? 0 : find_cut(text);
		least *= 2;
	}
	add_file(input, part, input->path,
		 !read ? strerror(errno) :
		 end && has_changed(input->fd, &input->facts) ? CHANGED : NULL);
	part->is_text = true;
	part->is_first = !input->begun;
	part->line = input->line;
	input->begun = true;
	if (cut)
		put_back(input, text, cut);
	input->line += count_lines(text->data, text->size);
	if (end || !read)
		end_stream(input);
}

bool chk_corpus_input_next(struct chk_corpus_input *input,
			   struct chk_corpus_part *part)
{
	size_t size = 0;

	part->paths.size = part->text.size = part->file_count = 0;
	part->is_text = part->is_first = false;
	while (!input->failed) {
		if (input->streaming && part->file_count)
			return true;
		if (input->streaming) {
			take_piece(input, part);
			return !input->failed;
		}
		if (part->file_count == CHK_CORPUS_FILES ||
		    size >= CHK_CORPUS_PART)
			return true;
		if (!take(input, part, &size))
			return !input->failed && part->file_count;
	}
	return false;
}

void chk_corpus_input_clear(struct chk_corpus_input *input)
{
	if (input->streaming)
		end_stream(input);
	if (input->walking)
		chk_walk_end(&input->walk);
	free(input->path);
	free(input->rest.data);
}

void chk_corpus_part_clear(struct chk_corpus_part *part)
{
	chk_buffer_clear(&part->paths);
	free(part->text.data);
}
