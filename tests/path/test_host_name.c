/* tests/path/test_host_name.c: lib/path/host_name.c against RFC 9525. */
#include "support/test.h"

#include "path/host_name.h"
#include "path/made_names.h"

static bool matches(const char *pattern, const char *host)
{
	return chk_host_name_match(chk_bytes_text(pattern), host);
}

static void a_name_matches_itself_without_regard_to_case(void **state)
{
	assert_true(matches("www.example.com", "www.example.com"));
	assert_true(matches("WWW.Example.COM", "www.example.com"));
	assert_true(matches("localhost", "localhost"));
	assert_true(matches("my_host.example.com", "my_host.example.com"));
	assert_false(matches("example.com", "www.example.com"));
	assert_false(matches("www.example.com", "example.com"));
	assert_false(matches("www.example.com", "www.example.org"));
}

/* RFC 9525 section 6.3, with its own examples. */
static void a_wildcard_is_the_whole_first_label_and_one(void **state)
{
	static const struct {
		const char *pattern, *host;
		bool match;
	} ROWS[] = {
		{ "*.example.com", "foo.example.com", true },
		{ "*.EXAMPLE.com", "foo.example.com", true },
		{ "*.example.com", "xn--bcher-kva.example.com", true },
		{ "*.xn--bcher-kva.example", "a.xn--bcher-kva.example", true },
		{ "*.example.com", "bar.foo.example.com", false },
		{ "*.example.com", "example.com", false },
		{ "foo.*.example.com", "foo.bar.example.com", false },
		{ "f*.example.com", "foo.example.com", false },
		{ "*f.example.com", "foof.example.com", false },
		{ "f*o.example.com", "foo.example.com", false },
		{ "xn--*.example.com", "xn--bcher-kva.example.com", false },
		{ "**.example.com", "foo.example.com", false },
		{ "*.*.example.com", "a.b.example.com", false },
		{ "*", "example", false },
		{ "*.", "example.", false },
		{ "*.com", "example.com", false },
		{ "*.localhost", "a.localhost", false },
		{ "*..com", "a..com", false },
	};

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++)
		assert_int_equal(matches(ROWS[i].pattern, ROWS[i].host),
				 ROWS[i].match);
}

static void hostile_patterns_match_nothing(void **state)
{
	assert_false(chk_host_name_match(BYTES("www.example.com\0.evil.test"),
					 "www.example.com"));
	assert_false(chk_host_name_match(BYTES("www.example.com\0"),
					 "www.example.com"));
	assert_false(chk_host_name_match(BYTES(""), ""));
	assert_false(matches(".example.com", ".example.com"));
	assert_false(matches("a..example.com", "a..example.com"));
	assert_false(matches("b\xc3\xbc""cher.example.com",
			     "b\xc3\xbc""cher.example.com"));
	assert_false(matches("www.example.com ", "www.example.com"));
	assert_false(matches("www.example.com.", "www.example.com"));
}

static void an_asked_name_is_made_ready(void **state)
{
	/* A-labels by `idn2` of libidn2; RFC 5891, RFC 3492. */
	static const struct {
		const char *asked, *text;
	} ROWS[] = {
		{ "www.example.com", "www.example.com" },
		{ "WWW.Example.com.", "www.example.com" },
		{ "b\xc3\xbc""cher.example", "xn--bcher-kva.example" },
		{ "B\xc3\x9c""CHER.example", "xn--bcher-kva.example" },
		/* Not transitional: the sharp s stays itself. */
		{ "fa\xc3\x9f.de", "xn--fa-hia.de" },
		{ "bu\xcc\x88""cher.example", "xn--bcher-kva.example" },
		{ "xn--bcher-kva.example", "xn--bcher-kva.example" },
		{ "_dmarc.example.com", "_dmarc.example.com" },
	};
	struct chk_identity identity;

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		assert_true(chk_identity_set(&identity, ROWS[i].asked, NULL));
		assert_int_equal(identity.type, CHK_IDENTITY_DNS);
		assert_string_equal(identity.text, ROWS[i].text);
	}
}

static void an_address_is_read_as_one(void **state)
{
	static const uint8_t V4[] = { 192, 0, 2, 1 };
	static const uint8_t V6[16] = { 0x20, 1, 0xd, 0xb8, [15] = 1 };
	struct chk_identity identity;

	assert_true(chk_identity_set(&identity, "192.0.2.1", NULL));
	assert_int_equal(identity.type, CHK_IDENTITY_IP);
	assert_int_equal(identity.ip_size, 4);
	assert_memory_equal(identity.ip, V4, 4);
	assert_true(chk_identity_set(&identity, "[2001:db8::1]", NULL));
	assert_int_equal(identity.ip_size, 16);
	assert_memory_equal(identity.ip, V6, 16);
	assert_true(chk_identity_set(&identity, "2001:DB8:0::1%eth0", NULL));
	assert_memory_equal(identity.ip, V6, 16);
}

static void what_is_no_host_is_refused(void **state)
{
	static const char *const NONE[] = {
		"", ".", "a..b", ".a", "a b", "*.example.com", "a/b", "127.1",
		"0x7f000001", "2130706433", "1.2.3.4.5", "256.0.0.1",
		"192.0.2.01", "[192.0.2.1]", "[::1", "::1]", "::1::",
		"http://example.com", "example.com:443", "\xff\xfe.example",
		"a\xe2\x80\xae.example",
		"a-label-of-sixty-four-letters-aaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaa.b",
	};
	struct chk_identity identity;
	struct chk_error error;

	for (size_t i = 0; i < CHK_COUNT(NONE); i++) {
		error.code = CHK_OK;
		assert_false(chk_identity_set(&identity, NONE[i], &error));
		assert_int_equal(error.code, CHK_ERROR_ARGUMENT);
		assert_int_equal(identity.type, CHK_IDENTITY_NONE);
	}
	assert_false(chk_identity_set(&identity, NULL, NULL));
}

static void a_name_of_254_characters_is_refused(void **state)
{
	struct chk_identity identity;
	char name[2000];

	memset(name, 'a', sizeof(name));
	for (size_t i = 9; i < sizeof(name); i += 10)
		name[i] = '.';
	name[253] = '\0';
	assert_true(chk_identity_set(&identity, name, NULL));
	name[253] = 'a';
	name[254] = '\0';
	assert_false(chk_identity_set(&identity, name, NULL));
	name[254] = 'a';
	name[1999] = '\0';
	assert_false(chk_identity_set(&identity, name, NULL));
}

static void an_email_address_is_made_ready(void **state)
{
	static const char *const NONE[] = {
		"", "a", "@b.test", "a@", "a b@c.test", "a@b c", "a@1.2.3.4",
	};
	struct chk_identity identity;

	assert_true(chk_identity_set_email(&identity, "Joe@Example.COM", NULL));
	assert_int_equal(identity.type, CHK_IDENTITY_EMAIL);
	assert_string_equal(identity.text, "Joe@example.com");
	for (size_t i = 0; i < CHK_COUNT(NONE); i++)
		assert_false(chk_identity_set_email(&identity, NONE[i], NULL));
	assert_false(chk_identity_set_email(&identity, NULL, NULL));
}

/* The rule that a certificate breaks when it is asked for `host`, or -1. */
static int broken(const char *subject, const char *names, const char *host,
		  struct chk_arena *arena, const char **text)
{
	struct chk_defects defects = { .arena = arena };
	struct chk_cert cert = made_cert(arena, subject, names);
	struct chk_identity identity;

	if (strchr(host, '@'))
		assert_true(chk_identity_set_email(&identity, host, NULL));
	else
		assert_true(chk_identity_set(&identity, host, NULL));
	chk_host_name_check(&cert, &identity, false, &defects);
	if (!defects.first)
		return -1;
	assert_int_equal(defects.count, 1);
	assert_ptr_equal(defects.first->defect.cert, &cert);
	if (text)
		*text = defects.first->defect.text;
	return (int)defects.first->defect.rule;
}

static void only_the_alt_names_of_the_type_count(void **state)
{
	static const struct {
		const char *subject, *names, *host;
		int rule;
	} ROWS[] = {
		{ "CN=x", "DNS:a.test DNS:b.test", "b.test", -1 },
		{ "CN=x", "DNS:a.test DNS:b.test", "c.test",
		  CHK_RULE_HOST_NAME },
		{ "CN=b.test", NULL, "b.test", CHK_RULE_COMMON_NAME_ONLY },
		{ "CN=*.b.test", NULL, "a.b.test", CHK_RULE_COMMON_NAME_ONLY },
		{ "CN=c.test", NULL, "b.test", CHK_RULE_HOST_NAME },
		{ "CN=b.test", "IP:192.0.2.1", "b.test",
		  CHK_RULE_COMMON_NAME_ONLY },
		/* A Common Name beside a dNSName counts even less. */
		{ "CN=b.test", "DNS:a.test", "b.test", CHK_RULE_HOST_NAME },
		{ "CN=x", "IP:192.0.2.1", "192.0.2.1", -1 },
		{ "CN=x", "IP:2001:db8::1", "[2001:db8:0::1]", -1 },
		{ "CN=x", "IP:192.0.2.1", "192.0.2.2", CHK_RULE_HOST_NAME },
		{ "CN=x", "IP:::ffff:192.0.2.1", "192.0.2.1",
		  CHK_RULE_HOST_NAME },
		{ "CN=192.0.2.1", NULL, "192.0.2.1", CHK_RULE_HOST_NAME },
		{ "CN=x", "DNS:192.0.2.1", "192.0.2.1", CHK_RULE_HOST_NAME },
		{ "CN=x", "DNS:*.0.2.1", "192.0.2.1", CHK_RULE_HOST_NAME },
		{ "CN=x", "URI:https://a.test/", "a.test",
		  CHK_RULE_HOST_NAME },
		{ "CN=x", "email:joe@a.test", "joe@A.test", -1 },
		{ "CN=x", "email:joe@a.test", "Joe@a.test",
		  CHK_RULE_HOST_NAME },
		{ "CN=x", "email:joe@a.test", "a.test", CHK_RULE_HOST_NAME },
		{ "E=joe@a.test", NULL, "joe@a.test", -1 },
		{ "E=joe@a.test", "DNS:a.test", "joe@a.test", -1 },
		{ "E=joe@a.test", "email:jim@a.test", "joe@a.test",
		  CHK_RULE_HOST_NAME },
	};
	struct chk_arena arena = { 0 };

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++)
		assert_int_equal(broken(ROWS[i].subject, ROWS[i].names,
					ROWS[i].host, &arena, NULL),
				 ROWS[i].rule);
	chk_arena_clear(&arena);
}

static void any_name_will_do_when_none_is_asked(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_defects defects = { .arena = &arena };
	struct chk_cert cert = made_cert(&arena, "CN=x", NULL);
	struct chk_identity identity = { 0 };

	chk_host_name_check(&cert, &identity, false, &defects);
	assert_int_equal(defects.count, 0);
	chk_arena_clear(&arena);
}

static void a_common_name_is_told(void **state)
{
	struct chk_arena arena = { 0 };
	const char *text = NULL;

	assert_int_equal(broken("O=a,CN=b.test", NULL, "b.test", &arena,
				&text), CHK_RULE_COMMON_NAME_ONLY);
	assert_string_equal(text, "b.test");
	chk_arena_clear(&arena);
}

/* Where there is a dNSName, it alone counts (RFC 6125 section 6.4.4). */
static void a_common_name_counts_for_those_who_take_it(void **state)
{
	static const struct {
		const char *subject, *names;
		size_t defects;
	} ROWS[] = {
		{ "CN=b.test", NULL, 0 },
		{ "CN=*.test", NULL, 1 },
		{ "CN=c.test", NULL, 1 },
		{ "CN=b.test", "DNS:a.test", 1 },
	};
	struct chk_arena arena = { 0 };
	struct chk_identity identity;

	assert_true(chk_identity_set(&identity, "b.test", NULL));
	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_defects defects = { .arena = &arena };
		struct chk_cert cert = made_cert(&arena, ROWS[i].subject,
						 ROWS[i].names);

		chk_host_name_check(&cert, &identity, true, &defects);
		assert_int_equal(defects.count, ROWS[i].defects);
	}
	chk_arena_clear(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_matches_itself_without_regard_to_case),
		cmocka_unit_test(a_wildcard_is_the_whole_first_label_and_one),
		cmocka_unit_test(hostile_patterns_match_nothing),
		cmocka_unit_test(an_asked_name_is_made_ready),
		cmocka_unit_test(an_address_is_read_as_one),
		cmocka_unit_test(what_is_no_host_is_refused),
		cmocka_unit_test(a_name_of_254_characters_is_refused),
		cmocka_unit_test(an_email_address_is_made_ready),
		cmocka_unit_test(only_the_alt_names_of_the_type_count),
		cmocka_unit_test(any_name_will_do_when_none_is_asked),
		cmocka_unit_test(a_common_name_is_told),
		cmocka_unit_test(a_common_name_counts_for_those_who_take_it),
	};

	return cmocka_run_group_tests_name("path/host_name", tests, NULL, NULL);
}
