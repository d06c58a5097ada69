/* tests/fetch/test_http_cache.c: lib/fetch/http_cache.c */
#include "support/test.h"

#include <stdio.h>
#include <sys/stat.h>

#include "fetch/http_cache.h"
#include "support/scratch.h"

#define URL "http://ca.test/int.der"

static struct chk_http_cache cache;
static struct chk_error error;
static uint8_t bytes[64];
static size_t size;
static unsigned notes;
static char noted[200];

static void take_note(void *self, const struct chk_note *note)
{
	notes++;
	snprintf(noted, sizeof(noted), "%s", note->what);
}

static int set_up(void **state)
{
	notes = 0;
	cache = (struct chk_http_cache){ .folder = -1, .max_files = 3,
					 .max_seconds = 100,
					 .note = take_note };
	scratch_run("rm -rf cache");
	return chk_http_cache_open(&cache, scratch_path("cache"), &error) ?
		       0 : -1;
}

static int tear_down(void **state)
{
	chk_http_cache_close(&cache);
	return 0;
}

static bool find(const char *url)
{
	return chk_http_cache_find(&cache, url, bytes, sizeof(bytes), &size);
}

static void what_was_kept_is_found(void **state)
{
	assert_false(find(URL));
	chk_http_cache_keep(&cache, URL, BYTES("answer"));
	assert_true(find(URL));
	assert_int_equal(size, 6);
	assert_memory_equal(bytes, "answer", 6);
	assert_false(find("http://ca.test/other"));
	assert_int_equal(notes, 0);
}

static void it_is_kept_where_nobody_else_reads(void **state)
{
	chk_http_cache_keep(&cache, URL, BYTES("answer"));
	assert_int_equal(scratch_run(
		"test $(stat -c %%a cache) = 700 && "
		"test $(stat -c %%a cache/*) = 600 && "
		"test $(ls cache) = $(printf %%s %s | sha256sum | cut -c1-64)",
		URL), 0);
}

static void another_urls_file_is_ignored(void **state)
{
	chk_http_cache_keep(&cache, URL, BYTES("answer"));
	assert_int_equal(scratch_run(
		"mv cache/* cache/$(printf %%s http://b/ | sha256sum | "
		"cut -c1-64)"), 0);
	assert_false(find("http://b/"));
	assert_int_equal(notes, 1);
	assert_non_null(strstr(noted, "damaged"));
}

static void a_changed_file_is_ignored(void **state)
{
	chk_http_cache_keep(&cache, URL, BYTES("answer"));
	assert_int_equal(scratch_run("sed -i s/answer/Answer/ cache/*"), 0);
	assert_false(find(URL));
	assert_int_equal(notes, 1);
	assert_int_equal(scratch_run("truncate -s 10 cache/*"), 0);
	assert_false(find(URL));
	assert_int_equal(notes, 2);
}

static void a_file_that_others_may_write_is_ignored(void **state)
{
	chk_http_cache_keep(&cache, URL, BYTES("answer"));
	assert_int_equal(scratch_run("chmod g+w cache/*"), 0);
	assert_false(find(URL));
	assert_int_equal(notes, 1);
}

static void links_and_pipes_are_not_followed(void **state)
{
	chk_http_cache_keep(&cache, URL, BYTES("answer"));
	assert_int_equal(scratch_run("cd cache && mv * ../real && "
				     "ln -s ../real $(printf %%s %s | "
				     "sha256sum | cut -c1-64)", URL), 0);
	assert_false(find(URL));
	assert_int_equal(scratch_run("cd cache && f=$(ls) && rm $f && "
				     "mkfifo -m 600 $f"), 0);
	assert_false(find(URL));
	assert_int_equal(notes, 2);
	/* What is kept takes the place of the link, and writes through none. */
	chk_http_cache_keep(&cache, URL, BYTES("new"));
	assert_true(find(URL));
	assert_int_equal(scratch_run("grep -q answer real"), 0);
}

static void an_old_answer_is_none(void **state)
{
	chk_http_cache_keep(&cache, URL, BYTES("answer"));
	assert_int_equal(scratch_run("touch -d '200 seconds ago' cache/*"),
			 0);
	assert_false(find(URL));
	/* Nor one of the future. */
	assert_int_equal(scratch_run("touch -d '200 seconds' cache/*"), 0);
	assert_false(find(URL));
	assert_int_equal(notes, 0);
	chk_http_cache_keep(&cache, URL, BYTES("new"));
	assert_true(find(URL));
}

static void an_answer_is_as_old_as_when_it_came(void **state)
{
	chk_http_cache_keep(&cache, URL, BYTES("answer"));
	assert_int_equal(scratch_run("touch -d '90 seconds ago' cache/*"), 0);
	chk_http_cache_keep(&cache, URL, BYTES("answer"));
	assert_int_equal(scratch_run("test -z \"$(find cache -type f -newermt "
				     "'-60 seconds')\""), 0);
}

static void the_oldest_goes(void **state)
{
	static const char *const URLS[] = { "http://1/", "http://2/",
					    "http://3/", "http://4/" };

	for (size_t i = 0; i < CHK_COUNT(URLS); i++) {
		chk_http_cache_keep(&cache, URLS[i], BYTES("answer"));
		assert_int_equal(scratch_run("for f in cache/*; do touch -d "
					     "\"$(stat -c %%y $f) 10 seconds "
					     "ago\" $f; done"), 0);
	}
	assert_false(find(URLS[0]));
	for (size_t i = 1; i < CHK_COUNT(URLS); i++)
		assert_true(find(URLS[i]));
}

static void what_is_not_its_own_is_left_alone(void **state)
{
	assert_int_equal(scratch_run("cd cache && touch -d 2000-01-01 a b c "
				     "d"), 0);
	chk_http_cache_keep(&cache, URL, BYTES("answer"));
	assert_int_equal(scratch_run("cd cache && ls a b c d >/dev/null"), 0);
	assert_true(find(URL));
}

static void a_directory_that_others_may_write_to_is_refused(void **state)
{
	struct chk_http_cache other = { .folder = -1 };

	scratch_run("rm -rf shared link && mkdir shared && chmod 777 shared "
		    "&& ln -s cache link && touch file");
	assert_false(chk_http_cache_open(&other, scratch_path("shared"),
					 &error));
	assert_int_equal(error.code, CHK_ERROR_READ);
	assert_false(chk_http_cache_open(&other, scratch_path("link"),
					 &error));
	assert_false(chk_http_cache_open(&other, scratch_path("file"),
					 &error));
	assert_false(chk_http_cache_open(&other, scratch_path("no/where"),
					 &error));
	assert_int_equal(other.folder, -1);
}

static void a_larger_answer_than_there_is_room_for_is_none(void **state)
{
	uint8_t large[65] = { 0 };

	chk_http_cache_keep(&cache, URL, chk_bytes_of(large, sizeof(large)));
	assert_false(find(URL));
	assert_int_equal(notes, 1);
}

#define CACHE_TEST(name) \
	cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CACHE_TEST(what_was_kept_is_found),
		CACHE_TEST(it_is_kept_where_nobody_else_reads),
		CACHE_TEST(another_urls_file_is_ignored),
		CACHE_TEST(a_changed_file_is_ignored),
		CACHE_TEST(a_file_that_others_may_write_is_ignored),
		CACHE_TEST(links_and_pipes_are_not_followed),
		CACHE_TEST(an_old_answer_is_none),
		CACHE_TEST(an_answer_is_as_old_as_when_it_came),
		CACHE_TEST(the_oldest_goes),
		CACHE_TEST(what_is_not_its_own_is_left_alone),
		CACHE_TEST(a_directory_that_others_may_write_to_is_refused),
		CACHE_TEST(a_larger_answer_than_there_is_room_for_is_none),
	};

	return cmocka_run_group_tests_name("fetch/http_cache", tests,
					   scratch_begin, scratch_end);
}
