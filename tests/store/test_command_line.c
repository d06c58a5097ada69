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

/* curl(1): letters without a value may stand together. */
static void flags_that_stand_together_are_each_one(void **state)
{
	struct chk_option_value value;

	read_line("curl", NULL, ARRAY("curl", "-sSk", "-Hk"), 3);
	assert_true(chk_command_line_flag(&line, "-k", &value));
	read_line("curl", NULL, ARRAY("curl", "-sSH", "-okay"), 3);
	assert_true(chk_command_line_flag(&line, "-S", &value));
	assert_false(chk_command_line_flag(&line, "-k", &value));
	assert_false(chk_command_line_flag(&line, "-H", &value));
}

static void check_setting(const char *name, const char *wanted)
{
	struct chk_option_value value;

	if (!wanted) {
		assert_false(chk_command_line_setting(&line, name, &value));
		return;
	}
	assert_true(chk_command_line_setting(&line, name, &value));
	assert_string_equal(value.text, wanted);
}

/* git-config(1), http.<url>.*: the longest that fits, wherever it stands. */
static void a_setting_of_the_url_comes_before_one_of_all(void **state)
{
	static const char SET[] =
		"GIT_CONFIG_PARAMETERS='http.https://h/a.sslCAInfo'='/long' "
		"'http.https://h/.SSLCAInfo=/short' 'http.sslcainfo'='/all' "
		"'http.https://h/b.sslCAInfo'='/other'";

	read_line("git", SET, ARRAY("git-remote-https", "x", "https://h/a/r"),
		  3);
	check_setting("http.sslCAInfo", "/long");
	read_line("git", SET, ARRAY("git-remote-https", "x", "https://h/ab"),
		  3);
	check_setting("http.sslCAInfo", "/short");
	read_line("git", SET, ARRAY("git-remote-https", "x", "https://h.x/a"),
		  3);
	check_setting("http.sslCAInfo", "/all");
}

/* libpq documentation, 34.1.1: words, and the parameters of a URI. */
static void a_connection_string_is_many_words(void **state)
{
	read_line("libpq", NULL, ARRAY("psql", "host=h sslrootcert='/a b'"), 2);
	check_setting("sslrootcert", "/a b");
	read_line("libpq", NULL,
		  ARRAY("psql", "postgresql://h/d?sslmode=require&user=x"), 2);
	check_setting("sslmode", "require");
	check_setting("sslrootcert", NULL);
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
		cmocka_unit_test(flags_that_stand_together_are_each_one),
		cmocka_unit_test(a_setting_of_the_url_comes_before_one_of_all),
		cmocka_unit_test(a_connection_string_is_many_words),
	};

	return cmocka_run_group_tests_name("store/command_line", tests, NULL,
					   end);
}
