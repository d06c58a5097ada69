/*
 * tests/store/test_sources.c: what is wrong with a system's store, by the
 * directories that it is made from.
 */
#include "config.h"

#include "support/test.h"

#include <stdio.h>

#include <chaincheck/places.h>

#include "store/sources.h"
#include "support/made.h"
#include "support/scratch.h"

#define SHIPPED "/usr/share/ca-certificates/mozilla"
#define LOCAL "/usr/local/share/ca-certificates"
#define BUNDLE "/etc/ssl/certs/ca-certificates.crt"

static struct chk_cert *ca[3];

static int begin(void **state)
{
	static const char *const NAMES[] = { "A", "B", "C" };

	if (scratch_begin(state) < 0)
		return -1;
	for (int i = 0; i < 3; i++) {
		struct recipe recipe = { .subject = NAMES[i], .key = i,
					 .issuer_key = i, .ca = true };

		ca[i] = make_cert(&recipe);
	}
	return 0;
}

static int end(void **state)
{
	for (size_t i = 0; i < CHK_COUNT(ca); i++)
		chk_cert_unref(ca[i]);
	forget_keys();
	return scratch_end(state);
}

/* A root whose sources have A, and whose bundle has A and B. */
static void make_root(void)
{
	assert_int_equal(scratch_run("rm -rf r && mkdir -p r" SHIPPED
				     " r" LOCAL " r/etc/ssl/certs"), 0);
	scratch_pem("r" SHIPPED "/a.crt", ca[0], NULL);
	scratch_pem("r" BUNDLE, ca[0], ca[1], NULL);
}

/* How often the code is told of the root, below `in` alone unless NULL. */
static size_t told(const char *code, const char *in)
{
	struct chk_places_options where = {
		.root = scratch_full_path("r"), .in = in,
	};
	struct chk_census_options how = { .at = MADE_NOW };
	struct chk_places *places;
	struct chk_census *census;
	struct chk_error error;
	size_t count = 0;

	assert_true(chk_places_find(&where, &places, &error));
	assert_true(chk_census_take(places, &how, &census, &error));
	for (size_t i = 0; i < chk_census_finding_count(census); i++) {
		struct chk_reason finding = chk_census_finding(census, i);

		assert_non_null(finding.text);
		count += strcmp(finding.code, code) == 0;
	}
	assert_null(chk_census_finding(census, SIZE_MAX).code);
	chk_census_free(census);
	chk_places_free(places);
	return count;
}

static void what_no_source_has_was_written_by_hand(void **state)
{
	make_root();
	assert_int_equal(told("store.hand-edited", NULL), 1);
	scratch_pem("r" LOCAL "/b.crt", ca[1], NULL);
	assert_int_equal(told("store.hand-edited", NULL), 0);
}

static void without_sources_nothing_is_said_of_the_bundle(void **state)
{
	make_root();
	assert_int_equal(scratch_run("rm r" SHIPPED "/a.crt"), 0);
	assert_int_equal(told("store.hand-edited", NULL), 0);
}

/* What stands there may be the very certificate. */
static void a_source_that_is_not_read_leaves_it_open(void **state)
{
	make_root();
	assert_int_equal(scratch_run(
		"printf -- '-----BEGIN CERTIFICATE-----\nAAAA\n"
		"-----END CERTIFICATE-----\n' >r" LOCAL "/bad.crt && "
		"cat r" SHIPPED "/a.crt >>r" LOCAL "/bad.crt"), 0);
	assert_int_equal(told("store.hand-edited", NULL), 0);
	make_root();
	assert_int_equal(scratch_run("ln -s /srv r" LOCAL "/more && "
				     "mkdir r/srv"), 0);
	assert_int_equal(told("store.hand-edited", NULL), 0);
}

static void no_link_of_a_source_leads_out_of_the_root(void **state)
{
	make_root();
	scratch_pem("outside.crt", ca[1], NULL);
	assert_int_equal(scratch_run("ln -s \"$PWD/outside.crt\" r" LOCAL
				     "/b.crt"), 0);
	assert_int_equal(told("store.hand-edited", NULL), 1);
}

static void the_system_is_told_by_its_release_file(void **state)
{
	make_root();
	scratch_pem("r" LOCAL "/c.pem", ca[2], NULL);
	assert_int_equal(told("store.file-ignored", NULL), 1);
	assert_int_equal(scratch_run("echo 'ID_LIKE=\"none fedora\"' "
				     ">r/etc/os-release"), 0);
	assert_int_equal(told("store.file-ignored", NULL), 0);
	/* Garbage without a line's end, and no word that is known. */
	assert_int_equal(scratch_run("printf 'ID=\\377\\000\"' "
				     ">r/etc/os-release"), 0);
	assert_int_equal(told("store.file-ignored", NULL), 1);
}

static void a_switched_off_line_is_told(void **state)
{
	make_root();
	assert_int_equal(scratch_run("printf '#!x\nmozilla/a.crt\n!mozilla/"
				     "b.crt' >r/etc/ca-certificates.conf"), 0);
	assert_int_equal(told("store.deselected", NULL), 1);
}

static void below_a_folder_the_system_is_not_judged(void **state)
{
	make_root();
	assert_int_equal(told("store.hand-edited", "/etc"), 0);
	assert_int_equal(told("store.absent", "/usr"), 0);
}

static void a_root_without_places_has_no_store(void **state)
{
	make_root();
	assert_int_equal(told("store.absent", NULL), 0);
	assert_int_equal(scratch_run("rm -rf r && mkdir r"), 0);
	assert_int_equal(told("store.absent", NULL), 1);
}

static void every_row_has_a_bundle_of_the_table_of_places(void **state)
{
	const struct chk_source_row *row;

	for (size_t i = 0; (row = chk_source_row(i)); i++) {
		const struct chk_place_row *place = NULL;

		for (size_t j = 0; (place = chk_place_row(j)); j++)
			if (strcmp(place->pattern, row->bundle) == 0)
				break;
		assert_non_null(place);
		assert_string_equal(place->kind, "system");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_no_source_has_was_written_by_hand),
		cmocka_unit_test(without_sources_nothing_is_said_of_the_bundle),
		cmocka_unit_test(a_source_that_is_not_read_leaves_it_open),
		cmocka_unit_test(no_link_of_a_source_leads_out_of_the_root),
		cmocka_unit_test(the_system_is_told_by_its_release_file),
		cmocka_unit_test(a_switched_off_line_is_told),
		cmocka_unit_test(below_a_folder_the_system_is_not_judged),
		cmocka_unit_test(a_root_without_places_has_no_store),
		cmocka_unit_test(every_row_has_a_bundle_of_the_table_of_places),
	};

	return cmocka_run_group_tests_name("store/sources", tests, begin, end);
}
