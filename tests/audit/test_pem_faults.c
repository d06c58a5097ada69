/*
 * tests/audit/test_pem_faults.c: lib/audit/pem_faults.c. What programs really
 * take of such files is asked of them in tests/cli/audit_readers.sh.
 */
#include "support/test.h"

#include <stdlib.h>

#include "audit/pem_faults.h"
#include "base/buffer.h"
#include "support/made.h"
#include "support/scratch.h"

static char *pem;

/* The faults of the first piece of a text, "@" standing for a certificate. */
static uint32_t faults_of(const char *text)
{
	struct chk_buffer buffer = { 0 };
	struct chk_contents contents = { 0 };
	uint32_t faults;

	for (; *text; text++) {
		if (*text == '@')
			chk_buffer_text(&buffer, pem);
		else
			chk_buffer_add(&buffer, text, 1);
	}
	contents.size = buffer.size;
	contents.data = (uint8_t *)chk_buffer_steal(&buffer);
	assert_true(chk_contents_read(&contents, NULL));
	assert_true(contents.count > 0);
	faults = chk_pem_faults(&contents, 0);
	chk_contents_clear(&contents);
	return faults;
}

static uint32_t bit(enum chk_pem_fault fault)
{
	return 1u << fault;
}

static void a_plain_block_has_none(void **state)
{
	assert_int_equal(faults_of("@"), 0);
	assert_int_equal(faults_of("# a comment\n@# another\n"), 0);
}

static void what_stands_around_a_block_is_seen(void **state)
{
	assert_int_equal(faults_of("\xef\xbb\xbf@"), bit(CHK_PEM_BOM));
	assert_int_equal(faults_of("  @"), bit(CHK_PEM_INDENTED));
	assert_int_equal(faults_of("\r@"), bit(CHK_PEM_RETURN));
	assert_int_equal(faults_of("-----END CERTIFICATE-----\n@"),
			 bit(CHK_PEM_STRAY));
	assert_int_equal(faults_of("@\n-----END CERTIFICATE-----\n"),
			 bit(CHK_PEM_STRAY));
}

static void what_is_no_certificate_is_seen(void **state)
{
	assert_int_equal(faults_of("-----BEGIN CERTIFICATE-----\n!!!!\n"
				   "-----END CERTIFICATE-----\n"),
			 bit(CHK_PEM_BASE64));
	assert_int_equal(faults_of("-----BEGIN CERTIFICATE-----\nMIIB\n"),
			 bit(CHK_PEM_CUT));
	assert_int_equal(faults_of("-----BEGIN CERTIFICATE-----\nMIIB\n"
				   "-----END CERTIFICATE-----\n"),
			 bit(CHK_PEM_BROKEN));
	assert_int_equal(faults_of("-----BEGIN PRIVATE KEY-----\nMIIB\n"
				   "-----END PRIVATE KEY-----\n"),
			 bit(CHK_PEM_KEY));
}

/* A reader that stops keeps what was before; one that refuses, nothing. */
static void each_reader_takes_what_its_row_says(void **state)
{
	struct chk_item items[] = {
		{ .kind = CHK_ITEM_CERT }, { .kind = CHK_ITEM_CERT },
		{ .kind = CHK_ITEM_CERT },
	};
	const struct chk_contents contents = { .items = items, .count = 3 };
	const uint32_t faults[] = { 0, bit(CHK_PEM_BASE64), 0 };
	struct chk_pem_taken taken[CHK_PEM_READERS];

	chk_pem_take(&contents, faults, taken);
	for (size_t i = 0; i < CHK_PEM_READERS; i++) {
		switch (chk_pem_effect(CHK_PEM_BASE64, i)) {
		case CHK_EFFECT_FILE:
			assert_true(taken[i].refused);
			assert_int_equal(taken[i].count, 0);
			break;
		case CHK_EFFECT_REST:
			assert_int_equal(taken[i].count, 1);
			break;
		case CHK_EFFECT_LOST:
			assert_int_equal(taken[i].count, 2);
			break;
		case CHK_EFFECT_OK:
			fail();
		}
	}
}

static void every_row_costs_somebody_something(void **state)
{
	for (size_t i = 0; i < CHK_PEM_FAULTS; i++) {
		enum chk_pem_effect worst = CHK_EFFECT_OK;

		for (size_t reader = 0; reader < CHK_PEM_READERS; reader++)
			worst |= chk_pem_effect((enum chk_pem_fault)i, reader);
		assert_int_not_equal(worst, CHK_EFFECT_OK);
		assert_non_null(chk_pem_fault_words((enum chk_pem_fault)i));
	}
}

static int make(void **state)
{
	const struct recipe recipe = { .subject = "One", .ca = true };
	struct chk_cert *cert = make_cert(&recipe);

	pem = pem_of(cert);
	chk_cert_unref(cert);
	return 0;
}

static int forget(void **state)
{
	free(pem);
	return forget_made(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_block_has_none),
		cmocka_unit_test(what_stands_around_a_block_is_seen),
		cmocka_unit_test(what_is_no_certificate_is_seen),
		cmocka_unit_test(each_reader_takes_what_its_row_says),
		cmocka_unit_test(every_row_costs_somebody_something),
	};

	return cmocka_run_group_tests(tests, make, forget);
}
