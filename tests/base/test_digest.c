/* tests/base/test_digest.c: lib/base/digest.c. */
#include "support/test.h"

#include <stdlib.h>

#include "base/digest.h"
#include "base/text.h"

static void check_digest(const uint8_t *digest, size_t size, const char *wanted)
{
	struct chk_buffer buffer = { 0 };

	chk_text_hex(&buffer, chk_bytes_of(digest, size), 0);
	assert_string_equal(buffer.data, wanted);
	chk_buffer_clear(&buffer);
}

/* FIPS 180-4's examples */
static void the_examples_of_fips_180_agree(void **state)
{
	uint8_t sha1[20], sha256[32];

	chk_digest_sha1(BYTES("abc"), sha1);
	check_digest(sha1, 20, "a9993e364706816aba3e25717850c26c9cd0d89d");
	chk_digest_sha256(BYTES("abc"), sha256);
	check_digest(sha256, 32, "ba7816bf8f01cfea414140de5dae2223"
				 "b00361a396177a9cb410ff61f20015ad");
	chk_digest_sha256((struct chk_bytes){ 0 }, sha256);
	check_digest(sha256, 32, "e3b0c44298fc1c149afbf4c8996fb924"
				 "27ae41e4649b934ca495991b7852b855");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_examples_of_fips_180_agree),
	};

	return cmocka_run_group_tests_name("base/digest", tests, NULL, NULL);
}
