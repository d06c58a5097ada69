/* tests/base/test_buffer.c: lib/base/buffer.c. */
#include "support/test.h"

#include <stdlib.h>

#include "base/buffer.h"

static void what_is_added_is_there_and_ends_in_nul(void **state)
{
	struct chk_buffer buffer = { 0 };

	chk_buffer_add(&buffer, "a\0b", 3);
	chk_buffer_text(&buffer, "cd");
	chk_buffer_format(&buffer, "%03d", 7);
	assert_int_equal(buffer.size, 8);
	assert_memory_equal(buffer.data, "a\0bcd007", 9);
	chk_buffer_clear(&buffer);
	assert_null(buffer.data);
}

static void it_grows_beyond_any_room(void **state)
{
	struct chk_buffer buffer = { 0 };

	for (unsigned int i = 0; i < 100000; i++)
		chk_buffer_format(&buffer, "%u,", i % 10);
	assert_int_equal(buffer.size, 200000);
	assert_true(buffer.room > buffer.size);
	assert_string_equal(buffer.data + 199998, "9,");
	chk_buffer_clear(&buffer);
}

static void stealing_leaves_an_empty_buffer(void **state)
{
	struct chk_buffer buffer = { 0 };
	char *text = chk_buffer_steal(&buffer);

	assert_string_equal(text, "");
	free(text);
	chk_buffer_text(&buffer, "a");
	text = chk_buffer_steal(&buffer);
	assert_string_equal(text, "a");
	assert_null(buffer.data);
	assert_int_equal(buffer.size, 0);
	free(text);
}

static void a_failure_is_remembered_to_the_end(void **state)
{
	struct chk_buffer buffer = { 0 };

	chk_buffer_text(&buffer, "a");
	chk_buffer_add(&buffer, NULL, SIZE_MAX - 1);
	assert_true(buffer.failed);
	chk_buffer_text(&buffer, "b");
	assert_int_equal(buffer.size, 1);
	assert_null(chk_buffer_steal(&buffer));
	assert_false(buffer.failed);
	assert_null(buffer.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_added_is_there_and_ends_in_nul),
		cmocka_unit_test(it_grows_beyond_any_room),
		cmocka_unit_test(stealing_leaves_an_empty_buffer),
		cmocka_unit_test(a_failure_is_remembered_to_the_end),
	};

	return cmocka_run_group_tests_name("base/buffer", tests, NULL, NULL);
}
