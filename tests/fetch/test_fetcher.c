/* tests/fetch/test_fetcher.c: lib/fetch/fetcher.c */
#include "support/test.h"

#include <chaincheck.h>

#include "support/scratch.h"

#define URL "http://127.0.0.1:1/ca.der"

static void a_fetcher_of_no_options_contacts_public_addresses(void **state)
{
	struct chk_fetcher *fetcher;
	struct chk_error error;
	uint8_t bytes[8];
	size_t size;

	assert_true(chk_fetcher_new(NULL, &fetcher, &error));
	assert_false(fetcher->get(fetcher->self, URL, bytes, sizeof(bytes),
				  &size, &error));
	assert_non_null(strstr(error.what, "no public address"));
	/* Nothing is kept, and nobody minds. */
	fetcher->keep(fetcher->self, URL, BYTES("answer"));
	chk_fetcher_free(fetcher);
}

static void what_is_kept_is_given_without_asking(void **state)
{
	const struct chk_fetcher_options options = {
		.cache = scratch_path("cache"),
	};
	struct chk_fetcher *fetcher;
	struct chk_error error;
	uint8_t bytes[8];
	size_t size;

	assert_true(chk_fetcher_new(&options, &fetcher, &error));
	fetcher->keep(fetcher->self, URL, BYTES("answer"));
	assert_true(fetcher->get(fetcher->self, URL, bytes, sizeof(bytes),
				 &size, &error));
	assert_int_equal(size, 6);
	chk_fetcher_free(fetcher);
}

static void an_option_that_makes_no_sense_is_an_error(void **state)
{
	static const char *const NETWORKS[] = { "10.0.0.0/8", "everything",
						NULL };
	struct chk_fetcher *fetcher;
	struct chk_error error;

	assert_false(chk_fetcher_new(&(struct chk_fetcher_options){
		.allowed = NETWORKS }, &fetcher, &error));
	assert_null(fetcher);
	assert_int_equal(error.code, CHK_ERROR_ARGUMENT);
	assert_string_equal(error.where, "everything");
	assert_false(chk_fetcher_new(&(struct chk_fetcher_options){
		.cache = "/no/such/place" }, &fetcher, &error));
	assert_int_equal(error.code, CHK_ERROR_READ);
}

static void none_is_freed_as_well(void **state)
{
	chk_fetcher_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_fetcher_of_no_options_contacts_public_addresses),
		cmocka_unit_test(what_is_kept_is_given_without_asking),
		cmocka_unit_test(an_option_that_makes_no_sense_is_an_error),
		cmocka_unit_test(none_is_freed_as_well),
	};

	return cmocka_run_group_tests_name("fetch/fetcher", tests,
					   scratch_begin, scratch_end);
}
