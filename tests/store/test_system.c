/* tests/store/test_system.c: lib/store/system.c. */
#include "config.h"

#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "store/format.h"
#include "support/scratch.h"
#include "support/two_roots.h"

#define MODULE CHK_P11_MODULE_PATH "/p11-kit-trust.so"

static struct chk_store *read_system(const char *list)
{
	struct chk_store *store = chk_store_new("system");
	struct chk_error error;

	if (!chk_read_system(store, list, NULL, &error))
		fail_msg("%s: %s", error.where, error.what);
	assert_true(chk_store_end(store));
	return store;
}

static void want_module(void)
{
	if (access(MODULE, R_OK) == 0)
		return;
	print_message("# %s is not there\n", MODULE);
	skip();
}

static enum chk_trust trust_of(const struct chk_store *store,
			       const struct chk_cert *cert)
{
	const struct chk_anchor *anchor = chk_store_find(store, cert);

	assert_non_null(anchor);
	return chk_anchor_trust(anchor, CHK_PURPOSE_TLS_SERVER);
}

static void a_plain_bundle_is_read_with_its_lines(void **state)
{
	struct chk_store *store;

	scratch_pem("bundle.pem", one, two, NULL);
	store = read_system(scratch_path("bundle.pem"));
	assert_int_equal(chk_store_count(store), 2);
	assert_non_null(strstr(chk_anchor_where(chk_store_get(store, 0), 0),
			       "bundle.pem:1"));
	chk_store_free(store);
}

static void a_bundle_with_p11_kit_objects_loses_no_distrust(void **state)
{
	struct chk_buffer buffer = { 0 };
	struct chk_store *store;
	char *pem;

	want_module();
	pem = pem_of(one);
	chk_buffer_format(&buffer, "[p11-kit-object-v1]\nclass: certificate\n"
			  "trusted: true\n%s\n", pem);
	free(pem);
	pem = pem_of(two);
	chk_buffer_format(&buffer, "[p11-kit-object-v1]\nclass: certificate\n"
			  "x-distrusted: true\n%s\n", pem);
	free(pem);
	scratch_text("mixed.pem", buffer.data);
	chk_buffer_clear(&buffer);
	store = read_system(scratch_path("mixed.pem"));
	assert_int_equal(trust_of(store, one), CHK_TRUST_TRUSTED);
	assert_int_equal(trust_of(store, two), CHK_TRUST_DISTRUSTED);
	chk_store_free(store);
}

/* As Fedora has it: a directory of the administrator's, one of the system's. */
static void directories_are_read_with_their_blocklists(void **state)
{
	struct chk_store *store;
	char list[256];

	want_module();
	scratch_mkdir("etc");
	scratch_mkdir("etc/blocklist");
	scratch_mkdir("usr");
	scratch_mkdir("usr/anchors");
	scratch_pem("etc/blocklist/two.pem", two, NULL);
	scratch_pem("usr/anchors/both.pem", one, two, NULL);
	snprintf(list, sizeof(list), "%s:%s", scratch_path("etc"),
		 scratch_path("usr"));
	store = read_system(list);
	assert_int_equal(trust_of(store, one), CHK_TRUST_TRUSTED);
	assert_int_equal(trust_of(store, two), CHK_TRUST_DISTRUSTED);
	chk_store_free(store);
}

static void a_missing_store_names_paths_and_package(void **state)
{
	struct chk_store *store = chk_store_new("system");
	struct chk_error error;

	assert_false(chk_read_system(store, "/nonexistent/a:/nonexistent/b",
				     NULL, &error));
	assert_int_equal(error.code, CHK_ERROR_NOT_FOUND);
	assert_string_equal(error.where, "/nonexistent/a:/nonexistent/b");
	assert_non_null(strstr(error.what, "ca-certificates"));
	chk_store_free(store);
}

/* The shortcut past p11-kit must not be another store. */
static void this_system_is_the_same_as_p11_kit_has_it(void **state)
{
	struct chk_store *ours, *theirs;
	struct chk_error error;

	want_module();
	if (!chk_store_open("system", NULL, &ours, &error)) {
		print_message("# %s: %s\n", error.where, error.what);
		skip();
	}
	assert_true(chk_store_open("p11-kit", NULL, &theirs, NULL));
	print_message("# %zu anchors\n", chk_store_count(ours));
	assert_int_equal(chk_store_count(ours), chk_store_count(theirs));
	for (size_t i = 0; i < chk_store_count(ours); i++) {
		const struct chk_anchor *anchor = chk_store_get(ours, i);
		const struct chk_anchor *other =
			chk_store_find(theirs, anchor->cert);

		assert_non_null(other);
		assert_memory_equal(anchor->trust, other->trust,
				    sizeof(anchor->trust));
		assert_memory_equal(anchor->distrust_after,
				    other->distrust_after,
				    sizeof(anchor->distrust_after));
	}
	chk_store_free(ours);
	chk_store_free(theirs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_bundle_is_read_with_its_lines),
		cmocka_unit_test(
			a_bundle_with_p11_kit_objects_loses_no_distrust),
		cmocka_unit_test(directories_are_read_with_their_blocklists),
		cmocka_unit_test(a_missing_store_names_paths_and_package),
		cmocka_unit_test(this_system_is_the_same_as_p11_kit_has_it),
	};

	return cmocka_run_group_tests_name("store/system", tests,
					   two_roots_begin, two_roots_end);
}
