/* tests/store/test_difference.c: lib/store/difference.c, with what it uses. */
#include "support/test.h"

#include <stdio.h>
#include <time.h>

#include "cert/cert.h"
#include "store/difference.h"
#include "support/made.h"

#define SERVER CHK_PURPOSE_TLS_SERVER
#define EMAIL CHK_PURPOSE_EMAIL
#define BIT(purpose) (1u << (purpose))
/* 2022-11-30T00:00:00Z, the date of TrustCor in Mozilla's store */
#define DATE INT64_C(1669766400)

static struct chk_cert *ca, *renewed, *rekeyed, *other;
static struct chk_store *before, *after;
static struct chk_difference *difference;

static int begin(void **state)
{
	ca = make_cert(&(struct recipe){ .subject = "CA", .ca = true });
	renewed = make_cert(&(struct recipe){ .subject = "CA", .ca = true,
					      .not_after = 2524608000 });
	rekeyed = make_cert(&(struct recipe){ .subject = "CA", .key = 1,
					      .issuer_key = 1, .ca = true });
	other = make_cert(&(struct recipe){ .subject = "Other", .key = 2,
					    .issuer_key = 2, .ca = true });
	return 0;
}

static int end(void **state)
{
	chk_cert_unref(ca);
	chk_cert_unref(renewed);
	chk_cert_unref(rekeyed);
	chk_cert_unref(other);
	forget_keys();
	return 0;
}

static int open_stores(void **state)
{
	before = chk_store_new("before");
	after = chk_store_new("after");
	difference = NULL;
	return before && after ? 0 : -1;
}

static int close_stores(void **state)
{
	chk_difference_free(difference);
	chk_store_free(before);
	chk_store_free(after);
	return 0;
}

static struct chk_anchor *add(struct chk_store *store,
			      const struct chk_cert *cert,
			      enum chk_purpose purpose, enum chk_trust trust)
{
	struct chk_anchor *anchor = chk_store_anchor(store, cert, "here");

	assert_non_null(anchor);
	chk_anchor_set(anchor, purpose, trust);
	return anchor;
}

static struct chk_anchor *trust(struct chk_store *store,
				const struct chk_cert *cert)
{
	return add(store, cert, CHK_PURPOSE_ANY, CHK_TRUST_TRUSTED);
}

static void block(struct chk_store *store, const struct chk_cert *cert)
{
	assert_true(chk_store_block(store, cert->issuer, cert->serial,
				    "list"));
}

/* Compares; there must be that many rows. */
static void expect(size_t count)
{
	assert_true(chk_store_end(before));
	assert_true(chk_store_end(after));
	assert_true(chk_store_compare(before, after, &difference, NULL));
	assert_int_equal(chk_difference_count(difference), count);
	assert_null(chk_difference_get(difference, count));
}

static const struct chk_store_change *row(size_t i, enum chk_change_kind kind,
					  unsigned purposes)
{
	const struct chk_store_change *change =
		chk_difference_get(difference, i);

	assert_non_null(change);
	assert_string_equal(chk_store_change_name(change->kind),
			    chk_store_change_name(kind));
	assert_int_equal(change->purposes, purposes);
	return change;
}

static void empty_stores_are_equal(void **state)
{
	expect(0);
	assert_int_equal(chk_difference_same(difference), 0);
}

static void order_and_places_make_no_difference(void **state)
{
	trust(before, ca);
	trust(before, other);
	trust(after, other);
	trust(after, ca);
	trust(after, ca);
	expect(0);
	assert_int_equal(chk_difference_same(difference), 2);
}

static void what_is_on_one_side_alone_is_removed_or_added(void **state)
{
	const struct chk_store_change *change;

	trust(before, ca);
	add(after, other, EMAIL, CHK_TRUST_TRUSTED);
	expect(2);
	change = row(0, CHK_CHANGE_REMOVED, CHK_ALL_PURPOSES);
	assert_ptr_equal(chk_anchor_cert(change->before), ca);
	assert_null(change->after);
	change = row(1, CHK_CHANGE_ADDED, BIT(EMAIL));
	assert_null(change->before);
	assert_ptr_equal(chk_anchor_cert(change->after), other);
}

static void another_certificate_of_the_key_is_renewed(void **state)
{
	const struct chk_store_change *change;

	trust(before, ca);
	trust(after, renewed);
	expect(1);
	change = row(0, CHK_CHANGE_RENEWED, CHK_ALL_PURPOSES);
	assert_ptr_equal(chk_anchor_cert(change->before), ca);
	assert_ptr_equal(chk_anchor_cert(change->after), renewed);
}

static void of_several_certificates_the_new_one_is_named(void **state)
{
	trust(before, ca);
	trust(after, ca);
	trust(after, renewed);
	expect(1);
	assert_ptr_equal(chk_anchor_cert(row(0, CHK_CHANGE_RENEWED,
					     CHK_ALL_PURPOSES)->after),
			 renewed);
}

static void another_key_under_the_name_is_one_row(void **state)
{
	const struct chk_store_change *change;

	trust(before, ca);
	trust(after, rekeyed);
	expect(1);
	change = row(0, CHK_CHANGE_REKEYED, CHK_ALL_PURPOSES);
	assert_ptr_equal(chk_anchor_cert(change->before), ca);
	assert_ptr_equal(chk_anchor_cert(change->after), rekeyed);
}

static void a_second_key_beside_the_first_is_added(void **state)
{
	trust(before, ca);
	trust(after, ca);
	trust(after, rekeyed);
	expect(1);
	row(0, CHK_CHANGE_ADDED, CHK_ALL_PURPOSES);
}

static void a_refused_key_is_no_half_of_a_pair(void **state)
{
	add(before, ca, CHK_PURPOSE_ANY, CHK_TRUST_DISTRUSTED);
	trust(after, rekeyed);
	expect(2);
	row(0, CHK_CHANGE_DISTRUST_LOST, CHK_ALL_PURPOSES);
	row(1, CHK_CHANGE_ADDED, CHK_ALL_PURPOSES);
}

static void trust_for_other_purposes_is_told_for_those(void **state)
{
	add(before, ca, SERVER, CHK_TRUST_TRUSTED);
	add(after, ca, SERVER, CHK_TRUST_TRUSTED);
	add(after, ca, EMAIL, CHK_TRUST_TRUSTED);
	expect(1);
	row(0, CHK_CHANGE_PURPOSES, BIT(EMAIL));
}

static void trust_that_is_no_more_stated_is_told(void **state)
{
	trust(before, ca);
	add(after, ca, CHK_PURPOSE_ANY, CHK_TRUST_NOT_STATED);
	expect(1);
	row(0, CHK_CHANGE_PURPOSES, CHK_ALL_PURPOSES);
}

static void a_distrust_that_became_trust_is_lost(void **state)
{
	const struct chk_store_change *change;

	trust(before, ca);
	add(before, ca, EMAIL, CHK_TRUST_DISTRUSTED);
	trust(after, ca);
	expect(1);
	change = row(0, CHK_CHANGE_DISTRUST_LOST, BIT(EMAIL));
	assert_int_equal(chk_store_change_trust(change, CHK_SIDE_AFTER, EMAIL),
			 CHK_TRUST_TRUSTED);
}

static void a_distrust_that_is_gone_with_its_certificate_is_lost(void **state)
{
	const struct chk_store_change *change;

	trust(before, other);
	trust(after, other);
	add(before, ca, CHK_PURPOSE_ANY, CHK_TRUST_DISTRUSTED);
	expect(1);
	change = row(0, CHK_CHANGE_DISTRUST_LOST, CHK_ALL_PURPOSES);
	assert_null(change->after);
	assert_int_equal(chk_store_change_trust(change, CHK_SIDE_BEFORE,
						CHK_PURPOSE_ANY),
			 CHK_TRUST_DISTRUSTED);
}

static void a_new_distrust_is_gained(void **state)
{
	trust(before, ca);
	add(after, ca, CHK_PURPOSE_ANY, CHK_TRUST_DISTRUSTED);
	expect(1);
	row(0, CHK_CHANGE_DISTRUST_GAINED, CHK_ALL_PURPOSES);
}

static void a_date_that_is_gone_is_a_distrust_lost(void **state)
{
	const struct chk_store_change *change;

	trust(before, ca)->distrust_after[SERVER] = DATE;
	trust(after, ca);
	expect(1);
	change = row(0, CHK_CHANGE_DISTRUST_LOST, BIT(SERVER));
	assert_int_equal(chk_store_change_distrust_after(
				 change, CHK_SIDE_BEFORE, SERVER), DATE);
	assert_int_equal(chk_store_change_distrust_after(
				 change, CHK_SIDE_AFTER, SERVER), CHK_NO_DATE);
}

static void a_later_date_is_lost_and_an_earlier_one_gained(void **state)
{
	trust(before, ca)->distrust_after[SERVER] = DATE;
	trust(after, ca)->distrust_after[SERVER] = DATE + 1;
	trust(before, other)->distrust_after[EMAIL] = DATE;
	trust(after, other)->distrust_after[EMAIL] = DATE - 1;
	expect(2);
	row(0, CHK_CHANGE_DISTRUST_LOST, BIT(SERVER));
	row(1, CHK_CHANGE_DISTRUST_GAINED, BIT(EMAIL));
}

/* A date on a purpose that is not trusted says nothing. */
static void a_date_without_trust_is_none(void **state)
{
	add(before, ca, SERVER, CHK_TRUST_TRUSTED)->distrust_after[EMAIL] =
		DATE;
	add(after, ca, SERVER, CHK_TRUST_TRUSTED);
	expect(0);
}

static void a_date_is_lost_with_the_key_too(void **state)
{
	trust(before, ca)->distrust_after[SERVER] = DATE;
	trust(after, rekeyed);
	expect(2);
	row(0, CHK_CHANGE_DISTRUST_LOST, BIT(SERVER));
	row(1, CHK_CHANGE_REKEYED, CHK_ALL_PURPOSES);
}

static void a_date_that_a_second_certificate_lacks_does_not_hold(void **state)
{
	trust(before, ca)->distrust_after[SERVER] = DATE;
	trust(after, ca)->distrust_after[SERVER] = DATE;
	trust(after, renewed);
	expect(2);
	row(0, CHK_CHANGE_DISTRUST_LOST, BIT(SERVER));
	row(1, CHK_CHANGE_RENEWED, CHK_ALL_PURPOSES);
}

static void staple(struct chk_anchor *anchor, const char *value)
{
	assert_true(chk_anchor_staple(anchor, BYTES("\x55\x1d\x1e"), true,
				      chk_bytes_text(value)));
}

static void a_constraint_that_is_gone_is_lost(void **state)
{
	staple(trust(before, ca), "0");
	trust(after, ca);
	expect(1);
	assert_int_equal(row(0, CHK_CHANGE_CONSTRAINTS_LOST,
			     CHK_ALL_PURPOSES)->constraints, 1);
}

static void a_constraint_that_changed_is_told(void **state)
{
	staple(trust(before, ca), "0");
	staple(trust(after, ca), "1");
	trust(before, other);
	staple(trust(after, other), "0");
	expect(2);
	row(0, CHK_CHANGE_CONSTRAINTS, CHK_ALL_PURPOSES);
	row(1, CHK_CHANGE_CONSTRAINTS, CHK_ALL_PURPOSES);
}

static void a_constraint_that_a_second_certificate_lacks_is_lost(void **state)
{
	staple(trust(before, ca), "0");
	staple(trust(after, ca), "0");
	trust(after, renewed);
	expect(2);
	row(0, CHK_CHANGE_CONSTRAINTS_LOST, CHK_ALL_PURPOSES);
	row(1, CHK_CHANGE_RENEWED, CHK_ALL_PURPOSES);
}

static void a_block_is_as_good_as_a_distrusted_certificate(void **state)
{
	add(before, ca, CHK_PURPOSE_ANY, CHK_TRUST_DISTRUSTED);
	block(after, ca);
	block(before, other);
	add(after, other, CHK_PURPOSE_ANY, CHK_TRUST_DISTRUSTED);
	expect(0);
	assert_int_equal(chk_difference_same(difference), 2);
}

static void a_block_that_is_gone_is_a_distrust_lost(void **state)
{
	const struct chk_store_change *change;

	trust(before, other);
	trust(after, other);
	block(before, ca);
	block(before, ca);
	expect(1);
	change = row(0, CHK_CHANGE_DISTRUST_LOST, CHK_ALL_PURPOSES);
	assert_null(change->before);
	assert_null(change->after);
	assert_string_equal(change->issuer, "CN=CA");
	assert_true(chk_bytes_equal(change->serial, ca->serial));
	assert_string_equal(change->where, "list");
}

static void what_was_blocked_and_is_trusted_is_lost_and_not_added(void **state)
{
	const struct chk_store_change *change;

	block(before, ca);
	trust(after, ca);
	expect(1);
	change = row(0, CHK_CHANGE_DISTRUST_LOST, CHK_ALL_PURPOSES);
	assert_ptr_equal(chk_anchor_cert(change->after), ca);
}

static void what_was_trusted_and_is_blocked_is_gained(void **state)
{
	trust(before, ca);
	block(after, ca);
	expect(1);
	row(0, CHK_CHANGE_DISTRUST_GAINED, CHK_ALL_PURPOSES);
}

static void what_nothing_is_said_of_is_counted_alone(void **state)
{
	add(before, ca, CHK_PURPOSE_ANY, CHK_TRUST_NOT_STATED);
	trust(before, other);
	trust(after, other);
	expect(0);
	assert_int_equal(chk_difference_same(difference), 1);
	assert_int_equal(chk_difference_unstated(difference, CHK_SIDE_BEFORE),
			 1);
	assert_int_equal(chk_difference_unstated(difference, CHK_SIDE_AFTER),
			 0);
}

static void rows_are_in_the_order_of_kinds_and_stores(void **state)
{
	trust(before, other);
	trust(before, ca)->distrust_after[SERVER] = DATE;
	trust(after, renewed);
	expect(3);
	row(0, CHK_CHANGE_DISTRUST_LOST, BIT(SERVER));
	row(1, CHK_CHANGE_REMOVED, CHK_ALL_PURPOSES);
	row(2, CHK_CHANGE_RENEWED, CHK_ALL_PURPOSES);
	assert_int_equal(chk_difference_kind_count(difference,
						   CHK_CHANGE_REMOVED), 1);
	assert_int_equal(chk_difference_kind_count(difference,
						   CHK_CHANGE_ADDED), 0);
}

/*
 * 10,000 anchors whose name is one: were every key compared with every other,
 * 25 million names would be. The certificates are no real ones.
 */
static void ten_thousand_keys_of_one_name_take_no_time(void **state)
{
	enum { COUNT = 10000 };
	static struct chk_cert certs[COUNT];
	static uint8_t keys[COUNT][8];
	clock_t start;

	for (size_t i = 0; i < COUNT; i++) {
		certs[i] = *ca;
		certs[i].references = 1;
		memcpy(keys[i], &i, sizeof(i));
		certs[i].spki = chk_bytes_of(keys[i], sizeof(keys[i]));
		/* The store knows certificates by their bytes. */
		certs[i].der = certs[i].spki;
		trust(i % 2 ? before : after, &certs[i]);
	}
	start = clock();
	expect(COUNT / 2);
	assert_true(clock() - start < CLOCKS_PER_SEC);
	row(0, CHK_CHANGE_REKEYED, CHK_ALL_PURPOSES);
	row(COUNT / 2 - 1, CHK_CHANGE_REKEYED, CHK_ALL_PURPOSES);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_stores, \
						   close_stores)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(empty_stores_are_equal),
		CASE(order_and_places_make_no_difference),
		CASE(what_is_on_one_side_alone_is_removed_or_added),
		CASE(another_certificate_of_the_key_is_renewed),
		CASE(of_several_certificates_the_new_one_is_named),
		CASE(another_key_under_the_name_is_one_row),
		CASE(a_second_key_beside_the_first_is_added),
		CASE(a_refused_key_is_no_half_of_a_pair),
		CASE(trust_for_other_purposes_is_told_for_those),
		CASE(trust_that_is_no_more_stated_is_told),
		CASE(a_distrust_that_became_trust_is_lost),
		CASE(a_distrust_that_is_gone_with_its_certificate_is_lost),
		CASE(a_new_distrust_is_gained),
		CASE(a_date_that_is_gone_is_a_distrust_lost),
		CASE(a_later_date_is_lost_and_an_earlier_one_gained),
		CASE(a_date_without_trust_is_none),
		CASE(a_date_is_lost_with_the_key_too),
		CASE(a_date_that_a_second_certificate_lacks_does_not_hold),
		CASE(a_constraint_that_is_gone_is_lost),
		CASE(a_constraint_that_changed_is_told),
		CASE(a_constraint_that_a_second_certificate_lacks_is_lost),
		CASE(a_block_is_as_good_as_a_distrusted_certificate),
		CASE(a_block_that_is_gone_is_a_distrust_lost),
		CASE(what_was_blocked_and_is_trusted_is_lost_and_not_added),
		CASE(what_was_trusted_and_is_blocked_is_gained),
		CASE(what_nothing_is_said_of_is_counted_alone),
		CASE(rows_are_in_the_order_of_kinds_and_stores),
		CASE(ten_thousand_keys_of_one_name_take_no_time),
	};

	return cmocka_run_group_tests_name("store/difference", tests, begin,
					   end);
}
