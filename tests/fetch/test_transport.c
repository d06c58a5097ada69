/* tests/fetch/test_transport.c: lib/fetch/transport.c over a script. */
#include "support/test.h"

#include <errno.h>

#include "fetch/transport.h"
#include "support/script_io.h"

static struct chk_transport over(struct script *script)
{
	return (struct chk_transport){ .io = script_io(script),
				       .deadline = 1000 };
}

static void records_of_tls_go_through(void **state)
{
	const struct script_step steps[] = {
		{ .what = SCRIPT_ANSWER, .bytes = BYTES("\x16\x03\x03\0\1") },
	};
	struct script script = { .steps = steps, .step_count = 1 };
	struct chk_transport transport = over(&script);
	uint8_t data[16];

	assert_int_equal(chk_transport_pull(&transport, data, 5), 5);
	assert_memory_equal(data, "\x16\x03\x03\0\1", 5);
	assert_false(transport.not_tls);
	assert_int_equal(transport.received, 5);
}

static void text_is_no_record(void **state)
{
	const struct script_step steps[] = {
		{ .what = SCRIPT_ANSWER, .bytes = BYTES("HTTP/1.1 400\r\n") },
		{ .what = SCRIPT_CLOSE },
	};
	struct script script = { .steps = steps, .step_count = 2 };
	struct chk_transport transport = over(&script);
	uint8_t data[5];

	assert_int_equal(chk_transport_pull(&transport, data, 5), -1);
	assert_int_equal(errno, EIO);
	assert_true(transport.not_tls);
	chk_transport_more(&transport, 500);
	assert_int_equal(transport.first_size, 14);
	assert_memory_equal(transport.first, "HTTP/1.1 400\r\n", 14);
}

/* The length of a MySQL packet can be that of a record's content type. */
static void the_second_byte_counts_as_well(void **state)
{
	const struct script_step steps[] = {
		{ .what = SCRIPT_ANSWER, .bytes = BYTES("\x16\0\0\0\x0a") },
	};
	struct script script = { .steps = steps, .step_count = 1,
				 .chunk = 1 };
	struct chk_transport transport = over(&script);
	uint8_t data[5];

	assert_int_equal(chk_transport_pull(&transport, data, 5), 1);
	assert_int_equal(chk_transport_pull(&transport, data, 5), -1);
	assert_true(transport.not_tls);
}

static void a_banner_that_stops_short_is_waited_for_a_little(void **state)
{
	const struct script_step steps[] = {
		{ .what = SCRIPT_ANSWER, .bytes = BYTES("SSH-2.0") },
	};
	struct script script = { .steps = steps, .step_count = 1 };
	struct chk_transport transport = over(&script);
	uint8_t data[5];

	chk_transport_pull(&transport, data, 5);
	chk_transport_more(&transport, 300);
	assert_int_equal(transport.first_size, 7);
	assert_int_equal(script.clock, 300);
}

/* GnuTLS gives a session up whose read failed: it must not see this one fail. */
static void a_read_in_vain_can_be_gone_on_from(void **state)
{
	const struct script_step steps[] = {
		{ .what = SCRIPT_WAIT, .millis = 1500 },
		{ .what = SCRIPT_ANSWER, .bytes = BYTES("\x15\x03\x03\0\2") },
	};
	struct script script = { .steps = steps, .step_count = 2 };
	struct chk_transport transport = over(&script);
	uint8_t data[5];

	transport.may_wait = true;
	assert_int_equal(chk_transport_pull(&transport, data, 5), -1);
	assert_int_equal(errno, EAGAIN);
	assert_true(transport.in_vain);
	assert_int_equal(transport.read_cause, 0);
	transport.deadline = 2000;
	assert_int_equal(chk_transport_pull(&transport, data, 5), 5);
	transport.may_wait = false;
	assert_int_equal(chk_transport_pull(&transport, data, 5), -1);
	assert_int_equal(errno, EIO);
	assert_int_equal(transport.read_cause, ETIMEDOUT);
}

/* A peer that always has a byte ready never makes a read wait. */
static void the_deadline_holds_without_a_wait(void **state)
{
	const struct script_step steps[] = {
		{ .what = SCRIPT_ANSWER, .bytes = BYTES("\x16\x03\x03\0\1") },
	};
	struct script script = { .steps = steps, .step_count = 1,
				 .clock = 1000 };
	struct chk_transport transport = over(&script);
	uint8_t data[5];

	assert_int_equal(chk_transport_pull(&transport, data, 5), -1);
	assert_int_equal(transport.read_cause, ETIMEDOUT);
	assert_int_equal(transport.received, 0);
}

/* What the peer said before it hung up is still to be read. */
static void a_broken_write_leaves_the_answer_to_be_read(void **state)
{
	const struct script_step steps[] = {
		{ .what = SCRIPT_ANSWER,
		  .bytes = BYTES("\x15\x03\x03\0\2\2\x28") },
		{ .what = SCRIPT_CLOSE },
	};
	struct script script = { .steps = steps, .step_count = 2,
				 .write_cause = EPIPE };
	struct chk_transport transport = over(&script);
	uint8_t data[16];

	assert_int_equal(chk_transport_push(&transport, "hello", 5), 5);
	assert_int_equal(transport.write_cause, EPIPE);
	assert_int_equal(chk_transport_pull(&transport, data, 7), 7);
	assert_int_equal(chk_transport_pull(&transport, data, 7), 0);
	assert_true(transport.closed);
}

static void a_write_past_the_deadline_fails(void **state)
{
	struct script script = { .clock = 1000 };
	struct chk_transport transport = over(&script);

	assert_int_equal(chk_transport_push(&transport, "hello", 5), -1);
	assert_int_equal(errno, EIO);
	assert_int_equal(transport.write_cause, ETIMEDOUT);
	assert_int_equal(script.written_size, 0);
}

static void a_flood_is_cut_off(void **state)
{
	static uint8_t flood[1 << 20] = { 0x16, 3, 3 };
	struct script_step steps[20];
	struct script script = { .steps = steps, .step_count = 20 };
	struct chk_transport transport = over(&script);
	ssize_t count = 1;

	for (size_t i = 0; i < CHK_COUNT(steps); i++)
		steps[i] = (struct script_step){
			.bytes = chk_bytes_of(flood, sizeof(flood)) };
	for (int i = 0; i < 20 && count > 0; i++)
		count = chk_transport_pull(&transport, flood, sizeof(flood));
	assert_true(count < 0);
	assert_true(transport.flooded);
	assert_true(transport.received <=
		    CHK_HANDSHAKE_BYTES_MAX + sizeof(flood));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_of_tls_go_through),
		cmocka_unit_test(text_is_no_record),
		cmocka_unit_test(the_second_byte_counts_as_well),
		cmocka_unit_test(
			a_banner_that_stops_short_is_waited_for_a_little),
		cmocka_unit_test(a_read_in_vain_can_be_gone_on_from),
		cmocka_unit_test(the_deadline_holds_without_a_wait),
		cmocka_unit_test(a_broken_write_leaves_the_answer_to_be_read),
		cmocka_unit_test(a_write_past_the_deadline_fails),
		cmocka_unit_test(a_flood_is_cut_off),
	};

	return cmocka_run_group_tests_name("fetch/transport", tests, NULL,
					   NULL);
}
