/* tests/fetch/test_request.c: lib/fetch/request.c, bodies by hand. */
#include "support/test.h"

#include "cert/dn.h"
#include "fetch/request.h"
#include "support/made.h"

/* SEQUENCE { SET { SEQUENCE { commonName, UTF8String "A" } } } */
#define NAME_A "\x30\x0c\x31\x0a\x30\x08\x06\x03\x55\x04\x03\x0c\x01" "A"

static struct chk_arena arena;

static struct chk_request read(struct chk_bytes body,
			       enum chk_request_form form)
{
	struct chk_request request;

	assert_true(chk_request_read(&request, body, form, &arena));
	return request;
}

static void tls12_has_types_signatures_and_issuers(void **state)
{
	/* RFC 5246 section 7.4.4. */
	struct chk_request request =
		read(BYTES("\2\1\x40" "\0\4\4\1\4\3" "\0\x10\0\xe" NAME_A),
		     CHK_REQUEST_TLS_1_2);

	assert_null(request.fault);
	assert_int_equal(request.types.size, 2);
	assert_int_equal(request.types.data[1], 64);
	assert_int_equal(request.signature_count, 2);
	assert_int_equal(request.signatures[0], 0x0401);
	assert_int_equal(request.signatures[1], 0x0403);
	assert_int_equal(request.issuer_count, 1);
	assert_true(chk_bytes_equal(request.issuers[0], BYTES(NAME_A)));
}

static void tls11_has_no_signatures(void **state)
{
	/* RFC 4346 section 7.4.4. */
	struct chk_request request = read(BYTES("\1\1" "\0\0"),
					  CHK_REQUEST_TLS_1_1);

	assert_null(request.fault);
	assert_int_equal(request.types.size, 1);
	assert_int_equal(request.signature_count, 0);
	assert_int_equal(request.issuer_count, 0);
}

static void tls13_has_extensions(void **state)
{
	/* RFC 8446 sections 4.3.2, 4.2.3, 4.2.4; the first is unknown. */
	struct chk_request request = read(
		BYTES("\0" "\0\x2a"
		      "\0\5\0\0"
		      "\0\x0d\0\4\0\2\x08\x07"
		      "\0\x32\0\4\0\2\x04\x01"
		      "\0\x2f\0\x12\0\x10\0\x0e" NAME_A),
		CHK_REQUEST_TLS_1_3);

	assert_null(request.fault);
	assert_int_equal(request.types.size, 0);
	assert_int_equal(request.signature_count, 1);
	assert_int_equal(request.signatures[0], 0x0807);
	assert_int_equal(request.cert_signature_count, 1);
	assert_int_equal(request.cert_signatures[0], 0x0401);
	assert_int_equal(request.issuer_count, 1);
}

/* RFC 8446 section 4.2: of a type there is one at most. */
static void what_comes_twice_is_a_fault(void **state)
{
	struct chk_request request = read(
		BYTES("\0" "\0\x2c"
		      "\0\x2f\0\x12\0\x10\0\x0e" NAME_A
		      "\0\x2f\0\x12\0\x10\0\x0e" NAME_A),
		CHK_REQUEST_TLS_1_3);

	assert_string_equal(request.fault, "an extension of it comes twice");
	assert_int_equal(request.issuer_count, 1);
	assert_true(chk_bytes_equal(request.issuers[0], BYTES(NAME_A)));
}

/* It is read as far as it goes, and says that it ends. */
static void what_ends_early_is_a_fault(void **state)
{
	static const struct {
		struct chk_bytes body;
		enum chk_request_form form;
		const char *fault;
	} CASES[] = {
		{ { NULL, 0 }, CHK_REQUEST_TLS_1_2, "certificate types" },
		{ { (const uint8_t *)"\5\1", 2 }, CHK_REQUEST_TLS_1_2,
		  "certificate types" },
		{ { (const uint8_t *)"\1\1\0\4\4\1", 6 }, CHK_REQUEST_TLS_1_2,
		  "its signatures" },
		{ { (const uint8_t *)"\1\1\0\3\4\1\4\0\0", 9 },
		  CHK_REQUEST_TLS_1_2, "odd length" },
		{ { (const uint8_t *)"\1\1\0\0", 4 }, CHK_REQUEST_TLS_1_2,
		  "list of CAs does" },
		{ { (const uint8_t *)"\1\1\0\0\0\3\0\x0e\x30", 9 },
		  CHK_REQUEST_TLS_1_2, "list of CAs ends in the middle" },
		{ { (const uint8_t *)"\7", 1 }, CHK_REQUEST_TLS_1_3,
		  "extensions do" },
		{ { (const uint8_t *)"\0\0\4\0\x0d\0\7", 7 },
		  CHK_REQUEST_TLS_1_3, "extensions end in the middle" },
		{ { (const uint8_t *)"\0\0\6\0\x0d\0\2\0\7", 9 },
		  CHK_REQUEST_TLS_1_3, "wrong length" },
		{ { (const uint8_t *)"\0\0\7\0\x0d\0\3\0\0\7", 10 },
		  CHK_REQUEST_TLS_1_3, "wrong length" },
	};

	for (size_t i = 0; i < CHK_COUNT(CASES); i++) {
		struct chk_request request = read(CASES[i].body,
						  CASES[i].form);

		assert_non_null(request.fault);
		assert_non_null(strstr(request.fault, CASES[i].fault));
		assert_int_equal(request.issuer_count, 0);
	}
}

static void a_name_that_is_none_is_counted(void **state)
{
	struct chk_request request =
		read(BYTES("\0" "\0\x1a" "\0\x2f\0\x16\0\x14"
			   "\0\x02" "xy" "\0\x0e" NAME_A),
		     CHK_REQUEST_TLS_1_3);

	assert_int_equal(request.issuer_count, 1);
	assert_int_equal(request.issuers_left_out, 1);
}

static void more_names_than_are_kept_are_counted(void **state)
{
	enum { COUNT = 0xffff / 16 };
	static uint8_t body[1 + 2 + 2 + 2 + 2 + COUNT * 16];
	uint8_t *at = body + 9;
	size_t list = COUNT * 16;
	struct chk_request request;

	body[1] = (uint8_t)((list + 6) >> 8);
	body[2] = (uint8_t)(list + 6);
	body[4] = 0x2f;
	body[5] = (uint8_t)((list + 2) >> 8);
	body[6] = (uint8_t)(list + 2);
	body[7] = (uint8_t)(list >> 8);
	body[8] = (uint8_t)list;
	for (size_t i = 0; i < COUNT; i++, at += 16)
		memcpy(at, "\0\x0e" NAME_A, 16);
	request = read(chk_bytes_of(body, sizeof(body)), CHK_REQUEST_TLS_1_3);
	assert_null(request.fault);
	assert_int_equal(request.issuer_count, CHK_REQUEST_ISSUERS_MAX);
	assert_int_equal(request.issuers_left_out,
			 COUNT - CHK_REQUEST_ISSUERS_MAX);
}

static void an_issuer_is_listed_by_any_of_the_chain(void **state)
{
	struct chk_cert *leaf = make_cert(&(struct recipe){
		.subject = "leaf", .key = 0, .issuer = "B", .issuer_key = 1 });
	struct chk_cert *inter = make_cert(&(struct recipe){
		.subject = "B", .key = 1, .issuer = "A", .issuer_key = 2,
		.ca = true });
	struct chk_chain *chain = chk_chain_new();
	struct chk_request request = read(
		BYTES("\1\1" "\0\x10\0\x0e" NAME_A), CHK_REQUEST_TLS_1_1);
	const struct chk_request none = { .form = CHK_REQUEST_TLS_1_1 };

	assert_true(chk_chain_add(chain, leaf, NULL, NULL));
	assert_false(chk_request_lists(&request, chain));
	assert_true(chk_chain_add(chain, inter, NULL, NULL));
	assert_true(chk_request_lists(&request, chain));
	assert_false(chk_request_lists(&none, chain));
	chk_chain_free(chain);
	chk_cert_unref(leaf);
	chk_cert_unref(inter);
}

static int clear(void **state)
{
	chk_arena_clear(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(
			tls12_has_types_signatures_and_issuers, clear),
		cmocka_unit_test_teardown(tls11_has_no_signatures, clear),
		cmocka_unit_test_teardown(tls13_has_extensions, clear),
		cmocka_unit_test_teardown(what_comes_twice_is_a_fault, clear),
		cmocka_unit_test_teardown(what_ends_early_is_a_fault, clear),
		cmocka_unit_test_teardown(a_name_that_is_none_is_counted,
					  clear),
		cmocka_unit_test_teardown(more_names_than_are_kept_are_counted,
					  clear),
		cmocka_unit_test_teardown(
			an_issuer_is_listed_by_any_of_the_chain, clear),
	};

	return cmocka_run_group_tests_name("fetch/request", tests, NULL,
					   forget_made);
}
