/* lib/store/binary.c: a program's file, searched in pieces. */
#include "config.h"

#include "store/binary.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/cleanup.h"

enum {
	PIECE = 1 << 20,
	SECTIONS_MAX = 4096, /* the Linux kernel's own file has 50 */
	NAMES_MAX = 1 << 20, /* bytes of all their names */
};

#define FILE_LIMIT (UINT64_C(512) << 20)

static int open_regular(const char *path, struct chk_error *error)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat facts;

	if (fd < 0) {
		chk_error_errno(error, errno == ENOENT || errno == ENOTDIR ?
				CHK_ERROR_NOT_FOUND : CHK_ERROR_READ, errno,
				path, "cannot be opened");
		return -1;
	}
	if (fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode))
		return fd;
	close(fd);
	chk_error_set(error, CHK_ERROR_READ, path, "not a regular file");
	return -1;
}

/* As much as there is; less only at the end of the file. */
static size_t read_at(int fd, void *data, size_t size, uint64_t offset)
{
	size_t had = 0;

	while (had < size) {
		ssize_t got = pread(fd, (char *)data + had, size - had,
				    (off_t)(offset + had));

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		had += (size_t)got;
	}
	return had;
}

/* Hits that begin in the first `fresh` bytes. False: the visitor has enough. */
static bool visit_piece(struct chk_bytes piece, size_t fresh, uint64_t offset,
			const char *text, chk_binary_visit *visit,
			void *context)
{
	size_t size = strlen(text);
	const uint8_t *at = piece.data, *end = piece.data + piece.size;

	while ((at = memmem(at, (size_t)(end - at), text, size))) {
		size_t begin = (size_t)(at - piece.data);

		if (begin >= fresh)
			return true;
		if (!visit(context, chk_bytes_of(at, (size_t)(end - at)),
			   offset + begin))
			return false;
		at += size;
	}
	return true;
}

bool chk_binary_scan(const char *path, const char *text,
		     chk_binary_visit *visit, void *context,
		     struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_fd) int fd = open_regular(path, error);
	CHK_CLEANUP(chk_cleanup_free) uint8_t *piece = NULL;

	if (fd < 0)
		return false;
	piece = malloc(PIECE + CHK_BINARY_AHEAD);
	if (!piece)
		return chk_error_memory(error);
	for (uint64_t at = 0; at < FILE_LIMIT; at += PIECE) {
		size_t size = read_at(fd, piece, PIECE + CHK_BINARY_AHEAD, at);

		if (!visit_piece(chk_bytes_of(piece, size), PIECE, at, text,
				 visit, context) || size <= PIECE)
			break;
	}
	return true;
}

static bool note_hit(void *context, struct chk_bytes hit, uint64_t offset)
{
	*(bool *)context = true;
	return false;
}

bool chk_binary_has(const char *path, const char *text)
{
	bool found = false;

	return chk_binary_scan(path, text, note_hit, &found, NULL) && found;
}

struct word {
	size_t skip; /* the length of what was looked for */
	char end;
	char *room;
	size_t room_size;
	bool found;
};

static bool take_word(void *context, struct chk_bytes hit, uint64_t offset)
{
	struct word *word = context;
	const uint8_t *begin = hit.data + word->skip;
	const uint8_t *end = memchr(begin, word->end, hit.size - word->skip);

	if (!end || (size_t)(end - begin) >= word->room_size ||
	    memchr(begin, '\0', (size_t)(end - begin)))
		return true;
	memcpy(word->room, begin, (size_t)(end - begin));
	word->room[end - begin] = '\0';
	word->found = true;
	return false;
}

bool chk_binary_word(const char *path, const char *text, char end, char *room,
		     size_t room_size)
{
	struct word word = { strlen(text), end, room, room_size, false };

	return chk_binary_scan(path, text, take_word, &word, NULL) &&
	       word.found;
}

/* The sections of a 64-bit file, read whole; NULL: it is none. */
static Elf64_Shdr *read_sections(int fd, Elf64_Ehdr *header)
{
	Elf64_Shdr *sections;
	size_t size;

	if (read_at(fd, header, sizeof(*header), 0) < sizeof(*header) ||
	    memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 ||
	    header->e_ident[EI_CLASS] != ELFCLASS64 ||
	    header->e_shentsize != sizeof(*sections) ||
	    header->e_shnum > SECTIONS_MAX ||
	    header->e_shstrndx >= header->e_shnum)
		return NULL;
	size = header->e_shnum * sizeof(*sections);
	sections = malloc(size);
	if (sections && read_at(fd, sections, size, header->e_shoff) < size) {
		free(sections);
		sections = NULL;
	}
	return sections;
}

bool chk_binary_has_section(const char *path, const char *name)
{
	CHK_CLEANUP(chk_cleanup_fd) int fd = open_regular(path, NULL);
	CHK_CLEANUP(chk_cleanup_free) Elf64_Shdr *sections = NULL;
	CHK_CLEANUP(chk_cleanup_free) char *names = NULL;
	Elf64_Ehdr header;
	uint64_t size;

	if (fd < 0 || !(sections = read_sections(fd, &header)))
		return false;
	size = sections[header.e_shstrndx].sh_size;
	if (size > NAMES_MAX || !(names = calloc(1, size + 1)))
		return false;
	if (read_at(fd, names, size,
		    sections[header.e_shstrndx].sh_offset) < size)
		return false;
	for (size_t i = 0; i < header.e_shnum; i++)
		if (sections[i].sh_name < size &&
		    strcmp(names + sections[i].sh_name, name) == 0)
			return true;
	return false;
}
