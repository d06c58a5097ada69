/* tests/fetch/test_target.c: lib/fetch/target.c, defaults and refusals. */
#include "support/test.h"

#include "fetch/target.h"

struct fixture {
	struct chk_arena arena;
	struct chk_route route;
	struct chk_error error;
};

static bool init(struct fixture *at, struct chk_target target)
{
	*at = (struct fixture){ 0 };
	return chk_route_init(&at->route, &target, &at->arena, &at->error);
}

static void clear(struct fixture *at)
{
	chk_route_clear(&at->route);
	chk_arena_clear(&at->arena);
}

static void refused(struct chk_target target, const char *what)
{
	struct fixture at;

	assert_false(init(&at, target));
	assert_int_equal(at.error.code, CHK_ERROR_ARGUMENT);
	assert_non_null(strstr(at.error.what, what));
	clear(&at);
}

static void a_host_alone_takes_the_defaults(void **state)
{
	struct fixture at;

	assert_true(init(&at, (struct chk_target){ .host = "example.test" }));
	assert_string_equal(at.route.host, "example.test");
	assert_string_equal(at.route.connect_host, "example.test");
	assert_string_equal(at.route.server_name, "example.test");
	assert_int_equal(at.route.port, 443);
	assert_int_equal(at.route.connect_port, 443);
	assert_int_equal(at.route.resolve_ms, 5000);
	assert_int_equal(at.route.connect_ms, 10000);
	assert_int_equal(at.route.handshake_ms, 10000);
	assert_int_equal(at.route.total_ms, 30000);
	assert_non_null(at.route.io);
	clear(&at);
}

static void connect_to_changes_the_way_and_not_the_name(void **state)
{
	struct fixture at;

	assert_true(init(&at, (struct chk_target){
				      .host = "example.test",
				      .port = 8443,
				      .connect_host = "192.0.2.7",
				      .connect_port = 9443 }));
	assert_string_equal(at.route.server_name, "example.test");
	assert_string_equal(at.route.connect_host, "192.0.2.7");
	assert_int_equal(at.route.port, 8443);
	assert_int_equal(at.route.connect_port, 9443);
	clear(&at);
}

static void an_address_is_never_sent_as_sni(void **state)
{
	static const char *const HOSTS[] = { "192.0.2.1", "2001:db8::1",
					     "fe80::1%lo" };
	struct fixture at;

	for (size_t i = 0; i < CHK_COUNT(HOSTS); i++) {
		assert_true(init(&at, (struct chk_target){ .host = HOSTS[i] }));
		assert_null(at.route.server_name);
		clear(&at);
	}
	refused((struct chk_target){ .host = "a.test",
				     .server_name = "192.0.2.1" },
		"IP address");
}

static void sni_can_be_another_name_or_none(void **state)
{
	struct fixture at;

	assert_true(init(&at, (struct chk_target){ .host = "192.0.2.1",
						   .server_name = "b.test" }));
	assert_string_equal(at.route.server_name, "b.test");
	clear(&at);
	assert_true(init(&at, (struct chk_target){ .host = "a.test",
						   .no_server_name = true }));
	assert_null(at.route.server_name);
	clear(&at);
}

static void sni_has_no_last_dot(void **state)
{
	struct fixture at;

	assert_true(init(&at, (struct chk_target){ .host = "a.test." }));
	assert_string_equal(at.route.server_name, "a.test");
	assert_string_equal(at.route.connect_host, "a.test.");
	clear(&at);
}

/* "bücher" and "faß" by RFC 5891; A-labels as `idn2` prints them. */
static void international_names_become_a_labels(void **state)
{
	struct fixture at;

	assert_true(init(&at, (struct chk_target){
				      .host = "b\xc3\xbc" "cher.example",
				      .server_name = "fa\xc3\x9f.de" }));
	assert_string_equal(at.route.host, "xn--bcher-kva.example");
	assert_string_equal(at.route.server_name, "xn--fa-hia.de");
	clear(&at);
}

static void names_that_are_none_are_refused(void **state)
{
	static const struct {
		const char *host, *what;
	} NAMES[] = {
		{ "", "is empty" },
		{ ".", "is empty" },
		{ "a..test", "empty label" },
		{ ".a.test", "empty label" },
		{ "a test", "neither a DNS name nor an IP address" },
		{ "a.test:443", "neither a DNS name nor an IP address" },
		{ "https://a.test/", "neither" },
		{ "*.a.test", "neither" },
		{ "a\x1b[31m.test", "neither" },
		{ "\xff\xfe.test", "internationalized" },
		{ "a\xe2\x80\xae" "b.test", "internationalized" },
	};

	for (size_t i = 0; i < CHK_COUNT(NAMES); i++)
		refused((struct chk_target){ .host = NAMES[i].host },
			NAMES[i].what);
	refused((struct chk_target){ .host = NULL }, "no host");
	refused((struct chk_target){ .host = "a.test", .connect_host = "b c" },
		"host to connect to");
}

/* RFC 1035 section 2.3.4: 63 and 253. */
static void long_names_are_refused(void **state)
{
	char name[300];
	struct fixture at;

	memset(name, 'a', sizeof(name));
	name[64] = '\0';
	refused((struct chk_target){ .host = name }, "63 characters");
	name[63] = '\0';
	assert_true(init(&at, (struct chk_target){ .host = name }));
	clear(&at);
	name[63] = name[64] = 'a';
	for (size_t i = 3; i < sizeof(name); i += 4)
		name[i] = '.';
	name[255] = '\0';
	refused((struct chk_target){ .host = name }, "253 characters");
	name[253] = '\0';
	assert_true(init(&at, (struct chk_target){ .host = name }));
	clear(&at);
}

static void addresses_must_be_addresses(void **state)
{
	const char *const good[] = { "192.0.2.1", "2001:db8::1", NULL };
	const char *const bad[] = { "192.0.2.1", "b.test", NULL };
	const char *const none[] = { NULL };
	const char *many[CHK_ADDRESSES_MAX + 2] = { NULL };
	struct fixture at;

	for (size_t i = 0; i <= CHK_ADDRESSES_MAX; i++)
		many[i] = "192.0.2.1";
	assert_true(init(&at, (struct chk_target){ .host = "a.test",
						   .addresses = good }));
	clear(&at);
	refused((struct chk_target){ .host = "a.test", .addresses = bad },
		"no IP address");
	refused((struct chk_target){ .host = "a.test", .addresses = none },
		"0 addresses");
	refused((struct chk_target){ .host = "a.test", .addresses = many },
		"17 addresses");
}

static bool offers(const struct chk_route *route, unsigned version)
{
	const unsigned *list;
	int count = gnutls_priority_protocol_list(route->priorities, &list);

	for (int i = 0; i < count; i++) {
		if (list[i] == version)
			return true;
	}
	return false;
}

static void all_versions_are_offered(void **state)
{
	struct fixture at;

	assert_true(init(&at, (struct chk_target){ .host = "a.test" }));
	assert_true(offers(&at.route, GNUTLS_TLS1_0));
	assert_true(offers(&at.route, GNUTLS_TLS1_1));
	assert_true(offers(&at.route, GNUTLS_TLS1_2));
	assert_true(offers(&at.route, GNUTLS_TLS1_3));
	clear(&at);
}

static void versions_can_be_narrowed(void **state)
{
	struct fixture at;

	assert_true(init(&at, (struct chk_target){ .host = "a.test",
						   .tls_min = CHK_TLS_1_1,
						   .tls_max = CHK_TLS_1_2 }));
	assert_false(offers(&at.route, GNUTLS_TLS1_0));
	assert_true(offers(&at.route, GNUTLS_TLS1_1));
	assert_true(offers(&at.route, GNUTLS_TLS1_2));
	assert_false(offers(&at.route, GNUTLS_TLS1_3));
	clear(&at);
}

static void versions_that_make_no_sense_are_refused(void **state)
{
	refused((struct chk_target){ .host = "a.test",
				     .tls_min = CHK_TLS_1_3,
				     .tls_max = CHK_TLS_1_2 },
		"above the highest");
	refused((struct chk_target){ .host = "a.test",
				     .tls_min = (enum chk_tls_version)0x0300 },
		"0x0300");
}

static void a_priority_replaces_the_versions(void **state)
{
	struct fixture at;

	assert_true(init(&at, (struct chk_target){
				      .host = "a.test",
				      .tls_min = CHK_TLS_1_3,
				      .priority = "NORMAL:-VERS-ALL:"
						  "+VERS-TLS1.2" }));
	assert_true(offers(&at.route, GNUTLS_TLS1_2));
	assert_false(offers(&at.route, GNUTLS_TLS1_3));
	clear(&at);
}

static void a_wrong_priority_says_where(void **state)
{
	struct fixture at;

	assert_false(init(&at, (struct chk_target){ .host = "a.test",
						    .priority = "NORMAL:"
								"+NOPE" }));
	assert_int_equal(at.error.code, CHK_ERROR_ARGUMENT);
	assert_int_equal(at.error.offset, strlen("NORMAL:"));
	assert_string_equal(at.error.where, "NORMAL:+NOPE");
	clear(&at);
}

static void half_an_io_is_refused(void **state)
{
	const struct chk_io half = { 0 };

	refused((struct chk_target){ .host = "a.test", .io = &half },
		"lacks a function");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_host_alone_takes_the_defaults),
		cmocka_unit_test(connect_to_changes_the_way_and_not_the_name),
		cmocka_unit_test(an_address_is_never_sent_as_sni),
		cmocka_unit_test(sni_can_be_another_name_or_none),
		cmocka_unit_test(sni_has_no_last_dot),
		cmocka_unit_test(international_names_become_a_labels),
		cmocka_unit_test(names_that_are_none_are_refused),
		cmocka_unit_test(long_names_are_refused),
		cmocka_unit_test(addresses_must_be_addresses),
		cmocka_unit_test(all_versions_are_offered),
		cmocka_unit_test(versions_can_be_narrowed),
		cmocka_unit_test(versions_that_make_no_sense_are_refused),
		cmocka_unit_test(a_priority_replaces_the_versions),
		cmocka_unit_test(a_wrong_priority_says_where),
		cmocka_unit_test(half_an_io_is_refused),
	};

	return cmocka_run_group_tests_name("fetch/target", tests, NULL, NULL);
}
