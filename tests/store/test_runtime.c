/*
 * tests/store/test_runtime.c: lib/store/runtime.c and its table, in a root
 * directory of the test's own. What is expected was seen with OpenJDK 17.0.15,
 * Node 20.20.2, Python 3.11.2 and curl 7.88.1 (tests/peers/pid.sh asks those
 * that are there again), or stands in the manual that the row names.
 */
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "diagnosis/finding.h"
#include "store/runtime.h"
#include "support/scratch.h"

#define ARRAY(...) ((const char *const[]){ __VA_ARGS__, NULL })

static const char *const FACTS[] = {
	"home=/jdk", "openssldir=/usr/lib/ssl", "python=python3.11",
};
static const char *const *facts = FACTS;
static size_t fact_count = CHK_COUNT(FACTS);
static struct chk_decision decision;

static size_t length(const char *const *list)
{
	size_t count = 0;

	while (list && list[count])
		count++;
	return count;
}

/* Both lists end in NULL, and may be NULL. */
static void ask(const char *runtime, const char *const *environment,
		const char *const *arguments)
{
	const struct chk_surroundings around = {
		.root = scratch_full_path("root"),
		.directory = "/work",
		.environment = environment,
		.environment_count = length(environment),
		.arguments = arguments,
		.argument_count = length(arguments),
		.facts = facts,
		.fact_count = fact_count,
	};

	chk_decision_clear(&decision);
	assert_true(chk_runtime_decide(runtime, &around, &decision, NULL));
}

/* The paths that are loaded, with blanks between them. */
static void check_loads(const char *wanted)
{
	char got[1024] = "";

	for (size_t i = 0; i < decision.load_count; i++) {
		if (i)
			strcat(got, " ");
		strcat(got, decision.loads[i].path);
	}
	assert_string_equal(got, wanted);
}

/* A sentence with these words; its code, or NULL. */
static void check_said(const char *words, const char *code)
{
	for (size_t i = 0; i < decision.said.count; i++) {
		const struct chk_said *said = &decision.said.items[i];

		if (!strstr(said->text, words))
			continue;
		if (code)
			assert_string_equal(said->code, code);
		else
			assert_null(said->code);
		return;
	}
	fail_msg("nothing says: %s", words);
}

static int begin(void **state)
{
	if (scratch_begin(state) != 0)
		return -1;
	scratch_mkdir("root");
	return scratch_run(
		"cd root && mkdir -p usr/lib/ssl etc/ssl/certs work/dir "
		"jdk/lib/security other && "
		"touch etc/ssl/certs/ca-certificates.crt work/ca.pem "
		"work/two.pem jdk/lib/security/cacerts && "
		"ln -s /etc/ssl/certs usr/lib/ssl/certs");
}

static int end(void **state)
{
	chk_decision_clear(&decision);
	return scratch_end(state);
}

/* Debian has no cert.pem there. */
static void openssl_reads_its_default_paths(void **state)
{
	ask("openssl", NULL, NULL);
	check_loads("/usr/lib/ssl/certs");
	assert_int_equal(decision.loads[0].form, CHK_FORM_HASHED);
	assert_string_equal(decision.loads[0].here + strlen(
				    scratch_full_path("root")),
			    "/etc/ssl/certs");
	check_said("SSL_CERT_FILE is not set", NULL);
	check_said("/usr/lib/ssl/cert.pem does not exist", NULL);
	check_said("/usr/lib/ssl/certs is read", NULL);
}

static void a_variable_replaces_the_default_of_its_own_kind(void **state)
{
	ask("openssl", ARRAY("SSL_CERT_FILE=/work/ca.pem"), NULL);
	check_loads("/work/ca.pem /usr/lib/ssl/certs");
	check_said("SSL_CERT_FILE=/work/ca.pem is read", "store.override");
	ask("openssl", ARRAY("SSL_CERT_DIR=/none:dir:/work/dir"), NULL);
	check_loads("dir /work/dir");
	check_said("/none of SSL_CERT_DIR does not exist",
		   "store.file-missing");
}

static void a_missing_file_of_a_variable_is_no_default(void **state)
{
	ask("openssl", ARRAY("SSL_CERT_FILE=/nope", "SSL_CERT_DIR="), NULL);
	check_loads("");
	check_said("SSL_CERT_FILE=/nope does not exist: nothing is read",
		   "store.file-missing");
	ask("openssl", ARRAY("SSL_CERT_FILE=/work/dir"), NULL);
	check_said("is a directory", "store.file-missing");
}

static void python_is_openssl_and_requests_is_not(void **state)
{
	ask("python", ARRAY("REQUESTS_CA_BUNDLE=/work/ca.pem"), NULL);
	check_loads("/usr/lib/ssl/certs");
	check_said("REQUESTS_CA_BUNDLE=/work/ca.pem is set and ignored", NULL);
	ask("requests", ARRAY("REQUESTS_CA_BUNDLE=/work/ca.pem",
			      "CURL_CA_BUNDLE=/work/two.pem"), NULL);
	check_loads("/work/ca.pem");
	check_said("CURL_CA_BUNDLE=/work/two.pem is set too", NULL);
	ask("requests", ARRAY("REQUESTS_CA_BUNDLE=",
			      "CURL_CA_BUNDLE=/work/two.pem"), NULL);
	check_loads("/work/two.pem");
	ask("requests", ARRAY("SSL_CERT_FILE=/work/ca.pem"), NULL);
	check_loads("");
	check_said("SSL_CERT_FILE=/work/ca.pem is set and ignored",
		   "store.file-ignored");
	check_said("none of the places", "store.absent");
}

static void debian_patches_certifi(void **state)
{
	assert_int_equal(scratch_run(
		"cd root && mkdir -p usr/lib/python3/dist-packages/certifi && "
		"touch usr/lib/python3/dist-packages/certifi/core.py"), 0);
	ask("requests", NULL, NULL);
	check_loads("/etc/ssl/certs/ca-certificates.crt");
	assert_int_equal(scratch_run("rm -r root/usr/lib/python3"), 0);
}

/* requests raises OSError before it connects. */
static void a_client_that_fails_trusts_nobody(void **state)
{
	ask("requests", ARRAY("REQUESTS_CA_BUNDLE=/nope"), NULL);
	check_loads("");
	assert_true(decision.fails);
	ask("curl", ARRAY("CURL_CA_BUNDLE=/nope"), NULL);
	check_loads("");
	check_said("CURL_CA_BUNDLE=/nope does not exist: every connection",
		   "store.file-missing");
}

/* strace of curl 7.88.1 of Debian: --cacert leaves /etc/ssl/certs. */
static void curl_reads_the_directory_besides_the_file(void **state)
{
	ask("curl", ARRAY("CURL_CA_BUNDLE=/work/ca.pem",
			  "SSL_CERT_FILE=/work/two.pem"), NULL);
	check_loads("/work/ca.pem /etc/ssl/certs");
	ask("curl", ARRAY("CURL_CA_BUNDLE=/work/ca.pem"),
	    ARRAY("curl", "https://x", "--cacert", "two.pem"));
	check_loads("two.pem /etc/ssl/certs");
}

static void node_has_its_roots_and_adds_a_file(void **state)
{
	ask("node", NULL, NULL);
	check_loads("the roots");
	assert_int_equal(decision.loads[0].form, CHK_FORM_BUILTIN);
	check_said("NODE_EXTRA_CA_CERTS is not set", NULL);
	ask("node", ARRAY("NODE_EXTRA_CA_CERTS=ca.pem"), NULL);
	check_loads("the roots ca.pem");
	ask("node", ARRAY("NODE_EXTRA_CA_CERTS=/nope"), NULL);
	check_loads("the roots");
	check_said("NODE_EXTRA_CA_CERTS=/nope does not exist",
		   "store.file-missing");
	ask("node", ARRAY("NODE_EXTRA_CA_CERTS="), NULL);
	check_loads("the roots");
	check_said("is empty", NULL);
}

static void node_ignores_ssl_cert_file_without_the_option(void **state)
{
	static const char *const ENVIRONMENT[] = {
		"SSL_CERT_FILE=/work/ca.pem", NULL, NULL,
	};
	const char *with[3];

	ask("node", ENVIRONMENT, NULL);
	check_loads("the roots");
	check_said("SSL_CERT_FILE=/work/ca.pem is set and ignored",
		   "store.file-ignored");
	ask("node", ENVIRONMENT, ARRAY("node", "--use-openssl-ca", "x.js"));
	check_loads("/work/ca.pem /usr/lib/ssl/certs");
	memcpy(with, ENVIRONMENT, sizeof(with));
	with[1] = "NODE_OPTIONS=--use-openssl-ca";
	ask("node", with, NULL);
	check_loads("/work/ca.pem /usr/lib/ssl/certs");
	check_said("--use-openssl-ca in NODE_OPTIONS is given", NULL);
	/* node(1): added to what is built in; every file of the directory */
	ask("node", ENVIRONMENT, ARRAY("node", "--use-system-ca", "x.js"));
	check_loads("the roots /work/ca.pem /usr/lib/ssl/certs");
	assert_int_equal(decision.loads[2].form, CHK_FORM_DIRECTORY);
}

/* nodejs of Debian: configure --openssl-use-def-ca-store */
static void node_may_be_built_to_ask_openssl(void **state)
{
	static const char *const BUILT[] = {
		"openssldir=/usr/lib/ssl", "node-asks-openssl=yes",
	};
	const char *const *environment = ARRAY("SSL_CERT_FILE=/work/ca.pem");

	facts = BUILT;
	fact_count = CHK_COUNT(BUILT);
	ask("node", environment, NULL);
	check_loads("/work/ca.pem /usr/lib/ssl/certs");
	check_said("was built to read OpenSSL's default paths", NULL);
	ask("node", environment, ARRAY("node", "--use-bundled-ca", "x.js"));
	check_loads("the roots");
	facts = FACTS;
	fact_count = CHK_COUNT(FACTS);
}

#define STORE "-Djavax.net.ssl.trustStore"

static void java_reads_cacerts_or_what_the_property_names(void **state)
{
	ask("java", NULL, NULL);
	check_loads("/jdk/lib/security/cacerts");
	check_said(STORE " is not given", NULL);
	ask("java", NULL, ARRAY("java", STORE "=ca.pem", "M"));
	check_loads("ca.pem");
	ask("java", ARRAY("JAVA_TOOL_OPTIONS=" STORE "=/work/ca.pem"), NULL);
	check_loads("/work/ca.pem");
	check_said(STORE "=/work/ca.pem in JAVA_TOOL_OPTIONS is read",
		   "store.override");
}

static void jssecacerts_replaces_cacerts_unless_one_is_named(void **state)
{
	assert_int_equal(scratch_run(
		"touch root/jdk/lib/security/jssecacerts"), 0);
	ask("java", NULL, NULL);
	check_loads("/jdk/lib/security/jssecacerts");
	check_said("jssecacerts replaces cacerts", "store.override");
	/* Missing or empty: cacerts, and not jssecacerts. */
	ask("java", NULL, ARRAY("java", STORE "=/nope", "M"));
	check_loads("/jdk/lib/security/cacerts");
	check_said(STORE "=/nope does not exist: it is silently passed over",
		   "store.file-missing");
	ask("java", NULL, ARRAY("java", STORE "=", "M"));
	check_loads("/jdk/lib/security/cacerts");
	assert_int_equal(scratch_run(
		"rm root/jdk/lib/security/jssecacerts"), 0);
}

/* TrustManagerFactory has 0 issuers then. */
static void none_is_not_cacerts(void **state)
{
	ask("java", NULL, ARRAY("java", STORE "=NONE", "M"));
	check_loads("");
	check_said(STORE "=NONE is given", NULL);
	ask("java", NULL, ARRAY("java", STORE "=NONE", STORE "Type=PKCS11",
				"M"));
	assert_int_equal(decision.load_count, 1);
	assert_int_equal(decision.loads[0].form, CHK_FORM_SEALED);
	assert_true(decision.sealed);
}

static void a_password_is_kept_and_not_said(void **state)
{
	ask("java", NULL, ARRAY("java", STORE "Password=geheim", "M"));
	assert_string_equal(decision.password, "geheim");
	for (size_t i = 0; i < decision.said.count; i++)
		assert_null(strstr(decision.said.items[i].text, "geheim"));
}

/* root_unix.go: the first file, all directories. */
static void go_reads_the_first_file_and_every_directory(void **state)
{
	ask("go", NULL, NULL);
	check_loads("/etc/ssl/certs/ca-certificates.crt /etc/ssl/certs");
	ask("go", ARRAY("SSL_CERT_FILE=/work/ca.pem", "SSL_CERT_DIR="), NULL);
	check_loads("/work/ca.pem /etc/ssl/certs");
	ask("go", ARRAY("SSL_CERT_DIR=/work/dir"), NULL);
	check_loads("/etc/ssl/certs/ca-certificates.crt /work/dir");
}

/* A variable of a file switches the defaults of both kinds off. */
static void rustls_takes_either_the_variables_or_the_system(void **state)
{
	ask("rustls", ARRAY("SSL_CERT_FILE=/work/ca.pem"), NULL);
	check_loads("/work/ca.pem");
	ask("rustls", NULL, NULL);
	check_loads("/etc/ssl/certs/ca-certificates.crt /etc/ssl/certs");
}

static void git_reads_its_own_variable_alone(void **state)
{
	ask("git", ARRAY("SSL_CERT_FILE=/work/ca.pem"), NULL);
	check_loads("/etc/ssl/certs/ca-certificates.crt /etc/ssl/certs");
	ask("git", ARRAY("GIT_SSL_CAINFO=/work/ca.pem"), NULL);
	check_loads("/work/ca.pem /etc/ssl/certs");
}

static void hostile_values_are_made_printable(void **state)
{
	ask("openssl", ARRAY("SSL_CERT_FILE=/x\x1b[2J\n"), NULL);
	for (size_t i = 0; i < decision.said.count; i++) {
		assert_null(strchr(decision.said.items[i].text, 0x1b));
		assert_null(strchr(decision.said.items[i].text, '\n'));
	}
}

static void an_unknown_runtime_is_refused(void **state)
{
	const struct chk_surroundings around = { .root = "" };
	struct chk_error error;

	chk_decision_clear(&decision);
	assert_false(chk_runtime_decide("cobol", &around, &decision, &error));
	assert_int_equal(error.code, CHK_ERROR_ARGUMENT);
}

static void every_row_has_a_known_code_and_runtime(void **state)
{
	const struct chk_runtime_row *row;
	size_t i = 0;

	for (; (row = chk_runtime_row(i)); i++) {
		if (strcmp(row->code, "-") != 0)
			assert_int_not_equal(chk_finding_find(row->code),
					     CHK_FINDING_COUNT);
		if (row->step == CHK_RUNTIME_LIKE)
			assert_non_null(chk_runtime_find(row->name));
	}
	assert_true(i > 50);
}

/* libpq documentation 16, 34.1.2; Debian 12 has 15, to which it is a file. */
static void the_word_system_is_a_file_to_an_older_libpq(void **state)
{
	static const char *const NEWER[] = { "openssldir=/usr/lib/ssl",
					     "libpq-system=yes" };

	ask("libpq", ARRAY("PGSSLROOTCERT=system"), ARRAY("psql"));
	check_loads("");
	check_said("PGSSLROOTCERT=system does not exist",
		   "store.file-missing");
	facts = NEWER;
	fact_count = CHK_COUNT(NEWER);
	ask("libpq", ARRAY("PGSSLROOTCERT=system"), ARRAY("psql"));
	check_loads("/usr/lib/ssl/certs");
	for (size_t i = 0; i < decision.said.count; i++)
		assert_false(decision.said.items[i].code &&
			     strcmp(decision.said.items[i].code,
				    "store.verification-off") == 0);
	ask("libpq", ARRAY("PGSSLROOTCERT=system"),
	    ARRAY("psql", "sslmode=verify-full sslrootcert=/work/ca.pem"));
	check_loads("/work/ca.pem");
	facts = FACTS;
	fact_count = CHK_COUNT(FACTS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(openssl_reads_its_default_paths),
		cmocka_unit_test(
			a_variable_replaces_the_default_of_its_own_kind),
		cmocka_unit_test(a_missing_file_of_a_variable_is_no_default),
		cmocka_unit_test(python_is_openssl_and_requests_is_not),
		cmocka_unit_test(debian_patches_certifi),
		cmocka_unit_test(a_client_that_fails_trusts_nobody),
		cmocka_unit_test(curl_reads_the_directory_besides_the_file),
		cmocka_unit_test(node_has_its_roots_and_adds_a_file),
		cmocka_unit_test(node_may_be_built_to_ask_openssl),
		cmocka_unit_test(
			node_ignores_ssl_cert_file_without_the_option),
		cmocka_unit_test(
			java_reads_cacerts_or_what_the_property_names),
		cmocka_unit_test(
			jssecacerts_replaces_cacerts_unless_one_is_named),
		cmocka_unit_test(none_is_not_cacerts),
		cmocka_unit_test(a_password_is_kept_and_not_said),
		cmocka_unit_test(go_reads_the_first_file_and_every_directory),
		cmocka_unit_test(
			rustls_takes_either_the_variables_or_the_system),
		cmocka_unit_test(git_reads_its_own_variable_alone),
		cmocka_unit_test(hostile_values_are_made_printable),
		cmocka_unit_test(an_unknown_runtime_is_refused),
		cmocka_unit_test(every_row_has_a_known_code_and_runtime),
		cmocka_unit_test(the_word_system_is_a_file_to_an_older_libpq),
	};

	return cmocka_run_group_tests_name("store/runtime", tests, begin, end);
}
