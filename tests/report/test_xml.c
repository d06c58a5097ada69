/* tests/report/test_xml.c: lib/report/xml.c. */
#include "support/test.h"

#include "report/xml.h"

static void expect(const char *text, const char *expected)
{
	struct chk_buffer buffer = { 0 };

	chk_buffer_text(&buffer, "");
	chk_xml_text(&buffer, text);
	assert_string_equal(buffer.data, expected);
	chk_buffer_clear(&buffer);
}

static void mark_up_is_escaped(void **state)
{
	expect("a < b && c > \"d\"", "a &lt; b &amp;&amp; c &gt; &quot;d&quot;");
	expect("]]>", "]]&gt;");
	expect("one\ntwo", "one&#10;two");
	expect("Gr\xc3\xbc\xc3\x9f" "e", "Gr\xc3\xbc\xc3\x9f" "e");
	expect(NULL, "");
}

/* XML 1.0 section 2.2 */
static void what_xml_cannot_hold_is_written_in_hexadecimal(void **state)
{
	expect("a\033[2Jb", "a\\x1b[2Jb");
	expect("\xff\xfe", "\\xff\\xfe");
	expect("\xef\xbf\xbf", "\\xef\\xbf\\xbf"); /* U+FFFF */
	expect("\xef\xbf\xbd", "\xef\xbf\xbd");     /* U+FFFD is one */
	expect("\xed\xa0\x80", "\\xed\\xa0\\x80");  /* a surrogate */
}

static void an_attribute_is_quoted(void **state)
{
	struct chk_buffer buffer = { 0 };

	chk_xml_attribute(&buffer, "name", "say \"no\"");
	assert_string_equal(buffer.data, " name=\"say &quot;no&quot;\"");
	chk_buffer_clear(&buffer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mark_up_is_escaped),
		cmocka_unit_test(
			what_xml_cannot_hold_is_written_in_hexadecimal),
		cmocka_unit_test(an_attribute_is_quoted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
