/* tests/store/test_keys.c: lib/store/keys.c, blocks.c and standing.c. */
#include "support/test.h"

#include <stdlib.h>

#include "cert/dn.h"
#include "store/blocks.h"
#include "store/keys.h"
#include "store/standing.h"
#include "support/made.h"

static struct chk_cert *ca, *renewed, *rekeyed;
/* No real ones: GnuTLS makes no certificate without a subject. */
static struct chk_cert nameless, nameless_too;
static struct chk_store *first, *second;

static int begin(void **state)
{
	ca = make_cert(&(struct recipe){ .subject = "CA", .ca = true });
	/* RFC 5280 section 7.1: case and white space do not count. */
	renewed = make_cert(&(struct recipe){ .subject = "ca ", .ca = true });
	rekeyed = make_cert(&(struct recipe){ .subject = "CA", .key = 1,
					      .issuer_key = 1, .ca = true });
	nameless = *ca;
	nameless_too = *rekeyed;
	nameless.references = nameless_too.references = 1;
	nameless.subject = nameless_too.subject = BYTES("\x30\x00");
	nameless.subject_hash = chk_dn_hash(nameless.subject);
	nameless_too.subject_hash = nameless.subject_hash;
	return 0;
}

static int end(void **state)
{
	chk_cert_unref(ca);
	chk_cert_unref(renewed);
	chk_cert_unref(rekeyed);
	forget_keys();
	return 0;
}

static int open_stores(void **state)
{
	first = chk_store_new("first");
	second = chk_store_new("second");
	return first && second ? 0 : -1;
}

static int close_stores(void **state)
{
	chk_store_free(first);
	chk_store_free(second);
	return 0;
}

static struct chk_anchor *add(struct chk_store *store,
			      const struct chk_cert *cert)
{
	struct chk_anchor *anchor = chk_store_anchor(store, cert, "here");

	assert_non_null(anchor);
	chk_anchor_set(anchor, CHK_PURPOSE_ANY, CHK_TRUST_TRUSTED);
	return anchor;
}

static void names_that_match_with_one_key_are_one_group(void **state)
{
	struct chk_keys keys = { 0 };

	add(first, ca);
	add(first, rekeyed);
	add(second, renewed);
	assert_true(chk_keys_group(&keys, first, second));
	assert_int_equal(keys.count, 2);
	for (size_t i = 0; i < 2; i++) {
		const struct chk_key_group *group = &keys.groups[i];

		assert_int_equal(group->counts[0], 1);
		assert_int_equal(group->counts[1],
				 group->entries[0].anchor->cert == ca);
	}
	chk_keys_clear(&keys);
}

/* How many groups were paired of those that all may be. */
static size_t pairs_of(const struct chk_keys *keys)
{
	static const bool WANTED[8] = { true, true, true, true,
					true, true, true, true };
	size_t *pairs, count = 0;

	assert_true(chk_keys_pair(keys, WANTED, &pairs));
	for (size_t i = 0; i < keys->count; i++) {
		count += pairs[i] != SIZE_MAX;
		if (pairs[i] != SIZE_MAX)
			assert_int_equal(pairs[pairs[i]], i);
	}
	free(pairs);
	return count;
}

static void one_name_with_two_keys_pairs(void **state)
{
	struct chk_keys keys = { 0 };

	add(first, ca);
	add(second, rekeyed);
	assert_true(chk_keys_group(&keys, first, second));
	assert_int_equal(pairs_of(&keys), 2);
	chk_keys_clear(&keys);
}

static void no_name_pairs_with_none(void **state)
{
	struct chk_keys keys = { 0 };

	add(first, &nameless);
	add(second, &nameless_too);
	assert_true(chk_keys_group(&keys, first, second));
	assert_int_equal(keys.count, 2);
	assert_int_equal(pairs_of(&keys), 0);
	chk_keys_clear(&keys);
}

static void a_block_is_found_by_issuer_and_serial(void **state)
{
	struct chk_blocks blocks = { 0 };

	assert_true(chk_store_block(first, ca->issuer, BYTES("\x01\x02\x03"),
				    "list"));
	assert_true(chk_store_block(first, ca->issuer, ca->serial, "list"));
	assert_true(chk_blocks_index(&blocks, first));
	assert_int_equal(chk_blocks_find(&blocks, renewed->issuer,
					 ca->serial), 1);
	assert_true(chk_blocks_find(&blocks, nameless.subject, ca->serial) ==
		    SIZE_MAX);
	chk_blocks_clear(&blocks);
}

static void the_latest_date_of_what_is_trusted_counts(void **state)
{
	struct chk_standing standing = { 0 };
	struct chk_anchor *one = add(first, ca), *two = add(first, renewed);

	one->distrust_after[CHK_PURPOSE_EMAIL] = 7;
	two->distrust_after[CHK_PURPOSE_EMAIL] = 5;
	chk_standing_add(&standing, one, false);
	chk_standing_add(&standing, two, false);
	assert_int_equal(standing.count, 2);
	assert_int_equal(standing.trusted, CHK_ALL_PURPOSES);
	assert_int_equal(standing.distrust_after[CHK_PURPOSE_EMAIL], 7);
	assert_true(standing.distrust_after[CHK_PURPOSE_TLS_SERVER] ==
		    CHK_NO_DATE);
	chk_standing_add(&standing, one, true);
	assert_int_equal(standing.distrusted, CHK_ALL_PURPOSES);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_stores, \
						   close_stores)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(names_that_match_with_one_key_are_one_group),
		CASE(one_name_with_two_keys_pairs),
		CASE(no_name_pairs_with_none),
		CASE(a_block_is_found_by_issuer_and_serial),
		CASE(the_latest_date_of_what_is_trusted_counts),
	};

	return cmocka_run_group_tests_name("store/keys", tests, begin, end);
}
