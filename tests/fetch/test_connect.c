/* tests/fetch/test_connect.c: lib/fetch/connect.c over a script. */
#include "support/test.h"

#include <errno.h>

#include "fetch/connect.h"
#include "support/script_io.h"

#define END 30000 /* of the whole fetch, ms */

struct fixture {
	struct chk_presented *presented;
	struct chk_route route;
	int handle;
};

static struct fixture connect_to(struct script *script,
				 struct chk_target target)
{
	struct fixture at = { .presented = chk_presented_new() };

	target.io = script_io(script);
	if (!target.host)
		target.host = "a.test";
	assert_non_null(at.presented);
	assert_true(chk_route_init(&at.route, &target, &at.presented->arena,
				   NULL));
	at.handle = chk_connect(&at.route, END, at.presented);
	return at;
}

static void clear(struct fixture *at)
{
	chk_route_clear(&at->route);
	chk_presented_free(at->presented);
}

static void tried(const struct fixture *at, size_t i, const char *address,
		  enum chk_failure failure)
{
	assert_true(i < at->presented->attempt_count);
	assert_string_equal(at->presented->attempts[i].address, address);
	assert_int_equal(at->presented->attempts[i].failure, failure);
}

static void the_first_address_that_connects_is_taken(void **state)
{
	const struct script_address addresses[] = {
		{ .address = "192.0.2.1", .millis = 20 },
		{ .address = "192.0.2.2" },
	};
	struct script script = { .addresses = addresses, .address_count = 2,
				 .resolve_millis = 30 };
	struct fixture at = connect_to(&script, (struct chk_target){ 0 });

	assert_true(at.handle >= 0);
	assert_int_equal(at.presented->attempt_count, 1);
	assert_string_equal(at.presented->address, "192.0.2.1");
	assert_int_equal(at.presented->port, 443);
	assert_int_equal(at.presented->resolve_micros, 30000);
	assert_int_equal(at.presented->connect_micros, 20000);
	assert_int_equal(at.presented->failure, CHK_FAILURE_NONE);
	clear(&at);
}

/* RFC 8305 section 4: in turn, and the resolver's first family begins. */
static void families_are_tried_in_turn(void **state)
{
	const struct script_address addresses[] = {
		{ .address = "2001:db8::1", .cause = ECONNREFUSED },
		{ .address = "2001:db8::2", .cause = ECONNREFUSED },
		{ .address = "2001:db8::3", .cause = ECONNREFUSED },
		{ .address = "192.0.2.1", .cause = ECONNREFUSED },
		{ .address = "192.0.2.2", .cause = ECONNREFUSED },
	};
	struct script script = { .addresses = addresses, .address_count = 5 };
	struct fixture at = connect_to(&script, (struct chk_target){ 0 });

	assert_int_equal(at.handle, -1);
	assert_int_equal(at.presented->attempt_count, 5);
	tried(&at, 0, "2001:db8::1", CHK_FAILURE_REFUSED);
	tried(&at, 1, "192.0.2.1", CHK_FAILURE_REFUSED);
	tried(&at, 2, "2001:db8::2", CHK_FAILURE_REFUSED);
	tried(&at, 3, "192.0.2.2", CHK_FAILURE_REFUSED);
	tried(&at, 4, "2001:db8::3", CHK_FAILURE_REFUSED);
	clear(&at);
}

static void a_dead_address_leaves_time_to_the_next(void **state)
{
	const struct script_address addresses[] = {
		{ .address = "2001:db8::1", .millis = 3600000 },
		{ .address = "192.0.2.1", .millis = 3600000 },
		{ .address = "2001:db8::2", .millis = 50 },
	};
	struct script script = { .addresses = addresses, .address_count = 3 };
	struct fixture at = connect_to(
		&script, (struct chk_target){ .connect_timeout_ms = 9000 });

	assert_true(at.handle >= 0);
	tried(&at, 0, "2001:db8::1", CHK_FAILURE_TIMEOUT);
	tried(&at, 1, "192.0.2.1", CHK_FAILURE_TIMEOUT);
	assert_int_equal(at.presented->attempts[0].micros, 3000000);
	assert_int_equal(at.presented->attempts[1].micros, 3000000);
	assert_string_equal(at.presented->address, "2001:db8::2");
	assert_int_equal(script.clock, 6050);
	clear(&at);
}

static void the_connect_time_is_for_all_addresses(void **state)
{
	const struct script_address addresses[] = {
		{ .address = "192.0.2.1", .millis = 3600000 },
		{ .address = "192.0.2.2", .millis = 3600000 },
	};
	struct script script = { .addresses = addresses, .address_count = 2 };
	struct fixture at = connect_to(
		&script, (struct chk_target){ .connect_timeout_ms = 3000 });

	assert_int_equal(at.presented->failure, CHK_FAILURE_TIMEOUT);
	assert_int_equal(script.clock, 3000);
	assert_string_equal(at.presented->why,
			    "192.0.2.1:443 did not answer within 1500 "
			    "milliseconds; 192.0.2.2:443 did not answer "
			    "within 1500 milliseconds");
	clear(&at);
}

static void the_total_time_bounds_the_connect_time(void **state)
{
	const struct script_address addresses[] = {
		{ .address = "192.0.2.1", .millis = 3600000 },
	};
	struct script script = { .addresses = addresses, .address_count = 1 };
	struct fixture at = connect_to(
		&script, (struct chk_target){ .connect_timeout_ms = 90000 });

	assert_int_equal(at.presented->failure, CHK_FAILURE_TIMEOUT);
	assert_int_equal(script.clock, END);
	clear(&at);
}

static void a_refusal_tells_more_than_an_unreachable_net(void **state)
{
	const struct script_address addresses[] = {
		{ .address = "2001:db8::1", .cause = ENETUNREACH },
		{ .address = "192.0.2.1", .cause = ECONNREFUSED },
	};
	struct script script = { .addresses = addresses, .address_count = 2 };
	struct fixture at = connect_to(&script, (struct chk_target){ 0 });

	assert_int_equal(at.presented->failure, CHK_FAILURE_REFUSED);
	assert_int_equal(at.presented->cause, ECONNREFUSED);
	assert_int_equal(at.presented->step, CHK_STEP_CONNECT);
	tried(&at, 0, "2001:db8::1", CHK_FAILURE_UNREACHABLE);
	assert_string_equal(at.presented->why,
			    "[2001:db8::1]:443 cannot be reached (Network is "
			    "unreachable); 192.0.2.1:443 refused the "
			    "connection");
	assert_null(at.presented->address);
	clear(&at);
}

static void given_addresses_keep_their_order_and_ask_no_resolver(void **state)
{
	const struct script_address addresses[] = {
		{ .address = "192.0.2.1", .cause = ECONNREFUSED },
		{ .address = "192.0.2.2", .cause = ECONNREFUSED },
		{ .address = "2001:db8::1" },
	};
	const char *const given[] = { "192.0.2.2", "192.0.2.1", "2001:db8::1",
				      NULL };
	struct script script = { .addresses = addresses, .address_count = 3 };
	struct fixture at = connect_to(
		&script, (struct chk_target){ .addresses = given });

	assert_true(at.handle >= 0);
	assert_int_equal(script.resolved, 0);
	tried(&at, 0, "192.0.2.2", CHK_FAILURE_REFUSED);
	tried(&at, 1, "192.0.2.1", CHK_FAILURE_REFUSED);
	tried(&at, 2, "2001:db8::1", CHK_FAILURE_NONE);
	clear(&at);
}

static void given_addresses_are_of_the_family_asked_for(void **state)
{
	const struct script_address addresses[] = {
		{ .address = "2001:db8::1" },
	};
	const char *const given[] = { "192.0.2.2", "2001:db8::1", NULL };
	struct script script = { .addresses = addresses, .address_count = 1 };
	struct chk_target target = { .addresses = given,
				     .family = CHK_FAMILY_IPV6 };
	struct fixture at = connect_to(&script, target);

	assert_int_equal(at.presented->attempt_count, 1);
	assert_string_equal(at.presented->address, "2001:db8::1");
	clear(&at);
	target.host = "192.0.2.2";
	target.addresses = NULL;
	at = connect_to(&script, target);
	assert_int_equal(at.presented->failure, CHK_FAILURE_RESOLVE);
	assert_string_equal(at.presented->why,
			    "no IPv6 address is given for 192.0.2.2");
	clear(&at);
}

static void an_address_is_not_looked_up(void **state)
{
	const struct script_address addresses[] = { { .address = "::1" } };
	struct script script = { .addresses = addresses, .address_count = 1 };
	struct fixture at = connect_to(&script,
				       (struct chk_target){ .host = "::1" });

	assert_true(at.handle >= 0);
	assert_int_equal(script.resolved, 0);
	clear(&at);
}

static void connect_to_goes_elsewhere(void **state)
{
	const struct script_address addresses[] = {
		{ .address = "192.0.2.9" },
	};
	struct script script = { .addresses = addresses, .address_count = 1 };
	struct fixture at = connect_to(
		&script, (struct chk_target){ .connect_host = "192.0.2.9",
					      .connect_port = 8443 });

	assert_string_equal(at.presented->address, "192.0.2.9");
	assert_int_equal(at.presented->port, 8443);
	clear(&at);
}

static void a_name_without_address_has_its_reason(void **state)
{
	struct script script = { .no_address = "Name or service \x1bnot known" };
	struct fixture at = connect_to(&script, (struct chk_target){ 0 });

	assert_int_equal(at.presented->step, CHK_STEP_RESOLVE);
	assert_int_equal(at.presented->failure, CHK_FAILURE_RESOLVE);
	assert_string_equal(at.presented->why,
			    "no address is found for a.test: Name or service "
			    "\\x1bnot known");
	clear(&at);
}

static void a_resolver_that_hangs_is_a_time_out(void **state)
{
	struct script script = { .resolve_millis = 3600000 };
	struct fixture at = connect_to(
		&script, (struct chk_target){ .resolve_timeout_ms = 2000 });

	assert_int_equal(at.presented->step, CHK_STEP_RESOLVE);
	assert_int_equal(at.presented->failure, CHK_FAILURE_TIMEOUT);
	assert_int_equal(script.clock, 2000);
	assert_string_equal(at.presented->why,
			    "the resolver gave no answer on a.test within 2 "
			    "seconds");
	clear(&at);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_address_that_connects_is_taken),
		cmocka_unit_test(families_are_tried_in_turn),
		cmocka_unit_test(a_dead_address_leaves_time_to_the_next),
		cmocka_unit_test(the_connect_time_is_for_all_addresses),
		cmocka_unit_test(the_total_time_bounds_the_connect_time),
		cmocka_unit_test(a_refusal_tells_more_than_an_unreachable_net),
		cmocka_unit_test(
			given_addresses_keep_their_order_and_ask_no_resolver),
		cmocka_unit_test(given_addresses_are_of_the_family_asked_for),
		cmocka_unit_test(an_address_is_not_looked_up),
		cmocka_unit_test(connect_to_goes_elsewhere),
		cmocka_unit_test(a_name_without_address_has_its_reason),
		cmocka_unit_test(a_resolver_that_hangs_is_a_time_out),
	};

	return cmocka_run_group_tests_name("fetch/connect", tests, NULL, NULL);
}
