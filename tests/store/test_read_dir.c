/* tests/store/test_read_dir.c: lib/store/read_dir.c. */
#include "support/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "store/format.h"
#include "support/scratch.h"
#include "support/two_roots.h"

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

static void link_to(const char *target, const char *name)
{
	assert_int_equal(symlink(target, scratch_path(name)), 0);
}

/* A socket's path has little room: it is made from within. */
static void make_socket(const char *dir, const char *name)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int here = open(".", O_RDONLY | O_DIRECTORY);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	assert_true(here >= 0 && fd >= 0 && strlen(name) < 32);
	memcpy(address.sun_path, name, strlen(name));
	assert_int_equal(chdir(scratch_path(dir)), 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address,
			      sizeof(address)), 0);
	assert_int_equal(fchdir(here), 0);
	close(here);
	close(fd);
}

static void make_sparse(const char *name)
{
	int fd = open(scratch_path(name), O_WRONLY | O_CREAT, 0600);

	assert_true(fd >= 0);
	if (ftruncate(fd, (off_t)4 << 30) != 0)
		print_message("# no file of 4 GiB here\n");
	close(fd);
}

static void nothing_of_a_directory_is_waited_for(void **state)
{
	struct chk_store *store = chk_store_new("test");

	scratch_mkdir("odd");
	scratch_pem("odd/a.pem", one, NULL);
	link_to("c", "odd/b");
	link_to("b", "odd/c");
	link_to("/dev/zero", "odd/d");
	link_to("/dev/tty", "odd/e");
	link_to("/dev/stdin", "odd/f");
	make_socket("odd", "g");
	make_sparse("odd/h");
	link_to(".", "odd/i");
	scratch_pem("odd/j", two, NULL);
	chmod(scratch_path("odd/j"), 0);
	alarm(20);
	assert_true(read_dir(store, "odd", NULL));
	alarm(0);
	/* Root can read what others cannot. */
	assert_int_equal(chk_store_count(store) + chk_store_note_count(store),
			 9);
	assert_true(chk_store_note_count(store) >= 7);
	assert_non_null(strstr(chk_store_note(store, 0)->what, "symbolic"));
	chk_store_free(store);
}

static void objects_of_p11_kit_are_not_read_as_pem(void **state)
{
	struct chk_store *store = chk_store_new("test");
	char *pem = pem_of(two), text[4096];

	snprintf(text, sizeof(text), "# made\n\n[p11-kit-object-v1]\n"
		 "class: certificate\nx-distrusted: true\n%s", pem);
	free(pem);
	scratch_mkdir("objects");
	scratch_pem("objects/a.pem", one, NULL);
	scratch_text("objects/b.p11-kit", text);
	assert_true(read_dir(store, "objects", NULL));
	assert_int_equal(chk_store_count(store), 1);
	assert_non_null(strstr(chk_store_note(store, 0)->what, "p11-kit"));
	chk_store_free(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hash_links_are_places_of_one_anchor),
		cmocka_unit_test(files_are_read_by_name),
		cmocka_unit_test(what_is_of_no_use_is_noted_and_the_rest_read),
		cmocka_unit_test(directories_below_are_not_read),
		cmocka_unit_test(nothing_of_a_directory_is_waited_for),
		cmocka_unit_test(objects_of_p11_kit_are_not_read_as_pem),
		cmocka_unit_test(a_directory_without_certificates_is_empty),
		cmocka_unit_test(what_is_no_directory_is_not_found),
	};

	return cmocka_run_group_tests_name("store/read_dir", tests,
					   two_roots_begin, two_roots_end);
}
