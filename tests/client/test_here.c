/*
 * tests/client/test_here.c: a machine's own clients, read from files below a
 * root. What real programs send with the same settings is held against it in
 * tests/peers/here.sh.
 */
#include "support/test.h"

#include <stdlib.h>

#include "client/here.h"
#include "client/narrow.h"
#include "support/scratch.h"

#define JDK "root/usr/lib/jvm/jdk/conf/security/java.security"
#define HOME "home=/usr/lib/jvm/jdk"
#define LIST(...) ((const char *const[]){ __VA_ARGS__, NULL })

static struct chk_here *read_here(const char *name,
				  const char *const *environment,
				  const char *const *arguments)
{
	const char *const facts[] = { HOME };
	struct chk_surroundings around = {
		.root = scratch_full_path("root"), .facts = facts,
		.fact_count = 1, .environment = environment,
		.arguments = arguments,
	};
	struct chk_here *here = calloc(1, sizeof(*here));
	struct chk_error error;

	assert_non_null(here);
	while (environment && environment[around.environment_count])
		around.environment_count++;
	while (arguments && arguments[around.argument_count])
		around.argument_count++;
	if (!chk_client_here(name, &around, here, &error))
		fail_msg("%s: %s", error.where, error.what);
	return here;
}

static void done(struct chk_here *here)
{
	chk_here_clear(here);
	free(here);
}

/* A step of this setting at this place, with these words in it. */
static bool is_told(const struct chk_here *here, const char *setting,
		    const char *where, const char *words)
{
	for (size_t i = 0; i < here->step_count; i++) {
		const struct chk_here_step *step = &here->steps[i];

		if (step->setting && strcmp(step->setting, setting) == 0 &&
		    strcmp(step->where, where) == 0 &&
		    strstr(step->text, words))
			return true;
	}
	return false;
}

static bool offers(const struct chk_here *here, enum chk_here_what what,
		   uint16_t number)
{
	return chk_here_has(&here->lists[what], number);
}

static int begin(void **state)
{
	if (scratch_begin(state) < 0)
		return -1;
	return scratch_run("mkdir -p root/usr/lib/jvm/jdk/conf/security "
			   "root/etc/ssl/conf.d root/etc/gnutls "
			   "root/etc/crypto-policies/back-ends && "
			   "echo 'JAVA_VERSION=\"17.0.15\"' "
			   ">root/usr/lib/jvm/jdk/release && "
			   "echo jdk.tls.disabledAlgorithms=TLSv1.2 >secret");
}

static void the_line_that_removed_a_version_is_told(void **state)
{
	const char *where = "/usr/lib/jvm/jdk/conf/security/java.security:2";
	struct chk_here *here;

	scratch_text(JDK, "# comment\n"
			  "jdk.tls.disabledAlgorithms=SSLv3, TLSv1, \\\n"
			  "    TLSv1.1, DH keySize < 2048, 3DES_EDE_CBC\n");
	here = read_here("java", NULL, NULL);
	assert_int_equal(here->client.min, 0x0303);
	assert_int_equal(here->client.max, 0x0304);
	assert_int_equal(here->client.dh_min, 2048);
	assert_true(offers(here, CHK_HERE_SUITES, 0x002f));
	assert_false(offers(here, CHK_HERE_SUITES, 0x000a));
	assert_true(is_told(here, "jdk.tls.disabledAlgorithms", where,
			    "TLSv1.1 removes TLS 1.1"));
	assert_true(is_told(here, "jdk.tls.disabledAlgorithms", where,
			    "3DES_EDE_CBC removes 7 cipher suites"));
	assert_string_equal(here->client.label,
			    "Java 17.0.15 in /usr/lib/jvm/jdk");
	done(here);
}

/* One = reads it over java.security, two in place of it. */
static void a_file_of_the_options_is_read(void **state)
{
	const char *const *over =
		LIST("java", "-Djava.security.properties=/extra");
	const char *const *instead = LIST(
		"JAVA_TOOL_OPTIONS=-Djava.security.properties==/extra");
	struct chk_here *here;

	scratch_text("root/extra", "jdk.certpath.disabledAlgorithms="
				   "RSA keySize < 3072\n");
	scratch_text(JDK, "jdk.tls.disabledAlgorithms=TLSv1, TLSv1.1\n"
			  "security.overridePropertiesFile=true\n");
	here = read_here("java", NULL, over);
	assert_int_equal(here->client.min, 0x0303);
	assert_int_equal(here->rsa_min, 3072);
	done(here);
	here = read_here("java", instead, NULL);
	assert_int_equal(here->client.min, 0x0301);
	assert_int_equal(here->rsa_min, 3072);
	done(here);
	scratch_text(JDK, "security.overridePropertiesFile=false\n");
	here = read_here("java", instead, NULL);
	assert_int_equal(here->rsa_min, 0);
	done(here);
}

static void nothing_is_left_to_say(void **state)
{
	struct chk_here *here;

	scratch_text(JDK, "jdk.tls.disabledAlgorithms=TLSv1, TLSv1.1\n");
	here = read_here("java", NULL,
			 LIST("java", "-Djdk.tls.client.protocols=TLSv1"));
	assert_non_null(here->stops);
	assert_non_null(strstr(here->stops, "No appropriate protocol"));
	assert_non_null(strstr(here->advice, "TLSv1.2"));
	done(here);
	here = read_here("java", NULL,
			 LIST("java", "-Dhttps.protocols=TLSv1"));
	assert_null(here->stops);
	assert_true(is_told(here, "https.protocols", "the command line",
			    "HttpsURLConnection nothing to say"));
	done(here);
}

static void a_security_property_is_none_of_the_system(void **state)
{
	struct chk_here *here;

	scratch_text(JDK, "jdk.tls.disabledAlgorithms=TLSv1, TLSv1.1\n");
	here = read_here("java", NULL,
			 LIST("java", "-Djdk.tls.disabledAlgorithms="));
	assert_int_equal(here->client.min, 0x0303);
	assert_true(is_told(here, "jdk.tls.disabledAlgorithms",
			    "the command line", "is ignored"));
	done(here);
}

/* Fedora: the policy of the system is read over the JDK's own file. */
static void a_policy_of_the_system_counts_in_java(void **state)
{
	struct chk_here *here;

	scratch_text("root/etc/crypto-policies/back-ends/java.config",
		     "jdk.tls.disabledAlgorithms=TLSv1, TLSv1.1, TLSv1.2\n");
	scratch_text(JDK, "security.useSystemPropertiesFile=true\n");
	here = read_here("java", NULL, NULL);
	assert_int_equal(here->client.min, 0x0304);
	done(here);
	here = read_here("java", NULL, LIST("java",
		"-Djava.security.disableSystemPropertiesFile=true"));
	assert_int_equal(here->client.min, 0x0301);
	done(here);
	scratch_run("rm root/etc/crypto-policies/back-ends/java.config");
}

static void no_link_leads_out_of_the_root(void **state)
{
	struct chk_here *here;

	assert_int_equal(scratch_run("ln -sf \"$PWD/secret\" root/out && "
				     "ln -sf ../secret root/up"), 0);
	scratch_text(JDK, "security.overridePropertiesFile=true\n");
	here = read_here("java", NULL,
			 LIST("java", "-Djava.security.properties=/out"));
	assert_int_equal(here->client.min, 0x0301);
	assert_true(offers(here, CHK_HERE_VERSIONS, 0x0303));
	done(here);
	here = read_here("java", NULL,
			 LIST("java", "-Djava.security.properties=/up"));
	assert_true(offers(here, CHK_HERE_VERSIONS, 0x0303));
	done(here);
}

static void a_file_that_includes_itself_ends(void **state)
{
	struct chk_here *here;

	scratch_text(JDK, "include java.security\ninclude java.security\n"
			  "jdk.tls.disabledAlgorithms=TLSv1\n");
	here = read_here("java", NULL, NULL);
	assert_int_equal(here->client.min, 0x0302);
	done(here);
	scratch_text("root/etc/ssl/openssl.cnf",
		     ".include openssl.cnf\n.include /etc/ssl\nx = $x\n");
	here = read_here("openssl", NULL, NULL);
	assert_null(here->stops);
	done(here);
}

/* Its sections, what they include, and which line did it. */
static void openssl_goes_by_its_sections(void **state)
{
	struct chk_here *here;

	scratch_text("root/etc/ssl/openssl.cnf",
		     "level = 1\n"
		     "openssl_conf = init\n"
		     ".include conf.d\n"
		     "[init]\nssl_conf = ssl\n[ssl]\nsystem_default = tls\n"
		     "[tls]\nCipherString = DEFAULT@SECLEVEL=${level}\n"
		     "MinProtocol = TLSv1.2\nMinProtocol = TLSv1.1\n"
		     "DTLS.MinProtocol = DTLSv1.2\n");
	scratch_text("root/etc/ssl/conf.d/a.cnf", "[tls]\nGroups = P-384\n");
	scratch_text("root/etc/ssl/conf.d/b.txt", "[tls]\nGroups = P-256\n");
	here = read_here("openssl", NULL, NULL);
	assert_int_equal(here->lists[CHK_HERE_VERSIONS].count, 3);
	assert_int_equal(here->client.min, 0x0303); /* SHA-1 */
	assert_int_equal(here->rsa_min, 1024);
	assert_int_equal(here->client.hello.groups.count, 1);
	assert_int_equal(here->client.hello.groups.items[0], 0x0018);
	assert_true(is_told(here, "MinProtocol", "/etc/ssl/openssl.cnf:11",
			    "TLSv1.1 removes TLS 1.0"));
	assert_true(is_told(here, "Groups", "/etc/ssl/conf.d/a.cnf:2",
			    "leaves secp384r1"));
	done(here);
}

static void openssl_of_debian_has_level_2(void **state)
{
	struct chk_here *here =
		read_here("openssl", LIST("OPENSSL_CONF=/nowhere"), NULL);

	assert_int_equal(here->rsa_min, 1024);
	done(here);
	scratch_text("root/etc/os-release", "NAME=x\nID=debian\n");
	here = read_here("openssl", LIST("OPENSSL_CONF=/nowhere"), NULL);
	assert_int_equal(here->rsa_min, 2048);
	assert_int_equal(here->dh_min, 2048);
	done(here);
}

/* Fedora builds with PROFILE=SYSTEM. */
static void a_policy_of_the_system_counts_in_openssl(void **state)
{
	struct chk_here *here;

	scratch_text("root/etc/crypto-policies/back-ends/openssl.config",
		     "@SECLEVEL=3:kEECDH:-aDSS:-3DES:!eNULL:!aNULL\n");
	here = read_here("openssl", LIST("OPENSSL_CONF=/nowhere"), NULL);
	assert_int_equal(here->rsa_min, 3072);
	assert_false(offers(here, CHK_HERE_SUITES, 0x002f));
	assert_true(offers(here, CHK_HERE_SUITES, 0xc02f));
	done(here);
	scratch_run("rm root/etc/crypto-policies/back-ends/openssl.config");
}

/* The file below the root counts, whatever our own GnuTLS has read. */
static void gnutls_loses_what_its_file_disables(void **state)
{
	struct chk_here *here;

	scratch_text("root/etc/gnutls/config",
		     "[overrides]\ndisabled-version = tls1.0\n"
		     "disabled-version = tls1.1 # old\n"
		     "tls-disabled-kx = RSA\n"
		     "tls-disabled-group = GROUP-X25519\n"
		     "insecure-hash = sha1\n");
	here = read_here("gnutls", NULL, NULL);
	assert_int_equal(here->client.min, 0x0303);
	assert_false(offers(here, CHK_HERE_SUITES, 0x002f));
	assert_true(offers(here, CHK_HERE_SUITES, 0xc02f));
	assert_false(offers(here, CHK_HERE_GROUPS, 0x001d));
	assert_false(offers(here, CHK_HERE_SIGNATURES, 0x0201));
	assert_true(is_told(here, "disabled-version",
			    "/etc/gnutls/config:3",
			    "tls1.1 removes TLS 1.1"));
	done(here);
}

static void gnutls_keeps_what_an_allowlist_has(void **state)
{
	struct chk_here *here;

	scratch_text("root/etc/gnutls/config",
		     "[global]\noverride-mode = allowlist\n[overrides]\n"
		     "enabled-version = tls1.3\nenabled-version = tls1.2\n"
		     "tls-enabled-cipher = AES-256-GCM\n"
		     "tls-enabled-kx = ECDHE-RSA\ntls-enabled-mac = AEAD\n"
		     "tls-enabled-group = SECP256R1\n"
		     "enabled-curve = SECP256R1\n"
		     "secure-sig = RSA-SHA256\n");
	here = read_here("gnutls", NULL, NULL);
	assert_int_equal(here->lists[CHK_HERE_VERSIONS].count, 2);
	assert_int_equal(here->lists[CHK_HERE_SUITES].count, 2);
	assert_true(offers(here, CHK_HERE_SUITES, 0x1302));
	assert_true(offers(here, CHK_HERE_SUITES, 0xc030));
	assert_int_equal(here->lists[CHK_HERE_GROUPS].count, 1);
	done(here);
}

static void priorities_are_looked_up_by_their_word(void **state)
{
	struct chk_here *here;

	scratch_text("root/etc/gnutls/config",
		     "[overrides]\ndefault-priority-string = @SYSTEM\n"
		     "[priorities]\n"
		     "SYSTEM = NORMAL:-VERS-ALL:+VERS-TLS1.3\n");
	here = read_here("gnutls", NULL, NULL);
	assert_int_equal(here->client.min, 0x0304);
	done(here);
	scratch_text("root/etc/gnutls/config",
		     "[overrides]\ndefault-priority-string = NONSENSE\n");
	here = read_here("gnutls", NULL, NULL);
	assert_non_null(here->stops);
	done(here);
}

/* Fedora's GnuTLS has no file of its own, and asks for @SYSTEM. */
static void a_policy_of_the_system_counts_in_gnutls(void **state)
{
	struct chk_here *here;

	scratch_text("root/etc/crypto-policies/state.current", "FUTURE\n");
	assert_int_equal(scratch_run("rm -f root/etc/gnutls/config && "
				     "mkdir root/etc/crypto-policies/state && "
				     "mv root/etc/crypto-policies/state.current "
				     "root/etc/crypto-policies/state/current"),
			 0);
	scratch_text("root/etc/crypto-policies/back-ends/gnutls.config",
		     "[priorities]\nSYSTEM=NORMAL:-VERS-ALL:+VERS-TLS1.2\n");
	here = read_here("gnutls", NULL, NULL);
	assert_int_equal(here->client.max, 0x0303);
	assert_int_equal(here->client.min, 0x0303);
	assert_string_equal(here->steps[0].text,
			    "the system's crypto policy is FUTURE "
			    "(/etc/crypto-policies/state/current)");
	done(here);
}

static void what_is_not_there_is_an_error(void **state)
{
	const struct chk_surroundings around = {
		.root = scratch_full_path("nothing"),
	};
	struct chk_here *here = calloc(1, sizeof(*here));
	struct chk_error error;

	assert_non_null(here);
	assert_false(chk_client_here("java", &around, here, &error));
	assert_int_equal(error.code, CHK_ERROR_NOT_FOUND);
	chk_here_clear(here);
	assert_false(chk_client_here("schannel", &around, here, &error));
	assert_int_equal(error.code, CHK_ERROR_ARGUMENT);
	done(here);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_line_that_removed_a_version_is_told),
		cmocka_unit_test(a_file_of_the_options_is_read),
		cmocka_unit_test(nothing_is_left_to_say),
		cmocka_unit_test(a_security_property_is_none_of_the_system),
		cmocka_unit_test(a_policy_of_the_system_counts_in_java),
		cmocka_unit_test(no_link_leads_out_of_the_root),
		cmocka_unit_test(a_file_that_includes_itself_ends),
		cmocka_unit_test(openssl_goes_by_its_sections),
		cmocka_unit_test(openssl_of_debian_has_level_2),
		cmocka_unit_test(a_policy_of_the_system_counts_in_openssl),
		cmocka_unit_test(gnutls_loses_what_its_file_disables),
		cmocka_unit_test(gnutls_keeps_what_an_allowlist_has),
		cmocka_unit_test(priorities_are_looked_up_by_their_word),
		cmocka_unit_test(a_policy_of_the_system_counts_in_gnutls),
		cmocka_unit_test(what_is_not_there_is_an_error),
	};

	return cmocka_run_group_tests_name("client/here", tests, begin,
					   scratch_end);
}
