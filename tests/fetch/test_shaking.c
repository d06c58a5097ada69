/* tests/fetch/test_shaking.c: lib/fetch/shaking.c, how handshakes end. */
#include "support/test.h"

#include <errno.h>

#include "fetch/presented.h"
#include "support/script_io.h"

#define AS(literal) { (const uint8_t *)(literal), sizeof(literal) - 1 }
#define ANSWER(literal) { .what = SCRIPT_ANSWER, .bytes = AS(literal) }
#define WAIT(time) { .what = SCRIPT_WAIT, .millis = (time) }
#define CLOSE { .what = SCRIPT_CLOSE }
#define FAIL(number) { .what = SCRIPT_FAIL, .cause = (number) }

/* What a scripted peer answers to a ClientHello, and what that is called. */
static const struct ending {
	const char *what;
	struct script_step steps[4];
	size_t count;
	enum chk_failure failure;
	const char *why;
	const char *speaks;
} ENDINGS[] = {
	{ "silence", { WAIT(3600000) }, 1, CHK_FAILURE_TIMEOUT,
	  "no answer to the ClientHello within 10 seconds", NULL },
	{ "half an answer, then silence",
	  { ANSWER("\x16\x03\x03\0\x7a\2\0\0\x76\x03\x03") }, 1,
	  CHK_FAILURE_TIMEOUT,
	  "the answer to the ClientHello was not complete within 10 seconds; "
	  "11 bytes came", NULL },
	{ "the end", { CLOSE }, 1, CHK_FAILURE_CLOSED,
	  "the server closed the connection after the ClientHello without a "
	  "word", NULL },
	{ "half an answer, then the end",
	  { ANSWER("\x16\x03\x03\0\x7a\2\0\0\x76\x03\x03"), CLOSE }, 2,
	  CHK_FAILURE_CLOSED,
	  "the server closed the connection in the middle of its answer to "
	  "the ClientHello", NULL },
	{ "a reset", { FAIL(ECONNRESET) }, 1, CHK_FAILURE_RESET,
	  "the server reset the connection after the ClientHello without a "
	  "word", NULL },
	{ "a net that goes away", { FAIL(EHOSTUNREACH) }, 1,
	  CHK_FAILURE_UNREACHABLE,
	  "the connection was lost after the ClientHello without a word (No "
	  "route to host)", NULL },
	{ "a fatal alert", { ANSWER("\x15\x03\x03\0\2\2\x28") }, 1,
	  CHK_FAILURE_ALERT, "the server sent alert 40 (handshake_failure)",
	  NULL },
	{ "an alert of a server that knows SSL 3.0 alone",
	  { ANSWER("\x15\x03\0\0\2\2\x28"), CLOSE }, 2,
	  CHK_FAILURE_ALERT, "the server sent alert 40 (handshake_failure)",
	  NULL },
	{ "an alert of no name", { ANSWER("\x15\x03\x03\0\2\2\xc8") }, 1,
	  CHK_FAILURE_ALERT, "the server sent alert 200 (unassigned)", NULL },
	{ "a goodbye", { ANSWER("\x15\x03\x03\0\2\1\0"), CLOSE }, 2,
	  CHK_FAILURE_CLOSED,
	  "the server closed the connection in the middle of its answer to "
	  "the ClientHello", NULL },
	{ "HTTP", { ANSWER("HTTP/1.1 400 Bad Request\r\nX: y\r\n"), CLOSE }, 2,
	  CHK_FAILURE_NOT_TLS,
	  "the server does not speak TLS but HTTP: its first bytes are "
	  "\"HTTP/1.1 400 Bad Request\"", "HTTP" },
	{ "SSH, byte by byte and slowly",
	  { ANSWER("SSH-2.0-"), WAIT(200), ANSWER("x\r\n"), CLOSE }, 4,
	  CHK_FAILURE_NOT_TLS,
	  "the server does not speak TLS but SSH: its first bytes are "
	  "\"SSH-2.0-x\"", "SSH" },
	{ "something unknown and hostile", { ANSWER("\x1b[2Jhi"), CLOSE }, 2,
	  CHK_FAILURE_NOT_TLS,
	  "the server does not speak TLS: its first bytes are "
	  "\"\\x1b[2Jhi\"", NULL },
};

static struct chk_presented *fetch(struct script *script)
{
	static const struct script_address HERE = { .address = "192.0.2.1" };
	struct chk_target target = { .host = "a.test" };
	struct chk_presented *presented;
	struct chk_error error;

	script->addresses = &HERE;
	script->address_count = 1;
	target.io = script_io(script);
	assert_true(chk_fetch(&target, &presented, &error));
	assert_int_equal(script->closed, 1);
	return presented;
}

static void every_ending_has_its_sentence(void **state)
{
	for (size_t i = 0; i < CHK_COUNT(ENDINGS); i++) {
		const struct ending *ending = &ENDINGS[i];
		struct script script = { .steps = ending->steps,
					 .step_count = ending->count };
		struct chk_presented *presented = fetch(&script);

		print_message("# %s\n", ending->what);
		assert_string_equal(chk_presented_why(presented), ending->why);
		assert_int_equal(chk_presented_failure(presented),
				 ending->failure);
		assert_int_equal(chk_presented_step(presented),
				 CHK_STEP_HELLO);
		if (ending->speaks)
			assert_string_equal(presented->speaks, ending->speaks);
		else
			assert_null(presented->speaks);
		assert_true(script.clock <= 10000);
		chk_presented_free(presented);
	}
}

static void an_alert_is_kept_by_number_and_name(void **state)
{
	const struct script_step steps[] = { ANSWER("\x15\x03\x01\0\2\2\x46") };
	struct script script = { .steps = steps, .step_count = 1 };
	struct chk_presented *presented = fetch(&script);

	assert_int_equal(presented->alert, 70);
	assert_string_equal(presented->alert_name, "protocol_version");
	chk_presented_free(presented);
}

/* RFC 6066 section 3: a server may warn, and go on. */
static void a_warning_is_kept_and_is_no_end(void **state)
{
	const struct script_step steps[] = {
		ANSWER("\x15\x03\x03\0\2\1\x70"),
		CLOSE,
	};
	struct script script = { .steps = steps, .step_count = 2 };
	struct chk_presented *presented = fetch(&script);

	assert_int_equal(presented->failure, CHK_FAILURE_CLOSED);
	assert_int_equal(presented->alert, 112);
	assert_string_equal(presented->alert_name, "unrecognized_name");
	chk_presented_free(presented);
}

static void a_peer_that_trickles_is_left_in_time(void **state)
{
	static const uint8_t answer[5 + 16384] = { 0x16, 3, 3, 0x3f, 0xff, 2,
						   0, 0x3f, 0xfb, 3, 3 };
	const struct script_step steps[] = {
		{ .what = SCRIPT_ANSWER,
		  .bytes = { answer, sizeof(answer) } },
	};
	struct script script = { .steps = steps, .step_count = 1, .chunk = 1,
				 .read_millis = 700 };
	struct chk_presented *presented = fetch(&script);

	assert_int_equal(presented->failure, CHK_FAILURE_TIMEOUT);
	assert_int_equal(script.clock, 10000);
	chk_presented_free(presented);
}

static void endless_warnings_end(void **state)
{
	static uint8_t warnings[7 * 5000];
	const struct script_step steps[] = {
		{ .what = SCRIPT_ANSWER,
		  .bytes = { warnings, sizeof(warnings) } },
	};
	struct script script = { .steps = steps, .step_count = 1 };
	struct chk_presented *presented;

	for (size_t i = 0; i < sizeof(warnings); i += 7)
		memcpy(warnings + i, "\x15\x03\x03\0\2\1\x5a", 7);
	presented = fetch(&script);
	assert_int_equal(presented->failure, CHK_FAILURE_TLS);
	assert_int_equal(script.step, 0);
	chk_presented_free(presented);
}

static void an_alert_behind_a_broken_write_is_found(void **state)
{
	const struct script_step steps[] = { ANSWER("\x15\x03\x03\0\2\2\x28"),
					     CLOSE };
	struct script script = { .steps = steps, .step_count = 2,
				 .write_cause = EPIPE };
	struct chk_presented *presented = fetch(&script);

	assert_int_equal(presented->failure, CHK_FAILURE_ALERT);
	assert_int_equal(presented->alert, 40);
	chk_presented_free(presented);
}

static void a_reset_write_without_an_answer_is_a_reset(void **state)
{
	const struct script_step steps[] = { CLOSE };
	struct script script = { .steps = steps, .step_count = 1,
				 .write_cause = ECONNRESET };
	struct chk_presented *presented = fetch(&script);

	assert_int_equal(presented->failure, CHK_FAILURE_RESET);
	chk_presented_free(presented);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_ending_has_its_sentence),
		cmocka_unit_test(an_alert_is_kept_by_number_and_name),
		cmocka_unit_test(a_warning_is_kept_and_is_no_end),
		cmocka_unit_test(a_peer_that_trickles_is_left_in_time),
		cmocka_unit_test(endless_warnings_end),
		cmocka_unit_test(an_alert_behind_a_broken_write_is_found),
		cmocka_unit_test(a_reset_write_without_an_answer_is_a_reset),
	};

	return cmocka_run_group_tests_name("fetch/shaking", tests, NULL, NULL);
}
