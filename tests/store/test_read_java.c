/* tests/store/test_read_java.c: lib/store/read_java.c on homes made here. */
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include <chaincheck/store.h>

#include "support/keystore.h"
#include "support/scratch.h"

static void put(const char *file, const char *keystore)
{
	struct chk_bytes bytes = keystore_read(keystore);

	scratch_write(file, bytes.data, bytes.size);
	free((void *)(uintptr_t)bytes.data);
}

static void make_home(const char *home, const char *security)
{
	assert_int_equal(scratch_run("mkdir -p '%s/%s'", home, security), 0);
}

static struct chk_store *open_home(const char *home, const char *pin,
				   struct chk_error *error)
{
	const struct chk_store_options options = { .pin = pin };
	struct chk_store *store;
	char spec[4096];

	snprintf(spec, sizeof(spec), "java:%s", scratch_path(home));
	if (!chk_store_open(spec, &options, &store, error))
		return NULL;
	return store;
}

static void its_cacerts_is_read(void **state)
{
	struct chk_error error;
	struct chk_store *store;

	make_home("plain", "lib/security");
	put("plain/lib/security/cacerts", "open.p12");
	store = open_home("plain", NULL, &error);
	assert_non_null(store);
	assert_string_equal(chk_store_format(store), "pkcs12");
	assert_int_equal(chk_store_count(store), 1);
	assert_int_equal(chk_store_trap_count(store), 0);
	chk_store_free(store);
}

static void java_8_has_it_below_jre(void **state)
{
	struct chk_error error;
	struct chk_store *store;

	make_home("eight", "jre/lib/security");
	put("eight/jre/lib/security/cacerts", "key.jks");
	store = open_home("eight", NULL, &error);
	assert_non_null(store);
	assert_string_equal(chk_store_format(store), "jks");
	chk_store_free(store);
}

static void jssecacerts_replaces_it(void **state)
{
	struct chk_error error;
	struct chk_store *store;

	make_home("both", "lib/security");
	put("both/lib/security/cacerts", "open.p12");
	put("both/lib/security/jssecacerts", "key.jks");
	store = open_home("both", NULL, &error);
	assert_non_null(store);
	assert_string_equal(chk_store_format(store), "jks");
	assert_int_equal(chk_store_trap_count(store), 1);
	assert_string_equal(chk_store_trap(store, 0)->code, "store.override");
	chk_store_free(store);
}

/* A JVM tries no password that it is not told. */
static void what_is_encrypted_needs_the_password(void **state)
{
	struct chk_error error;
	struct chk_store *store;

	make_home("locked", "lib/security");
	put("locked/lib/security/cacerts", "java.p12");
	assert_null(open_home("locked", NULL, &error));
	assert_int_equal(error.code, CHK_ERROR_PASSWORD);
	store = open_home("locked", "changeit", &error);
	assert_non_null(store);
	assert_int_equal(chk_store_count(store), 1);
	chk_store_free(store);
}

static void what_a_jvm_does_not_read_there_is_refused(void **state)
{
	struct chk_error error;

	make_home("other", "lib/security");
	put("other/lib/security/cacerts", "plain.jceks");
	assert_null(open_home("other", NULL, &error));
	assert_int_equal(error.code, CHK_ERROR_FORMAT);
	put("other/lib/security/cacerts", "both.p7b");
	assert_null(open_home("other", NULL, &error));
	assert_int_equal(error.code, CHK_ERROR_FORMAT);
	assert_null(open_home("none", NULL, &error));
	assert_int_equal(error.code, CHK_ERROR_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(its_cacerts_is_read),
		cmocka_unit_test(java_8_has_it_below_jre),
		cmocka_unit_test(jssecacerts_replaces_it),
		cmocka_unit_test(what_is_encrypted_needs_the_password),
		cmocka_unit_test(what_a_jvm_does_not_read_there_is_refused),
	};

	return cmocka_run_group_tests_name("store/read_java", tests,
					   scratch_begin, scratch_end);
}
