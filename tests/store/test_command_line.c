/* tests/store/test_command_line.c: lib/store/command_line.c. */
#include "support/test.h"

#include "store/command_line.h"

#define ARRAY(...) ((const char *const[]){ __VA_ARGS__ })

static struct chk_command_line line;

static void read_line(const char *runtime, const char *variable,
		      const char *const *arguments, size_t count)
{
	const struct chk_surroundings around = {
		.root = "",
		.environment = &variable,
		.environment_count = variable != NULL,
		.arguments = arguments,
		.argument_count = count,
	};

	chk_command_line_clear(&line);
	assert_true(chk_command_line_read(&line, runtime, &around));
}

static void check_property(const char *text, const char *origin)
{
	struct chk_option_value value;

	if (!text) {
		assert_false(chk_command_line_property(&line, "p", &value));
		return;
	}
	assert_true(chk_command_line_property(&line, "p", &value));
	assert_string_equal(value.text, text);
	if (origin)
		assert_string_equal(value.origin, origin);
	else
		assert_null(value.origin);
}

/* java(1): what follows the main class or the jar is its arguments. */
static void what_stands_behind_the_program_is_the_programs(void **state)
{
	read_line("java", NULL, ARRAY("java", "-Dp=1", "Main", "-Dp=2"), 4);
	check_property("1", NULL);
	read_line("java", NULL, ARRAY("java", "-jar", "x.jar", "-Dp=2"), 4);
	check_property(NULL, NULL);
	read_line("java", NULL, ARRAY("java", "-cp", "x", "-Dp=2", "M"), 5);
	check_property("2", NULL);
}

/* OpenJDK 17.0.15 takes them in this order; the last one wins. */
static void variables_come_before_or_behind_the_command_line(void **state)
{
	read_line("java", "JAVA_TOOL_OPTIONS=-Dp=1", ARRAY("java", "M"), 2);
	check_property("1", "JAVA_TOOL_OPTIONS");
	read_line("java", "JDK_JAVA_OPTIONS=-Dp=1",
		  ARRAY("java", "-Dp=2", "M"), 3);
	check_property("2", NULL);
	read_line("java", "_JAVA_OPTIONS=-Dx -Dp=1",
		  ARRAY("java", "-Dp=2", "M"), 3);
	check_property("1", "_JAVA_OPTIONS");
}

static void quotes_hold_a_blank(void **state)
{
	read_line("java", "JAVA_TOOL_OPTIONS='-Dp=a b'  -Dx", NULL, 0);
	check_property("a b", "JAVA_TOOL_OPTIONS");
	read_line("java", "JAVA_TOOL_OPTIONS=-Dp=\"a 'b'\"", NULL, 0);
	check_property("a 'b'", "JAVA_TOOL_OPTIONS");
}

static void a_longer_name_is_another_property(void **state)
{
	read_line("java", "JAVA_TOOL_OPTIONS=-Dpp=1", NULL, 0);
	check_property(NULL, NULL);
	read_line("java", "JAVA_TOOL_OPTIONS=-Dp", NULL, 0);
	check_property("", "JAVA_TOOL_OPTIONS");
}

/* Node 20.20.2 takes --use_openssl_ca for --use-openssl-ca. */
static void a_flag_may_have_underscores(void **state)
{
	struct chk_option_value value;

	read_line("node", NULL, ARRAY("node", "--use_openssl_ca", "x.js"), 3);
	assert_true(chk_command_line_flag(&line, "--use-openssl-ca", &value));
	read_line("node", NULL, ARRAY("node", "x.js", "--use-openssl-ca"), 3);
	assert_false(chk_command_line_flag(&line, "--use-openssl-ca", &value));
	read_line("node", NULL, ARRAY("node", "-r", "x", "--use-openssl-ca"),
		  4);
	assert_true(chk_command_line_flag(&line, "--use-openssl-ca", &value));
}

static void an_argument_is_the_next_one_or_behind_an_equals_sign(void **state)
{
	struct chk_option_value value;

	read_line("curl", NULL, ARRAY("curl", "https://x", "--cacert", "a"),
		  4);
	assert_true(chk_command_line_argument(&line, "--cacert", &value));
	assert_string_equal(value.text, "a");
	read_line("curl", NULL, ARRAY("curl", "--cacert=b"), 2);
	assert_true(chk_command_line_argument(&line, "--cacert", &value));
	assert_string_equal(value.text, "b");
	read_line("curl", NULL, ARRAY("curl", "--cacert"), 2);
	assert_false(chk_command_line_argument(&line, "--cacert", &value));
}

static int end(void **state)
{
	chk_command_line_clear(&line);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			what_stands_behind_the_program_is_the_programs),
		cmocka_unit_test(
			variables_come_before_or_behind_the_command_line),
		cmocka_unit_test(quotes_hold_a_blank),
		cmocka_unit_test(a_longer_name_is_another_property),
		cmocka_unit_test(a_flag_may_have_underscores),
		cmocka_unit_test(
			an_argument_is_the_next_one_or_behind_an_equals_sign),
	};

	return cmocka_run_group_tests_name("store/command_line", tests, NULL,
					   end);
}
