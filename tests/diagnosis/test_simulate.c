/*
 * tests/diagnosis/test_simulate.c: lib/diagnosis/simulate.c and its parts, who
 * is asked, how often, and what that comes to, with peers that follow a script.
 * Real servers and the real clients are in tests/peers/clients.sh.
 */
#include "support/test.h"

#include <errno.h>

#include "diagnosis/simulation.h"
#include "support/script_io.h"

static const struct script_address HERE = { .address = "192.0.2.1" };
static const struct script_address REFUSED = { .address = "192.0.2.1",
					       .cause = ECONNREFUSED };
static const struct script_step HANGS_UP = { .what = SCRIPT_CLOSE };

static struct script hanging_up(void)
{
	return (struct script){ .addresses = &HERE, .address_count = 1,
				.steps = &HANGS_UP, .step_count = 1 };
}

static struct chk_simulation *simulate(struct script *script,
				       const char *const *clients,
				       bool no_probes)
{
	const struct chk_target target = {
		.host = "a.test", .io = script_io(script),
		.no_probes = no_probes,
	};
	const struct chk_question question = { 0 };
	struct chk_simulation *simulation;
	struct chk_error error;

	assert_true(chk_simulate(&target, &question, clients, NULL, false,
				 &simulation, &error));
	assert_int_equal(script->opened, script->closed);
	return simulation;
}

/* Of Node 18 to 22 the same hello was captured. */
static void equal_hellos_are_said_once(void **state)
{
	static const char *const CLIENTS[] = { "node-18", "node-20", "node-22",
					       NULL };
	struct script script = hanging_up();
	struct chk_simulation *simulation = simulate(&script, CLIENTS, true);

	assert_int_equal(script.opened, 1);
	assert_int_equal(chk_simulation_count(simulation), 3);
	for (size_t i = 0; i < 3; i++)
		assert_string_equal(chk_simulation_get(simulation, i)->code,
				    "net.closed");
	assert_int_equal(chk_simulation_verdict(simulation),
			 CHK_VERDICT_UNTRUSTED);
	chk_simulation_free(simulation);
}

static void one_of_several_names_is_one_client(void **state)
{
	static const char *const CLIENTS[] = { "java7", "java-7u25", "Java7",
					       NULL };
	struct script script = hanging_up();
	struct chk_simulation *simulation = simulate(&script, CLIENTS, true);

	assert_int_equal(chk_simulation_count(simulation), 1);
	assert_string_equal(chk_simulation_get(simulation, 0)->client,
			    "java-7u25");
	assert_null(chk_simulation_get(simulation, 1));
	chk_simulation_free(simulation);
}

static void a_client_that_there_is_not_is_told(void **state)
{
	static const char *const CLIENTS[] = { "java7", "java1", NULL };
	struct script script = hanging_up();
	const struct chk_target target = { .host = "a.test",
					   .io = script_io(&script) };
	const struct chk_question question = { 0 };
	struct chk_simulation *simulation;
	struct chk_error error;

	assert_false(chk_simulate(&target, &question, CLIENTS, NULL, false,
				  &simulation, &error));
	assert_int_equal(error.code, CHK_ERROR_ARGUMENT);
	assert_string_equal(error.where, "java1");
	assert_null(simulation);
	assert_int_equal(script.opened, 0);
}

static void what_is_not_known_is_not_asked(void **state)
{
	static const char *const CLIENTS[] = { "java-7u131", NULL };
	struct script script = hanging_up();
	struct chk_simulation *simulation = simulate(&script, CLIENTS, false);

	assert_int_equal(script.opened, 0);
	assert_int_equal(chk_simulation_get(simulation, 0)->verdict,
			 CHK_VERDICT_UNDECIDED);
	assert_int_equal(chk_simulation_verdict(simulation),
			 CHK_VERDICT_UNDECIDED);
	chk_simulation_free(simulation);
}

static void who_cannot_be_reached_says_nothing_of_clients(void **state)
{
	static const char *const CLIENTS[] = { "java8", "curl", NULL };
	struct script script = { .addresses = &REFUSED, .address_count = 1 };
	struct chk_simulation *simulation = simulate(&script, CLIENTS, false);

	for (size_t i = 0; i < 2; i++)
		assert_int_equal(chk_simulation_get(simulation, i)->verdict,
				 CHK_VERDICT_UNDECIDED);
	assert_int_equal(chk_simulation_verdict(simulation),
			 CHK_VERDICT_UNDECIDED);
	chk_simulation_free(simulation);
}

/* The hello itself, one connection to learn the address, and the search. */
static void one_alone_is_looked_into(void **state)
{
	static const char *const CLIENTS[] = { "java8", NULL };
	struct script script = hanging_up(), quiet = hanging_up();
	struct chk_simulation *simulation = simulate(&script, CLIENTS, false);

	assert_in_range(script.opened, 3, 40);
	assert_non_null(chk_simulation_get(simulation, 0)->report);
	assert_int_equal(chk_simulation_verdict(simulation),
			 CHK_VERDICT_UNTRUSTED);
	chk_simulation_free(simulation);
	simulation = simulate(&quiet, CLIENTS, true);
	assert_int_equal(quiet.opened, 1);
	assert_null(chk_simulation_get(simulation, 0)->report);
	chk_simulation_free(simulation);
}

static void all_are_all_rows(void **state)
{
	static const char *const CLIENTS[] = { "all", "java7", NULL };
	struct script script = hanging_up();
	struct chk_simulation *simulation = simulate(&script, CLIENTS, false);
	size_t rows = 0;

	while (chk_client_at(rows))
		rows++;
	assert_int_equal(chk_simulation_count(simulation), rows);
	assert_true((size_t)script.opened < rows);
	chk_simulation_free(simulation);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_hellos_are_said_once),
		cmocka_unit_test(one_of_several_names_is_one_client),
		cmocka_unit_test(a_client_that_there_is_not_is_told),
		cmocka_unit_test(what_is_not_known_is_not_asked),
		cmocka_unit_test(who_cannot_be_reached_says_nothing_of_clients),
		cmocka_unit_test(one_alone_is_looked_into),
		cmocka_unit_test(all_are_all_rows),
	};

	return cmocka_run_group_tests_name("diagnosis/simulate", tests, NULL,
					   NULL);
}
