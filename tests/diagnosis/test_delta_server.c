/*
 * tests/diagnosis/test_delta_server.c: when a server is asked again, and by
 * which client, with peers that follow a script. What is found is of
 * test_delta.c and tests/peers/differential.sh.
 */
#include "support/test.h"

#include "diagnosis/delta_server.h"
#include "support/script_io.h"

static const struct script_address HERE[] = { { .address = "192.0.2.1" } };

static struct chk_presented *fetch(struct script *script,
				   struct chk_target *target)
{
	struct chk_presented *presented;
	struct chk_error error;

	script->addresses = HERE;
	script->address_count = 1;
	target->host = "www.example.test";
	target->io = script_io(script);
	assert_true(chk_fetch(target, &presented, &error));
	return presented;
}

static struct chk_delta *ask(const struct chk_target *target,
			     const struct chk_presented *presented)
{
	struct chk_delta *delta;
	struct chk_error error;

	assert_true(chk_delta_ask(target, presented, NULL, CHK_DELTA_MAX,
				  presented->end, &delta, &error));
	return delta;
}

static void what_was_sent_is_put_again(void **state)
{
	static const struct script_step STEPS[] = {
		{ .what = SCRIPT_CLOSE },
	};
	struct script script = { .steps = STEPS, .step_count = 1 };
	struct chk_target target = { .tls_max = CHK_TLS_1_2 };
	struct chk_presented *presented = fetch(&script, &target);
	struct chk_delta *delta;

	assert_true(chk_delta_is_wanted(presented));
	delta = ask(&target, presented);
	assert_non_null(delta);
	assert_string_equal(delta->hello.server_name, "www.example.test");
	assert_true(delta->hello.suites.count > 5);
	assert_true(chk_delta_offers(delta, CHK_TLS_1_2));
	assert_true(chk_delta_offers(delta, CHK_TLS_1_0));
	assert_false(chk_delta_offers(delta, CHK_TLS_1_3));
	assert_false(chk_delta_offers(delta, 0x0300));
	assert_int_equal(delta->end, CHK_DELTA_REFUSED);
	assert_int_equal(script.opened, 1 + (int)delta->count);
	assert_int_equal(script.closed, script.opened);
	chk_delta_free(delta);
	chk_presented_free(presented);
}

static void where_the_time_is_over_nothing_is_asked(void **state)
{
	struct script script = { 0 };
	struct chk_target target = { .total_timeout_ms = 500 };
	struct chk_presented *presented = fetch(&script, &target);

	assert_int_equal(presented->failure, CHK_FAILURE_TIMEOUT);
	assert_true(chk_delta_is_wanted(presented));
	assert_null(ask(&target, presented));
	assert_int_equal(script.opened, 1);
	chk_presented_free(presented);
}

static void where_there_was_no_connection_nothing_is_wanted(void **state)
{
	static const struct script_address NOBODY[] = {
		{ .address = "192.0.2.1", .cause = 111 },
	};
	struct script script = { .addresses = NOBODY, .address_count = 1 };
	const struct chk_target target = { .host = "www.example.test",
					   .io = script_io(&script) };
	struct chk_presented *presented;
	struct chk_error error;

	assert_true(chk_fetch(&target, &presented, &error));
	assert_false(chk_delta_is_wanted(presented));
	chk_presented_free(presented);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_sent_is_put_again),
		cmocka_unit_test(where_the_time_is_over_nothing_is_asked),
		cmocka_unit_test(
			where_there_was_no_connection_nothing_is_wanted),
	};

	return cmocka_run_group_tests_name("diagnosis/delta_server", tests,
					   NULL, NULL);
}
