/*
 * tests/diagnosis/test_from_network.c: what is said when no handshake came
 * about. What was presented is made by hand, so that no peer is needed.
 */
#include "support/test.h"

#include <chaincheck.h>

#include "fetch/presented.h"

static struct chk_chain NO_CHAIN;

/* A fetch of www.example.test:8443 that failed at `step` with `failure`. */
static struct chk_presented failed(enum chk_step step, enum chk_failure failure,
				   const char *why)
{
	return (struct chk_presented){
		.chain = &NO_CHAIN, .step = step, .failure = failure,
		.why = why, .alert = -1,
	};
}

static struct chk_report *diagnose(const struct chk_presented *presented)
{
	const struct chk_target target = { .host = "www.example.test",
					   .port = 8443 };
	const struct chk_question question = { .at_set = true, .at = 1 };
	struct chk_report *report;
	struct chk_error error;

	assert_true(chk_diagnose(&target, presented, &question, &report,
				 &error));
	return report;
}

/* One failure, one code, and never a verdict on a chain nobody saw. */
static void expect(const struct chk_presented *presented, const char *code,
		   const char *part)
{
	struct chk_report *report = diagnose(presented);
	const struct chk_finding *primary = chk_report_primary(report);

	assert_int_equal(chk_report_verdict(report), CHK_VERDICT_UNDECIDED);
	assert_non_null(primary);
	assert_string_equal(primary->code, code);
	assert_int_equal(primary->severity, CHK_SEVERITY_ERROR);
	assert_non_null(strstr(primary->message, part));
	assert_non_null(strstr(primary->message, "www.example.test:8443"));
	assert_true(primary->remedy_count > 0);
	assert_string_equal(chk_report_target(report),
			    "www.example.test:8443");
	chk_report_free(report);
}

static void each_failure_has_its_code(void **state)
{
	static const struct {
		enum chk_step step;
		enum chk_failure failure;
		const char *code;
	} CASES[] = {
		{ CHK_STEP_RESOLVE, CHK_FAILURE_RESOLVE, "net.resolve" },
		{ CHK_STEP_CONNECT, CHK_FAILURE_REFUSED, "net.refused" },
		{ CHK_STEP_CONNECT, CHK_FAILURE_UNREACHABLE,
		  "net.unreachable" },
		{ CHK_STEP_CONNECT, CHK_FAILURE_TIMEOUT, "net.timeout" },
		{ CHK_STEP_HELLO, CHK_FAILURE_TIMEOUT, "net.timeout" },
		{ CHK_STEP_HELLO, CHK_FAILURE_RESET, "net.reset" },
		{ CHK_STEP_HELLO, CHK_FAILURE_CLOSED, "net.closed" },
		{ CHK_STEP_HELLO, CHK_FAILURE_TLS, "tls.handshake" },
	};

	for (size_t i = 0; i < CHK_COUNT(CASES); i++) {
		struct chk_presented presented = failed(
			CASES[i].step, CASES[i].failure, "the reason it gave");

		expect(&presented, CASES[i].code, "the reason it gave");
	}
}

static void a_plain_http_answer_is_printed(void **state)
{
	struct chk_presented presented =
		failed(CHK_STEP_HELLO, CHK_FAILURE_NOT_TLS, "no TLS record");

	presented.first_bytes = BYTES("HTTP/1.1 400 Bad Request");
	presented.speaks = "HTTP";
	expect(&presented, "tls.not-tls", "'HTTP/1.1 400 Bad Request'");
}

static void what_a_peer_says_cannot_move_the_cursor(void **state)
{
	struct chk_presented presented =
		failed(CHK_STEP_HELLO, CHK_FAILURE_NOT_TLS, "no TLS record");

	presented.first_bytes = BYTES("\x1b[2J\r\nhello\x00\xff");
	expect(&presented, "tls.not-tls",
	       "'\\x1b[2J\\x0d\\x0ahello\\x00\\xff'");
}

static void an_alert_is_told_by_name_and_number_and_whose_it_is(void **state)
{
	struct chk_presented presented =
		failed(CHK_STEP_HELLO, CHK_FAILURE_ALERT, "fatal alert");

	presented.alert = 40;
	presented.alert_name = "handshake_failure";
	expect(&presented, "tls.alert", "handshake_failure (40)");
	expect(&presented, "tls.alert", "was sent by the peer");
}

/* The port is in the command; the name is ours only when it is harmless. */
static void the_command_for_a_name_without_address_has_the_name(void **state)
{
	struct chk_presented presented = failed(
		CHK_STEP_RESOLVE, CHK_FAILURE_RESOLVE, "Name not known");
	struct chk_report *report = diagnose(&presented);
	const struct chk_finding *primary = chk_report_primary(report);

	assert_string_equal(primary->remedies[0].command,
			    "getent ahosts www.example.test");
	assert_false(primary->remedies[0].proved);
	chk_report_free(report);
}

static void every_address_that_was_tried_is_evidence(void **state)
{
	struct chk_attempt attempts[] = {
		{ .address = "2001:db8::1", .port = 8443,
		  .failure = CHK_FAILURE_UNREACHABLE },
		{ .address = "192.0.2.1", .port = 8443,
		  .failure = CHK_FAILURE_REFUSED },
	};
	struct chk_presented presented =
		failed(CHK_STEP_CONNECT, CHK_FAILURE_REFUSED, "refused");
	const struct chk_finding *primary;
	struct chk_report *report;
	size_t tried = 0;

	presented.attempts = attempts;
	presented.attempt_count = CHK_COUNT(attempts);
	report = diagnose(&presented);
	primary = chk_report_primary(report);
	for (size_t i = 0; i < primary->evidence_count; i++)
		tried += strcmp(primary->evidence[i].name, "tried") == 0;
	assert_int_equal(tried, 2);
	chk_report_free(report);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_failure_has_its_code),
		cmocka_unit_test(a_plain_http_answer_is_printed),
		cmocka_unit_test(what_a_peer_says_cannot_move_the_cursor),
		cmocka_unit_test(
			an_alert_is_told_by_name_and_number_and_whose_it_is),
		cmocka_unit_test(
			the_command_for_a_name_without_address_has_the_name),
		cmocka_unit_test(every_address_that_was_tried_is_evidence),
	};

	return cmocka_run_group_tests_name("diagnosis/from_network", tests,
					   NULL, NULL);
}
