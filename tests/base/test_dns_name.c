/* tests/base/test_dns_name.c: lib/base/dns_name.c. */
#include "support/test.h"

#include "base/dns_name.h"

static bool sound(const char *name)
{
	return chk_dns_name_is_sound(chk_bytes_text(name));
}

static bool within(const char *name, const char *base)
{
	return chk_dns_name_is_within(chk_bytes_text(name),
				      chk_bytes_text(base));
}

static bool number(const char *name)
{
	return chk_dns_name_ends_in_number(chk_bytes_text(name));
}

static void labels_are_of_1_to_63_known_characters(void **state)
{
	char label[70];

	assert_true(sound("a"));
	assert_true(sound("A-1.b_c.example"));
	assert_false(sound(""));
	assert_false(sound("."));
	assert_false(sound("a."));
	assert_false(sound(".a"));
	assert_false(sound("a..b"));
	assert_false(sound("a b"));
	assert_false(sound("*.a"));
	assert_false(sound("a@b"));
	assert_false(sound("a\x80"));
	assert_false(chk_dns_name_is_sound(BYTES("a\0b")));
	memset(label, 'a', sizeof(label));
	assert_true(chk_dns_name_is_sound(chk_bytes_of(label, 63)));
	assert_false(chk_dns_name_is_sound(chk_bytes_of(label, 64)));
}

static void within_is_at_a_label_and_without_case(void **state)
{
	assert_true(within("example.com", "example.com"));
	assert_true(within("www.EXAMPLE.com", "example.COM"));
	assert_true(within("a.b.example.com", "example.com"));
	assert_false(within("badexample.com", "example.com"));
	assert_false(within("example.com", "www.example.com"));
	assert_false(within("example.com.evil.test", "example.com"));
}

/* The forms that inet_aton(3) takes. */
static void what_ends_in_a_number_is_no_name(void **state)
{
	assert_true(number("127.1"));
	assert_true(number("1"));
	assert_true(number("a.0x7F"));
	assert_true(number("a.0x"));
	assert_false(number("1.a"));
	assert_false(number("1.0xg"));
	assert_false(number("1.1a"));
	assert_false(number("x.a0x1"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_are_of_1_to_63_known_characters),
		cmocka_unit_test(within_is_at_a_label_and_without_case),
		cmocka_unit_test(what_ends_in_a_number_is_no_name),
	};

	return cmocka_run_group_tests_name("base/dns_name", tests, NULL, NULL);
}
