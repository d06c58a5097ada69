/*
 * tests/fetch/test_address.c: lib/fetch/address.c. What is special is what
 * IANA's registries of special-purpose addresses say (RFC 6890), and the
 * clouds' own documentation of their metadata.
 */
#include "support/test.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "fetch/address.h"

static struct sockaddr_storage parse(const char *text)
{
	struct sockaddr_storage address = { 0 };
	struct sockaddr_in v4 = { .sin_family = AF_INET };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };

	if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) {
		memcpy(&address, &v4, sizeof(v4));
		return address;
	}
	assert_int_equal(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
	memcpy(&address, &v6, sizeof(v6));
	return address;
}

static bool is_public(const char *text)
{
	struct sockaddr_storage address = parse(text);

	return chk_address_is_public((struct sockaddr *)&address);
}

static void addresses_of_the_internet_are_public(void **state)
{
	static const char *const PUBLIC[] = {
		"1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255",
		"100.128.0.0", "126.255.255.255", "128.0.0.1",
		"168.63.129.15", "169.253.255.255", "172.15.255.255",
		"172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0",
		"198.17.255.255", "198.20.0.0", "223.255.255.255",
		"2600::1", "2001:200::1", "2606:4700::1111",
		"::ffff:1.1.1.1", "64:ff9b::1.1.1.1",
	};

	for (size_t i = 0; i < CHK_COUNT(PUBLIC); i++) {
		if (!is_public(PUBLIC[i]))
			fail_msg("%s", PUBLIC[i]);
	}
}

static void special_addresses_are_not(void **state)
{
	static const char *const SPECIAL[] = {
		"0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255",
		"100.64.0.1", "100.100.100.200", "100.127.255.255",
		"127.0.0.1", "127.255.255.255", "168.63.129.16",
		"169.254.169.254", "172.16.0.1", "172.31.255.255",
		"192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1",
		"198.18.0.1", "198.19.255.255", "198.51.100.1",
		"203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
		"255.255.255.255", "::", "::1", "::127.0.0.1",
		"::ffff:127.0.0.1", "::ffff:169.254.169.254",
		"64:ff9b::10.0.0.1", "64:ff9b:1::1", "100::1", "2001::1",
		"2001:db8::1", "2002:7f00:1::", "3fff::1", "5f00::1",
		"fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1",
	};

	for (size_t i = 0; i < CHK_COUNT(SPECIAL); i++) {
		if (is_public(SPECIAL[i]))
			fail_msg("%s", SPECIAL[i]);
	}
}

static void another_family_is_not_public(void **state)
{
	struct sockaddr address = { .sa_family = AF_UNIX };

	assert_false(chk_address_is_public(&address));
}

static bool is_in(const char *address, const char *text)
{
	struct sockaddr_storage storage = parse(address);
	struct chk_network network;

	assert_true(chk_network_parse(text, &network));
	return chk_network_has(&network, (struct sockaddr *)&storage);
}

static void a_network_has_what_begins_like_it(void **state)
{
	assert_true(is_in("127.0.0.1", "127.0.0.1"));
	assert_false(is_in("127.0.0.2", "127.0.0.1"));
	assert_true(is_in("10.9.8.7", "10.0.0.0/8"));
	assert_false(is_in("11.0.0.0", "10.0.0.0/8"));
	assert_true(is_in("127.0.0.3", "127.0.0.0/30"));
	assert_false(is_in("127.0.0.4", "127.0.0.0/30"));
	assert_true(is_in("::ffff:10.0.0.1", "10.0.0.0/8"));
	assert_true(is_in("192.0.2.1", "0.0.0.0/0"));
	assert_false(is_in("::1", "0.0.0.0/0"));
	assert_true(is_in("fd12::1", "fd00::/8"));
	assert_false(is_in("fe12::1", "fd00::/8"));
	assert_true(is_in("::1", "::/0"));
}

static void what_is_no_network_is_none(void **state)
{
	static const char *const NONE[] = {
		"", "localhost", "10.0.0", "10.0.0.0/", "10.0.0.0/33",
		"10.0.0.0/-1", "10.0.0.0/8x", "10.0.0.0/0008", "::/129",
		"/8", "[::1]",
	};
	struct chk_network network;

	for (size_t i = 0; i < CHK_COUNT(NONE); i++) {
		if (chk_network_parse(NONE[i], &network))
			fail_msg("%s", NONE[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_of_the_internet_are_public),
		cmocka_unit_test(special_addresses_are_not),
		cmocka_unit_test(another_family_is_not_public),
		cmocka_unit_test(a_network_has_what_begins_like_it),
		cmocka_unit_test(what_is_no_network_is_none),
	};

	return cmocka_run_group_tests_name("fetch/address", tests, NULL, NULL);
}
