/* tests/audit/test_contents.c: lib/audit/contents.c. */
#include "support/test.h"

#include <stdlib.h>

#include "audit/contents.h"
#include "base/buffer.h"
#include "support/made.h"
#include "support/scratch.h"

static char *one, *two; /* as PEM */

static struct chk_contents read_text(const char *text)
{
	struct chk_contents contents = { 0 };

	contents.size = strlen(text);
	contents.data = (uint8_t *)strdup(text);
	assert_non_null(contents.data);
	assert_true(chk_contents_read(&contents, NULL));
	return contents;
}

static struct chk_contents read_three(const char *a, const char *b,
				      const char *c)
{
	struct chk_buffer text = { 0 };
	struct chk_contents contents;

	chk_buffer_format(&text, "%s%s%s", a, b, c);
	contents = read_text(text.data);
	chk_buffer_clear(&text);
	return contents;
}

static void pieces_have_their_lines(void **state)
{
	struct chk_contents contents = read_three("# a\n", one, two);

	assert_int_equal(contents.count, 2);
	assert_int_equal(contents.certs, 2);
	assert_int_equal(contents.items[0].line, 2);
	assert_true(contents.items[1].line > 8);
	assert_memory_equal(contents.items[0].above.data, "# a\n", 4);
	assert_int_equal(contents.items[0].above.size, 4);
	assert_true(contents.pem);
	chk_contents_clear(&contents);
}

static void the_same_certificate_is_there_again(void **state)
{
	struct chk_contents contents = read_three(one, two, one);

	assert_false(contents.items[0].again);
	assert_false(contents.items[1].again);
	assert_true(contents.items[2].again);
	assert_ptr_equal(chk_contents_find(&contents, contents.items[0].cert),
			 &contents.items[2]);
	chk_contents_clear(&contents);
}

static void each_kind_is_told_by_its_label(void **state)
{
	static const struct {
		const char *label;
		enum chk_item_kind kind;
	} LABELS[] = {
		{ "PRIVATE KEY", CHK_ITEM_KEY },
		{ "ENCRYPTED PRIVATE KEY", CHK_ITEM_KEY },
		{ "EC PRIVATE KEY", CHK_ITEM_KEY },
		{ "X509 CRL", CHK_ITEM_CRL },
		{ "CERTIFICATE REQUEST", CHK_ITEM_REQUEST },
		{ "NEW CERTIFICATE REQUEST", CHK_ITEM_REQUEST },
		{ "DH PARAMETERS", CHK_ITEM_PARAMETERS },
		{ "PKCS7", CHK_ITEM_PKCS7 },
		{ "PGP MESSAGE", CHK_ITEM_OTHER },
	};

	for (size_t i = 0; i < CHK_COUNT(LABELS); i++) {
		char *text = pem_block(LABELS[i].label, "0\0", 2);
		struct chk_contents contents = read_text(text);

		assert_int_equal(contents.count, 1);
		assert_int_equal(contents.items[0].kind, LABELS[i].kind);
		assert_int_equal(contents.kinds[LABELS[i].kind], 1);
		chk_contents_clear(&contents);
		free(text);
	}
}

static void what_is_broken_says_why_and_where(void **state)
{
	struct chk_contents contents = read_three(
		one, "-----BEGIN CERTIFICATE-----\nMIIB\n"
		     "-----END CERTIFICATE-----\n", two);

	assert_int_equal(contents.certs, 2);
	assert_int_equal(contents.count, 3);
	assert_null(contents.items[1].cert);
	assert_non_null(contents.items[1].fault);
	chk_contents_clear(&contents);
}

static void what_is_nothing_has_no_pieces(void **state)
{
	struct chk_contents contents = read_text("no bundle\n");

	assert_int_equal(contents.count, 0);
	chk_contents_clear(&contents);
	contents = read_text("");
	assert_int_equal(contents.count, 0);
	chk_contents_clear(&contents);
}

static int make(void **state)
{
	const struct recipe first = { .subject = "One", .ca = true };
	const struct recipe second = { .subject = "Two", .key = 1 };
	struct chk_cert *a = make_cert(&first), *b = make_cert(&second);

	one = pem_of(a);
	two = pem_of(b);
	chk_cert_unref(a);
	chk_cert_unref(b);
	return 0;
}

static int forget(void **state)
{
	free(one);
	free(two);
	return forget_made(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_have_their_lines),
		cmocka_unit_test(the_same_certificate_is_there_again),
		cmocka_unit_test(each_kind_is_told_by_its_label),
		cmocka_unit_test(what_is_broken_says_why_and_where),
		cmocka_unit_test(what_is_nothing_has_no_pieces),
	};

	return cmocka_run_group_tests(tests, make, forget);
}
