/* tests/cert/test_der.c: lib/cert/der.c. */
#include "support/test.h"

#include "cert/der.h"

static void a_length_has_its_shortest_form(void **state)
{
	static const struct {
		struct chk_bytes bytes;
		size_t offset;
		const char *rule;
	} ROWS[] = {
		{ { (const uint8_t *)"", 0 }, 0, "ends too early" },
		{ { (const uint8_t *)"\x04", 1 }, 0, "ends inside a header" },
		{ { (const uint8_t *)"\x1f\x81\x01\x00", 4 }, 0,
		  "tag number of more than one byte" },
		{ { (const uint8_t *)"\x30\x80\x00\x00", 4 }, 1, "indefinite" },
		{ { (const uint8_t *)"\x04\x81\x01\x00", 4 }, 1, "shortest" },
		{ { (const uint8_t *)"\x04\x82\x00\x81", 4 }, 1, "shortest" },
		{ { (const uint8_t *)"\x04\x82\x01", 3 }, 1,
		  "ends inside a length" },
		{ { (const uint8_t *)"\x04\x85\x00\x00\x00\x00\x01\x00", 8 },
		  1, "more than four bytes" },
		{ { (const uint8_t *)"\x04\x02\x00", 3 }, 1,
		  "longer than what it lies in" },
		{ { (const uint8_t *)"\x04\x84\xff\xff\xff\xff\x00", 7 }, 1,
		  "longer than what it lies in" },
	};

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_error error = { 0 };
		struct chk_der der = chk_der_begin(ROWS[i].bytes, &error);
		struct chk_tlv tlv;

		assert_false(chk_der_next(&der, &tlv));
		assert_int_equal(error.code, CHK_ERROR_FORMAT);
		assert_int_equal(error.offset, ROWS[i].offset);
		assert_non_null(strstr(error.what, ROWS[i].rule));
		assert_true(chk_bytes_equal(der.rest, ROWS[i].bytes));
	}
}

/* What an extension that is absent gives: no bytes at all. */
static void a_walk_over_nothing_ends_too_early(void **state)
{
	struct chk_error error = { 0 };
	struct chk_der der = chk_der_begin((struct chk_bytes){ 0 }, &error);
	struct chk_tlv tlv;

	assert_false(chk_der_next(&der, &tlv));
	assert_string_equal(error.what, "DER: ends too early");
	assert_int_equal(error.offset, 0);
}

static void long_lengths_are_read(void **state)
{
	uint8_t bytes[4 + 300] = { 0x04, 0x82, 0x01, 0x2c };
	struct chk_der der = chk_der_begin(
		chk_bytes_of(bytes, sizeof(bytes)), NULL);
	struct chk_tlv tlv;

	assert_true(chk_der_next(&der, &tlv));
	assert_int_equal(tlv.tag, CHK_DER_OCTET_STRING);
	assert_int_equal(tlv.value.size, 300);
	assert_ptr_equal(tlv.value.data, bytes + 4);
	assert_int_equal(tlv.whole.size, sizeof(bytes));
	assert_true(chk_der_at_end(&der));
}

static void an_error_names_element_part_and_byte(void **state)
{
	struct chk_error error;
	struct chk_der der = chk_der_begin(BYTES("\x30\x03\x02\x01\x05"),
					   &error);
	struct chk_tlv tlv;

	assert_true(chk_der_expect(&der, CHK_DER_SEQUENCE, "outer", &tlv));
	der = chk_der_inside(&der, &tlv);
	assert_false(chk_der_expect(&der, CHK_DER_OID, "algorithm", &tlv));
	assert_string_equal(error.what, "algorithm: OBJECT IDENTIFIER expected,"
					" tag 0x02 found");
	assert_int_equal(error.offset, 2);
	der.element = "outer";
	assert_false(chk_der_expect(&der, 0xa0, "version", &tlv));
	assert_string_equal(error.what,
			    "outer.version: 0xa0 expected, tag 0x02 found");
	assert_false(chk_der_end(&der, NULL));
	assert_string_equal(error.what, "outer: something is left behind its "
					"last element");
	assert_true(chk_der_next(&der, &tlv));
	assert_true(chk_der_end(&der, NULL));
	assert_false(chk_der_expect(&der, CHK_DER_NULL, NULL, &tlv));
	assert_string_equal(error.what,
			    "outer: NULL expected, nothing found");
	assert_int_equal(error.offset, 5);
}

/* The content `bytes` of an element of `tag`. */
static struct chk_tlv tlv_of(uint8_t tag, struct chk_bytes bytes)
{
	return (struct chk_tlv){ tag, bytes, bytes };
}

static void booleans_are_00_or_ff(void **state)
{
	struct chk_der der = { 0 };
	struct chk_tlv tlv = tlv_of(CHK_DER_BOOLEAN, BYTES("\xff"));
	bool value = false;

	assert_true(chk_der_boolean(&der, &tlv, &value));
	assert_true(value);
	tlv.value = BYTES("\x00");
	assert_true(chk_der_boolean(&der, &tlv, &value));
	assert_false(value);
	tlv.value = BYTES("\x01");
	assert_false(chk_der_boolean(&der, &tlv, &value));
	tlv.value = BYTES("\xff\xff");
	assert_false(chk_der_boolean(&der, &tlv, &value));
	tlv.value = BYTES("");
	assert_false(chk_der_boolean(&der, &tlv, &value));
}

static void integers_have_their_shortest_form(void **state)
{
	static const struct {
		struct chk_bytes bytes;
		bool good, fits;
		uint32_t value;
	} ROWS[] = {
		{ { (const uint8_t *)"", 0 }, false, false, 0 },
		{ { (const uint8_t *)"\x00", 1 }, true, true, 0 },
		{ { (const uint8_t *)"\x7f", 1 }, true, true, 127 },
		{ { (const uint8_t *)"\x00\x7f", 2 }, false, false, 0 },
		{ { (const uint8_t *)"\x00\x80", 2 }, true, true, 128 },
		{ { (const uint8_t *)"\x80", 1 }, true, false, 0 },
		{ { (const uint8_t *)"\xff\x80", 2 }, false, false, 0 },
		{ { (const uint8_t *)"\xff\x7f", 2 }, true, false, 0 },
		{ { (const uint8_t *)"\x00\xff\xff\xff\xfe", 5 }, true, true,
		  UINT32_MAX - 1 },
		{ { (const uint8_t *)"\x01\x00\x00\x00\x00", 5 }, true, true,
		  UINT32_MAX },
		{ { (const uint8_t *)"\x01\x00\x00\x00\x00\x00\x00\x00\x00",
		    9 }, true, true, UINT32_MAX },
	};
	struct chk_der der = { 0 };

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_tlv tlv = tlv_of(CHK_DER_INTEGER, ROWS[i].bytes);
		uint32_t value = 0;

		assert_int_equal(chk_der_integer(&der, &tlv), ROWS[i].good);
		assert_int_equal(chk_der_uint32(&der, &tlv, &value),
				 ROWS[i].fits);
		assert_int_equal(value, ROWS[i].value);
	}
}

static void unused_bits_are_few_and_zero(void **state)
{
	static const struct {
		struct chk_bytes bytes;
		bool good;
	} ROWS[] = {
		{ { (const uint8_t *)"", 0 }, false },
		{ { (const uint8_t *)"\x00", 1 }, true },
		{ { (const uint8_t *)"\x01", 1 }, false },
		{ { (const uint8_t *)"\x01\x06", 2 }, true },
		{ { (const uint8_t *)"\x01\x07", 2 }, false },
		{ { (const uint8_t *)"\x07\x80", 2 }, true },
		{ { (const uint8_t *)"\x08\x00", 2 }, false },
	};
	struct chk_der der = { 0 };

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_tlv tlv = tlv_of(CHK_DER_BIT_STRING, ROWS[i].bytes);
		struct chk_bytes bits;
		uint8_t unused;

		assert_int_equal(chk_der_bit_string(&der, &tlv, &bits, &unused),
				 ROWS[i].good);
		if (!ROWS[i].good)
			continue;
		assert_int_equal(unused, ROWS[i].bytes.data[0]);
		assert_int_equal(bits.size, ROWS[i].bytes.size - 1);
	}
}

static void times_are_to_the_second_and_in_z(void **state)
{
	/* date -u -d '...' +%s; RFC 5280 4.1.2.5.1: 50 is 1950, 49 is 2049 */
	static const struct {
		uint8_t tag;
		const char *text;
		int64_t seconds;
		const char *rule; /* NULL: it is good */
	} ROWS[] = {
		{ 0x17, "700101000000Z", 0, NULL },
		{ 0x17, "491231235959Z", 2524607999, NULL },
		{ 0x17, "500101000000Z", -631152000, NULL },
		{ 0x17, "240229120000Z", 1709208000, NULL },
		{ 0x18, "20500101000000Z", 2524608000, NULL },
		{ 0x18, "20240229120000Z", 1709208000, NULL },
		{ 0x18, "99991231235959Z", 253402300799, NULL },
		{ 0x17, "2402291200Z", 0, "without seconds" },
		{ 0x18, "202402291200Z", 0, "without seconds" },
		{ 0x17, "240229120000", 0, "YYMMDDHHMMSSZ" },
		{ 0x17, "240229120000+0100", 0, "YYMMDDHHMMSSZ" },
		{ 0x17, "2402291200 0Z", 0, "YYMMDDHHMMSSZ" },
		{ 0x18, "20240229120000.5Z", 0, "YYYYMMDDHHMMSSZ" },
		{ 0x17, "20240229120000Z", 0, "YYMMDDHHMMSSZ" },
		{ 0x17, "", 0, "YYMMDDHHMMSSZ" },
		{ 0x17, "230229120000Z", 0, "no moment" },
		{ 0x17, "241301000000Z", 0, "no moment" },
		{ 0x17, "240101240000Z", 0, "no moment" },
		{ 0x17, "240101000060Z", 0, "no moment" },
		{ 0x0c, "240101000000Z", 0, "neither UTCTime" },
	};

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_error error = { 0 };
		struct chk_der der = { .error = &error };
		struct chk_tlv tlv = tlv_of(ROWS[i].tag,
					    chk_bytes_text(ROWS[i].text));
		int64_t seconds = 0;

		assert_int_equal(chk_der_time(&der, &tlv, &seconds),
				 !ROWS[i].rule);
		if (ROWS[i].rule)
			assert_non_null(strstr(error.what, ROWS[i].rule));
		else
			assert_int_equal(seconds, ROWS[i].seconds);
	}
}

static void arcs_have_their_shortest_form(void **state)
{
	static const struct {
		struct chk_bytes bytes;
		bool good;
	} ROWS[] = {
		{ { (const uint8_t *)"", 0 }, false },
		{ { (const uint8_t *)"\x55\x1d\x0f", 3 }, true },
		{ { (const uint8_t *)"\x55\x80\x01", 3 }, false },
		{ { (const uint8_t *)"\x55\x81\x80\x01", 4 }, true },
		{ { (const uint8_t *)"\x80\x01", 2 }, false },
		{ { (const uint8_t *)"\x55\x81", 2 }, false },
	};
	struct chk_der der = { 0 };

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_tlv tlv = tlv_of(CHK_DER_OID, ROWS[i].bytes);

		assert_int_equal(chk_der_oid(&der, &tlv), ROWS[i].good);
	}
}

/* X.690 8.1.3.4 and 8.1.3.5. */
static void a_header_is_written_in_its_shortest_form(void **state)
{
	static const struct {
		size_t size;
		struct chk_bytes header;
	} ROWS[] = {
		{ 0, { (const uint8_t *)"\x30\x00", 2 } },
		{ 0x7f, { (const uint8_t *)"\x30\x7f", 2 } },
		{ 0x80, { (const uint8_t *)"\x30\x81\x80", 3 } },
		{ 0xff, { (const uint8_t *)"\x30\x81\xff", 3 } },
		{ 0x100, { (const uint8_t *)"\x30\x82\x01\x00", 4 } },
		{ 0x10000, { (const uint8_t *)"\x30\x83\x01\x00\x00", 5 } },
	};

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_buffer made = { 0 };

		chk_der_put_header(&made, CHK_DER_SEQUENCE, ROWS[i].size);
		assert_true(chk_bytes_equal(chk_bytes_of(made.data, made.size),
					    ROWS[i].header));
		chk_buffer_clear(&made);
	}
}

/* BER as X.690 8.1.3 has it; chk_der_next takes the first two alone. */
static void content_begins_behind_a_header_of_ber(void **state)
{
	static const struct {
		struct chk_bytes bytes;
		size_t header; /* 0: there is no content */
	} ROWS[] = {
		{ { (const uint8_t *)"\x30\x03\x02\x01\x03", 5 }, 2 },
		{ { (const uint8_t *)"\x30\x82\x01\x00\x02", 5 }, 4 },
		{ { (const uint8_t *)"\x30\x80\x02\x01\x03", 5 }, 2 },
		{ { (const uint8_t *)"\x30\x84\0\0\0\x03\x02", 7 }, 6 },
		{ { (const uint8_t *)"\x30\x85\0\0\0\0\x03\x02", 8 }, 0 },
		{ { (const uint8_t *)"\x30\xff\x02\x01\x03", 5 }, 0 },
		{ { (const uint8_t *)"\x30\x82\x01", 3 }, 0 },
		{ { (const uint8_t *)"\x30", 1 }, 0 },
		{ { (const uint8_t *)"\x31\x03\x02\x01\x03", 5 }, 0 },
	};

	assert_int_equal(chk_ber_content(BYTES("")).size, 0);
	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_bytes found = chk_ber_content(ROWS[i].bytes);

		assert_int_equal(found.size, ROWS[i].header ?
				 ROWS[i].bytes.size - ROWS[i].header : 0);
		if (ROWS[i].header)
			assert_ptr_equal(found.data, ROWS[i].bytes.data +
					 ROWS[i].header);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_length_has_its_shortest_form),
		cmocka_unit_test(a_walk_over_nothing_ends_too_early),
		cmocka_unit_test(long_lengths_are_read),
		cmocka_unit_test(an_error_names_element_part_and_byte),
		cmocka_unit_test(booleans_are_00_or_ff),
		cmocka_unit_test(integers_have_their_shortest_form),
		cmocka_unit_test(unused_bits_are_few_and_zero),
		cmocka_unit_test(times_are_to_the_second_and_in_z),
		cmocka_unit_test(arcs_have_their_shortest_form),
		cmocka_unit_test(a_header_is_written_in_its_shortest_form),
		cmocka_unit_test(content_begins_behind_a_header_of_ber),
	};

	return cmocka_run_group_tests_name("cert/der", tests, NULL, NULL);
}
