/* tests/base/test_file.c: lib/base/file.c. */
#include "support/test.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "support/scratch.h"

static void check_fails(const char *path, enum chk_code code, int cause)
{
	struct chk_error error = { 0 };
	uint8_t *data = NULL;
	size_t size;

	assert_false(chk_file_read(path, &data, &size, &error));
	assert_null(data);
	assert_int_equal(error.code, code);
	assert_int_equal(error.cause, cause);
	assert_string_equal(error.where, path);
}

static void a_file_is_read_whole_with_a_nul_behind(void **state)
{
	static const char BYTES_OF_IT[] = "a\0b";
	uint8_t *data;
	size_t size;

	scratch_write("file", BYTES_OF_IT, 3);
	assert_true(chk_file_read(scratch_path("file"), &data, &size, NULL));
	assert_int_equal(size, 3);
	assert_memory_equal(data, "a\0b", 4);
	free(data);
	assert_int_equal(symlink("file", scratch_path("link")), 0);
	assert_true(chk_file_read(scratch_path("link"), &data, &size, NULL));
	assert_int_equal(size, 3);
	free(data);
	scratch_write("empty", "", 0);
	assert_true(chk_file_read(scratch_path("empty"), &data, &size, NULL));
	assert_int_equal(size, 0);
	assert_non_null(data);
	free(data);
}

static void what_is_no_file_is_refused(void **state)
{
	check_fails(scratch_path("none"), CHK_ERROR_NOT_FOUND, ENOENT);
	scratch_write("file", "a", 1);
	check_fails(scratch_path("file/below"), CHK_ERROR_NOT_FOUND, ENOTDIR);
	scratch_mkdir("folder");
	check_fails(scratch_path("folder"), CHK_ERROR_READ, 0);
	check_fails("/dev/zero", CHK_ERROR_READ, 0);
}

/* Nobody writes into it: the reader must not wait. */
static void a_pipe_is_refused_at_once(void **state)
{
	assert_int_equal(mkfifo(scratch_path("pipe"), 0600), 0);
	check_fails(scratch_path("pipe"), CHK_ERROR_READ, 0);
}

static void a_file_over_the_bound_is_refused(void **state)
{
	scratch_write("large", "", 0);
	assert_int_equal(truncate(scratch_path("large"), CHK_FILE_MAX + 1), 0);
	check_fails(scratch_path("large"), CHK_ERROR_TOO_LARGE, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_read_whole_with_a_nul_behind),
		cmocka_unit_test(what_is_no_file_is_refused),
		cmocka_unit_test(a_pipe_is_refused_at_once),
		cmocka_unit_test(a_file_over_the_bound_is_refused),
	};

	return cmocka_run_group_tests_name("base/file", tests, scratch_begin,
					   scratch_end);
}
