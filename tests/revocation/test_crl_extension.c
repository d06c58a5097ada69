/* tests/revocation/test_crl_extension.c: lib/revocation/crl_extension.c. */
#include "support/test.h"

#include <stdlib.h>

#include "cert/parts.h"
#include "path/made_names.h"
#include "revocation/made_crl.h"

static void the_numbers_of_a_crl_are_read(void **state)
{
	struct chk_arena arena = { 0 };
	struct crl_recipe recipe = {
		.issuer = "CN=root",
		.extensions = made_joined(&arena, crl_number_part(&arena, 7),
					  crl_delta_part(&arena, 3)),
	};
	struct chk_crl *crl = made_crl(&arena, &recipe);

	assert_true(chk_crl_is_delta(crl));
	assert_true(chk_bytes_equal(crl->number, hex(&arena, "07")));
	assert_true(chk_bytes_equal(crl->base, hex(&arena, "03")));
	assert_false(crl->point.present || crl->authority.present);
	assert_null(crl->unknown_critical.data);
	free(crl);
	chk_arena_clear(&arena);
}

static void the_authority_key_id_of_a_crl_is_read(void **state)
{
	struct chk_arena arena = { 0 };
	struct crl_recipe recipe = {
		.issuer = "CN=root",
		.extensions = extension_part(&arena, "551d23", false,
					     hex(&arena, "3004 80020102")),
	};
	struct chk_crl *crl = made_crl(&arena, &recipe);

	assert_false(chk_crl_is_delta(crl));
	assert_true(chk_bytes_equal(crl->authority.key_id,
				    hex(&arena, "0102")));
	free(crl);
	chk_arena_clear(&arena);
}

/* 5.2, 5.3: unknown ones count where they are critical, here and there. */
static void an_unknown_critical_extension_is_kept(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_bytes value = hex(&arena, "0500");

	for (int i = 0; i < 4; i++) {
		struct chk_bytes extension = extension_part(
			&arena, "2a0304", i % 2, value);
		struct crl_recipe recipe = { .issuer = "CN=root" };
		struct chk_crl *crl;

		if (i < 2)
			recipe.extensions = extension;
		else
			recipe.entries = crl_entry(&arena, hex(&arena, "05"),
						   extension);
		crl = made_crl(&arena, &recipe);
		assert_int_equal(crl->unknown_critical.size, i % 2 ? 3 : 0);
		free(crl);
	}
	chk_arena_clear(&arena);
}

static void check_refused(struct chk_arena *arena,
			  const struct crl_recipe *recipe, const char *why)
{
	struct chk_error error = { 0 };
	struct chk_crl *crl;

	if (chk_crl_parse(made_crl_der(arena, recipe), &crl, &error))
		fail_msg("was read, and should not: %s", why);
	assert_int_equal(error.code, CHK_ERROR_FORMAT);
	if (!strstr(error.what, why))
		fail_msg("\"%s\" and not \"%s\"", error.what, why);
}

static void extensions_that_are_wrong_are_refused(void **state)
{
	static const struct {
		const char *oid, *value, *why;
		bool of_entry;
	} ROWS[] = {
		{ "551d14", "0201ff", "negative", false },
		{ "551d14", "0a0101", "INTEGER", false },
		{ "551d14", "02020001", "shortest", false },
		{ "551d1b", "0500", "INTEGER", false },
		{ "551d23", "0500", "SEQUENCE", false },
		{ "551d1c", "0500", "SEQUENCE", false },
		{ "551d1c", "3006 8101ff 8201ff", "one kind", false },
		{ "551d1c", "3002 8600", "behind", false },
		{ "551d15", "020101", "tag 0x02", true },
		{ "551d15", "0a0181", "negative", true },
		{ "551d18", "170d 3236303130313030303030305a", "Generalized",
		  true },
		{ "551d1d", "3000", "nothing in it", true },
		{ "551d1d", "3002 8900", "no such form", true },
	};
	struct chk_arena arena = { 0 };

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_bytes extension = extension_part(
			&arena, ROWS[i].oid, false, hex(&arena, ROWS[i].value));
		struct crl_recipe recipe = { .issuer = "CN=root" };

		if (ROWS[i].of_entry)
			recipe.entries = crl_entry(&arena, hex(&arena, "05"),
						   extension);
		else
			recipe.extensions = extension;
		check_refused(&arena, &recipe, ROWS[i].why);
	}
	chk_arena_clear(&arena);
}

static void one_that_stands_there_twice_is_refused(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_bytes number = crl_number_part(&arena, 1);
	struct crl_recipe recipe = {
		.issuer = "CN=root",
		.extensions = made_joined(&arena, number, number),
	};

	check_refused(&arena, &recipe, "cRLNumber: the same one twice");
	chk_arena_clear(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_numbers_of_a_crl_are_read),
		cmocka_unit_test(the_authority_key_id_of_a_crl_is_read),
		cmocka_unit_test(an_unknown_critical_extension_is_kept),
		cmocka_unit_test(extensions_that_are_wrong_are_refused),
		cmocka_unit_test(one_that_stands_there_twice_is_refused),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	forget_keys();
	return failed;
}
