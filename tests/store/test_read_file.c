/* tests/store/test_read_file.c: lib/store/read_file.c. */
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "store/format.h"

static char *cert_path(const char *name)
{
	const char *certs = getenv("CERTS");
	char *path = malloc(strlen(certs) + strlen(name) + 2);

	assert_non_null(path);
	sprintf(path, "%s/%s", certs, name);
	return path;
}

static void pem_is_told_by_its_content(void **state)
{
	struct chk_store *store;
	char *path = cert_path("root.pem");

	assert_true(chk_store_open(path, NULL, &store, NULL));
	assert_string_equal(chk_store_format(store), "pem");
	assert_int_equal(chk_store_count(store), 1);
	chk_store_free(store);
	free(path);
}

static void what_is_not_the_format_that_is_wanted_is_refused(void **state)
{
	struct chk_store *store = chk_store_new("x");
	char *path = cert_path("root.pem");
	static const struct chk_store_options NONE = { 0 };
	struct chk_error error;

	assert_false(chk_read_format(store, path, "no such format", &NONE,
				     &error));
	assert_int_equal(error.code, CHK_ERROR_FORMAT);
	assert_false(chk_read_format(store, path, "pkcs12", &NONE, &error));
	assert_string_equal(error.what, "not PKCS #12 but PEM");
	assert_int_equal(chk_store_count(store), 0);
	chk_store_free(store);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pem_is_told_by_its_content),
		cmocka_unit_test(
			what_is_not_the_format_that_is_wanted_is_refused),
	};

	return cmocka_run_group_tests_name("store/read_file", tests, NULL,
					   NULL);
}
