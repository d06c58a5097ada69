/* tests/cert/test_dn_parse.c: lib/cert/dn_parse.c, held against dn_text.c. */
#include "support/test.h"

#include "cert/dn.h"

/* From text to a Name and back. */
static void check_back(const char *text, const char *expected)
{
	struct chk_buffer name = { 0 }, back = { 0 };
	struct chk_bytes bytes;

	assert_true(chk_dn_parse(text, &name));
	bytes = chk_bytes_of(name.data, name.size);
	assert_true(chk_dn_check(bytes, NULL));
	chk_dn_text(&back, bytes);
	assert_string_equal(back.data, expected);
	chk_buffer_clear(&name);
	chk_buffer_clear(&back);
}

/* The examples of RFC 4514 section 4. */
static void the_examples_of_the_rfc_are_read(void **state)
{
	check_back("UID=jsmith,DC=example,DC=net",
		   "UID=jsmith,DC=example,DC=net");
	check_back("OU=Sales+CN=J.  Smith,DC=example,DC=net",
		   "OU=Sales+CN=J.  Smith,DC=example,DC=net");
	check_back("CN=James \\\"Jim\\\" Smith\\, III,DC=example,DC=net",
		   "CN=James \\\"Jim\\\" Smith\\, III,DC=example,DC=net");
	check_back("1.3.6.1.4.1.1466.0=#04024869",
		   "1.3.6.1.4.1.1466.0=#04024869");
	check_back("CN=Lu\\C4\\8Di\\C4\\87", "CN=Lu\xc4\x8di\xc4\x87");
}

/* ISRG Root X1's subject, from its certificate. */
static void the_bytes_are_those_of_a_certificate(void **state)
{
	static const uint8_t NAME[] =
		"\x30\x4f\x31\x0b\x30\x09\x06\x03\x55\x04\x06\x13\x02US"
		"\x31\x29\x30\x27\x06\x03\x55\x04\x0a\x13\x20"
		"Internet Security Research Group"
		"\x31\x15\x30\x13\x06\x03\x55\x04\x03\x13\x0c" "ISRG Root X1";
	struct chk_bytes real = chk_bytes_of(NAME, sizeof(NAME) - 1);
	struct chk_buffer name = { 0 };
	struct chk_bytes own;

	assert_true(chk_dn_check(real, NULL));
	assert_true(chk_dn_parse("CN=ISRG Root X1,O=Internet Security Research "
				 "Group,C=US", &name));
	own = chk_bytes_of(name.data, name.size);
	assert_true(chk_dn_match(own, real));
	assert_true(chk_dn_hash(own) == chk_dn_hash(real));
	chk_buffer_clear(&name);
}

static void what_is_no_name_is_refused(void **state)
{
	static const char *const BAD[] = {
		"CN", "=x", "CN=a,", "CN=a,O", "Nothing=a", "CN=a\\",
		"1.2.=a", "CN=a+", "CN=#0", "CN=#zz", "CN=#0401zz",
	};
	struct chk_buffer name = { 0 };

	for (size_t i = 0; i < CHK_COUNT(BAD); i++) {
		if (chk_dn_parse(BAD[i], &name))
			fail_msg("%s", BAD[i]);
	}
	chk_buffer_clear(&name);
}

static void no_text_is_the_empty_name(void **state)
{
	struct chk_buffer name = { 0 };

	assert_true(chk_dn_parse("", &name));
	assert_int_equal(name.size, 2);
	chk_buffer_clear(&name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_examples_of_the_rfc_are_read),
		cmocka_unit_test(the_bytes_are_those_of_a_certificate),
		cmocka_unit_test(what_is_no_name_is_refused),
		cmocka_unit_test(no_text_is_the_empty_name),
	};

	return cmocka_run_group_tests_name("cert/dn_parse", tests, NULL, NULL);
}
