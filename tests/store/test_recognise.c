/* tests/store/test_recognise.c: lib/store/recognise.c and its table. */
#include "support/test.h"

#include "store/recognise.h"
#include "store/runtime.h"
#include "support/scratch.h"

#define ARRAY(...) ((const char *const[]){ __VA_ARGS__, NULL })

static size_t length(const char *const *list)
{
	size_t count = 0;

	while (list && list[count])
		count++;
	return count;
}

/* The runtime, or NULL; both lists end in NULL and may be NULL. */
static const char *ask(const char *program, const char *const *mapped,
		       const char *const *arguments)
{
	const struct chk_surroundings around = {
		.root = "",
		.directory = scratch_full_path("."),
		.arguments = arguments,
		.argument_count = length(arguments),
	};
	const struct chk_suspect suspect = {
		.program = program,
		.file = program,
		.mapped = mapped,
		.mapped_count = length(mapped),
		.around = &around,
	};
	struct chk_recognised recognised;

	return chk_recognise(&suspect, &recognised) ? recognised.runtime :
						      NULL;
}

static void a_program_is_told_by_its_name(void **state)
{
	assert_string_equal(ask("/usr/bin/python3.11", NULL, NULL), "python");
	assert_string_equal(ask("/opt/node/bin/node", NULL, NULL), "node");
	assert_string_equal(ask("/usr/bin/curl", NULL, NULL), "curl");
	assert_null(ask("/usr/bin/pythonic", NULL, NULL));
}

static void a_library_tells_what_the_name_does_not(void **state)
{
	assert_string_equal(ask("/opt/ide/bin/ide",
				ARRAY("/usr/lib/libc.so.6",
				      "/opt/jbr/lib/server/libjvm.so"),
				NULL), "java");
	assert_string_equal(ask("/usr/sbin/daemon", ARRAY("/lib/libssl.so.3"),
				NULL), "openssl");
	assert_string_equal(ask("/usr/bin/curl",
				ARRAY("/lib/libcurl-gnutls.so.4"), NULL),
			    "curl-gnutls");
}

/* A JVM may well have OpenSSL mapped besides. */
static void what_the_program_is_comes_before_what_it_has(void **state)
{
	assert_string_equal(ask("/jdk/bin/java",
				ARRAY("/lib/libssl.so.3",
				      "/jdk/lib/server/libjvm.so"), NULL),
			    "java");
}

static void python_that_imports_requests_is_requests(void **state)
{
	static const char PYTHON[] = "/usr/bin/python3";

	assert_string_equal(ask(PYTHON, NULL,
				ARRAY("python3", "-c", "import os, requests")),
			    "requests");
	assert_string_equal(ask(PYTHON, NULL,
				ARRAY("python3", "-c",
				      "import ssl; from requests import get")),
			    "requests");
	assert_string_equal(ask(PYTHON, NULL,
				ARRAY("python3", "-c", "import requests_x")),
			    "python");
	assert_string_equal(ask(PYTHON, NULL,
				ARRAY("python3", "-c", "print('requests')")),
			    "python");
	scratch_text("a.py", "#!/x\n\timport  requests as r\n");
	scratch_text("b.py", "# requests\nimport ssl\n");
	assert_string_equal(ask(PYTHON, NULL, ARRAY("python3", "a.py")),
			    "requests");
	assert_string_equal(ask(PYTHON, NULL, ARRAY("python3", "-u", "b.py")),
			    "python");
	assert_string_equal(ask(PYTHON, NULL, ARRAY("python3", "none.py")),
			    "python");
}

static void pip_is_told_by_how_it_is_called(void **state)
{
	static const char PYTHON[] = "/usr/bin/python3";

	assert_string_equal(ask(PYTHON, NULL,
				ARRAY("python3", "-m", "pip", "install")),
			    "pip");
	assert_string_equal(ask(PYTHON, NULL,
				ARRAY("python3", "/venv/bin/pip3", "list")),
			    "pip");
	assert_string_equal(ask(PYTHON, NULL,
				ARRAY("python3", "-m", "pipx", "list")),
			    "python");
}

static void every_row_leads_to_a_runtime(void **state)
{
	const struct chk_program_row *row;
	size_t i = 0;

	for (; (row = chk_program_row(i)); i++) {
		assert_non_null(chk_runtime_find(row->runtime));
		if (strcmp(row->within, "-") != 0)
			assert_non_null(chk_runtime_find(row->within));
	}
	assert_true(i > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_program_is_told_by_its_name),
		cmocka_unit_test(a_library_tells_what_the_name_does_not),
		cmocka_unit_test(what_the_program_is_comes_before_what_it_has),
		cmocka_unit_test(python_that_imports_requests_is_requests),
		cmocka_unit_test(pip_is_told_by_how_it_is_called),
		cmocka_unit_test(every_row_leads_to_a_runtime),
	};

	return cmocka_run_group_tests_name("store/recognise", tests,
					   scratch_begin, scratch_end);
}
