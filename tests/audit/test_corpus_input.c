/* tests/audit/test_corpus_input.c: lib/audit/corpus_input.c. */
#include "support/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "audit/corpus_input.h"
#include "support/scratch.h"

/* All that a reading gave. */
struct got {
	struct chk_buffer text;  /* of the pieces */
	struct chk_buffer files; /* "NAME " or "NAME: WHAT " */
	size_t parts, largest;
	bool whole; /* each piece but the last ends behind an END */
	bool lines; /* each begins at the line that it says */
};

static void take_piece(struct got *got, const struct chk_corpus_part *part)
{
	unsigned long line = 1;

	for (size_t i = 0; i < got->text.size; i++)
		line += got->text.data[i] == '\n';
	got->lines = got->lines && line == part->line;
	if (got->text.size)
		got->whole = got->whole && got->text.size > 5 &&
			     memcmp(got->text.data + got->text.size - 5,
				    "-----", 5) == 0;
	chk_buffer_add(&got->text, part->text.data, part->text.size);
	if (part->text.size > got->largest)
		got->largest = part->text.size;
}

static void take_files(struct got *got, const struct chk_corpus_part *part)
{
	for (size_t i = 0; i < part->file_count; i++) {
		const char *path = part->paths.data + part->files[i].path;
		const char *what = part->files[i].what;

		if (part->is_text && !part->is_first && !what)
			continue;
		chk_buffer_format(&got->files, "%s%s%s ", path,
				  what ? ": " : "", what ? what : "");
	}
}

static struct got read_all(const char *path, int standard_input)
{
	const char *const paths[] = { path, NULL };
	struct chk_corpus_input input = {
		.paths = paths, .standard_input = standard_input,
	};
	struct got got = { .whole = true, .lines = true };
	struct chk_corpus_part part = { 0 };

	chk_buffer_text(&got.files, "");
	while (chk_corpus_input_next(&input, &part)) {
		got.parts++;
		take_files(&got, &part);
		if (part.is_text)
			take_piece(&got, &part);
	}
	assert_false(input.failed);
	chk_corpus_input_clear(&input);
	chk_corpus_part_clear(&part);
	return got;
}

static void forget(struct got *got)
{
	chk_buffer_clear(&got->text);
	chk_buffer_clear(&got->files);
}

/* Blocks of no sense, of about a kilobyte each. */
static struct chk_buffer blocks(size_t count, const char *between)
{
	struct chk_buffer text = { 0 };

	for (size_t i = 0; i < count; i++) {
		chk_buffer_format(&text, "-----BEGIN CERTIFICATE-----\n");
		for (size_t j = 0; j < 10 + i % 7; j++)
			chk_buffer_format(&text, "%064zu\n", i);
		chk_buffer_format(&text, "-----END CERTIFICATE-----%s",
				  between);
	}
	return text;
}

static void expect_whole(const char *between)
{
	struct chk_buffer text = blocks(1500, between);
	struct got got;

	scratch_write("blocks.pem", text.data, text.size);
	got = read_all(scratch_path("blocks.pem"), -1);
	assert_int_equal(got.text.size, text.size);
	assert_memory_equal(got.text.data, text.data, text.size);
	assert_true(got.parts > 3);
	assert_true(got.largest < 2 * CHK_CORPUS_PART);
	assert_true(got.whole);
	assert_true(got.lines);
	forget(&got);
	chk_buffer_clear(&text);
}

static void blocks_are_never_cut(void **state)
{
	expect_whole("\n");
	expect_whole("\r\n");
}

/* As when a line feed was missing and files were put together. */
static void a_begin_behind_an_end_begins_the_next_part(void **state)
{
	expect_whole("");
}

static void a_file_without_an_end_is_given_bounded(void **state)
{
	size_t size = 5u << 20;
	char *text = malloc(size);
	struct got got;

	assert_non_null(text);
	memset(text, 'A', size);
	memcpy(text, "-----BEGIN X-----\n", 18);
	scratch_write("endless", text, size);
	got = read_all(scratch_path("endless"), -1);
	assert_int_equal(got.text.size, size);
	assert_true(got.largest <= CHK_CORPUS_BLOCK + CHK_CORPUS_PART);
	assert_true(got.lines);
	forget(&got);
	free(text);
}

static void standard_input_is_read_to_its_end(void **state)
{
	struct chk_buffer text = blocks(700, "\n");
	struct got got;
	int fd;

	scratch_write("stdin", text.data, text.size);
	fd = open(scratch_path("stdin"), O_RDONLY);
	assert_true(fd >= 0);
	got = read_all("-", fd);
	assert_int_equal(got.text.size, text.size);
	assert_string_equal(got.files.data, "- ");
	assert_int_equal(close(fd), 0); /* it was left open */
	forget(&got);
	chk_buffer_clear(&text);
}

static void a_folder_is_read_with_those_in_it(void **state)
{
	struct got got;
	char *found;

	scratch_mkdir("tree");
	scratch_mkdir("tree/inner");
	scratch_text("tree/one", "1");
	scratch_text("tree/inner/two", "2");
	assert_int_equal(scratch_run("ln -s one tree/link && "
				     "ln -s .. tree/inner/up && "
				     "ln -s nowhere tree/dangling && "
				     "mkfifo tree/pipe"), 0);
	got = read_all(scratch_path("tree/"), -1);
	found = got.files.data;
	assert_non_null(strstr(found, "/tree/one "));
	assert_non_null(strstr(found, "/tree/link "));
	assert_non_null(strstr(found, "/tree/inner/two "));
	assert_non_null(strstr(found, "/tree/dangling: No such file"));
	assert_null(strstr(found, "/up"));
	assert_null(strstr(found, "pipe"));
	assert_null(strstr(found, "//"));
	forget(&got);
}

static void small_files_come_many_in_a_part(void **state)
{
	struct got got;

	scratch_mkdir("many");
	assert_int_equal(scratch_run("for i in $(seq 200); do echo $i "
				     ">many/$i; done"), 0);
	got = read_all(scratch_path("many"), -1);
	assert_int_equal(got.parts, 4); /* of 64 */
	forget(&got);
}

static void what_is_not_there_is_said(void **state)
{
	struct got got = read_all(scratch_path("nothing"), -1);

	assert_non_null(strstr(got.files.data, "/nothing: No such file"));
	forget(&got);
}

/* It is written to between two parts. */
static void a_file_that_changes_is_said_to(void **state)
{
	struct chk_buffer text = blocks(1500, "\n");
	const char *const paths[] = { scratch_path("changing.pem"), NULL };
	struct chk_corpus_input input = { .paths = paths };
	struct chk_corpus_part part = { 0 };
	const char *what = NULL;

	scratch_write("changing.pem", text.data, text.size);
	assert_true(chk_corpus_input_next(&input, &part));
	assert_null(part.files[0].what);
	assert_int_equal(truncate(paths[0], 600000), 0);
	while (chk_corpus_input_next(&input, &part))
		what = part.files[0].what;
	assert_non_null(what);
	assert_non_null(strstr(what, "changed while it was read"));
	chk_corpus_input_clear(&input);
	chk_corpus_part_clear(&part);
	chk_buffer_clear(&text);
}

static void a_small_file_is_read_in_the_place_of_the_last(void **state)
{
	struct chk_corpus_text text = { 0 };

	scratch_text("long", "longer");
	scratch_text("short", "ab");
	assert_null(chk_corpus_read(scratch_path("long"), &text));
	assert_int_equal(text.size, 6);
	assert_null(chk_corpus_read(scratch_path("short"), &text));
	assert_int_equal(text.size, 2);
	assert_memory_equal(text.data, "ab", 2);
	assert_non_null(chk_corpus_read(scratch_path("absent"), &text));
	assert_int_equal(text.size, 0);
	free(text.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_are_never_cut),
		cmocka_unit_test(a_begin_behind_an_end_begins_the_next_part),
		cmocka_unit_test(a_file_without_an_end_is_given_bounded),
		cmocka_unit_test(standard_input_is_read_to_its_end),
		cmocka_unit_test(a_folder_is_read_with_those_in_it),
		cmocka_unit_test(small_files_come_many_in_a_part),
		cmocka_unit_test(what_is_not_there_is_said),
		cmocka_unit_test(a_file_that_changes_is_said_to),
		cmocka_unit_test(a_small_file_is_read_in_the_place_of_the_last),
	};

	return cmocka_run_group_tests(tests, scratch_begin, scratch_end);
}
