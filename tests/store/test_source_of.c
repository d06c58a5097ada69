/* tests/store/test_source_of.c: lib/store/source_of.c, in roots of its own. */
#include "support/test.h"

#include "store/source_of.h"
#include "support/made.h"
#include "support/scratch.h"

#define MADE "etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"
#define SOURCE "etc/pki/ca-trust/source/"

static struct chk_cert *one, *two;

static int begin(void **state)
{
	one = make_cert(&(struct recipe){ .subject = "One", .ca = true });
	two = make_cert(&(struct recipe){ .subject = "Two", .key = 1,
					  .issuer_key = 1, .ca = true });
	if (scratch_begin(state))
		return -1;
	assert_int_equal(scratch_run(
		"mkdir -p r/etc/pki/ca-trust/extracted/pem other "
		"r/" SOURCE "anchors r/" SOURCE "blocklist && "
		"echo ID=fedora >r/etc/os-release"), 0);
	scratch_pem("r/" MADE, one, NULL);
	scratch_pem("other/tls-ca-bundle.pem", one, NULL);
	return 0;
}

static int end(void **state)
{
	chk_cert_unref(one);
	chk_cert_unref(two);
	forget_keys();
	return scratch_end(state);
}

static bool is_two(void *context, const struct chk_cert *cert)
{
	return chk_bytes_equal(cert->der, two->der);
}

static void look(const char *file, struct chk_source_of *found)
{
	struct chk_store *store;
	struct chk_error error;

	assert_true(chk_store_open(scratch_full_path(file), NULL, &store,
				   &error));
	assert_true(chk_source_of(store, is_two, NULL, found));
	chk_store_free(store);
}

static void a_source_that_is_not_in_the_store_is_told(void **state)
{
	struct chk_source_of found;

	look("r/" MADE, &found);
	assert_null(found.code);
	scratch_pem("r/" SOURCE "anchors/two.pem", two, NULL);
	look("r/" MADE, &found);
	assert_string_equal(found.code, "store.file-ignored");
	assert_string_equal(found.variant, "store.file-ignored/not-made");
	assert_string_equal(found.path, "/" SOURCE "anchors/two.pem");
	assert_non_null(strstr(found.why, "run update-ca-trust"));
	assert_true(chk_bytes_equal(found.cert->der, two->der));
	chk_source_of_clear(&found);
}

/* update-ca-trust(8): what lies there is distrusted. */
static void what_is_kept_to_distrust_it_is_no_offer(void **state)
{
	struct chk_source_of found;

	assert_int_equal(scratch_run("mv r/" SOURCE "anchors/two.pem "
				     "r/" SOURCE "blocklist/two.pem"), 0);
	look("r/" MADE, &found);
	assert_null(found.code);
	chk_source_of_clear(&found);
	assert_int_equal(scratch_run("mv r/" SOURCE "blocklist/two.pem "
				     "r/" SOURCE "anchors/two.pem"), 0);
}

static void a_store_that_nobody_makes_has_no_sources(void **state)
{
	struct chk_source_of found;

	look("other/tls-ca-bundle.pem", &found);
	assert_null(found.code);
	chk_source_of_clear(&found);
}

/* The tree of a stranger: nothing outside of it is looked at. */
static void a_link_out_of_the_root_is_no_source(void **state)
{
	struct chk_source_of found;

	assert_int_equal(scratch_run(
		"mv r/" SOURCE "anchors/two.pem other && "
		"ln -s \"$PWD/other/two.pem\" r/" SOURCE "anchors"), 0);
	look("r/" MADE, &found);
	assert_null(found.code);
	chk_source_of_clear(&found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_source_that_is_not_in_the_store_is_told),
		cmocka_unit_test(what_is_kept_to_distrust_it_is_no_offer),
		cmocka_unit_test(a_store_that_nobody_makes_has_no_sources),
		cmocka_unit_test(a_link_out_of_the_root_is_no_source),
	};

	return cmocka_run_group_tests_name("store/source_of", tests, begin,
					   end);
}
