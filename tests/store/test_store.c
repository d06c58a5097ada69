/* tests/store/test_store.c: lib/store/store.c. */
#include "support/test.h"

#include <stdio.h>

#include "cert/dn.h"
#include "store/store.h"
#include "support/made.h"

static struct chk_cert *ca, *twin, *other;

static int begin(void **state)
{
	ca = make_cert(&(struct recipe){ .subject = "Store CA", .ca = true });
	/* The same name and another key. */
	twin = make_cert(&(struct recipe){ .subject = "Store CA", .key = 1,
					   .issuer_key = 1, .ca = true });
	other = make_cert(&(struct recipe){ .subject = "Other", .key = 2,
					    .issuer_key = 2, .ca = true });
	return 0;
}

static int end(void **state)
{
	chk_cert_unref(ca);
	chk_cert_unref(twin);
	chk_cert_unref(other);
	forget_keys();
	return 0;
}

static struct chk_store *new_store(void)
{
	struct chk_store *store = chk_store_new("test");

	assert_non_null(store);
	return store;
}

static void add(struct chk_store *store, const struct chk_cert *cert,
		enum chk_purpose purpose, enum chk_trust trust)
{
	assert_true(chk_store_add(store, cert, purpose, trust, "here", NULL));
}

static void an_anchor_found_twice_is_one_with_two_places(void **state)
{
	struct chk_store *store = new_store();
	const struct chk_anchor *anchor;

	assert_true(chk_store_add(store, ca, CHK_PURPOSE_ANY,
				  CHK_TRUST_TRUSTED, "a.pem:1", NULL));
	assert_true(chk_store_add(store, ca, CHK_PURPOSE_ANY,
				  CHK_TRUST_TRUSTED, "b.pem:9", NULL));
	assert_int_equal(chk_store_count(store), 1);
	anchor = chk_store_get(store, 0);
	assert_ptr_equal(chk_store_find(store, ca), anchor);
	assert_string_equal(chk_anchor_where(anchor, 0), "a.pem:1");
	assert_string_equal(chk_anchor_where(anchor, 1), "b.pem:9");
	assert_null(chk_anchor_where(anchor, 2));
	assert_null(chk_store_get(store, 1));
	chk_store_free(store);
}

static void distrust_wins_whichever_comes_first(void **state)
{
	struct chk_store *store = new_store();

	add(store, ca, CHK_PURPOSE_ANY, CHK_TRUST_TRUSTED);
	add(store, ca, CHK_PURPOSE_EMAIL, CHK_TRUST_DISTRUSTED);
	add(store, other, CHK_PURPOSE_EMAIL, CHK_TRUST_DISTRUSTED);
	add(store, other, CHK_PURPOSE_ANY, CHK_TRUST_TRUSTED);
	for (size_t i = 0; i < 2; i++) {
		const struct chk_anchor *anchor = chk_store_get(store, i);

		assert_int_equal(chk_anchor_trust(anchor, CHK_PURPOSE_EMAIL),
				 CHK_TRUST_DISTRUSTED);
		assert_int_equal(chk_anchor_trust(anchor,
						  CHK_PURPOSE_TLS_SERVER),
				 CHK_TRUST_TRUSTED);
		assert_int_equal(chk_anchor_trust(anchor, CHK_PURPOSE_ANY),
				 CHK_TRUST_TRUSTED);
	}
	assert_true(chk_store_blocks(store, ca, CHK_PURPOSE_EMAIL));
	assert_false(chk_store_blocks(store, ca, CHK_PURPOSE_TLS_SERVER));
	assert_false(chk_store_blocks(store, ca, CHK_PURPOSE_ANY));
	chk_store_free(store);
}

static void what_states_nothing_is_not_trusted(void **state)
{
	struct chk_store *store = new_store();
	const struct chk_anchor *anchor = chk_store_anchor(store, ca, "x");

	assert_non_null(anchor);
	for (int i = 0; i < CHK_PURPOSE_COUNT; i++) {
		enum chk_purpose purpose = (enum chk_purpose)i;

		assert_int_equal(chk_anchor_trust(anchor, purpose),
				 CHK_TRUST_NOT_STATED);
		assert_true(chk_anchor_distrust_after(anchor, purpose) ==
			    INT64_MAX);
		assert_false(chk_store_blocks(store, ca, purpose));
	}
	chk_store_free(store);
}

static void two_of_one_name_are_found_by_it(void **state)
{
	struct chk_store *store = new_store();
	size_t cursor = 0;

	add(store, ca, CHK_PURPOSE_ANY, CHK_TRUST_TRUSTED);
	add(store, other, CHK_PURPOSE_ANY, CHK_TRUST_TRUSTED);
	add(store, twin, CHK_PURPOSE_ANY, CHK_TRUST_TRUSTED);
	assert_ptr_equal(chk_store_next(store, ca->subject, ca->subject_hash,
					&cursor)->cert, ca);
	assert_ptr_equal(chk_store_next(store, ca->subject, ca->subject_hash,
					&cursor)->cert, twin);
	assert_null(chk_store_next(store, ca->subject, ca->subject_hash,
				   &cursor));
	chk_store_free(store);
}

static void a_hash_alone_finds_no_other_name(void **state)
{
	struct chk_store *store = new_store();
	size_t cursor = 0;

	add(store, ca, CHK_PURPOSE_ANY, CHK_TRUST_TRUSTED);
	assert_null(chk_store_next(store, other->subject, ca->subject_hash,
				   &cursor));
	chk_store_free(store);
}

static void a_block_by_serial_needs_the_issuer_too(void **state)
{
	struct chk_store *store = new_store();

	assert_true(chk_store_block(store, other->issuer, ca->serial, "x"));
	assert_false(chk_store_blocks(store, ca, CHK_PURPOSE_TLS_SERVER));
	assert_true(chk_store_block(store, ca->issuer, ca->serial, "x"));
	assert_true(chk_store_blocks(store, ca, CHK_PURPOSE_TLS_SERVER));
	assert_true(chk_store_blocks(store, ca, CHK_PURPOSE_ANY));
	/* The same name, another serial. */
	assert_false(chk_store_blocks(store, twin, CHK_PURPOSE_TLS_SERVER));
	chk_store_free(store);
}

static void a_block_distrusts_the_anchor_that_it_names(void **state)
{
	struct chk_store *store = new_store();

	add(store, ca, CHK_PURPOSE_ANY, CHK_TRUST_TRUSTED);
	add(store, twin, CHK_PURPOSE_ANY, CHK_TRUST_TRUSTED);
	assert_true(chk_store_block(store, ca->issuer, ca->serial, "x"));
	assert_true(chk_store_end(store));
	assert_int_equal(chk_anchor_trust(chk_store_get(store, 0),
					  CHK_PURPOSE_TLS_SERVER),
			 CHK_TRUST_DISTRUSTED);
	assert_int_equal(chk_anchor_trust(chk_store_get(store, 1),
					  CHK_PURPOSE_TLS_SERVER),
			 CHK_TRUST_TRUSTED);
	chk_store_free(store);
}

static void a_stapled_extension_is_copied(void **state)
{
	struct chk_store *store = new_store();
	struct chk_anchor *anchor = chk_store_anchor(store, ca, "x");
	uint8_t oid[] = { 0x55, 0x1d, 0x1e }, value[] = { 0x30, 0x00 };

	assert_true(chk_anchor_staple(anchor, chk_bytes_of(oid, 3), true,
				      chk_bytes_of(value, 2)));
	memset(oid, 0, sizeof(oid));
	memset(value, 0, sizeof(value));
	assert_int_equal(anchor->stapled_count, 1);
	assert_true(anchor->stapled[0].critical);
	assert_true(chk_bytes_equal(anchor->stapled[0].oid,
				    BYTES("\x55\x1d\x1e")));
	assert_true(chk_bytes_equal(anchor->stapled[0].value,
				    BYTES("\x30\x00")));
	chk_store_free(store);
}

static void a_note_moves_no_cursor(void **state)
{
	struct chk_store *store = new_store();
	const struct chk_note *note;

	assert_true(chk_store_note_add(store, "a\nb", "x\033[2J %s", "y"));
	note = chk_store_note(store, 0);
	assert_string_equal(note->where, "a\\x0ab");
	assert_string_equal(note->what, "x\\x1b[2J y");
	assert_null(chk_store_note(store, 1));
	chk_store_free(store);
}

static void notes_after_a_thousand_are_counted(void **state)
{
	struct chk_store *store = new_store();

	for (int i = 0; i < 1234; i++)
		assert_true(chk_store_note_add(store, "x", "%d", i));
	assert_true(chk_store_end(store));
	assert_int_equal(chk_store_note_count(store), 1001);
	assert_string_equal(chk_store_note(store, 999)->what, "999");
	assert_string_equal(chk_store_note(store, 1000)->what,
			    "234 more notes are left out");
	chk_store_free(store);
}

/* Enough for the maps to grow several times. */
static void hundreds_of_anchors_are_all_found_again(void **state)
{
	struct chk_store *store = new_store();
	struct chk_cert *certs[300];

	for (size_t i = 0; i < CHK_COUNT(certs); i++) {
		char name[16];

		snprintf(name, sizeof(name), "CA %zu", i % 200);
		certs[i] = make_cert(&(struct recipe){ .subject = name,
						       .ca = true });
		add(store, certs[i], CHK_PURPOSE_ANY, CHK_TRUST_TRUSTED);
	}
	assert_int_equal(chk_store_count(store), CHK_COUNT(certs));
	for (size_t i = 0; i < CHK_COUNT(certs); i++) {
		size_t cursor = 0, found = 0;

		assert_ptr_equal(chk_store_find(store, certs[i])->cert,
				 certs[i]);
		while (chk_store_next(store, certs[i]->subject,
				      certs[i]->subject_hash, &cursor))
			found++;
		assert_int_equal(found, i % 200 < 100 ? 2 : 1);
		chk_cert_unref(certs[i]);
	}
	chk_store_free(store);
}

static void the_latest_date_of_what_is_trusted_holds_for_any(void **state)
{
	struct chk_store *store = new_store();
	struct chk_anchor *anchor = chk_store_anchor(store, ca, "x");

	chk_anchor_set(anchor, CHK_PURPOSE_TLS_SERVER, CHK_TRUST_TRUSTED);
	chk_anchor_set(anchor, CHK_PURPOSE_TLS_CLIENT, CHK_TRUST_TRUSTED);
	anchor->distrust_after[CHK_PURPOSE_TLS_SERVER] = 100;
	anchor->distrust_after[CHK_PURPOSE_TLS_CLIENT] = 200;
	assert_int_equal(chk_anchor_distrust_after(anchor,
						   CHK_PURPOSE_TLS_SERVER),
			 100);
	assert_int_equal(chk_anchor_distrust_after(anchor, CHK_PURPOSE_ANY),
			 200);
	chk_store_free(store);
}

static void constraints_are_given_as_they_were_stapled(void **state)
{
	struct chk_store *store = new_store();
	struct chk_anchor *anchor = chk_store_anchor(store, ca, "here");
	struct chk_constraint constraint;

	assert_non_null(anchor);
	assert_int_equal(chk_anchor_constraint_count(anchor), 0);
	assert_false(chk_anchor_constraint(anchor, 0, &constraint));
	assert_true(chk_anchor_staple(anchor, BYTES("\x55\x1d\x1e"), true,
				      BYTES("\x30\x00")));
	assert_int_equal(chk_anchor_constraint_count(anchor), 1);
	assert_true(chk_anchor_constraint(anchor, 0, &constraint));
	assert_true(chk_bytes_equal(constraint.oid, BYTES("\x55\x1d\x1e")));
	assert_true(chk_bytes_equal(constraint.value, BYTES("\x30\x00")));
	assert_true(constraint.critical);
	assert_false(chk_anchor_constraint(anchor, 1, &constraint));
	chk_store_free(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(constraints_are_given_as_they_were_stapled),
		cmocka_unit_test(an_anchor_found_twice_is_one_with_two_places),
		cmocka_unit_test(distrust_wins_whichever_comes_first),
		cmocka_unit_test(what_states_nothing_is_not_trusted),
		cmocka_unit_test(two_of_one_name_are_found_by_it),
		cmocka_unit_test(a_hash_alone_finds_no_other_name),
		cmocka_unit_test(a_block_by_serial_needs_the_issuer_too),
		cmocka_unit_test(a_block_distrusts_the_anchor_that_it_names),
		cmocka_unit_test(a_stapled_extension_is_copied),
		cmocka_unit_test(a_note_moves_no_cursor),
		cmocka_unit_test(notes_after_a_thousand_are_counted),
		cmocka_unit_test(hundreds_of_anchors_are_all_found_again),
		cmocka_unit_test(
			the_latest_date_of_what_is_trusted_holds_for_any),
	};

	return cmocka_run_group_tests_name("store/store", tests, begin, end);
}
