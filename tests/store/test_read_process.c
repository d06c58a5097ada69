/*
 * tests/store/test_read_process.c: lib/store/read_process.c, on children that
 * are asked as what they are not.
 */
#include "config.h"

#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <chaincheck/store.h>

#include "store/store.h"
#include "support/child.h"
#include "support/made.h"
#include "support/scratch.h"

#define ARRAY(...) ((const char *const[]){ __VA_ARGS__, NULL })

static struct chk_cert *one, *two, *three;

static int begin(void **state)
{
	one = make_cert(&(struct recipe){ .subject = "One", .ca = true });
	two = make_cert(&(struct recipe){ .subject = "Two", .ca = true });
	three = make_cert(&(struct recipe){ .subject = "Three", .ca = true });
	if (scratch_begin(state))
		return -1;
	scratch_pem("one.pem", one, NULL);
	scratch_pem("two.pem", two, NULL);
	scratch_write("one.der", one->der.data, one->der.size);
	scratch_mkdir("hashed");
	scratch_pem("hashed/0123abcd.0", two, NULL);
	scratch_pem("hashed/three.pem", three, NULL);
	return 0;
}

static int end(void **state)
{
	chk_cert_unref(one);
	chk_cert_unref(two);
	chk_cert_unref(three);
	forget_keys();
	return scratch_end(state);
}

/* "NAME=PATH" of a scratch file; good until eight more were asked. */
static const char *setting(const char *name, const char *file)
{
	static char rooms[8][4200];
	static size_t next;
	char *room = rooms[next++ % 8];

	snprintf(room, sizeof(rooms[0]), "%s=%s", name,
		 scratch_full_path(file));
	return room;
}

static struct chk_store *open_as(const char *runtime,
				 const char *const *environment)
{
	pid_t child = child_start(ARRAY("wait"), environment);
	struct chk_store *store;
	struct chk_error error;
	char spec[64];

	snprintf(spec, sizeof(spec), "pid:%ld/%s", (long)child, runtime);
	if (!chk_store_open(spec, NULL, &store, &error))
		fail_msg("%s: %s", error.where, error.what);
	child_end(child);
	assert_string_equal(chk_store_format(store), "process");
	return store;
}

static bool has_trap(const struct chk_store *store, const char *code,
		     const char *words)
{
	for (size_t i = 0; i < chk_store_trap_count(store); i++) {
		const struct chk_trap *trap = chk_store_trap(store, i);

		if (strcmp(trap->code, code) == 0 && strstr(trap->what, words))
			return true;
	}
	return false;
}

static void the_store_is_the_union_with_its_real_files(void **state)
{
	struct chk_store *store = open_as("openssl", ARRAY(
		setting("SSL_CERT_FILE", "one.pem"),
		setting("SSL_CERT_DIR", "hashed")));

	assert_int_equal(chk_store_count(store), 2);
	assert_non_null(chk_store_find(store, one));
	assert_non_null(chk_store_find(store, two));
	assert_non_null(strstr(chk_anchor_where(chk_store_get(store, 0), 0),
			       "one.pem:1"));
	assert_true(has_trap(store, "store.override", "SSL_CERT_FILE="));
	chk_store_free(store);
}

/* c_rehash(1): OpenSSL looks for names of hashes alone. */
static void a_file_without_the_name_of_a_hash_is_told(void **state)
{
	struct chk_store *store = open_as("openssl", ARRAY(
		"SSL_CERT_FILE=/nope", setting("SSL_CERT_DIR", "hashed")));

	assert_null(chk_store_find(store, three));
	assert_true(has_trap(store, "store.file-ignored", "openssl rehash"));
	chk_store_free(store);
	/* Go reads every file. */
	store = open_as("go", ARRAY("SSL_CERT_FILE=/nope",
				    setting("SSL_CERT_DIR", "hashed")));
	assert_non_null(chk_store_find(store, three));
	assert_false(has_trap(store, "store.file-ignored", ""));
	chk_store_free(store);
}

static void der_is_no_pem_and_trusts_nobody(void **state)
{
	struct chk_store *store = open_as("openssl", ARRAY(
		setting("SSL_CERT_FILE", "one.der"), "SSL_CERT_DIR=/nope"));

	assert_int_equal(chk_store_count(store), 0);
	assert_true(has_trap(store, "store.file-ignored", "not PEM"));
	chk_store_free(store);
}

static void a_program_that_fails_trusts_nobody(void **state)
{
	struct chk_store *store = open_as("curl", ARRAY("CURL_CA_BUNDLE=/no"));

	assert_int_equal(chk_store_count(store), 0);
	assert_true(has_trap(store, "store.file-missing", "/no"));
	chk_store_free(store);
}

/* curl(1) ends with 77, whatever --capath or SSL_CERT_DIR has. */
static void a_file_that_a_program_needs_spoils_the_directory(void **state)
{
	struct chk_store *store = open_as("curl", ARRAY(
		setting("SSL_CERT_DIR", "hashed"),
		setting("SSL_CERT_FILE", "one.der")));

	assert_int_equal(chk_store_count(store), 0);
	assert_true(has_trap(store, "store.file-ignored", "nothing is taken"));
	chk_store_free(store);
}

/*
 * openssl verify -CAfile, curl --cacert and GnuTLS refuse the whole file;
 * tests/peers/pid.sh asks programs.
 */
static void check_spoilt(const char *block)
{
	const char *file;
	struct chk_store *store;

	assert_int_equal(scratch_run(
		"{ cat one.pem; echo '-----BEGIN CERTIFICATE-----'; "
		"echo '%s'; echo '-----END CERTIFICATE-----'; "
		"cat two.pem; } > broken.pem", block), 0);
	file = setting("SSL_CERT_FILE", "broken.pem");
	store = open_as("python", ARRAY(file, "SSL_CERT_DIR=/nope"));
	assert_int_equal(chk_store_count(store), 0);
	assert_true(has_trap(store, "store.file-ignored", "whole file"));
	chk_store_free(store);
	store = open_as("go", ARRAY(file, "SSL_CERT_DIR=/nope"));
	assert_non_null(chk_store_find(store, one));
	assert_non_null(chk_store_find(store, two));
	chk_store_free(store);
	/* Node warns, and has what stands before. */
	store = open_as("node", ARRAY(setting("NODE_EXTRA_CA_CERTS",
					      "broken.pem")));
	assert_non_null(chk_store_find(store, one));
	assert_null(chk_store_find(store, two));
	assert_true(has_trap(store, "store.file-ignored", "from there on"));
	chk_store_free(store);
	store = open_as("dotnet", ARRAY(file, "SSL_CERT_DIR=/nope"));
	assert_non_null(chk_store_find(store, one));
	assert_null(chk_store_find(store, two));
	assert_true(has_trap(store, "store.file-ignored", "from there on"));
	chk_store_free(store);
}

static void a_broken_block_spoils_the_file_but_for_some(void **state)
{
	check_spoilt("MIIBgarbage");
	/* Good base64, of what is no certificate. */
	check_spoilt("MAMCAQE=");
	check_spoilt("AAAA");
}

static void a_pem_file_is_no_keystore(void **state)
{
	struct chk_store *store = open_as("java", ARRAY(
		setting("JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore",
			"one.pem")));

	assert_int_equal(chk_store_count(store), 0);
	assert_true(has_trap(store, "store.file-ignored", "no keystore"));
	chk_store_free(store);
}

/* As in a container: its absolute links lead below its own root. */
static void a_link_of_a_hash_is_followed_below_the_root(void **state)
{
	struct chk_store *store;
	char spec[64];
	pid_t child;

	if (geteuid() != 0)
		skip();
	scratch_mkdir("root");
	assert_int_equal(scratch_run(
		"mkdir -p root/usr/lib/ssl/certs root/share && "
		"cp one.pem root/share/one.crt && ln -s /share/one.crt "
		"root/usr/lib/ssl/certs/0123abcd.0"), 0);
	child = child_start(ARRAY("chroot", scratch_full_path("root")),
			    ARRAY("A=1"));
	snprintf(spec, sizeof(spec), "pid:%ld/openssl", (long)child);
	assert_true(chk_store_open(spec, NULL, &store, NULL));
	child_end(child);
	assert_int_equal(chk_store_count(store), 1);
	assert_non_null(chk_store_find(store, one));
	chk_store_free(store);
}

static void what_cannot_be_read_from_here_is_refused(void **state)
{
	pid_t child = child_start(ARRAY("wait"), ARRAY("A=1"));
	struct chk_store *store;
	struct chk_error error;
	char spec[64];

	snprintf(spec, sizeof(spec), "pid:%ld/nss", (long)child);
	assert_false(chk_store_open(spec, NULL, &store, &error));
	assert_int_equal(error.code, CHK_ERROR_UNSUPPORTED);
	child_end(child);
}

int main(int count, char **arguments)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_store_is_the_union_with_its_real_files),
		cmocka_unit_test(a_file_without_the_name_of_a_hash_is_told),
		cmocka_unit_test(der_is_no_pem_and_trusts_nobody),
		cmocka_unit_test(a_program_that_fails_trusts_nobody),
		cmocka_unit_test(
			a_file_that_a_program_needs_spoils_the_directory),
		cmocka_unit_test(a_broken_block_spoils_the_file_but_for_some),
		cmocka_unit_test(a_pem_file_is_no_keystore),
		cmocka_unit_test(a_link_of_a_hash_is_followed_below_the_root),
		cmocka_unit_test(what_cannot_be_read_from_here_is_refused),
	};

	child_main(count, arguments);
	return cmocka_run_group_tests_name("store/read_process", tests, begin,
					   end);
}
