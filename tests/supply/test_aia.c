/* tests/supply/test_aia.c: lib/supply/aia.c, by a fetcher with a script. */
#include "config.h"

#include "support/test.h"

#include "base/buffer.h"
#include "supply/aia.h"
#include "support/made.h"
#include "support/script_fetcher.h"

#define FIRST "http://a.test/ca.der"
#define SECOND "http://b.test/ca.der"

enum { CA, LEAF, BOTH, CERTS };

static struct chk_cert *certs[CERTS];
static struct script_fetcher script;
static struct chk_aia aia;
static struct chk_error error;

static int begin(void **state)
{
	static const struct recipe RECIPES[CERTS] = {
		[CA] = { .subject = "CA", .ca = true },
		[LEAF] = { .subject = "leaf", .key = 1, .issuer = "CA" },
		[BOTH] = { .subject = "leaf", .key = 1, .issuer = "CA",
			   .issuers = { FIRST, SECOND } },
	};

	for (size_t i = 0; i < CERTS; i++)
		certs[i] = make_cert(&RECIPES[i]);
	return 0;
}

static int end(void **state)
{
	for (size_t i = 0; i < CERTS; i++)
		chk_cert_unref(certs[i]);
	forget_keys();
	return 0;
}

static int set_up(void **state)
{
	script_fetcher_begin(&script);
	aia = (struct chk_aia){ .fetcher = &script.fetcher };
	return 0;
}

static int tear_down(void **state)
{
	chk_aia_clear(&aia);
	return 0;
}

static void without_a_fetcher_nobody_is_asked(void **state)
{
	aia.fetcher = NULL;
	assert_false(chk_aia_ask(&aia, certs[BOTH], &error));
	assert_int_equal(error.code, CHK_OK);
	assert_int_equal(aia.count, 0);
}

static void a_certificate_without_a_place_asks_nobody(void **state)
{
	assert_false(chk_aia_ask(&aia, certs[LEAF], &error));
	assert_int_equal(error.code, CHK_OK);
	assert_int_equal(script.asked_count, 0);
	assert_int_equal(aia.notes.count, 0);
}

static void what_comes_has_the_url_for_its_place(void **state)
{
	script_fetcher_add(&script, FIRST, certs[CA]->der);
	assert_true(chk_aia_ask(&aia, certs[BOTH], &error));
	assert_int_equal(script.asked_count, 1);
	assert_int_equal(aia.fetched->count, 1);
	assert_string_equal(aia.fetched->items[0].where, FIRST);
	assert_true(chk_bytes_equal(aia.fetched->items[0].cert->der,
				    certs[CA]->der));
	assert_true(aia.asked[0].named);
	assert_int_equal(aia.notes.count, 0);
}

static void the_second_is_asked_where_the_first_fails(void **state)
{
	script_fetcher_fail(&script, FIRST, "it is shut");
	script_fetcher_add(&script, SECOND, certs[CA]->der);
	assert_true(chk_aia_ask(&aia, certs[BOTH], &error));
	assert_int_equal(script.asked_count, 2);
	assert_int_equal(aia.notes.count, 1);
	assert_string_equal(aia.notes.items[0].where, FIRST);
	assert_string_equal(aia.notes.items[0].what, "it is shut");
	assert_string_equal(aia.fetched->items[0].where, SECOND);
}

static void each_url_is_asked_once(void **state)
{
	script_fetcher_add(&script, FIRST, certs[CA]->der);
	script_fetcher_add(&script, SECOND, certs[CA]->der);
	assert_true(chk_aia_ask(&aia, certs[BOTH], &error));
	assert_true(chk_aia_ask(&aia, certs[BOTH], &error));
	assert_false(chk_aia_ask(&aia, certs[BOTH], &error));
	assert_int_equal(script.asked_count, 2);
	assert_string_equal(script.asked[0], FIRST);
	assert_string_equal(script.asked[1], SECOND);
}

static void one_of_another_name_is_not_what_was_asked_for(void **state)
{
	script_fetcher_add(&script, FIRST, certs[LEAF]->der);
	assert_true(chk_aia_ask(&aia, certs[BOTH], &error));
	assert_false(aia.asked[0].named);
	assert_int_equal(aia.asked[0].count, 1);
}

static void a_size_beyond_the_room_is_not_believed(void **state)
{
	script_fetcher_add(&script, FIRST, certs[CA]->der);
	script.answers[0].claims = CHK_AIA_MAX_BYTES + 1;
	assert_false(chk_aia_ask(&aia, certs[BOTH], &error));
	assert_non_null(strstr(aia.notes.items[0].what, "over 1048576 bytes"));
}

static void after_so_many_no_more_are_asked(void **state)
{
	struct chk_cert *many = make_cert(&(struct recipe){
		.subject = "leaf", .key = 1, .issuer = "CA",
		.issuers = { "http://1/", "http://2/", "http://3/",
			     "http://4/", "http://5/", "http://6/",
			     "http://7/", "http://8/" } });

	assert_false(chk_aia_ask(&aia, many, &error));
	assert_int_equal(script.asked_count, CHK_AIA_MAX_ASKED);
	assert_int_equal(aia.notes.count, CHK_AIA_MAX_ASKED + 1);
	assert_string_equal(aia.notes.items[CHK_AIA_MAX_ASKED].where,
			    "http://7/");
	chk_cert_unref(many);
}

static void what_is_no_url_is_asked_of_nobody(void **state)
{
	struct chk_cert *good = make_cert(&(struct recipe){
		.subject = "leaf", .key = 1, .issuer = "CA",
		.issuers = { "http://a.test/%%Host:b", FIRST } });
	struct chk_buffer der = { 0 };
	struct chk_cert *bad;
	char *mark;

	chk_buffer_add(&der, good->der.data, good->der.size);
	mark = memmem(der.data, der.size, "%%Host", 6);
	memcpy(mark, "\r\n", 2);
	assert_true(chk_cert_parse(chk_bytes_of(der.data, der.size), &bad,
				   NULL));
	script_fetcher_add(&script, FIRST, certs[CA]->der);
	assert_true(chk_aia_ask(&aia, bad, &error));
	assert_int_equal(script.asked_count, 1);
	assert_string_equal(aia.notes.items[0].what, "is no URL");
	assert_null(strchr(aia.notes.items[0].where, '\n'));
	chk_cert_unref(bad);
	chk_cert_unref(good);
	chk_buffer_clear(&der);
}

static void what_was_of_use_is_handed_back(void **state)
{
	script_fetcher_add(&script, FIRST, certs[CA]->der);
	assert_true(chk_aia_ask(&aia, certs[BOTH], &error));
	chk_aia_keep(&aia, SECOND);
	assert_int_equal(script.kept_count, 0);
	chk_aia_keep(&aia, FIRST);
	assert_int_equal(script.kept_count, 1);
	script.fetcher.keep = NULL;
	chk_aia_keep(&aia, FIRST);
}

#define AIA_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		AIA_TEST(without_a_fetcher_nobody_is_asked),
		AIA_TEST(a_certificate_without_a_place_asks_nobody),
		AIA_TEST(what_comes_has_the_url_for_its_place),
		AIA_TEST(the_second_is_asked_where_the_first_fails),
		AIA_TEST(each_url_is_asked_once),
		AIA_TEST(one_of_another_name_is_not_what_was_asked_for),
		AIA_TEST(a_size_beyond_the_room_is_not_believed),
		AIA_TEST(after_so_many_no_more_are_asked),
		AIA_TEST(what_is_no_url_is_asked_of_nobody),
		AIA_TEST(what_was_of_use_is_handed_back),
	};

	return cmocka_run_group_tests_name("supply/aia", tests, begin, end);
}
