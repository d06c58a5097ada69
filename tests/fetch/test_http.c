/*
 * tests/fetch/test_http.c: lib/fetch/http.c: what is asked of nobody, not even
 * of a proxy. What servers do is tests/peers/aia.sh's.
 */
#include "support/test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <unistd.h>

#include "fetch/http.h"
#include "fetch/io.h"

/* Where nobody listens: what comes so far has not been refused. */
#define PROXY "http://127.0.0.1:1"

static struct chk_http http;
static struct chk_error error;

static int set_up(void **state)
{
	http = (struct chk_http){ .curl = chk_curl_load(NULL),
				  .proxy = PROXY, .timeout_ms = 2000,
				  .connect_timeout_ms = 2000 };
	return http.curl ? 0 : -1;
}

/* Why `url` could not be had; nothing ever can be in this test. */
static const char *why(const char *url)
{
	uint8_t bytes[16];
	size_t size;

	error = (struct chk_error){ 0 };
	assert_false(chk_http_get(&http, url, bytes, sizeof(bytes), &size,
				  &error));
	assert_string_equal(error.where, url);
	return error.what;
}

static void assert_why(const char *url, const char *words)
{
	if (!strstr(why(url), words))
		fail_msg("%s: %s", url, error.what);
}

static void http_alone_is_asked(void **state)
{
	assert_why("https://ca.test/", "https URLs are not fetched");
	assert_why("ldap://ca.test/", "ldap URLs are not fetched");
	assert_why("file:///etc/passwd", "file URLs are not fetched");
	assert_why("ftp://ca.test/", "ftp URLs are not fetched");
	assert_why("gopher://ca.test/", "gopher URLs are not fetched");
}

static void what_is_no_url_is_not_asked(void **state)
{
	assert_why("ca.test", "no URL");
	assert_why("http://", "no URL");
	assert_why("http://a b/", "no URL");
}

static void credentials_are_not_sent(void **state)
{
	assert_why("http://me@ca.test/", "user name or password");
	assert_why("http://me:secret@ca.test/", "user name or password");
}

static void a_proxy_is_not_sent_to_special_addresses(void **state)
{
	static const char WORDS[] = "is no public address";

	assert_why("http://127.0.0.1/", WORDS);
	assert_why("http://0x7f.1/", WORDS);
	assert_why("http://2130706433/", WORDS);
	assert_why("http://[::1]/", WORDS);
	assert_why("http://[::ffff:10.0.0.1]/", WORDS);
	assert_why("http://[fe80::1%25eth0]/", WORDS);
	assert_why("http://169.254.169.254/latest/meta-data/", WORDS);
	assert_why("http://localhost/", WORDS);
	assert_why("http://LOCALHOST./", WORDS);
	assert_why("http://ca.localhost/", WORDS);
	assert_why("http://localhost../", WORDS);
	assert_why("http://127.0.0.1./", WORDS);
	assert_why("http://169.254.169.254./", WORDS);
	assert_why("http://10.0.0.1../", WORDS);
	assert_why("http://2130706433./", WORDS);
}

static void a_proxy_is_asked_for_the_rest(void **state)
{
	static const struct chk_network ALLOWED = {
		.bytes = { [10] = 0xff, [11] = 0xff, [12] = 10 }, .bits = 104
	};

	/* It is curl that says that nobody listens there. */
	assert_why("http://ca.test/", "port 1");
	assert_why("http://notlocalhost/", "port 1");
	assert_why("http://1.1.1.1/", "port 1");
	http.allowed = &ALLOWED;
	http.allowed_count = 1;
	assert_why("http://10.0.0.1/", "port 1");
}

static void special_addresses_are_not_connected_to(void **state)
{
	http.proxy = NULL;
	assert_why("http://127.0.0.1:1/", "127.0.0.1 is no public address");
	assert_why("http://localhost:1/", "is no public address");
	assert_why("http://[::1]:1/", "::1 is no public address");
}

/* Without the proxy, what connects is looked at again. */
static void what_goes_without_the_proxy_is_looked_at(void **state)
{
	http.no_proxy = "10.0.0.0/8, .ca.test, localhost, 127.0.0.1";
	assert_why("http://127.0.0.1:1/", "127.0.0.1 is no public address");
	assert_why("http://localhost:1/", "is no public address");
	assert_why("http://10.0.0.1:1/", "10.0.0.1 is no public address");
	assert_why("http://notca.test/", "port 1");
	assert_why("http://192.168.0.1/", "is no public address");
}

/* One that takes a connection and never says a word. */
static int listen_here(char *url, size_t size)
{
	struct sockaddr_in here = { .sin_family = AF_INET,
				    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t length = sizeof(here);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&here, length), 0);
	assert_int_equal(listen(fd, 1), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&here, &length),
			 0);
	snprintf(url, size, "http://127.0.0.1:%d/", ntohs(here.sin_port));
	return fd;
}

static void the_time_for_all_ends_that_for_one(void **state)
{
	static const struct chk_network HERE = {
		.bytes = { [10] = 0xff, [11] = 0xff, [12] = 127 }, .bits = 104
	};
	char url[64];
	int fd = listen_here(url, sizeof(url));

	http.proxy = NULL;
	http.allowed = &HERE;
	http.allowed_count = 1;
	http.timeout_ms = 600000; /* the test would not see its end */
	http.end = chk_io_now() + 200;
	assert_why(url, "no whole answer in time");
	assert_why(url, "no whole answer in time");
	close(fd);
}

#define HTTP_TEST(name) cmocka_unit_test_setup(name, set_up)

int main(void)
{
	const struct CMUnitTest tests[] = {
		HTTP_TEST(http_alone_is_asked),
		HTTP_TEST(what_is_no_url_is_not_asked),
		HTTP_TEST(credentials_are_not_sent),
		HTTP_TEST(a_proxy_is_not_sent_to_special_addresses),
		HTTP_TEST(a_proxy_is_asked_for_the_rest),
		HTTP_TEST(special_addresses_are_not_connected_to),
		HTTP_TEST(what_goes_without_the_proxy_is_looked_at),
		HTTP_TEST(the_time_for_all_ends_that_for_one),
	};

	return cmocka_run_group_tests_name("fetch/http", tests, NULL, NULL);
}
