/* tests/fetch/test_proxy.c: lib/fetch/proxy.c: what is read of its URL. */
#include "support/test.h"

#include "fetch/io.h"
#include "fetch/proxy.h"

static const struct {
	const char *text, *user;
	const char *url, *shown, *name, *password;
} READ[] = {
	{ "192.0.2.1", NULL, "http://192.0.2.1:1080", "192.0.2.1:1080", NULL,
	  NULL },
	{ "proxy.test:3128", NULL, "http://proxy.test:3128",
	  "proxy.test:3128", NULL, NULL },
	{ "socks5h://joe:a%40b@[2001:db8::1]:9", NULL,
	  "socks5h://[2001:db8::1]:9", "[2001:db8::1]:9", "joe", "a@b" },
	{ "HTTP://joe@a.test:1/", NULL, "http://a.test:1", "a.test:1", "joe",
	  NULL },
	{ "http://joe:x@a.test:1", "ann:y:z", "http://a.test:1", "a.test:1",
	  "ann", "y:z" },
	{ "http://a.test:1", "ann", "http://a.test:1", "a.test:1", "ann", "" },
};

static void equal_or_null(const char *text, const char *wanted)
{
	if (!wanted)
		assert_null(text);
	else
		assert_string_equal(text, wanted);
}

static void its_name_and_password_stand_apart(void **state)
{
	for (size_t i = 0; i < CHK_COUNT(READ); i++) {
		struct chk_arena arena = { 0 };
		struct chk_error error;
		struct chk_proxy proxy;

		if (!chk_proxy_init(&proxy, READ[i].text, READ[i].user, &arena,
				    &error))
			fail_msg("%s: %s", READ[i].text, error.what);
		assert_string_equal(proxy.url, READ[i].url);
		assert_string_equal(proxy.shown, READ[i].shown);
		equal_or_null(proxy.user, READ[i].name);
		equal_or_null(proxy.password, READ[i].password);
		chk_arena_clear(&arena);
	}
}

static void what_is_no_proxy_is_an_error_without_its_text(void **state)
{
	static const char *const BAD[] = {
		"https://joe:secret@a.test:1", "ftp://joe:secret@a.test",
		"http://joe:secret@", "http://joe:secret@a.test:99999", "",
	};

	for (size_t i = 0; i < CHK_COUNT(BAD); i++) {
		struct chk_arena arena = { 0 };
		struct chk_error error;
		struct chk_proxy proxy;

		assert_false(chk_proxy_init(&proxy, BAD[i], NULL, &arena,
					    &error));
		assert_int_equal(error.code, CHK_ERROR_ARGUMENT);
		assert_null(strstr(error.what, "secret"));
		assert_null(strstr(error.where, "secret"));
		chk_arena_clear(&arena);
	}
}

static void time_that_is_over_is_no_connection(void **state)
{
	struct chk_arena arena = { 0 };
	enum chk_proxy_fault fault;
	struct chk_proxy proxy;
	const char *why;

	assert_true(chk_proxy_init(&proxy, "127.0.0.1:1", NULL, &arena, NULL));
	assert_int_equal(chk_proxy_connect(&proxy, "a.test", 443,
					   chk_io_now() - 1, &arena, &fault,
					   &why), -1);
	assert_int_equal(fault, CHK_PROXY_UNREACHED);
	assert_string_equal(why, "the proxy 127.0.0.1:1 made no connection in "
				 "time");
	chk_arena_clear(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(its_name_and_password_stand_apart),
		cmocka_unit_test(what_is_no_proxy_is_an_error_without_its_text),
		cmocka_unit_test(time_that_is_over_is_no_connection),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
