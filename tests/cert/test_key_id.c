/* tests/cert/test_key_id.c: lib/cert/key_id.c, by the digests of FIPS 180. */
#include "support/test.h"

#include "cert/key_id.h"
#include "cert/parts.h"

/* Its key's bits are "abc", its subjectPublicKeyInfo is empty. */
static struct chk_cert made(void)
{
	return (struct chk_cert){ .key.point = chk_bytes_text("abc"),
				  .spki = chk_bytes_text("") };
}

static void each_way_is_told(void **state)
{
	static const struct {
		const char *id, *words;
	} ROWS[] = {
		{ "a9993e364706816aba3e25717850c26c9cd0d89d",
		  "the SHA-1 of the key's bits" },
		{ "4850c26c9cd0d89d", "60 bits of the SHA-1" },
		{ "da39a3ee5e6b4b0d3255bfef95601890afd80709",
		  "the SHA-1 of the whole" },
		{ "ba7816bf8f01cfea414140de5dae2223b00361a3",
		  "the first 160 bits of the SHA-256 of the key's bits" },
		{ "cb00753f45a35e8bb5a03d699ac65007272c32ab",
		  "the first 160 bits of the SHA-384" },
		{ "ddaf35a193617abacc417349ae20413112e6fa4e",
		  "the first 160 bits of the SHA-512" },
		{ "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61"
		  "f20015ad", "the SHA-256 of the key's bits" },
		{ "e3b0c44298fc1c149afbf4c8996fb92427ae41e4",
		  "the first 160 bits of the SHA-256 of the whole" },
		{ "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b"
		  "7852b855", "the SHA-256 of the whole" },
	};
	struct chk_cert cert = made();

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_arena arena = { 0 };
		const char *way = chk_key_id_way(&cert,
						 hex(&arena, ROWS[i].id));

		assert_non_null(way);
		assert_ptr_equal(strstr(way, ROWS[i].words), way);
		chk_arena_clear(&arena);
	}
}

static void what_is_no_digest_of_the_key_is_none(void **state)
{
	static const char *const IDS[] = {
		"", "01", "a9993e364706816aba3e25717850c26c9cd0d89e",
		"7850c26c9cd0d89d", "a9993e36",
	};
	struct chk_cert cert = made();

	for (size_t i = 0; i < CHK_COUNT(IDS); i++) {
		struct chk_arena arena = { 0 };

		assert_null(chk_key_id_way(&cert, hex(&arena, IDS[i])));
		chk_arena_clear(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_way_is_told),
		cmocka_unit_test(what_is_no_digest_of_the_key_is_none),
	};

	return cmocka_run_group_tests_name("cert/key_id", tests, NULL, NULL);
}
