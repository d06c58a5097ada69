/* tests/cert/test_pem.c: lib/cert/pem.c. */
#include "support/test.h"

#include <stdlib.h>
#include <time.h>

#include "base/buffer.h"
#include "cert/pem.h"

/* A block that reads as "hello". */
#define HELLO "-----BEGIN A-----\naGVsbG8=\n-----END A-----\n"

static void check_hello(struct chk_pem *pem, uint32_t line)
{
	struct chk_pem_block block;

	assert_true(chk_pem_next(pem, &block));
	assert_null(block.fault);
	assert_true(chk_bytes_equal(block.label, chk_bytes_text("A")));
	assert_int_equal(block.line, line);
	assert_int_equal(block.size, 5);
	assert_memory_equal(block.data, "hello", 5);
	free(block.data);
}

static void what_is_tolerated_reads(void **state)
{
	static const struct {
		const char *text;
		uint32_t line;
	} ROWS[] = {
		{ HELLO, 1 },
		{ "\xef\xbb\xbf" HELLO, 1 },
		{ "A comment\n\n" HELLO "behind", 3 },
		{ "-----BEGIN A-----\r\naGVsbG8=\r\n-----END A-----\r\n", 1 },
		{ "\n  -----BEGIN A-----\n  aGVs\n\tbG8=\n  -----END A-----",
		  2 },
		{ "-----BEGIN A-----aGVsbG8=-----END A-----", 1 },
		{ "-----BEGIN A-----\na\nG\nV\ns\nb\nG\n8\n=\n-----END A-----",
		  1 },
		{ "#-----BEGIN A-----\n#aGk=\n#-----END A-----\n" HELLO, 4 },
		{ "see -----BEGIN A-----\n" HELLO, 2 },
		{ "-----BEGIN A-----\nDEK-Info: x\n\naGVsbG8=\n"
		  "-----END A-----", 1 },
		{ "-----BEGIN A-----\r\nA: b\r\nC: d\r\n\r\naGVsbG8=\r\n"
		  "-----END A-----", 1 },
	};

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_bytes text = chk_bytes_text(ROWS[i].text);
		struct chk_pem pem = chk_pem_begin(text);
		struct chk_pem_block block;

		assert_true(chk_pem_is(text));
		check_hello(&pem, ROWS[i].line);
		assert_false(chk_pem_next(&pem, &block));
	}
}

static void a_missing_line_feed_between_blocks_is_tolerated(void **state)
{
	static const char TEXT[] = "-----BEGIN A-----\naGVsbG8=\n"
				   "-----END A-----"
				   "-----BEGIN A-----\naGVsbG8=\n"
				   "-----END A-----";
	struct chk_pem pem = chk_pem_begin(BYTES(TEXT));
	struct chk_pem_block block;

	check_hello(&pem, 1);
	check_hello(&pem, 3);
	assert_false(chk_pem_next(&pem, &block));
}

static void line_and_offset_are_those_of_begin(void **state)
{
	static const char TEXT[] = "one\ntwo\n" HELLO "three\n" HELLO;
	struct chk_pem pem = chk_pem_begin(BYTES(TEXT));
	struct chk_pem_block block;

	assert_true(chk_pem_next(&pem, &block));
	assert_int_equal(block.line, 3);
	assert_int_equal(block.offset, 8);
	free(block.data);
	assert_true(chk_pem_next(&pem, &block));
	assert_int_equal(block.line, 7);
	assert_int_equal(block.offset, 8 + strlen(HELLO) + strlen("three\n"));
	free(block.data);
}

static void a_damaged_block_is_told_and_the_next_one_read(void **state)
{
	static const struct {
		const char *text, *fault;
		uint32_t fault_line, next_line;
	} ROWS[] = {
		{ "-----BEGIN A-----\naGVs\nb*8=\n-----END A-----\n",
		  "not base64", 3, 5 },
		{ "-----BEGIN A-----\naGVsbG8\n-----END A-----\n",
		  "base64 ends early", 3, 4 },
		{ "-----BEGIN A-----\naGVsb\n-----END A-----\n",
		  "base64 ends early", 3, 4 },
		{ "-----BEGIN A-----\naGVsbG8=aGVs\n-----END A-----\n",
		  "not base64", 2, 4 },
		{ "-----BEGIN A-----\naGVsbG===\n-----END A-----\n",
		  "not base64", 2, 4 },
		{ "-----BEGIN A-----\n=aGVsbG8\n-----END A-----\n",
		  "not base64", 2, 4 },
		{ "-----BEGIN A-----\naGV-bG8=\n-----END A-----\n",
		  "not base64", 2, 4 },
		{ "-----BEGIN A-----\n\n-----END A-----\n",
		  "nothing between BEGIN and END", 3, 4 },
		{ "-----BEGIN A-----\naGVsbG8=\n-----END B-----\n",
		  "END is not of the same kind as BEGIN", 3, 4 },
		{ "-----BEGIN A-----\naGVsbG8=\n-----END A---\n",
		  "END is not of the same kind as BEGIN", 3, 4 },
		{ "-----BEGIN A-----\naGVsbG8=\n", "END is missing", 1, 3 },
		{ "-----BEGIN A\n", "the BEGIN line is cut off", 1, 2 },
	};

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_buffer text = { 0 };
		struct chk_pem_block block;
		struct chk_pem pem;

		chk_buffer_text(&text, ROWS[i].text);
		chk_buffer_text(&text, HELLO);
		pem = chk_pem_begin(chk_bytes_of(text.data, text.size));
		assert_true(chk_pem_next(&pem, &block));
		assert_non_null(block.fault);
		assert_string_equal(block.fault, ROWS[i].fault);
		assert_int_equal(block.fault_line, ROWS[i].fault_line);
		assert_null(block.data);
		check_hello(&pem, ROWS[i].next_line);
		assert_false(chk_pem_next(&pem, &block));
		chk_buffer_clear(&text);
	}
}

static void no_block_is_no_block(void **state)
{
	static const char *const NONE[] = {
		"", "hello", "-----BEGIN", "-----END A-----",
		"----- BEGIN A-----",
	};
	struct chk_pem_block block;

	for (size_t i = 0; i < CHK_COUNT(NONE); i++) {
		struct chk_pem pem = chk_pem_begin(chk_bytes_text(NONE[i]));

		assert_false(chk_pem_next(&pem, &block));
		assert_false(chk_pem_is(chk_bytes_text(NONE[i])));
	}
}

/* RFC 4648 section 10 */
static void the_vectors_of_rfc_4648_decode(void **state)
{
	static const char *const ROWS[][2] = {
		{ "Zg==", "f" },	 { "Zm8=", "fo" },
		{ "Zm9v", "foo" },	 { "Zm9vYg==", "foob" },
		{ "Zm9vYmE=", "fooba" }, { "Zm9vYmFy", "foobar" },
		{ "+/+/", "\xfb\xff\xbf" },
	};

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_buffer text = { 0 };
		struct chk_pem_block block;
		struct chk_pem pem;

		chk_buffer_format(&text, "-----BEGIN -----\n%s\n-----END -----",
				  ROWS[i][0]);
		pem = chk_pem_begin(chk_bytes_of(text.data, text.size));
		assert_true(chk_pem_next(&pem, &block));
		assert_null(block.fault);
		assert_int_equal(block.size, strlen(ROWS[i][1]));
		assert_memory_equal(block.data, ROWS[i][1], block.size);
		free(block.data);
		chk_buffer_clear(&text);
	}
}

/* `count` times `unit`; how many blocks. */
static size_t count_blocks(const char *unit, size_t count)
{
	struct chk_buffer text = { 0 };
	struct chk_pem_block block;
	struct chk_pem pem;
	size_t blocks = 0;

	for (size_t i = 0; i < count; i++)
		chk_buffer_text(&text, unit);
	pem = chk_pem_begin(chk_bytes_of(text.data, text.size));
	for (; chk_pem_next(&pem, &block); blocks++)
		free(block.data);
	chk_buffer_clear(&text);
	return blocks;
}

static void hostile_files_take_no_longer_than_others(void **state)
{
	static const char *const UNITS[] = {
		"-----BEGIN A\n", "x -----BEGIN ", "-----BEGIN A-----\n-",
		"-----END A-----\n", "-----", "    -----BEGIN ",
	};
	clock_t start = clock();

	assert_int_equal(count_blocks("-----BEGIN A-----\n", 200000), 200000);
	for (size_t i = 0; i < CHK_COUNT(UNITS); i++)
		assert_true(count_blocks(UNITS[i], 200000) <= 200000);
	/* With a look to the end of the file for each it took minutes. */
	assert_true(clock() - start < 10 * CLOCKS_PER_SEC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_tolerated_reads),
		cmocka_unit_test(
			a_missing_line_feed_between_blocks_is_tolerated),
		cmocka_unit_test(line_and_offset_are_those_of_begin),
		cmocka_unit_test(a_damaged_block_is_told_and_the_next_one_read),
		cmocka_unit_test(no_block_is_no_block),
		cmocka_unit_test(the_vectors_of_rfc_4648_decode),
		cmocka_unit_test(hostile_files_take_no_longer_than_others),
	};

	return cmocka_run_group_tests_name("cert/pem", tests, NULL, NULL);
}
