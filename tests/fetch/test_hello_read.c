/* tests/fetch/test_hello_read.c: what is written is read, and written again. */
#include "support/test.h"

#include "fetch/hello_read.h"

#define HEADS 9 /* of the record, and of the message */

static const uint16_t VERSIONS[] = { 0x0304, 0x0303 };
static const uint16_t SUITES[] = { 0x1301, 0xc02f, 0x00ff };
static const uint16_t GROUPS[] = { 0x001d, 0x0017 };
static const uint16_t SCHEMES[] = { 0x0804, 0x0403 };
static const char *const PROTOCOLS[] = { "h2", "http/1.1", NULL };

static const struct chk_hello HELLO = {
	.version = 0x0303,
	.versions = { VERSIONS, 2 },
	.suites = { SUITES, 3 },
	.groups = { GROUPS, 2 },
	.signatures = { SCHEMES, 2 },
	.signatures_cert = { SCHEMES, 1 },
	.key_shares = { GROUPS, 1 },
	.server_name = "www.example.test",
	.alpn = PROTOCOLS,
};

static struct chk_bytes body_of(const struct chk_buffer *out)
{
	return chk_bytes_of(out->data + HEADS, out->size - HEADS);
}

static void same(struct chk_ids a, struct chk_ids b)
{
	assert_int_equal(a.count, b.count);
	assert_memory_equal(a.items, b.items, a.count * sizeof(*a.items));
}

static void what_was_written_is_read(void **state)
{
	struct chk_hello hello = HELLO, read;
	struct chk_buffer out = { 0 };
	struct chk_arena arena = { 0 };

	hello.grease = true;
	chk_hello_write(&hello, &out);
	assert_true(chk_hello_read(body_of(&out), &arena, &read));
	assert_int_equal(read.version, 0x0303);
	same(read.versions, HELLO.versions);
	same(read.suites, HELLO.suites);
	same(read.groups, HELLO.groups);
	same(read.signatures, HELLO.signatures);
	same(read.signatures_cert, HELLO.signatures_cert);
	same(read.key_shares, HELLO.key_shares);
	assert_string_equal(read.server_name, "www.example.test");
	assert_string_equal(read.alpn[0], "h2");
	assert_string_equal(read.alpn[1], "http/1.1");
	assert_null(read.alpn[2]);
	assert_true(read.grease);
	chk_arena_clear(&arena);
	chk_buffer_clear(&out);
}

static void it_is_written_again_as_long_and_in_the_same_order(void **state)
{
	struct chk_buffer first = { 0 }, second = { 0 };
	struct chk_arena arena = { 0 };
	struct chk_hello read, again;

	chk_hello_write(&HELLO, &first);
	assert_true(chk_hello_read(body_of(&first), &arena, &read));
	chk_hello_write(&read, &second);
	assert_int_equal(first.size, second.size);
	assert_true(chk_hello_read(body_of(&second), &arena, &again));
	same(read.extensions, again.extensions);
	assert_true(read.extensions.count > 5);
	assert_false(again.grease);
	chk_arena_clear(&arena);
	chk_buffer_clear(&first);
	chk_buffer_clear(&second);
}

static void a_hello_of_ssl_3_0_has_no_extensions(void **state)
{
	const struct chk_hello old = { .version = 0x0300,
				       .suites = { SUITES + 1, 2 } };
	struct chk_buffer out = { 0 };
	struct chk_arena arena = { 0 };
	struct chk_hello read;

	chk_hello_write(&old, &out);
	assert_true(chk_hello_read(body_of(&out), &arena, &read));
	assert_int_equal(read.version, 0x0300);
	assert_int_equal(read.suites.count, 2);
	assert_int_equal(read.extensions.count, 0);
	assert_null(read.server_name);
	chk_arena_clear(&arena);
	chk_buffer_clear(&out);
}

/* Without extensions a message may end behind the compression methods. */
static void every_cut_is_malformed_but_that_one(void **state)
{
	struct chk_buffer out = { 0 };
	struct chk_bytes body;
	size_t fine = 0;

	chk_hello_write(&HELLO, &out);
	body = body_of(&out);
	for (size_t size = 0; size < body.size; size++) {
		struct chk_arena arena = { 0 };
		struct chk_hello read;

		fine += chk_hello_read(chk_bytes_of(body.data, size), &arena,
				       &read);
		chk_arena_clear(&arena);
	}
	assert_int_equal(fine, 1);
	chk_buffer_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_written_is_read),
		cmocka_unit_test(
			it_is_written_again_as_long_and_in_the_same_order),
		cmocka_unit_test(a_hello_of_ssl_3_0_has_no_extensions),
		cmocka_unit_test(every_cut_is_malformed_but_that_one),
	};

	return cmocka_run_group_tests_name("fetch/hello_read", tests, NULL, NULL);
}
