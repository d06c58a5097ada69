/* tests/cert/test_general_name.c: lib/cert/general_name.c. */
#include "support/test.h"

#include "cert/general_name.h"
#include "cert/parts.h"

static void every_form_has_its_text(void **state)
{
	/* as openssl x509 -ext subjectAltName has them, where it has */
	static const struct {
		const char *bytes;
		enum chk_general_name_type type;
		const char *text;
	} ROWS[] = {
		{ "8205 612e74 6573", CHK_NAME_DNS, "DNS:a.tes" },
		{ "8200", CHK_NAME_DNS, "DNS:" },
		{ "8203 61 4062", CHK_NAME_DNS, "DNS:a@b" },
		{ "8103 61 4062", CHK_NAME_EMAIL, "email:a@b" },
		{ "8604 743a2f2f", CHK_NAME_URI, "URI:t://" },
		{ "8704 c0000201", CHK_NAME_IP, "IP:192.0.2.1" },
		{ "8708 c0000200 ffffff00", CHK_NAME_IP,
		  "IP:192.0.2.0/255.255.255.0" },
		{ "8710 20010db8 00000000 00000000 00000001", CHK_NAME_IP,
		  "IP:2001:db8::1" },
		{ "8703 c00002", CHK_NAME_IP, "IP:#c00002" },
		{ "8700", CHK_NAME_IP, "IP:#" },
		{ "8803 2a0304", CHK_NAME_REGISTERED_ID, "OID:1.2.3.4" },
		{ "a00a 06032a0304 a0030c0178", CHK_NAME_OTHER,
		  "otherName:1.2.3.4" },
		{ "a002 0500", CHK_NAME_OTHER, "otherName:#0500" },
		{ "a40e 300c 310a 3008 0603550403 0c0161", CHK_NAME_DIRECTORY,
		  "directory:CN=a" },
		{ "a402 3000", CHK_NAME_DIRECTORY, "directory:" },
		{ "a500", CHK_NAME_EDI, "ediPartyName:#" },
		{ "a302 3000", CHK_NAME_X400, "x400Address:#3000" },
		/* what RFC 5280 has not */
		{ "8901 00", CHK_NAME_UNKNOWN, "unknown:#00" },
		{ "a900", CHK_NAME_UNKNOWN, "unknown:#" },
		{ "0c01 61", CHK_NAME_UNKNOWN, "unknown:#61" },
		{ "4201 61", CHK_NAME_UNKNOWN, "unknown:#61" },
		/* escape sequences and NULs are made harmless */
		{ "8204 611b5b00", CHK_NAME_DNS, "DNS:a\\x1b[\\x00" },
	};
	struct chk_arena arena = { 0 };

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_bytes bytes = hex(&arena, ROWS[i].bytes);
		struct chk_der names = chk_der_begin(bytes, NULL);
		struct chk_general_name name;
		struct chk_buffer buffer = { 0 };

		assert_true(chk_general_name_next(&names, &name));
		assert_true(chk_der_at_end(&names));
		assert_int_equal(name.type, ROWS[i].type);
		chk_general_name_text(&buffer, &name);
		assert_string_equal(buffer.data, ROWS[i].text);
		chk_buffer_clear(&buffer);
	}
	chk_arena_clear(&arena);
}

static void what_is_no_general_name_is_refused_at_its_byte(void **state)
{
	static const struct {
		const char *bytes;
		size_t offset;
		const char *rule;
	} ROWS[] = {
		{ "a201 61", 0, "no such form" }, /* constructed DNS */
		{ "8402 3000", 0, "no such form" }, /* primitive directory */
		{ "a400", 2, "SEQUENCE expected" },
		{ "a404 3000 0500", 4, "left behind" },
		{ "a404 3002 3100", 4, "empty SET" },
		{ "8203 61", 1, "longer than" },
		{ "", 0, "ends too early" },
	};
	struct chk_arena arena = { 0 };

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_bytes bytes = hex(&arena, ROWS[i].bytes);
		struct chk_error error = { 0 };
		struct chk_der names = chk_der_begin(bytes, &error);
		struct chk_general_name name;

		assert_false(chk_general_name_next(&names, &name));
		if (!strstr(error.what, ROWS[i].rule))
			fail_msg("%zu: %s", i, error.what);
		assert_int_equal(error.offset, ROWS[i].offset);
		assert_int_equal(names.rest.size, bytes.size);
	}
	chk_arena_clear(&arena);
}

static void a_list_is_checked_to_its_end(void **state)
{
	static const struct {
		const char *bytes;
		bool known, good;
		size_t offset;
	} ROWS[] = {
		{ "8201 61 8201 62", true, true, 0 },
		{ "8201 61 8901 00", true, false, 3 },
		{ "8201 61 8901 00", false, true, 0 },
		{ "8901 00 a201 61", false, false, 3 },
		{ "", false, false, 0 },
	};
	struct chk_arena arena = { 0 };

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_error error = { 0 };
		struct chk_der names =
			chk_der_begin(hex(&arena, ROWS[i].bytes), &error);

		assert_int_equal(chk_general_names_check(names, ROWS[i].known),
				 ROWS[i].good);
		assert_int_equal(error.offset, ROWS[i].offset);
	}
	chk_arena_clear(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_has_its_text),
		cmocka_unit_test(
			what_is_no_general_name_is_refused_at_its_byte),
		cmocka_unit_test(a_list_is_checked_to_its_end),
	};

	return cmocka_run_group_tests_name("cert/general_name", tests, NULL,
					   NULL);
}
