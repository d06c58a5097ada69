/* tests/store/test_read_dir.c: lib/store/read_dir.c. */
#include "support/test.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/format.h"
#include "support/made.h"
#include "support/scratch.h"

static struct chk_cert *one, *two;

static int begin(void **state)
{
	one = make_cert(&(struct recipe){ .subject = "One", .ca = true });
	two = make_cert(&(struct recipe){ .subject = "Two", .key = 1,
					  .issuer_key = 1, .ca = true });
	return scratch_begin(state);
}

static int end(void **state)
{
	chk_cert_unref(one);
	chk_cert_unref(two);
	forget_keys();
	return scratch_end(state);
}

static bool read_dir(struct chk_store *store, const char *name,
		     struct chk_error *error)
{
	return chk_read_dir(store, scratch_path(name), NULL, error);
}

static void hash_links_are_places_of_one_anchor(void **state)
{
	struct chk_store *store = chk_store_new("test");

	scratch_mkdir("hashed");
	scratch_pem("hashed/one.pem", one, NULL);
	scratch_pem("hashed/two.pem", two, NULL);
	assert_int_equal(scratch_run("openssl rehash hashed"), 0);
	assert_true(read_dir(store, "hashed", NULL));
	assert_int_equal(chk_store_count(store), 2);
	for (size_t i = 0; i < 2; i++)
		assert_non_null(chk_anchor_where(chk_store_get(store, i), 1));
	assert_int_equal(chk_store_note_count(store), 0);
	chk_store_free(store);
}

static void files_are_read_by_name(void **state)
{
	struct chk_store *store = chk_store_new("test");

	scratch_mkdir("sorted");
	scratch_pem("sorted/b.pem", one, NULL);
	scratch_pem("sorted/a.pem", two, NULL);
	assert_true(read_dir(store, "sorted", NULL));
	assert_true(chk_bytes_equal(chk_store_get(store, 0)->cert->der,
				    two->der));
	assert_true(chk_bytes_equal(chk_store_get(store, 1)->cert->der,
				    one->der));
	chk_store_free(store);
}

static void what_is_of_no_use_is_noted_and_the_rest_read(void **state)
{
	struct chk_store *store = chk_store_new("test");

	scratch_mkdir("mixed");
	scratch_pem("mixed/a.pem", one, NULL);
	scratch_text("mixed/b.txt", "read me");
	scratch_text("mixed/c.pem", "");
	assert_int_equal(symlink("nowhere", scratch_path("mixed/d.pem")), 0);
	assert_int_equal(mkfifo(scratch_path("mixed/e"), 0600), 0);
	scratch_write("mixed/f.der", two->der.data, two->der.size);
	assert_true(read_dir(store, "mixed", NULL));
	assert_int_equal(chk_store_count(store), 2);
	assert_int_equal(chk_store_note_count(store), 4);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(strrchr(chk_store_note(store, i)->where,
					    '/'),
				    ((const char *const[]){
					"/b.txt", "/c.pem", "/d.pem",
					"/e" })[i]);
	chk_store_free(store);
}

static void directories_below_are_not_read(void **state)
{
	struct chk_store *store = chk_store_new("test");

	scratch_mkdir("above");
	scratch_mkdir("above/below");
	scratch_pem("above/one.pem", one, NULL);
	scratch_pem("above/below/two.pem", two, NULL);
	assert_true(read_dir(store, "above", NULL));
	assert_int_equal(chk_store_count(store), 1);
	assert_int_equal(chk_store_note_count(store), 0);
	chk_store_free(store);
}

static void a_directory_without_certificates_is_empty(void **state)
{
	struct chk_store *store = chk_store_new("test");
	struct chk_error error;

	scratch_mkdir("empty");
	assert_false(read_dir(store, "empty", &error));
	assert_int_equal(error.code, CHK_ERROR_EMPTY);
	scratch_text("empty/note.txt", "x");
	assert_false(read_dir(store, "empty", &error));
	assert_int_equal(error.code, CHK_ERROR_EMPTY);
	chk_store_free(store);
}

static void what_is_no_directory_is_not_found(void **state)
{
	struct chk_store *store = chk_store_new("test");
	struct chk_error error;

	scratch_text("file", "x");
	assert_false(read_dir(store, "none", &error));
	assert_int_equal(error.code, CHK_ERROR_NOT_FOUND);
	assert_false(read_dir(store, "file", &error));
	assert_int_equal(error.code, CHK_ERROR_NOT_FOUND);
	chk_store_free(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hash_links_are_places_of_one_anchor),
		cmocka_unit_test(files_are_read_by_name),
		cmocka_unit_test(what_is_of_no_use_is_noted_and_the_rest_read),
		cmocka_unit_test(directories_below_are_not_read),
		cmocka_unit_test(a_directory_without_certificates_is_empty),
		cmocka_unit_test(what_is_no_directory_is_not_found),
	};

	return cmocka_run_group_tests_name("store/read_dir", tests, begin, end);
}
