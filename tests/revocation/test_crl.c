/* tests/revocation/test_crl.c: lib/revocation/crl.c, beside GnuTLS. */
#include "support/test.h"

#include <stdlib.h>

#include <gnutls/x509.h>

#include "cert/parts.h"
#include "path/made_names.h"
#include "revocation/made_crl.h"

static bool find(const struct chk_crl *crl, struct chk_arena *arena,
		 const char *issuer, uint8_t serial,
		 struct chk_revocation *found)
{
	return chk_crl_find(crl, made_dn(arena, issuer),
			    chk_bytes_of(&serial, 1), found);
}

static void compare_entries(const struct chk_crl *crl, gnutls_x509_crl_t theirs)
{
	int count = gnutls_x509_crl_get_crt_count(theirs);

	assert_int_equal(crl->entry_count, count);
	for (int i = 0; i < count; i++) {
		struct chk_revocation found;
		unsigned char serial[64];
		size_t size = sizeof(serial);
		time_t date;

		assert_int_equal(gnutls_x509_crl_get_crt_serial(
					 theirs, i, serial, &size, &date), 0);
		assert_true(chk_crl_find(crl, crl->issuer,
					 chk_bytes_of(serial, size), &found));
		assert_int_equal(found.date, date);
	}
}

static void compare_parts(const struct chk_crl *crl, gnutls_x509_crl_t theirs)
{
	unsigned char room[64];
	size_t size = sizeof(room);
	gnutls_datum_t name;
	unsigned critical;

	assert_int_equal(crl->version, gnutls_x509_crl_get_version(theirs));
	assert_int_equal(crl->this_update,
			 gnutls_x509_crl_get_this_update(theirs));
	assert_int_equal(crl->has_next_update ? crl->next_update : -1,
			 gnutls_x509_crl_get_next_update(theirs));
	assert_int_equal(gnutls_x509_crl_get_raw_issuer_dn(theirs, &name), 0);
	assert_true(chk_bytes_equal(crl->issuer,
				    chk_bytes_of(name.data, name.size)));
	gnutls_free(name.data);
	if (gnutls_x509_crl_get_number(theirs, room, &size, &critical) < 0)
		size = 0;
	assert_true(chk_bytes_equal(crl->number, chk_bytes_of(room, size)));
}

/* What GnuTLS has to say of it, we say too. */
static void compare(struct chk_bytes der)
{
	uint8_t *copy = malloc(der.size);
	gnutls_datum_t datum = { copy, (unsigned)der.size };
	gnutls_x509_crl_t theirs;
	struct chk_crl *crl;

	assert_non_null(copy);
	memcpy(copy, der.data, der.size);
	assert_true(chk_crl_parse(der, &crl, NULL));
	assert_int_equal(gnutls_x509_crl_init(&theirs), 0);
	assert_int_equal(gnutls_x509_crl_import(theirs, &datum,
						GNUTLS_X509_FMT_DER), 0);
	compare_parts(crl, theirs);
	compare_entries(crl, theirs);
	gnutls_x509_crl_deinit(theirs);
	free(crl);
	free(copy);
}

static void gnutls_reads_the_same(void **state)
{
	struct chk_arena arena = { 0 };
	struct crl_recipe recipe = { .issuer = "O=Acme,CN=root" };

	compare(made_crl_der(&arena, &recipe));
	recipe.next_update = MADE_NEVER;
	recipe.version_1 = true;
	for (unsigned i = 0; i < 100; i++)
		recipe.entries = made_joined(
			&arena, recipe.entries,
			crl_entry_of(&arena, (uint8_t)(i * 77 % 127), -1));
	compare(made_crl_der(&arena, &recipe));
	recipe.version_1 = false;
	recipe.extensions = crl_number_part(&arena, 77);
	compare(made_crl_der(&arena, &recipe));
	chk_arena_clear(&arena);
}

/* Every third number, in no order. */
static void every_entry_is_found_and_no_other(void **state)
{
	struct chk_arena arena = { 0 };
	struct crl_recipe recipe = { .issuer = "CN=root" };
	struct chk_revocation found;
	struct chk_crl *crl;

	for (unsigned i = 0; i < 600; i++) {
		unsigned number = i * 7919 % 600 * 3;
		uint8_t serial[3] = { (uint8_t)(1 + number % 5),
				      (uint8_t)(number >> 8),
				      (uint8_t)number };

		recipe.entries = made_joined(
			&arena, recipe.entries,
			crl_entry(&arena, chk_bytes_of(serial, 3),
				  (struct chk_bytes){ 0 }));
	}
	crl = made_crl(&arena, &recipe);
	assert_int_equal(crl->entry_count, 600);
	for (unsigned number = 0; number < 1800; number++) {
		uint8_t serial[3] = { (uint8_t)(1 + number % 5),
				      (uint8_t)(number >> 8),
				      (uint8_t)number };

		assert_int_equal(chk_crl_find(crl, crl->issuer,
					      chk_bytes_of(serial, 3), &found),
				 number % 3 == 0);
		assert_false(chk_crl_find(crl, crl->issuer,
					  chk_bytes_of(serial, 2), &found));
	}
	free(crl);
	chk_arena_clear(&arena);
}

static void an_entry_tells_date_and_reason(void **state)
{
	struct chk_arena arena = { 0 };
	struct crl_recipe recipe = { .issuer = "CN=root" };
	struct chk_bytes since = extension_part(
		&arena, "551d18", false,
		made_tlv(&arena, CHK_DER_GENERALIZED_TIME,
			 chk_bytes_text("20260102030405Z")));
	struct chk_bytes reason = extension_part(&arena, "551d15", false,
						 hex(&arena, "0a0101"));
	struct chk_revocation found;
	struct chk_crl *crl;

	recipe.entries = made_joined(
		&arena, crl_entry_of(&arena, 4, -1),
		crl_entry(&arena, hex(&arena, "05"),
			  made_joined(&arena, reason, since)));
	crl = made_crl(&arena, &recipe);
	assert_true(find(crl, &arena, "CN=root", 4, &found));
	assert_int_equal(found.date, MADE_NOW - 2 * DAY);
	assert_int_equal(found.reason, CHK_CRL_UNSPECIFIED);
	assert_false(found.has_invalid_since);
	assert_true(find(crl, &arena, "CN=root", 5, &found));
	assert_int_equal(found.reason, 1);
	assert_true(found.has_invalid_since);
	/* date -u -d 2026-01-02T03:04:05Z +%s */
	assert_int_equal(found.invalid_since, INT64_C(1767323045));
	assert_false(find(crl, &arena, "CN=other", 5, &found));
	free(crl);
	chk_arena_clear(&arena);
}

/* RFC 5280 5.3.3: the issuer of an entry holds until another is named. */
static void entries_of_other_issuers_are_kept_apart(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_bytes two = hex(&arena, "02");
	struct chk_bytes of_a = crl_entry(&arena, two,
					  crl_issuer_part(&arena, "CN=a"));
	struct chk_bytes of_b = crl_entry(&arena, two,
					  crl_issuer_part(&arena, "CN=b"));
	struct crl_recipe recipe = {
		.issuer = "CN=lister",
		.extensions = crl_point_part(&arena, hex(&arena, "8401ff")),
		.entries = made_joined(&arena, crl_entry_of(&arena, 1, -1),
				       of_a),
	};
	struct chk_revocation found;
	struct chk_crl *crl;

	recipe.entries = made_joined(&arena, recipe.entries,
				     crl_entry_of(&arena, 3, -1));
	recipe.entries = made_joined(&arena, recipe.entries, of_b);
	crl = made_crl(&arena, &recipe);
	assert_true(find(crl, &arena, "CN=lister", 1, &found));
	assert_false(find(crl, &arena, "CN=a", 1, &found));
	assert_true(find(crl, &arena, "CN=a", 2, &found));
	assert_true(find(crl, &arena, "CN=a", 3, &found));
	assert_false(find(crl, &arena, "CN=lister", 3, &found));
	assert_false(find(crl, &arena, "CN=b", 3, &found));
	assert_true(find(crl, &arena, "CN=b", 2, &found));
	assert_false(find(crl, &arena, "CN=lister", 2, &found));
	free(crl);
	chk_arena_clear(&arena);
}

static void of_two_entries_the_one_that_revokes_counts(void **state)
{
	struct chk_arena arena = { 0 };
	struct crl_recipe recipe = {
		.issuer = "CN=root",
		.entries = made_joined(&arena, crl_entry_of(&arena, 1, 8),
				       crl_entry_of(&arena, 1, 4)),
	};
	struct chk_revocation found;
	struct chk_crl *crl;

	recipe.entries = made_joined(&arena, recipe.entries,
				     crl_entry_of(&arena, 2, 8));
	/* On hold, and compromised: that can be taken back, this cannot. */
	recipe.entries = made_joined(&arena, recipe.entries,
				     crl_entry_of(&arena, 3, 6));
	recipe.entries = made_joined(&arena, recipe.entries,
				     crl_entry_of(&arena, 3, 1));
	recipe.entries = made_joined(&arena, recipe.entries,
				     crl_entry_of(&arena, 3, 8));
	crl = made_crl(&arena, &recipe);
	assert_true(find(crl, &arena, "CN=root", 3, &found));
	assert_int_equal(found.reason, 1);
	assert_true(find(crl, &arena, "CN=root", 1, &found));
	assert_int_equal(found.reason, 4);
	assert_true(find(crl, &arena, "CN=root", 2, &found));
	assert_int_equal(found.reason, CHK_CRL_REMOVE_FROM_CRL);
	free(crl);
	chk_arena_clear(&arena);
}

static void check_refused(struct chk_bytes der, const char *why)
{
	struct chk_error error = { 0 };
	struct chk_crl *crl;

	assert_false(chk_crl_parse(der, &crl, &error));
	assert_null(crl);
	assert_int_equal(error.code, CHK_ERROR_FORMAT);
	if (!strstr(error.what, why))
		fail_msg("\"%s\" and not \"%s\"", error.what, why);
}

static void what_is_no_crl_is_refused(void **state)
{
	struct chk_arena arena = { 0 };
	const struct {
		struct crl_recipe recipe;
		const char *why;
	} ROWS[] = {
		{ { .version = hex(&arena, "020102") }, "version" },
		{ { .version_1 = true,
		    .extensions = crl_number_part(&arena, 1) },
		  "before version 2" },
		{ { .version_1 = true,
		    .entries = crl_entry_of(&arena, 1, 1) },
		  "before version 2" },
		{ { .entries = hex(&arena, "3003 020101") }, "revocationDate" },
		{ { .entries = hex(&arena, "3004 02020001") }, "INTEGER" },
		{ { .entries = hex(&arena, "0500") }, "SEQUENCE" },
		{ { .extensions = hex(&arena, "0500") }, "SEQUENCE" },
		{ { .entries = crl_entry(&arena, hex(&arena, "05"),
					 crl_issuer_part(&arena, "CN=a")) },
		  "not indirect" },
	};
	struct crl_recipe good = { .issuer = "CN=root" };
	struct chk_bytes der = made_crl_der(&arena, &good);

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct crl_recipe recipe = ROWS[i].recipe;

		recipe.issuer = "CN=root";
		check_refused(made_crl_der(&arena, &recipe), ROWS[i].why);
	}
	check_refused(made_joined(&arena, der, hex(&arena, "00")), "behind");
	check_refused(hex(&arena, "0500"), "CertificateList");
	for (size_t size = 0; size < der.size; size++)
		check_refused(chk_bytes_of(der.data, size), "");
	chk_arena_clear(&arena);
}

/* certificateIssuer of `count` names, the last one CN=a. */
static struct chk_bytes issuers(struct chk_arena *arena, int count)
{
	struct chk_bytes names = made_name(arena, "dir:CN=a");

	while (--count > 0)
		names = made_joined(arena, made_name(arena, "dir:CN=b"), names);
	return extension_part(arena, "551d1d", true,
			      made_tlv(arena, CHK_DER_SEQUENCE, names));
}

/* Whoever stands behind what is compared would not be found revoked. */
static void an_entry_of_more_issuers_than_are_compared_is_refused(void **state)
{
	struct chk_arena arena = { 0 };
	struct crl_recipe recipe = {
		.issuer = "CN=lister",
		.extensions = crl_point_part(&arena,
					     hex(&arena, "8401ff")),
	};
	struct chk_bytes serial = hex(&arena, "05");
	struct chk_revocation found;
	struct chk_crl *crl;

	recipe.entries = crl_entry(&arena, serial, issuers(&arena, 100));
	crl = made_crl(&arena, &recipe);
	assert_true(find(crl, &arena, "CN=a", 5, &found));
	free(crl);
	recipe.entries = crl_entry(&arena, serial, issuers(&arena, 101));
	check_refused(made_crl_der(&arena, &recipe), "over 100 names");
	chk_arena_clear(&arena);
}

static void one_over_64_mib_is_refused(void **state)
{
	struct chk_error error;
	struct chk_crl *crl;

	assert_false(chk_crl_parse(chk_bytes_of("", CHK_CRL_MAX + 1), &crl,
				   &error));
	assert_int_equal(error.code, CHK_ERROR_TOO_LARGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gnutls_reads_the_same),
		cmocka_unit_test(every_entry_is_found_and_no_other),
		cmocka_unit_test(an_entry_tells_date_and_reason),
		cmocka_unit_test(entries_of_other_issuers_are_kept_apart),
		cmocka_unit_test(
			an_entry_of_more_issuers_than_are_compared_is_refused),
		cmocka_unit_test(of_two_entries_the_one_that_revokes_counts),
		cmocka_unit_test(what_is_no_crl_is_refused),
		cmocka_unit_test(one_over_64_mib_is_refused),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	forget_keys();
	return failed;
}
