/* tests/store/test_binary.c: lib/store/binary.c. */
#include "support/test.h"

#include <stdlib.h>

#include "store/binary.h"
#include "support/scratch.h"

/* The size of a piece that is read at once. */
#define PIECE (1u << 20)

/* A file of `size` bytes with `text` at each of the offsets, 0 ending them. */
static void make(const char *name, size_t size, const char *text,
		 const size_t *offsets)
{
	char *data = calloc(1, size);

	assert_non_null(data);
	for (; *offsets; offsets++)
		memcpy(data + *offsets, text, strlen(text));
	scratch_write(name, data, size);
	free(data);
}

struct seen {
	uint64_t offsets[8];
	size_t count;
};

static bool keep(void *context, struct chk_bytes hit, uint64_t offset)
{
	struct seen *seen = context;

	assert_true(seen->count < 8);
	assert_memory_equal(hit.data, "MARK", 4);
	seen->offsets[seen->count++] = offset;
	return true;
}

static void every_place_is_seen_once_across_pieces(void **state)
{
	static const size_t OFFSETS[] = {
		5, PIECE - 2, PIECE + 100, PIECE + CHK_BINARY_AHEAD - 1,
		2 * PIECE, 0,
	};
	struct seen seen = { 0 };

	make("marks", 2 * PIECE + 100, "MARK", OFFSETS);
	assert_true(chk_binary_scan(scratch_path("marks"), "MARK", keep, &seen,
				    NULL));
	assert_int_equal(seen.count, 5);
	for (size_t i = 0; i < seen.count; i++)
		assert_int_equal(seen.offsets[i], OFFSETS[i]);
}

static void a_word_ends_where_it_was_said(void **state)
{
	char room[16];

	scratch_text("word", "x DIR: \"/usr/lib/ssl\" y DIR: \"/other\"");
	assert_true(chk_binary_word(scratch_path("word"), "DIR: \"", '"', room,
				    sizeof(room)));
	assert_string_equal(room, "/usr/lib/ssl");
	scratch_text("word", "DIR: \"far too long for the room\"");
	assert_false(chk_binary_word(scratch_path("word"), "DIR: \"", '"',
				     room, sizeof(room)));
	scratch_text("word", "DIR: \"without an end");
	assert_false(chk_binary_word(scratch_path("word"), "DIR: \"", '"',
				     room, sizeof(room)));
}

static void what_is_no_file_has_nothing(void **state)
{
	struct chk_error error;
	struct seen seen = { 0 };

	assert_false(chk_binary_has("/nonexistent", "MARK"));
	assert_false(chk_binary_scan("/", "MARK", keep, &seen, &error));
	assert_int_equal(error.code, CHK_ERROR_READ);
	assert_false(chk_binary_has_section("/", ".text"));
}

/* readelf -S of any program: it has .text, and no .go.buildinfo in C. */
static void this_program_has_the_sections_of_its_compiler(void **state)
{
	assert_true(chk_binary_has_section("/proc/self/exe", ".text"));
	assert_false(chk_binary_has_section("/proc/self/exe",
					    ".go.buildinfo"));
}

static void a_broken_elf_file_has_none(void **state)
{
	unsigned char header[64] = { 0x7f, 'E', 'L', 'F', 2, 1, 1 };

	header[58] = 64; /* e_shentsize */
	header[60] = 2;  /* e_shnum */
	memset(header + 40, 0xff, 8); /* e_shoff */
	scratch_write("elf", header, sizeof(header));
	assert_false(chk_binary_has_section(scratch_path("elf"), ".text"));
	scratch_write("elf", header, 20);
	assert_false(chk_binary_has_section(scratch_path("elf"), ".text"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_place_is_seen_once_across_pieces),
		cmocka_unit_test(a_word_ends_where_it_was_said),
		cmocka_unit_test(what_is_no_file_has_nothing),
		cmocka_unit_test(
			this_program_has_the_sections_of_its_compiler),
		cmocka_unit_test(a_broken_elf_file_has_none),
	};

	return cmocka_run_group_tests_name("store/binary", tests,
					   scratch_begin, scratch_end);
}
