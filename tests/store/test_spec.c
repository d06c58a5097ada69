/* tests/store/test_spec.c: lib/store/spec.c. */
#include "support/test.h"

#include <stdio.h>
#include <unistd.h>

#include <chaincheck/store.h>

#include "support/made.h"
#include "support/scratch.h"

static struct chk_cert *one;

static int begin(void **state)
{
	one = make_cert(&(struct recipe){ .subject = "One", .ca = true });
	if (scratch_begin(state))
		return -1;
	scratch_pem("one.pem", one, NULL);
	scratch_mkdir("dir");
	scratch_pem("dir/one.pem", one, NULL);
	return 0;
}

static int end(void **state)
{
	chk_cert_unref(one);
	forget_keys();
	return scratch_end(state);
}

static void check_opens(const char *spec, const char *where)
{
	struct chk_store *store;
	struct chk_error error;

	if (!chk_store_open(spec, NULL, &store, &error))
		fail_msg("%s: %s", error.where, error.what);
	assert_string_equal(chk_store_spec(store), spec);
	assert_int_equal(chk_store_count(store), 1);
	assert_string_equal(chk_anchor_where(chk_store_get(store, 0), 0),
			    where);
	chk_store_free(store);
}

static void check_refused(const char *spec, enum chk_code code,
			  const char *what)
{
	struct chk_store *store = (void *)&store;
	struct chk_error error;

	assert_false(chk_store_open(spec, NULL, &store, &error));
	assert_null(store);
	assert_int_equal(error.code, code);
	if (!strstr(error.what, what))
		fail_msg("%s, and not %s", error.what, what);
}

static void a_scheme_names_its_reader(void **state)
{
	char spec[256], where[256];

	snprintf(where, sizeof(where), "%s:1", scratch_path("one.pem"));
	snprintf(spec, sizeof(spec), "file:%s", scratch_path("one.pem"));
	check_opens(spec, where);
	snprintf(where, sizeof(where), "%s:1", scratch_path("dir/one.pem"));
	snprintf(spec, sizeof(spec), "dir:%s", scratch_path("dir"));
	check_opens(spec, where);
}

static void a_bare_path_is_what_is_there(void **state)
{
	char where[256];

	snprintf(where, sizeof(where), "%s:1", scratch_path("one.pem"));
	check_opens(scratch_path("one.pem"), where);
	snprintf(where, sizeof(where), "%s:1", scratch_path("dir/one.pem"));
	check_opens(scratch_path("dir"), where);
}

static void an_unknown_scheme_lists_the_known(void **state)
{
	static const char *const KNOWN[] = {
		"system", "p11-kit", "file:PATH", "dir:PATH", "pkcs11",
		"jks:PATH", "p12:PATH", "java", "pid:N",
	};

	for (size_t i = 0; i < CHK_COUNT(KNOWN); i++)
		check_refused("files:/x", CHK_ERROR_ARGUMENT, KNOWN[i]);
}

static void later_kinds_are_not_read_yet(void **state)
{
	static const char *const LATER[] = {
		"rootfs:/x", "known:mozilla@2026-04",
	};

	for (size_t i = 0; i < CHK_COUNT(LATER); i++)
		check_refused(LATER[i], CHK_ERROR_UNSUPPORTED, "not read yet");
}

static void nothing_is_no_spec(void **state)
{
	check_refused(NULL, CHK_ERROR_ARGUMENT, "no trust store");
	check_refused("", CHK_ERROR_ARGUMENT, "no trust store");
	check_refused("file:", CHK_ERROR_ARGUMENT, "no path");
	check_refused("p11-kit:", CHK_ERROR_ARGUMENT, "no path");
	check_refused("system:/etc", CHK_ERROR_ARGUMENT, "nothing may stand");
}

static void what_is_not_there_is_not_found(void **state)
{
	check_refused("/nonexistent/ca.pem", CHK_ERROR_NOT_FOUND, "");
	check_refused("file:/nonexistent/ca.pem", CHK_ERROR_NOT_FOUND, "");
	check_refused("dir:/nonexistent", CHK_ERROR_NOT_FOUND, "");
	check_refused("nonexistent.pem", CHK_ERROR_NOT_FOUND, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_scheme_names_its_reader),
		cmocka_unit_test(a_bare_path_is_what_is_there),
		cmocka_unit_test(an_unknown_scheme_lists_the_known),
		cmocka_unit_test(later_kinds_are_not_read_yet),
		cmocka_unit_test(nothing_is_no_spec),
		cmocka_unit_test(what_is_not_there_is_not_found),
	};

	return cmocka_run_group_tests_name("store/spec", tests, begin, end);
}
