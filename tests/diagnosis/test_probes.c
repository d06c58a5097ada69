/*
 * tests/diagnosis/test_probes.c: which handshakes are tried, and for how long,
 * with peers that follow a script.
 */
#include "support/test.h"

#include <errno.h>
#include <stdlib.h>

#include "diagnosis/probes.h"
#include "support/script_io.h"

static const struct script_address SILENT[] = {
	{ .address = "192.0.2.1" },
	{ .address = "192.0.2.2" },
	{ .address = "192.0.2.3" },
};

static struct chk_probes *ask(struct script *script, struct chk_target target)
{
	struct chk_probes *probes;
	struct chk_error error;

	target.io = script_io(script);
	target.host = target.host ? target.host : "a.test";
	assert_true(chk_probes_ask(&target, &probes, &error));
	return probes;
}

/* Which probes were made with the first address, as bits. */
static unsigned made(const struct chk_probes *probes)
{
	unsigned bits = 0;

	for (int kind = 0; kind < CHK_PROBE_KINDS; kind++)
		bits |= probes->addresses[0].probes[kind].presented ?
				1u << kind : 0;
	return bits;
}

static void changes(struct chk_target target, unsigned wanted)
{
	struct script script = { .addresses = SILENT, .address_count = 1 };
	struct chk_probes *probes = ask(&script, target);

	assert_int_equal(made(probes), wanted);
	assert_int_equal(script.opened, script.closed);
	chk_probes_free(probes);
}

/* No certificate comes, so that none with another kind of key is asked for. */
static void what_the_caller_wants_is_kept(void **state)
{
	enum {
		WHOLE = 1 << CHK_PROBE_WHOLE,
		NO_NAME = 1 << CHK_PROBE_NO_NAME,
		OLD = 1 << CHK_PROBE_TLS_1_2,
		NEW = 1 << CHK_PROBE_TLS_1_3,
	};

	changes((struct chk_target){ 0 }, WHOLE | NO_NAME | OLD | NEW);
	changes((struct chk_target){ .no_server_name = true },
		WHOLE | OLD | NEW);
	changes((struct chk_target){ .host = "192.0.2.1" },
		WHOLE | OLD | NEW);
	changes((struct chk_target){ .tls_max = CHK_TLS_1_2 },
		WHOLE | NO_NAME | OLD);
	changes((struct chk_target){ .tls_min = CHK_TLS_1_3 },
		WHOLE | NO_NAME);
	changes((struct chk_target){ .priority = "NORMAL" }, WHOLE | NO_NAME);
}

/* An hour of silence at each would be too long. */
static void the_time_is_for_all_of_them(void **state)
{
	struct script script = { .addresses = SILENT, .address_count = 3 };
	struct chk_probes *probes = ask(
		&script, (struct chk_target){ .total_timeout_ms = 5000 });

	assert_true(script.clock <= 5000);
	assert_int_equal(script.resolved, 1);
	assert_int_equal(chk_probes_outcome(probes), CHK_PROBES_FAILED);
	assert_int_equal(chk_probes_difference_count(probes), 1);
	assert_non_null(strstr(chk_probes_difference(probes, 0),
			       "the time was over before all was asked"));
	chk_probes_free(probes);
}

static void where_nothing_listens_no_more_is_asked(void **state)
{
	const struct script_address addresses[] = {
		{ .address = "192.0.2.1", .cause = ECONNREFUSED },
		{ .address = "192.0.2.2", .cause = ECONNREFUSED },
	};
	struct script script = { .addresses = addresses, .address_count = 2 };
	struct chk_probes *probes = ask(&script, (struct chk_target){ 0 });
	const struct chk_probes_step *last;

	assert_int_equal(made(probes), 1);
	assert_int_equal(chk_probes_outcome(probes), CHK_PROBES_UNDECIDED);
	assert_int_equal(chk_probes_step_count(probes), 3);
	last = chk_probes_step(probes, 2);
	assert_true(last->broken);
	assert_string_equal(last->text,
			    "192.0.2.2:443 refused the connection");
	chk_probes_free(probes);
}

static void a_name_without_addresses(void **state)
{
	struct script script = { .no_address = "no such\033 name" };
	struct chk_probes *probes = ask(&script, (struct chk_target){ 0 });
	const struct chk_probes_step *step = chk_probes_step(probes, 0);
	char *text;

	assert_int_equal(chk_probes_outcome(probes), CHK_PROBES_UNDECIDED);
	assert_int_equal(chk_probes_step_count(probes), 1);
	assert_true(step->broken);
	assert_true(chk_probes_write(probes, "text", NULL, &text, NULL));
	assert_non_null(strstr(text, "no address is found for a.test"));
	assert_null(strchr(text, '\033'));
	free(text);
	chk_probes_free(probes);
}

static void what_is_wrong_is_an_error(void **state)
{
	static const char *const many[] = { "192.0.2.1", "no address", NULL };
	struct script script = { .addresses = SILENT, .address_count = 1 };
	struct chk_target target = { .host = "a.test", .addresses = many };
	struct chk_probes *probes;
	struct chk_error error;
	char *text;

	assert_false(chk_probes_ask(&target, &probes, &error));
	assert_int_equal(error.code, CHK_ERROR_ARGUMENT);
	assert_null(probes);
	probes = ask(&script, (struct chk_target){ 0 });
	assert_false(chk_probes_write(probes, "xml", NULL, &text, &error));
	assert_int_equal(error.code, CHK_ERROR_ARGUMENT);
	assert_false(chk_probes_write(probes, NULL, NULL, &text, &error));
	assert_null(text);
	chk_probes_free(probes);
	chk_probes_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_caller_wants_is_kept),
		cmocka_unit_test(the_time_is_for_all_of_them),
		cmocka_unit_test(where_nothing_listens_no_more_is_asked),
		cmocka_unit_test(a_name_without_addresses),
		cmocka_unit_test(what_is_wrong_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
