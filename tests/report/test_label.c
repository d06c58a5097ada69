/* tests/report/test_label.c: lib/report/label.c. */
#include "support/test.h"

#include "base/cleanup.h"
#include "report/example.h"
#include "report/label.h"

static void the_words_are_those_of_the_schema(void **state)
{
	assert_string_equal(chk_label_verdict(CHK_VERDICT_UNDECIDED),
			    "undecided");
	assert_string_equal(chk_label_severity(CHK_SEVERITY_NOTE), "note");
	assert_string_equal(chk_label_party(CHK_PARTY_NETWORK), "network");
	assert_string_equal(chk_label_role(CHK_ROLE_TOP), "top");
}

static void the_short_name_of_a_missing_one_is_its_common_name(void **state)
{
	/* RFC 4514 section 4 has names like these. */
	static const struct {
		const char *name, *text;
	} ROWS[] = {
		{ "UID=jsmith,DC=example,DC=net", "jsmith" },
		{ "O=Test,CN=Root\\, the first,C=XX", "Root, the first" },
		{ "OU=Sales+CN=J.  Smith,DC=example", "J.  Smith" },
		{ "CN=James \\\"Jim\\\" Smith\\, III", "James \"Jim\" Smith, III" },
		{ "O=a\\+CN=b", "a+CN=b" },
		{ "CN=Before\\0dAfter", "Before\\0dAfter" },
		{ "no attribute", "no attribute" },
		{ "CN=", "(empty name)" },
		{ "CN=x\\", "x\\" },
		{ "", "(empty name)" },
	};

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };
		struct chk_subject subject = { .name = ROWS[i].name };

		chk_label_short(&buffer, &subject);
		assert_string_equal(buffer.data, ROWS[i].text);
	}
}

static void a_certificate_at_hand_speaks_for_itself(void **state)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };
	struct chk_cert *cert = chk_example_cert(CHK_EXAMPLE_INTER);
	struct chk_subject subject = { .cert = cert, .name = "CN=other" };

	chk_label_short(&buffer, &subject);
	assert_string_equal(buffer.data, "Chaincheck Test Intermediate");
	assert_true(chk_bytes_equal(chk_label_key_id(&subject),
				    chk_cert_key_id(cert)));
	chk_cert_unref(cert);
}

static void nothing_known_is_no_subject(void **state)
{
	struct chk_subject none = { 0 };

	assert_false(chk_label_is_subject(&none));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_words_are_those_of_the_schema),
		cmocka_unit_test(
			the_short_name_of_a_missing_one_is_its_common_name),
		cmocka_unit_test(a_certificate_at_hand_speaks_for_itself),
		cmocka_unit_test(nothing_known_is_no_subject),
	};

	return cmocka_run_group_tests_name("report/label", tests, NULL, NULL);
}
