/* tests/store/test_census.c: what the places hold, and which are alike. */
#include "config.h"

#include "support/test.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include <chaincheck/places.h>

#include "store/census.h"
#include "support/made.h"
#include "support/scratch.h"

static struct chk_cert *ca[4], *renewed, *leaf, *old;

static struct chk_cert *make_ca(const char *subject, int key, int64_t begins)
{
	struct recipe recipe = {
		.subject = subject, .key = key, .issuer_key = key, .ca = true,
		.not_before = begins,
	};

	return make_cert(&recipe);
}

static int begin(void **state)
{
	struct recipe recipe = { .subject = "www", .key = 9, .issuer = "A",
				 .issuer_key = 0 };

	if (scratch_begin(state) < 0)
		return -1;
	ca[0] = make_ca("A", 0, 0);
	ca[1] = make_ca("B", 1, INT64_C(946684800)); /* 2000 */
	ca[2] = make_ca("C", 2, INT64_C(1735689600)); /* 2025 */
	ca[3] = make_ca("D", 3, 0);
	renewed = make_ca("A", 0, INT64_C(1704067200)); /* 2024 */
	recipe.not_after = 0;
	leaf = make_cert(&recipe);
	recipe = (struct recipe){ .subject = "Old", .key = 5, .issuer_key = 5,
				  .ca = true,
				  .not_after = INT64_C(1600000000) };
	old = make_cert(&recipe);
	return scratch_run("mkdir -p r/etc/ssl/certs r/srv");
}

static int end(void **state)
{
	for (size_t i = 0; i < CHK_COUNT(ca); i++)
		chk_cert_unref(ca[i]);
	chk_cert_unref(renewed);
	chk_cert_unref(leaf);
	chk_cert_unref(old);
	forget_keys();
	return scratch_end(state);
}

struct taken {
	struct chk_places *places;
	struct chk_census *census;
};

static struct taken take(const char *root)
{
	struct chk_places_options where = { .root = scratch_full_path(root) };
	struct chk_census_options how = { .at = MADE_NOW };
	struct taken taken;
	struct chk_error error;

	assert_true(chk_places_find(&where, &taken.places, &error));
	assert_true(chk_census_take(taken.places, &how, &taken.census,
				    &error));
	return taken;
}

static void give_back(struct taken *taken)
{
	chk_census_free(taken->census);
	chk_places_free(taken->places);
}

static const struct chk_census_place *place_at(const struct taken *taken,
					       const char *path)
{
	for (size_t i = 0; i < chk_census_place_count(taken->census); i++) {
		const struct chk_census_place *place =
			chk_census_place(taken->census, i);

		if (strcmp(place->place->path, path) == 0)
			return place;
	}
	return NULL;
}

static void equal_anchors_are_one_set_in_any_order(void **state)
{
	const struct chk_anchor_set *set;
	struct taken taken;

	scratch_pem("r/etc/ssl/certs/ca-certificates.crt", ca[0], ca[1], ca[2],
		    old, NULL);
	scratch_pem("r/srv/order", old, ca[2], ca[1], ca[0], ca[0], NULL);
	taken = take("r");
	/* The directory /etc/ssl/certs holds the same. */
	assert_int_equal(chk_census_place_count(taken.census), 3);
	assert_int_equal(chk_census_set_count(taken.census), 1);
	set = chk_census_set(taken.census, 0);
	assert_int_equal(set->anchor_count, 4);
	assert_int_equal(set->expired, 1);
	assert_true(set->reference);
	assert_int_equal(set->oldest->not_before, 946684800);
	assert_int_equal(set->newest->not_before, 1735689600);
	assert_int_equal(set->lack_count + set->extra_count, 0);
	give_back(&taken);
}

static void sets_are_compared_by_subject_and_key(void **state)
{
	const struct chk_anchor_set *set;
	struct taken taken;

	/* Renewed with the same key: nothing is lacking for it. */
	scratch_pem("r/srv/renewed", renewed, ca[1], ca[3], NULL);
	taken = take("r");
	assert_int_equal(chk_census_set_count(taken.census), 2);
	set = chk_census_set(taken.census, 1);
	assert_false(set->reference);
	assert_int_equal(set->lack_count, 2);
	assert_int_equal(set->extra_count, 1);
	assert_true(chk_bytes_equal(set->extra[0]->der, ca[3]->der));
	assert_string_equal(chk_census_reference(taken.census),
			    "/etc/ssl/certs/ca-certificates.crt");
	give_back(&taken);
}

static void a_chain_and_fewer_than_three_are_no_store(void **state)
{
	struct taken taken;

	/* Padded, so that its first bytes do not tell. */
	assert_int_equal(scratch_run("mkdir -p n/srv && "
				     "head -c 5000 /dev/zero | tr '\\0' '#' "
				     ">n/pad && echo >>n/pad"), 0);
	scratch_pem("n/srv/chain", leaf, ca[0], ca[1], ca[2], NULL);
	scratch_pem("n/two", ca[0], ca[1], NULL);
	assert_int_equal(scratch_run("cat n/two n/pad >n/srv/two && "
				     "rm n/two n/pad"), 0);
	scratch_pem("n/srv/three", ca[0], ca[1], ca[2], NULL);
	taken = take("n");
	assert_int_equal(chk_census_place_count(taken.census), 1);
	assert_non_null(place_at(&taken, "/srv/three"));
	assert_null(chk_census_reference(taken.census));
	assert_null(chk_census_set(taken.census, 0)->lacks);
	give_back(&taken);
}

static void what_cannot_be_read_is_listed_with_the_reason(void **state)
{
	const struct chk_census_place *place;
	struct taken taken;

	assert_int_equal(scratch_run(
		"mkdir -p u/etc/ssl u/usr/lib/jvm/j/lib/security && "
		": >u/etc/ssl/cert.pem && echo '<html>' "
		">u/usr/lib/jvm/j/lib/security/cacerts"), 0);
	taken = take("u");
	assert_int_equal(chk_census_set_count(taken.census), 0);
	place = place_at(&taken, "/etc/ssl/cert.pem");
	assert_non_null(place);
	assert_int_equal(place->error->code, CHK_ERROR_EMPTY);
	assert_int_equal(place->set, SIZE_MAX);
	place = place_at(&taken, "/usr/lib/jvm/j/lib/security/cacerts");
	assert_non_null(place);
	assert_non_null(place->error);
	give_back(&taken);
}

/* Running the code of a tree that is looked at would be the end of it. */
static void no_library_of_another_root_is_loaded(void **state)
{
	const struct chk_census_place *place;
	struct taken taken;

	assert_int_equal(scratch_run("mkdir -p l/usr/lib && head -c 4096 "
				     "/dev/zero >l/usr/lib/libnssckbi.so"), 0);
	taken = take("l");
	place = place_at(&taken, "/usr/lib/libnssckbi.so");
	assert_non_null(place);
	assert_int_equal(place->error->code, CHK_ERROR_UNSUPPORTED);
	assert_non_null(strstr(place->error->what, "not loaded"));
	give_back(&taken);
}

static void links_in_a_folder_of_p11_kit_are_not_followed(void **state)
{
	const struct chk_census_place *place;
	struct taken taken;

	assert_int_equal(scratch_run(
		"mkdir -p p/etc/pki/ca-trust/source/anchors && "
		"ln -s /etc/ssl/certs/ca-certificates.crt "
		"p/etc/pki/ca-trust/source/anchors/x.pem"), 0);
	taken = take("p");
	place = place_at(&taken, "/etc/pki/ca-trust/source");
	assert_non_null(place);
	assert_int_equal(place->error->code, CHK_ERROR_UNSUPPORTED);
	give_back(&taken);
}

static void a_directory_is_read_within_its_root(void **state)
{
	const struct chk_census_place *place;
	struct taken taken;

	assert_int_equal(scratch_run("mkdir -p d/usr/share/.mono/certs/Trust "
				     "d/in"), 0);
	scratch_pem("outside.pem", ca[3], NULL);
	scratch_pem("d/in/b.pem", ca[1], NULL);
	scratch_pem("d/usr/share/.mono/certs/Trust/a.pem", ca[0], NULL);
	assert_int_equal(scratch_run(
		"ln -s /in/b.pem d/usr/share/.mono/certs/Trust/b.pem && "
		"ln -s \"$PWD/outside.pem\" "
		"d/usr/share/.mono/certs/Trust/c.pem && "
		"ln -s ../../../../../../outside.pem "
		"d/usr/share/.mono/certs/Trust/d.pem"), 0);
	taken = take("d");
	place = place_at(&taken, "/usr/share/.mono/certs/Trust");
	assert_non_null(place);
	assert_null(place->error);
	assert_int_equal(place->anchors, 2);
	assert_int_equal(chk_census_note_count(taken.census), 2);
	give_back(&taken);
}

/* Found as its own file and directory, and links to others when opened. */
static void a_place_that_was_swapped_since_is_not_read(void **state)
{
	struct chk_places_options where = { .root = scratch_full_path("s") };
	struct chk_census_options how = { .at = MADE_NOW };
	const struct chk_census_place *bundle, *directory;
	struct taken taken;
	struct chk_error error;

	assert_int_equal(scratch_run("mkdir -p s/etc/ssl/certs "
				     "s/etc/docker/certs.d/h outside"), 0);
	scratch_pem("s/etc/ssl/certs/ca-certificates.crt", ca[0], ca[1], ca[2],
		    NULL);
	scratch_pem("s/etc/docker/certs.d/h/ca.crt", ca[0], NULL);
	scratch_pem("outside/ca-certificates.crt", ca[1], ca[2], ca[3], NULL);
	scratch_pem("outside/ca.crt", ca[3], NULL);
	assert_true(chk_places_find(&where, &taken.places, &error));
	assert_int_equal(scratch_run(
		"rm -r s/etc/ssl/certs s/etc/docker/certs.d/h && "
		"ln -s \"$PWD/outside\" s/etc/ssl/certs && "
		"ln -s ../../../../outside s/etc/docker/certs.d/h"), 0);
	assert_true(chk_census_take(taken.places, &how, &taken.census,
				    &error));
	bundle = place_at(&taken, "/etc/ssl/certs/ca-certificates.crt");
	assert_non_null(bundle);
	assert_non_null(bundle->error);
	directory = place_at(&taken, "/etc/ssl/certs");
	assert_non_null(directory);
	assert_non_null(directory->error);
	assert_int_equal(chk_census_set_count(taken.census), 0);
	give_back(&taken);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_anchors_are_one_set_in_any_order),
		cmocka_unit_test(sets_are_compared_by_subject_and_key),
		cmocka_unit_test(a_chain_and_fewer_than_three_are_no_store),
		cmocka_unit_test(
			what_cannot_be_read_is_listed_with_the_reason),
		cmocka_unit_test(no_library_of_another_root_is_loaded),
		cmocka_unit_test(links_in_a_folder_of_p11_kit_are_not_followed),
		cmocka_unit_test(a_directory_is_read_within_its_root),
		cmocka_unit_test(a_place_that_was_swapped_since_is_not_read),
	};

	return cmocka_run_group_tests_name("store/census", tests, begin, end);
}
