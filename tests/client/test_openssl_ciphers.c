/*
 * tests/client/test_openssl_ciphers.c: cipher strings, held against openssl
 * ciphers of the release that lib/data/offers.tsv is of.
 */
#include "support/test.h"

#include <stdio.h>

#include "client/narrow.h"
#include "client/openssl_ciphers.h"

static bool openssl_is_there(void)
{
	FILE *said = popen("openssl version 2>/dev/null", "r");
	char line[64] = "";
	bool is_there;

	assert_non_null(said);
	is_there = fgets(line, sizeof(line), said) &&
		   strncmp(line, "OpenSSL 3.0.", 12) == 0;
	pclose(said);
	return is_there;
}

static void list_of_openssl(const char *string, struct chk_here_list *list)
{
	char command[512], line[256];
	unsigned high, low;
	FILE *said;

	snprintf(command, sizeof(command),
		 "OPENSSL_CONF=/dev/null openssl ciphers -V '%s' 2>/dev/null",
		 string);
	said = popen(command, "r");
	assert_non_null(said);
	list->count = 0;
	while (fgets(line, sizeof(line), said)) {
		if (sscanf(line, " 0x%2x,0x%2x", &high, &low) == 2 &&
		    high != 0x13)
			chk_here_add(list, (uint16_t)(high << 8 | low));
	}
	pclose(said);
}

static void expect_as_openssl(const char *string)
{
	struct chk_here here = { 0 };
	struct chk_here_list ours, theirs;
	const char *wrong;
	int level = CHK_SECLEVEL_NONE;

	chk_openssl_ciphers(&here, chk_offer_of("openssl", 0), string, &ours,
			    &level, &wrong);
	list_of_openssl(string, &theirs);
	if (ours.count != theirs.count)
		fail_msg("%s: %zu, not %zu", string, ours.count, theirs.count);
	for (size_t i = 0; i < ours.count; i++) {
		if (ours.items[i] != theirs.items[i])
			fail_msg("%s: at %zu %04x, not %04x", string, i,
				 ours.items[i], theirs.items[i]);
	}
	chk_here_clear(&here);
}

/* Level 0, since a level is applied to what the string selects elsewhere. */
static void strings_select_what_openssl_selects(void **state)
{
	static const char *const STRINGS[] = {
		"DEFAULT@SECLEVEL=0",
		"ALL:COMPLEMENTOFALL:@SECLEVEL=0",
		"HIGH:!aNULL:!MD5:@SECLEVEL=0",
		"ECDHE+AESGCM:DHE+AESGCM:kRSA+AES128:@SECLEVEL=0",
		"ALL:-AES:+CAMELLIA:AES128:kRSA:@SECLEVEL=0",
		"ALL:!kRSA:-DHE:DHE+AES256:@STRENGTH:@SECLEVEL=0",
		"aNULL:eNULL:@SECLEVEL=0",
		"AES256-SHA:ECDHE-RSA-AES128-GCM-SHA256:AES256-SHA"
		":@SECLEVEL=0",
		"TLSv1.2:-AESGCM:SSLv3:@SECLEVEL=0",
		"PSK:SRP:aPSK:@SECLEVEL=0",
		"ECDSA:aDSS:CHACHA20:ARIA:AESCCM8:@SECLEVEL=0",
		"SHA256:SHA384:SHA1:MD5:@SECLEVEL=0",
		"MEDIUM:LOW:HIGH:COMPLEMENTOFDEFAULT:@SECLEVEL=0",
		"kEECDH:kRSA:kEDH:kPSK:kDHEPSK:kECDHEPSK:kRSAPSK:-aDSS:-3DES:"
		"!DES:!RC4:!RC2:!IDEA:-SEED:!eNULL:!aNULL:!MD5:-SHA384:"
		"-CAMELLIA:-ARIA:-AESCCM8:@SECLEVEL=0",
	};

	if (!openssl_is_there())
		skip();
	for (size_t i = 0; i < CHK_COUNT(STRINGS); i++)
		expect_as_openssl(STRINGS[i]);
}

static void read_string(const char *string, struct chk_here_list *list,
			int *level, const char **wrong, struct chk_here *here)
{
	*level = CHK_SECLEVEL_NONE;
	chk_openssl_ciphers(here, chk_offer_of("openssl", 0), string, list,
			    level, wrong);
}

static void a_level_is_told(void **state)
{
	struct chk_here here = { 0 };
	struct chk_here_list list;
	const char *wrong;
	int level;

	read_string("DEFAULT@SECLEVEL=3", &list, &level, &wrong, &here);
	assert_int_equal(level, 3);
	assert_null(wrong);
	read_string("DEFAULT", &list, &level, &wrong, &here);
	assert_int_equal(level, CHK_SECLEVEL_NONE);
	read_string("DEFAULT:@SECLEVEL=9", &list, &level, &wrong, &here);
	assert_int_equal(level, CHK_SECLEVEL_NONE);
	assert_string_equal(wrong, "@SECLEVEL=9");
	chk_here_clear(&here);
}

static void a_word_that_nobody_knows_is_told(void **state)
{
	struct chk_here here = { 0 };
	struct chk_here_list list;
	const char *wrong;
	int level;

	read_string("AES128-SHA:NOSUCH:AES256-SHA", &list, &level, &wrong,
		    &here);
	assert_string_equal(wrong, "NOSUCH");
	assert_int_equal(list.count, 2);
	read_string("", &list, &level, &wrong, &here);
	assert_int_equal(list.count, 0);
	assert_null(wrong);
	chk_here_clear(&here);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_select_what_openssl_selects),
		cmocka_unit_test(a_level_is_told),
		cmocka_unit_test(a_word_that_nobody_knows_is_told),
	};

	return cmocka_run_group_tests_name("client/openssl_ciphers", tests,
					   NULL, NULL);
}
