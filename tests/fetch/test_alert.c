/* tests/fetch/test_alert.c: lib/fetch/alert.c and lib/data/alerts.tsv. */
#include "support/test.h"

#include <gnutls/gnutls.h>

#include "fetch/alert.h"

/* The numbers are those of RFC 8446 section 6. */
static void alerts_have_the_names_of_the_registry(void **state)
{
	assert_string_equal(chk_alert_name(0), "close_notify");
	assert_string_equal(chk_alert_name(40), "handshake_failure");
	assert_string_equal(chk_alert_name(70), "protocol_version");
	assert_string_equal(chk_alert_name(116), "certificate_required");
}

static void an_unknown_alert_says_so(void **state)
{
	assert_string_equal(chk_alert_name(255), "unassigned");
	assert_string_equal(chk_alert_name(-1), "unassigned");
}

/* The table would be short of a row that GnuTLS knows. */
static void every_alert_that_gnutls_knows_has_a_name(void **state)
{
	for (int number = 0; number < 256; number++) {
		if (gnutls_alert_get_strname((gnutls_alert_description_t)
						     number))
			assert_string_not_equal(chk_alert_name(number),
						"unassigned");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(alerts_have_the_names_of_the_registry),
		cmocka_unit_test(an_unknown_alert_says_so),
		cmocka_unit_test(every_alert_that_gnutls_knows_has_a_name),
	};

	return cmocka_run_group_tests_name("fetch/alert", tests, NULL, NULL);
}
