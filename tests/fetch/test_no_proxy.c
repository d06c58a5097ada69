/* tests/fetch/test_no_proxy.c: lib/fetch/no_proxy.c. */
#include "support/test.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "fetch/no_proxy.h"

/* What `curl -v -x http://127.0.0.1:1 --noproxy LIST http://HOST` does. */
static void names_are_met_at_their_dots(void **state)
{
	static const struct {
		const char *list, *host;
		bool meets;
	} ROWS[] = {
		{ "", "ca.test", false },
		{ " ,\t,", "ca.test", false },
		{ "*", "ca.test", true },
		{ "ca.test", "ca.test", true },
		{ "CA.test", "ca.TEST", true },
		{ "ca.test", "www.ca.test", true },
		{ ".ca.test", "www.ca.test", true },
		{ ".ca.test", "ca.test", true },
		{ "ca.test", "notca.test", false },
		{ "ca.test", "ca.test.", true },
		{ "ca.test.", "ca.test", true },
		{ "www.ca.test", "ca.test", false },
		{ "a.test,ca.test", "ca.test", true },
		{ "a.test ca.test", "ca.test", true },
		{ "a.test,", "ca.test", false },
		{ "*.test", "ca.test", false },
		{ ".", "ca.test", false },
		{ "10.0.0.0/8", "ca.test", false },
	};

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		if (chk_no_proxy_has(ROWS[i].list, ROWS[i].host, NULL) !=
		    ROWS[i].meets)
			fail_msg("\"%s\" and %s", ROWS[i].list, ROWS[i].host);
	}
}

static void addresses_are_met_by_networks(void **state)
{
	static const struct {
		const char *list, *host;
		bool meets;
	} ROWS[] = {
		{ "10.0.0.1", "10.0.0.1", true },
		{ "10.0.0.1", "10.0.0.10", false },
		{ "10.0.0.0/8", "10.9.8.7", true },
		{ "10.0.0.0/8", "11.0.0.1", false },
		{ "0.0.1", "10.0.0.1", false },
		{ "::1", "::1", true },
		{ "[::1]", "::1", true },
		{ "fd00::/8", "fd12::1", true },
		{ "*", "10.0.0.1", true },
		{ "x", "10.0.0.1", false },
	};

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct sockaddr_in v4 = { .sin_family = AF_INET };
		struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };
		bool is_v4 = inet_pton(AF_INET, ROWS[i].host,
				       &v4.sin_addr) == 1;

		if (!is_v4)
			inet_pton(AF_INET6, ROWS[i].host, &v6.sin6_addr);
		if (chk_no_proxy_has(ROWS[i].list, ROWS[i].host, is_v4 ?
				     (struct sockaddr *)&v4 :
				     (struct sockaddr *)&v6) != ROWS[i].meets)
			fail_msg("\"%s\" and %s", ROWS[i].list, ROWS[i].host);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_met_at_their_dots),
		cmocka_unit_test(addresses_are_met_by_networks),
	};

	return cmocka_run_group_tests_name("fetch/no_proxy", tests, NULL, NULL);
}
