/* tests/store/test_pkcs12_file.c: lib/store/pkcs12_file.c. */
#include "support/test.h"

#include <stdlib.h>

#include "store/pkcs12_file.h"
#include "support/keystore.h"

static void it_is_told_by_its_head(void **state)
{
	/* The length in one byte, in three, and left open (X.690 8.1.3). */
	assert_true(chk_pkcs12_is(BYTES("\x30\x10\x02\x01\x03")));
	assert_true(chk_pkcs12_is(BYTES("\x30\x82\x04\x00\x02\x01\x03")));
	assert_true(chk_pkcs12_is(BYTES("\x30\x80\x02\x01\x03")));
	assert_false(chk_pkcs12_is(BYTES("\x30\x82\x04\x00\x02\x01")));
	assert_false(chk_pkcs12_is(BYTES("\x30\x82\x04\x00\x02\x01\x00")));
	assert_false(chk_pkcs12_is(BYTES("\x30\x82\x04\x00\x30\x82\x03")));
	assert_false(chk_pkcs12_is(BYTES("")));
}

/* As `openssl asn1parse` shows them. */
static void its_parts_are_found_in_order(void **state)
{
	struct chk_bytes file = keystore_read("key.p12");
	struct chk_pkcs12_part part;
	struct chk_der der;

	assert_true(chk_pkcs12_begin(&der, file));
	assert_true(chk_pkcs12_next(&der, &part));
	assert_false(part.encrypted);
	assert_true(chk_pkcs12_next(&der, &part));
	assert_true(part.encrypted);
	assert_int_equal(part.content.size % 16, 0);
	assert_true(chk_der_at_end(&der));
	free((void *)(uintptr_t)file.data);
}

static void it_may_be_cut_nowhere(void **state)
{
	struct chk_bytes file = keystore_read("java.p12");
	struct chk_der der;

	for (size_t size = 0; size < file.size; size++)
		assert_false(chk_pkcs12_begin(&der,
					      chk_bytes_of(file.data, size)));
	free((void *)(uintptr_t)file.data);
}

static void what_is_no_content_ends_the_walk(void **state)
{
	struct chk_pkcs12_part part;
	struct chk_der der = chk_der_begin(
		BYTES("\x30\x0b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"),
		NULL);

	assert_false(chk_pkcs12_next(&der, &part));
	der = chk_der_begin(BYTES("\x30\x07\x06\x01\x2a\xa0\x02\x04\x00"),
			    NULL);
	assert_false(chk_pkcs12_next(&der, &part));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_told_by_its_head),
		cmocka_unit_test(its_parts_are_found_in_order),
		cmocka_unit_test(it_may_be_cut_nowhere),
		cmocka_unit_test(what_is_no_content_ends_the_walk),
	};

	return cmocka_run_group_tests_name("store/pkcs12_file", tests, NULL,
					   NULL);
}
