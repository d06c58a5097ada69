/* tests/fetch/test_tds.c: lib/fetch/tds.c: [MS-TDS] 2.2.3.1, packets. */
#include "support/test.h"

#include <errno.h>

#include "fetch/tds.h"
#include "support/script_io.h"

static const struct script_address HERE = { .address = "192.0.2.1" };

static const struct chk_io *wrap(struct chk_tds *tds, struct script *script)
{
	const struct chk_route route = { .protocol = CHK_PROTOCOL_TDS,
					 .io = script_io(script) };

	script->addresses = &HERE;
	script->address_count = 1;
	return chk_tds_io(tds, &route);
}

static void what_is_written_goes_in_prelogin_packets(void **state)
{
	static uint8_t record[5000];
	struct script script = { 0 };
	struct chk_tds tds;
	const struct chk_io *io = wrap(&tds, &script);

	assert_int_equal(io->write(io->self, 0, record, 5000, 100), 5000);
	/* 4088 of payload, not the last; then the other 912. */
	assert_memory_equal(script.written, "\x12\0\x10\0\0\0\0\0", 8);
	assert_int_equal(script.written_size, sizeof(script.written));
	script.written_size = 0;
	assert_int_equal(io->write(io->self, 0, "abc", 3, 100), 3);
	assert_int_equal(script.written_size, 11);
	assert_memory_equal(script.written, "\x12\1\0\x0b\0\0\0\0abc", 11);
	tds.bare = true;
	script.written_size = 0;
	assert_int_equal(io->write(io->self, 0, "abc", 3, 100), 3);
	assert_memory_equal(script.written, "abc", 3);
}

static void what_is_read_loses_its_packets(void **state)
{
	struct script_step step = {
		.what = SCRIPT_ANSWER,
		.bytes = BYTES("\x12\0\0\x0a\0\0\1\0ab"
			       "\4\1\0\x0b\0\0\1\0cde" "bare"),
	};

	for (size_t chunk = 0; chunk < 4; chunk++) {
		struct script script = { .steps = &step, .step_count = 1,
					 .chunk = chunk };
		struct chk_tds tds;
		const struct chk_io *io = wrap(&tds, &script);
		char text[16] = "";
		size_t size = 0;

		while (size < 5) {
			long count = io->read(io->self, 0, text + size,
					      sizeof(text) - size, 100);

			assert_true(count > 0);
			size += (size_t)count;
		}
		assert_string_equal(text, "abcde");
		tds.bare = true;
		assert_true(io->read(io->self, 0, text, 4, 100) > 0);
		assert_int_equal(text[0], 'b');
	}
}

static void what_is_no_packet_is_an_error(void **state)
{
	static const struct {
		struct chk_bytes bytes;
	} BAD[] = {
		{ { (const uint8_t *)"\x16\3\3\0\x10\2\0\0", 8 } },
		{ { (const uint8_t *)"\x12\1\0\x08\0\0\0\0", 8 } },
		{ { (const uint8_t *)"\x12\1\0\0\0\0\0\0", 8 } },
	};

	for (size_t i = 0; i < CHK_COUNT(BAD); i++) {
		struct script_step step = { .what = SCRIPT_ANSWER,
					    .bytes = BAD[i].bytes };
		struct script script = { .steps = &step, .step_count = 1 };
		struct chk_tds tds;
		const struct chk_io *io = wrap(&tds, &script);
		char byte;

		assert_int_equal(io->read(io->self, 0, &byte, 1, 100), -1);
		assert_int_equal(errno, EPROTO);
	}
}

static void other_protocols_are_left_alone(void **state)
{
	struct script script = { 0 };
	const struct chk_route route = { .protocol = CHK_PROTOCOL_SMTP,
					 .io = script_io(&script) };
	struct chk_tds tds;

	assert_ptr_equal(chk_tds_io(&tds, &route), route.io);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_goes_in_prelogin_packets),
		cmocka_unit_test(what_is_read_loses_its_packets),
		cmocka_unit_test(what_is_no_packet_is_an_error),
		cmocka_unit_test(other_protocols_are_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
